"""One factory a model; traits for situations. Center, zone and term rows come from the reference data."""

from datetime import date, datetime, timedelta
from functools import cache

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases.enums import Subject
from cases.models import (
    AbuseReport,
    AbuseStep,
    AnonymousThread,
    Assessment,
    Attachment,
    BreakGlass,
    Case,
    CenterHandover,
    Client,
    ClientDisability,
    ClientPhone,
    Consultation,
    DiscriminationConsultation,
    FollowUp,
    GuardianshipStep,
    GuardianshipSupport,
    Identification,
    Inquiry,
    InquiryAnswer,
    Intake,
    PaperOriginal,
    PlanCase,
    ProviderSupport,
    QuickText,
    Referral,
)
from cases.models.casework import WorkerHandover
from cases.models.conference import CaseConference
from centers.enums import CENTER_ROLES, Role
from centers.memory import forget
from centers.models import (
    BusinessItem,
    Center,
    Organization,
    OrganizationPerson,
    RoleGrant,
    RuleSetting,
    StaffAssignment,
    StaffMember,
    User,
    Ward,
)
from centers.organizations import search_key_of
from centers.periods import JST
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


class ReferralFactory(ScopedFactory):
    """To an agency, on the law: nobody else sees it."""

    class Meta:
        model = Referral

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    to_name = "架空病院"
    basis = "law"
    law_reason = "生命の保護のため"
    state = "sent"
    sent_on = date(2026, 11, 18)
    summary = "通院が途切れている。"
    request = "受診の相談"
    written_by = factory.SubFactory(UserFactory)


class CenterHandoverFactory(ScopedFactory):
    """Waiting for the approval of the sender's センター管理者."""

    class Meta:
        model = CenterHandover

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    to_center = factory.LazyAttribute(lambda o: Center.objects.exclude(pk=o.center.pk).first())
    reason = "01"
    state = "proposed"
    moves_on = date(2026, 12, 1)
    explained_on = date(2026, 11, 18)
    explained_how = "訪問して書面で"
    agreed = True
    overview = "母と二人暮らし。"
    written_by = factory.SubFactory(UserFactory)


class InquiryFactory(ScopedFactory):
    class Meta:
        model = Inquiry

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    purpose = "これまでの支援を知りたい"
    written_by = factory.SubFactory(UserFactory)


class InquiryAnswerFactory(ScopedFactory):
    """What another center asks about the client."""

    class Meta:
        model = InquiryAnswer

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    inquiry = factory.LazyAttribute(
        lambda o: InquiryFactory(client__center=Center.objects.exclude(pk=o.center.pk).first())
    )


class BreakGlassFactory(ScopedFactory):
    """Over already, and not judged yet."""

    class Meta:
        model = BreakGlass

    client = factory.SubFactory(ClientFactory)
    user = factory.SubFactory(UserFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=2))
    ends_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    kind = "01"
    reason = "救急隊から服薬の問い合わせがあった"
    judge_by = date(2026, 11, 30)


def set_rule(key: str, value) -> None:
    """A きまり with another value, at once."""
    RuleSetting.objects.filter(key=key).update(value=value)
    forget()


class AttachmentFactory(ScopedFactory):
    """A row alone; its bytes are where a test needs them."""

    class Meta:
        model = Attachment

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    kind = "02"
    name = "診断書.pdf"
    file_type = "pdf"
    size = 1200
    key = factory.Sequence(lambda n: f"{n:040x}")
    added_by = factory.SubFactory(UserFactory)


class PaperOriginalFactory(ScopedFactory):
    class Meta:
        model = PaperOriginal

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    kind = "01"
    what = "療育手帳の原本"
    place = "相談室の書庫"
    since = date(2026, 10, 1)
    added_by = factory.SubFactory(UserFactory)


class IntakeFactory(ScopedFactory):
    class Meta:
        model = Intake

    consultation = factory.SubFactory(ConsultationFactory)
    center = factory.SelfAttribute("consultation.center")
    received_on = factory.SelfAttribute("consultation.date")
    written_by = factory.SelfAttribute("consultation.written_by")
    number = factory.Sequence(lambda n: f"T-R8-{n:04d}")
    route = "02"
    relation = "本人"
    call_back = "yes"
    complaint = "家にいるのがつらい。働きたい。"
    urgency = "normal"
    aware = "agreed"
    plan = "02"
    staff = factory.SubFactory(StaffMemberFactory)


class IdentificationFactory(ScopedFactory):
    class Meta:
        model = Identification

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    basis = "本人が名乗った"
    identified_by = factory.SubFactory(UserFactory)


class AssessmentFactory(ScopedFactory):
    class Meta:
        model = Assessment

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    version = 1
    held_on = date(2026, 10, 1)
    place = "home"
    areas = {"01": {"now": "家族と持ち家に住む。", "need": "02"}}
    overall = "落ち着いている。"
    written_by = factory.SubFactory(UserFactory)


class AbuseReportFactory(ScopedFactory):
    """With its step 受付, unless `steps` says False."""

    class Meta:
        model = AbuseReport
        skip_postgeneration_save = True

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    number = factory.Sequence(lambda n: f"T-G{n:04d}")
    received_at = datetime(2026, 11, 20, 16, 40, tzinfo=JST)
    received_by = factory.SubFactory(UserFactory)
    accused_kind = "01"
    types = ["01"]
    account = "左腕にあざがあると電話があった。"

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        if create and extracted is not False:
            AbuseStepFactory(report=self, at=self.received_at, written_by=self.received_by)


class AbuseStepFactory(ScopedFactory):
    class Meta:
        model = AbuseStep

    report = factory.SubFactory(AbuseReportFactory, steps=False)
    kind = "received"
    at = datetime(2026, 11, 20, 16, 40, tzinfo=JST)
    who = "試験 職員"
    written_by = factory.SubFactory(UserFactory)


class GuardianshipSupportFactory(ScopedFactory):
    class Meta:
        model = GuardianshipSupport

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    written_by = factory.SubFactory(UserFactory)
    stage = "consult"
    stage_on = date(2026, 10, 1)


class GuardianshipStepFactory(ScopedFactory):
    class Meta:
        model = GuardianshipStep

    support = factory.SubFactory(GuardianshipSupportFactory)
    stage = "consult"
    on = date(2026, 10, 1)
    written_by = factory.SubFactory(UserFactory)


class DiscriminationFactory(ScopedFactory):
    class Meta:
        model = DiscriminationConsultation

    client = factory.SubFactory(ClientFactory)
    center = factory.SelfAttribute("client.center")
    received_on = date(2026, 10, 5)
    asker = "01"
    disabilities = ["02"]
    field = "01"
    complaint = "02"
    content = "筆談を断られた。"
    written_by = factory.SubFactory(UserFactory)


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"架空相談支援事業所{n}")
    kana = factory.Sequence(lambda n: f"カクウソウダンシエンジギョウショ{n}")
    kind = Organization.PROVIDER
    ward_id = "nishi"
    search_key = factory.LazyAttribute(
        lambda o: search_key_of({name: getattr(o, name, "") for name in ("name", "kana", "office_number")})
    )
    checked_on = date(2026, 10, 1)


class OrganizationPersonFactory(DjangoModelFactory):
    class Meta:
        model = OrganizationPerson

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"専門 員{n}")
    specialist = "01"


class ProviderSupportFactory(ScopedFactory):
    class Meta:
        model = ProviderSupport

    center = factory.LazyFunction(center)
    date = date(2026, 10, 1)
    provider = factory.SubFactory(OrganizationFactory)
    provider_name = factory.LazyAttribute(lambda o: o.provider.name if o.provider else "一覧にない事業所")
    method = "3"
    contents = ["01"]
    business_item = factory.LazyFunction(lambda: business_item("2-1-2"))
    facts = "モニタリングの進め方を助言した。"
    written_by = factory.SubFactory(UserFactory)


class QuickTextFactory(ScopedFactory):
    class Meta:
        model = QuickText

    center = factory.LazyFunction(center)
    key = factory.Sequence(lambda n: f"定型{n}")
    text = "〈日時〉に折り返すことにした。"


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
