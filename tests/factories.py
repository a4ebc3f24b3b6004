"""One factory a model; traits for situations. Center, zone and term rows come from the reference data."""

from datetime import date
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from cases.enums import Subject
from cases.models import (
    AnonymousThread,
    Case,
    Client,
    ClientDisability,
    ClientPhone,
    Consultation,
    FollowUp,
    PlanCase,
)
from cases.models.casework import WorkerHandover
from cases.models.conference import CaseConference
from centers.enums import CENTER_ROLES, Role
from centers.models import BusinessItem, Center, RoleGrant, StaffAssignment, StaffMember, User, Ward
from centers.text import kana_key, name_key, phone_tail
from reports.demo.words import PASSWORD

LONG_AGO = date(2015, 4, 1)


@cache
def _hashed_password() -> str:
    """The real hasher is slow on purpose; once for the whole run is enough."""
    return make_password(PASSWORD)


class ScopedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _get_manager(cls, model_class):
        return model_class._default_manager


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"試験 職員{n}")
    password = factory.LazyFunction(_hashed_password)


class StaffMemberFactory(DjangoModelFactory):
    class Meta:
        model = StaffMember

    name = factory.Sequence(lambda n: f"試験 職員{n}")


class StaffAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = StaffAssignment

    staff = factory.SubFactory(StaffMemberFactory)
    post = "soudan"
    starts_on = LONG_AGO
    qualifications = ["specialist"]
    experience_months = 60


def center(zone: str = "nishi") -> Center:
    """The center that runs the zone (see the reference data)."""
    return Center.objects.select_related("zone").get(zone=zone, closed_on__isnull=True)


def user_with(
    role: Role | str, zone: str = "nishi", *, starts_on: date = LONG_AGO, ends_on: date | None = None
) -> User:
    """A user with one role, in the zone's center or ward where the role needs one, and their staff member."""
    role = Role(role)
    user = UserFactory()
    scope = {}
    if role in CENTER_ROLES:
        scope["center"] = center(zone)
        StaffMember.objects.create(name=user.name, user=user)
    elif role == Role.KU:
        scope["ward"] = Ward.objects.get(zones=zone)
    RoleGrant.objects.create(user=user, role=role, starts_on=starts_on, ends_on=ends_on, **scope)
    return user


class ClientFactory(ScopedFactory):
    class Meta:
        model = Client

    center = factory.LazyFunction(center)
    number = factory.Sequence(lambda n: f"T-{n:05d}")
    family_name = "試験"
    given_name = factory.Sequence(lambda n: f"太郎{n}")
    family_kana = "シケン"
    given_kana = "タロウ"
    name_key = factory.LazyAttribute(lambda o: name_key(o.family_name + o.given_name))
    kana_key = factory.LazyAttribute(lambda o: kana_key(o.family_kana + o.given_kana))
    birth_date = date(1985, 5, 10)
    registered_on = date(2026, 4, 1)
    registered_by = factory.SubFactory(UserFactory)


class ClientPhoneFactory(ScopedFactory):
    class Meta:
        model = ClientPhone

    number = "096-000-0418"
    tail = factory.LazyAttribute(lambda o: phone_tail(o.number))


class ClientDisabilityFactory(ScopedFactory):
    class Meta:
        model = ClientDisability

    code = "04"


class CaseFactory(ScopedFactory):
    class Meta:
        model = Case

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    opened_on = date(2026, 4, 1)
    state = "active"


class AnonymousThreadFactory(ScopedFactory):
    class Meta:
        model = AnonymousThread

    center = factory.LazyFunction(center)
    number = factory.Sequence(lambda n: f"T-A{n:04d}")
    handle = "男性・40代"
    opened_on = date(2026, 4, 1)
    opened_by = factory.SubFactory(UserFactory)


def business_item(code: str = "1-1-1", catalogue: str = "r3") -> BusinessItem:
    return BusinessItem.objects.get(catalogue=catalogue, code=code)


class ConsultationFactory(ScopedFactory):
    class Meta:
        model = Consultation

    class Params:
        anonymous = factory.Trait(subject=Subject.ANONYMOUS, client=None, center=factory.LazyFunction(center))

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    subject = Subject.CLIENT
    date = date(2026, 10, 1)
    method = "4"
    contents = ["01"]
    business_item = factory.LazyFunction(business_item)
    facts = "本人から電話。近況を聞いた。"
    written_by = factory.SubFactory(UserFactory)


class FollowUpFactory(ScopedFactory):
    class Meta:
        model = FollowUp

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    due_on = date(2026, 11, 1)
    what = "見学の日程を決める"
    written_by = factory.SubFactory(UserFactory)


class PlanCaseFactory(ScopedFactory):
    class Meta:
        model = PlanCase

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    contract_on = date(2024, 4, 1)


class WorkerHandoverFactory(ScopedFactory):
    class Meta:
        model = WorkerHandover

    case = factory.SubFactory(CaseFactory)
    client = factory.SelfAttribute("case.client")
    center = factory.SelfAttribute("case.center")
    from_staff = factory.SelfAttribute("case.responsible")
    starts_on = date(2026, 11, 20)
    summary = "通院が続いている。"
    written_by = factory.SubFactory(UserFactory)


class CaseConferenceFactory(ScopedFactory):
    """With a record for each of `clients`, as the action makes them."""

    class Meta:
        model = CaseConference
        skip_postgeneration_save = True

    center = factory.LazyFunction(center)
    kind = "01"
    held_on = date(2026, 11, 10)
    place_kind = "meeting"
    host = "センター"
    took_part = "client"
    purpose = "支援の分担を決める"
    shared = "生活の様子"
    basis = "consent"
    discussion = "退院後の住まいについて話し合った。"
    contents = ["01"]
    written_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def clients(self, create, given, **kwargs):
        for position, person in enumerate(given or []):
            ConsultationFactory(
                client=person,
                group=self.pk,
                position=position,
                method="6",
                date=self.held_on,
                written_by=self.written_by,
            )
