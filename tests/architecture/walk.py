"""The world that the access walk goes through: every center with one of each thing, each text a canary of its own."""

import csv
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from cases.models import Draft
from centers.enums import Role
from centers.models import Center, Finding, Invitation, Notice, StaffMember
from tests.factories import (
    AnonymousThreadFactory,
    CaseConferenceFactory,
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    FollowUpFactory,
    PlanCaseFactory,
    UserFactory,
    WorkerHandoverFactory,
    user_with,
)

TABLE = Path(__file__).with_name("access.csv")
OWN_ZONE = "nishi"
MONTH = "2026-10"
ROLES = [role.value for role in Role]


def expectations() -> list[dict]:
    """Rows of access.csv: written by hand from the access matrix, not read from the program."""
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def canary(zone: str) -> str:
    return f"カナリア{zone}"


@dataclass
class Home:
    """One of each object of a center, written by somebody of that center."""

    zone: str
    center: Center
    objects: dict = field(default_factory=dict)

    def target(self, kind: str) -> dict:
        """The URL's keyword arguments for an object of the kind."""
        thing = self.objects[kind]
        if kind == "center":
            return {"center": thing.pk, "month": MONTH, "table": "methods", "code": "4", "pk": thing.pk}
        if kind == "guide":
            return {"slug": thing}
        if kind == "ward":
            return {"code": thing.pk}
        return {"group": thing.pk} if kind == "draft" else {"pk": thing.pk}


def settle(center: Center) -> Home:
    """Fill a center with one of each object; every text field carries its canary."""
    zone, word = center.zone_id, canary(center.zone_id)
    writer = UserFactory(name=f"{word} 職員")
    StaffMember.objects.create(name=writer.name, user=writer)
    client = ClientFactory(
        center=center,
        number=f"{center.zone.number_prefix}-{word}",
        family_name=word,
        given_name=word,
        address=word,
        town=word,
        school_district=word,
        contact_note=word,
        registered_by=writer,
    )
    ClientPhoneFactory(client=client, whose=word)
    ClientDisabilityFactory(client=client)
    case = CaseFactory(client=client, reason=word, responsible=writer.staff_member)
    thread = AnonymousThreadFactory(center=center, handle=word, opened_by=writer)
    texts = {"facts": word, "view": word, "done": word, "place": word, "counterpart_note": word}
    note = ConsultationFactory(client=client, case=case, written_by=writer, **texts)
    ConsultationFactory(anonymous=True, center=center, thread=thread, written_by=writer, **texts)
    followup = FollowUpFactory(client=client, what=word, written_by=writer)
    PlanCaseFactory(client=client, unavoidable_reason=word, handed_to=word)
    draft = Draft.unscoped.create(
        group=uuid.uuid4(), user=writer, center=center, client=client, content={"facts": word}
    )
    next_worker = user_with(Role.SOUDAN, zone).staff_member
    handover = WorkerHandoverFactory(
        case=case,
        to_staff=next_worker,
        written_by=writer,
        summary=word,
        todos=word,
        promises=word,
        cautions=word,
    )
    conference = CaseConferenceFactory(
        center=center, written_by=writer, clients=[client], purpose=word, discussion=word, host=word
    )
    finding = Finding.objects.create(
        kind="plan_cap_over",
        scope="center",
        center=center,
        target_key=f"center:{center.pk}",
        target=str(center),
        period="walk",
        since="2026-11-01",
        severity="warn",
        message="計画相談が上限を超えています。",
    )
    notice = Notice.objects.create(
        scope="center",
        center=center,
        kind=finding.kind,
        finding=finding,
        title="計画相談が上限を超えています",
    )
    member = user_with(Role.SOUDAN, zone)  # names of staff are no secret from those who look after accounts
    invitation = Invitation.objects.create(
        purpose="join",
        name="試験 新人",
        role=Role.SOUDAN,
        center=center,
        starts_on="2026-11-20",
        invited_by=user_with(Role.KANRI, zone),
        expires_at=timezone.now() + timedelta(days=7),
    )
    return Home(
        zone,
        center,
        {
            "account": member,
            "grant": member.grants.get(),
            "invitation": invitation,
            "client": client,
            "note": note,
            "thread": thread,
            "followup": followup,
            "draft": draft,
            "worker_handover": handover,
            "conference": conference,
            "notice": notice,
            "center": center,
            "ward": center.zone.ward,
            "guide": Role.SOUDAN.value,
        },
    )


def own_things(user, home: Home) -> Home:
    """The user's own note, thread, follow-up and draft in their center (地域支援員 sees only these)."""
    client = home.objects["client"]
    mine = {
        "note": ConsultationFactory(client=client, written_by=user),
        "thread": AnonymousThreadFactory(center=home.center, opened_by=user),
        "followup": FollowUpFactory(client=client, written_by=user),
        "draft": Draft.unscoped.create(group=uuid.uuid4(), user=user, center=home.center),
        "worker_handover": _handed_to(user, home),
        "conference": CaseConferenceFactory(center=home.center, written_by=user, clients=[client]),
    }
    return Home(home.zone, home.center, home.objects | mine)


def _handed_to(user, home: Home):
    """An 引継書 of another person that waits for the user, where they work in a center."""
    worker = getattr(user, "staff_member", None) or StaffMember.objects.create(name=user.name)
    case = CaseFactory(client__center=home.center, responsible=StaffMember.objects.create(name="試験 前任"))
    return WorkerHandoverFactory(case=case, to_staff=worker)


def walker(role: str):
    return user_with(role, OWN_ZONE)
