"""The world that the access walk goes through: every center with one of each thing, each text a canary of its own."""

import csv
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from cases.actions.merging import merge_clients
from cases.models import (
    AbuseReporter,
    Consent,
    Disclosure,
    Draft,
    RelatedPerson,
    SheetDate,
    SheetSection,
)
from centers.enums import Role
from centers.models import Center, DistrictZone, Finding, Invitation, Notice, StaffMember
from tests.factories import (
    AbuseReportFactory,
    AnonymousThreadFactory,
    AssessmentFactory,
    AttachmentFactory,
    BreakGlassFactory,
    CaseConferenceFactory,
    CaseFactory,
    CenterHandoverFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    DiscriminationFactory,
    FollowUpFactory,
    GuardianshipStepFactory,
    GuardianshipSupportFactory,
    IdentificationFactory,
    InquiryAnswerFactory,
    InquiryFactory,
    IntakeFactory,
    OrganizationFactory,
    OrganizationPersonFactory,
    PaperOriginalFactory,
    PlanCaseFactory,
    ProviderSupportFactory,
    QuickTextFactory,
    ReferralFactory,
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
        if kind == "sheet":
            return {"pk": thing.client_id, "kind": "contact"}
        if kind == "relative":
            return {"pk": thing.client_id, "kind": "family", "row": thing.pk}
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
    lone = ConsultationFactory(anonymous=True, center=center, written_by=writer, **texts)
    identification = IdentificationFactory(client=client, basis=word, identified_by=writer)
    known = {"client": client, "identification": identification, "written_by": writer}
    ConsultationFactory(**known, **texts)
    lines = dict.fromkeys(
        ("relation", "caller_name", "complaint", "services", "doctor", "referred_note"), word
    )
    intake = IntakeFactory(consultation=note, staff=writer.staff_member, **lines)
    areas = {"01": {"now": word, "hope": word}}
    assessment = AssessmentFactory(
        client=client, areas=areas, overall=word, attendees=word, written_by=writer
    )
    followup = FollowUpFactory(client=client, what=word, written_by=writer)
    PlanCaseFactory(client=client, unavoidable_reason=word, handed_to=word)
    double = ClientFactory(center=center, number=f"{center.zone.number_prefix}-D-{word}", family_name=word)
    manager = user_with(Role.KANRI, zone)
    merge = merge_clients(
        pk=uuid.uuid4(), winner=client, loser=double, by=manager, on=date(2026, 11, 1), reason=word
    )
    disclosure = Disclosure.unscoped.create(
        center=center, client=client, asked_on="2026-11-01", asker="self", opened_by=writer
    )
    attachment = AttachmentFactory(client=client, name=f"{word}.pdf", note=word, added_by=writer)
    paper = PaperOriginalFactory(client=client, what=word, place=word, added_by=writer)
    report = AbuseReportFactory(
        client=client, received_by=writer, account=word, accused_name=word, wishes=word
    )
    AbuseReporter.unscoped.create(report=report, name=word, contact=word)
    guardianship = GuardianshipSupportFactory(client=client, written_by=writer, guardian_name=word, note=word)
    equality = DiscriminationFactory(client=client, written_by=writer, content=word, other_party=word)
    organization = OrganizationFactory(ward=center.zone.ward)  # public: no canary
    support = ProviderSupportFactory(
        center=center,
        client=client,
        case=case,
        provider=organization,
        person_name=word,
        facts=word,
        result=word,
        written_by=writer,
    )
    quick = QuickTextFactory(center=center, key=word[:12], text=word)
    draft = Draft.unscoped.create(
        group=uuid.uuid4(), user=writer, center=center, client=client, content={"facts": word}
    )
    sheet = SheetSection.unscoped.create(
        client=client, kind="contact", content={"alias": word}, version=1, updated_by=writer
    )
    relative = RelatedPerson.unscoped.create(client=client, name=word, contact=word, updated_by=writer)
    SheetDate.unscoped.create(client=client, kind="certificate", due_on="2026-12-01")
    consent = Consent.unscoped.create(client=client, given_on="2026-04-01", scopes=[word], excluded=word)
    district = DistrictZone.objects.create(
        kind="town", name=zone, key=zone, zone=center.zone, starts_on="2015-04-01", source="試験"
    )
    next_worker = user_with(Role.SOUDAN, zone).staff_member
    worker_handover = WorkerHandoverFactory(
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
        between_centers(client, writer, member)
        | {
            "account": member,
            "grant": member.grants.get(),
            "invitation": invitation,
            "client": client,
            "note": note,
            "anonymous": lone,
            "identification": identification,
            "intake": intake,
            "assessment": assessment,
            "thread": thread,
            "followup": followup,
            "attachment": attachment,
            "merge": merge,
            "disclosure": disclosure,
            "paper": paper,
            "organization": organization,
            "organization_person": OrganizationPersonFactory(organization=organization),
            "support": support,
            "quick_text": quick,
            "draft": draft,
            "sheet": sheet,
            "relative": relative,
            "consent": consent,
            "district": district,
            "abuse": report,
            "abuse_step": report.steps.get(),
            "guardianship": guardianship,
            "guardianship_stage": GuardianshipStepFactory(support=guardianship, note=word, written_by=writer),
            "equality": equality,
            "worker_handover": worker_handover,
            "conference": conference,
            "notice": notice,
            "center": center,
            "ward": center.zone.ward,
            "guide": Role.SOUDAN.value,
        },
    )


def between_centers(client, writer, reader) -> dict:
    """What a center has sent and been asked; the glass was broken by `reader`."""
    word, mine = canary(client.center.zone_id), {"client": client, "written_by": writer}
    return {
        "referral": ReferralFactory(summary=word, request=word, law_reason=word, **mine),
        "handover": CenterHandoverFactory(overview=word, explained_how=word, **mine),
        "inquiry": InquiryFactory(purpose=word, **mine),
        "inquiry_answer": InquiryAnswerFactory(client=client),
        "glass": BreakGlassFactory(client=client, user=reader, reason=word),
    }


def own_things(user, home: Home) -> Home:
    """The user's own note, thread, follow-up and draft in their center (地域支援員 sees only these), and what was reported to them."""
    client = home.objects["client"]
    note = ConsultationFactory(client=client, written_by=user)
    report = AbuseReportFactory(client=client, received_by=user)
    guardianship = GuardianshipSupportFactory(client=client, written_by=user)
    mine = {
        "abuse": report,
        "abuse_step": report.steps.get(),
        "guardianship": guardianship,
        "guardianship_stage": GuardianshipStepFactory(support=guardianship, written_by=user),
        "equality": DiscriminationFactory(client=client, written_by=user),
        "note": note,
        "intake": IntakeFactory(consultation=note),
        "assessment": AssessmentFactory(client=client, version=2, written_by=user),
        "thread": AnonymousThreadFactory(center=home.center, opened_by=user),
        "followup": FollowUpFactory(client=client, written_by=user),
        "referral": ReferralFactory(client=client, written_by=user),
        "attachment": AttachmentFactory(client=client, added_by=user),
        "paper": PaperOriginalFactory(client=client, added_by=user),
        "support": ProviderSupportFactory(center=home.center, client=client, written_by=user),
        "quick_text": QuickTextFactory(center=home.center, owner=user),
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
