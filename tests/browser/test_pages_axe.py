"""Every page of the site as the role that works with it: axe and no sideways scroll, at the three widths."""

import os
import uuid
from datetime import date

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone

from cases.actions.merging import merge_clients
from cases.models import Consent, Disclosure, Draft, RelatedPerson, SheetDate, SheetSection
from centers.models import AccessLog, ReadAlarm, ReadSample, ReadSampling
from reports.checks import run_checks
from tests.browser.conftest import TODAY, WIDTHS
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
    IntakeFactory,
    OrganizationFactory,
    OrganizationPersonFactory,
    PaperOriginalFactory,
    ProviderSupportFactory,
    QuickTextFactory,
    ReferralFactory,
    WorkerHandoverFactory,
    center,
    user_with,
)

ZONE = "kita2"
LONG_TEXT = "本人から電話。先週からの頭痛が続き、受診の予約を取りたいが窓口の電話がつながらないとのこと。" * 6
AXE = "axe.run({resultTypes: ['violations']}).then((results) => results.violations)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = {
    "soudan": """
        / /me/ /help/ /help/keys/ /notices/ /search/ /search/notes/ /log/ /drafts/ /followups/ /followups/?view=all
        /clients/ /clients/?view=all /clients/?view=closed /clients/?view=anonymous
        /clients/{client}/ /clients/{client}/?tab=basic /clients/{client}/?method=1 /clients/{client}/edit/
        /clients/{client}/sheet/ /clients/{client}/sheet/papers/ /clients/{client}/sheet/contact/
        /clients/{client}/sheet/rows/family/new/ /clients/{client}/sheet/move/ /clients/{client}/consents/new/
        /consents/{consent}/withdraw/ /expiries/?view=all
        /clients/{client}/files/ /clients/{client}/files/new/ /clients/{client}/papers/new/ /files/{file}/void/
        /papers/{paper}/handed/ /me/reads/
        /clients/{client}/log/ /clients/{client}/followups/new/ /clients/{bare}/ /followups/{step}/done/
        /consultations/{record}/ /consultations/{record}/correct/ /consultations/{record}/void/
        /threads/{thread}/identify/ /consultations/{later}/intake/ /intakes/ /intakes/?view=mine /intakes/{intake}/
        /intakes/{intake}/edit/ /clients/{client}/assessments/ /clients/{client}/assessments/new/
        /clients/{client}/assessments/compare/ /assessments/{assessment}/ /clients/{bare}/assessments/
        /consultations/{voided}/ /consultations/{record}/counting/ /threads/{thread}/ /drafts/{draft}/
        /organizations/ /organizations/{organization}/ /organizations/new/ /organizations/{organization}/edit/
        /organizations/{organization}/people/new/ /quick-texts/ /quick-texts/{quick}/
        /clients/{client}/case/ /clients/{client}/case/plan/ /clients/{client}/case/close/ /clients/{bare}/case/open/
        /clients/{client}/case/assign/ /worker-handovers/{worker_handover}/ /clients/{client}/print/
        /clients/{client}/print/?starts_on=R8.4.1&ends_on=R8.11.20&parts=case&parts=records&parts=conferences
        /clients/{client}/conferences/ /clients/{client}/conferences/new/ /conferences/{conference}/
        /conferences/{conference}/correct/
        /accounts/password/ /accounts/second-step/ /accounts/second-step/app/ /accounts/sessions/
        /accounts/logout/
        /between/ /referrals/{referral}/ /clients/{client}/referrals/new/ /clients/{client}/handovers/new/
        /rights/ /clients/{client}/rights/ /rights/abuse/new/ /rights/abuse/{report}/
        /rights/steps/{report_step}/correct/ /rights/abuse/{report}/members/ /rights/guardianship/{guardianship}/
        /rights/equality/new/
    """,
    "chiiki": "/ /clients/?view=all /clients/{client}/ /followups/",
    "kanri": """
        /handovers/{handover}/ /glass/ /glass/{glass}/
        / /notices/ /clients/{client}/ /clients/{client}/reads/ /clients/{client}/?tab=basic /contracts/ /reads/samples/
        /clients/{client}/merge/ /clients/{client}/merge/?other={double} /merges/{merge}/undo/ /clients/{stub}/
        /clients/{client}/disclosures/ /disclosures/{disclosure}/ /disclosures/{disclosure}/pack/
        /intakes/ /intakes/{intake}/
        /reports/monthly/{center}/2026-10/close/ /reports/monthly/{center}/2026-10/versions/
        /clients/{client}/case/restrict/ /clients/{client}/conflict/ /clients/{client}/case/course/
        /reports/monthly/ /reports/monthly/{center}/2026-10/
        /reports/monthly/{center}/2026-10/records/methods/4/
        /supports/ /supports/new/?provider={organization} /supports/{support}/ /supports/{support}/correct/
        /supports/{support}/void/ /supports/coverage/{center}/
    """,
    "shi": """
        /city/ /city/centers/{center}/ /wards/kita/ /contracts/ /notices/
        /reports/monthly/ /reports/monthly/{center}/2026-10/
        /reports/monthly/{center}/2026-10/records/methods/4/
        /city/abuse/ /city/abuse/new/ /rights/abuse/{report}/reporter/
        /members/ /members/invite/ /supports/coverage/
    """,
    "ku": "/wards/kita/ /notices/ /help/",
    "kansa": "/audit/ /audit/glass/ /city/ /notices/ /reports/monthly/{center}/2026-10/ /members/",
    "system": "/contracts/ /districts/ /districts/new/ /notices/ /members/ /members/invite/",
}


def furnish(user) -> dict[str, uuid.UUID]:
    """One of each thing in the center, with long names and texts; returns what the addresses name."""
    staff = getattr(user, "staff_member", None)
    place = center(ZONE)
    client = ClientFactory(
        center=place,
        family_name="勅使河原",
        given_name="さくらこすもす",
        family_kana="テシガワラ",
        given_kana="サクラコスモス",
        town="楠",
        school_district="楠",
        contact_note="電話は午後だけ。留守番電話に用件を残さない",
    )
    ClientPhoneFactory(client=client, whose="同じ町に住む叔母")
    for code in ("02", "03", "04"):
        ClientDisabilityFactory(client=client, code=code)
    case = CaseFactory(client=client, responsible=staff, last_contact_on=TODAY, last_contact_method="4")
    bare = ClientFactory(
        center=place, family_name="", given_name="", family_kana="ナナシ", given_kana="", birth_date=None
    )
    CaseFactory(client=bare, state="closed", closed_on=date(2026, 10, 1), closed_reason="転出")
    thread = AnonymousThreadFactory(center=place, opened_by=user)
    written = {"client": client, "case": case, "written_by": user, "staff": staff}
    record = ConsultationFactory(
        facts=LONG_TEXT, done="窓口の番号を伝えた。", contents=["01", "02", "05"], minutes=25, **written
    )
    later = ConsultationFactory(date=date(2026, 10, 20), method="6", **written)
    intake = IntakeFactory(
        consultation=record, complaint=LONG_TEXT, risks=["01", "08"], caller_name="勅使河原"
    )
    areas = {"01": {"now": LONG_TEXT, "hope": "いまの家で暮らしたい。", "need": "02"}}
    AssessmentFactory(client=client, areas=areas, written_by=user)
    assessment = AssessmentFactory(client=client, version=2, overall=LONG_TEXT, written_by=user)
    voided = ConsultationFactory(
        date=date(2026, 11, 2), voided_at=timezone.now(), voided_by=user, void_reason="double", **written
    )
    ConsultationFactory(anonymous=True, center=place, thread=thread, written_by=user)
    consent = furnish_sheet(client, user)
    step = FollowUpFactory(
        client=client,
        staff=staff,
        written_by=user,
        origin=record,
        what="受診の結果を聞き、次の見学の日程を決める",
    )
    FollowUpFactory(client=client, staff=staff, written_by=user, due_on=TODAY)
    content = {"facts": LONG_TEXT[:300], "method": "4"}
    draft = Draft.unscoped.create(group=uuid.uuid4(), user=user, center=place, client=client, content=content)
    file = AttachmentFactory(
        client=client, name="主治医の意見書(写し).pdf", consultation=record, added_by=user
    )
    paper = PaperOriginalFactory(client=client, added_by=user)
    double = ClientFactory(center=place, family_name="勅使川原", given_name="さくら", town="清水")
    stub = ClientFactory(center=place)
    merge = merge_clients(
        pk=uuid.uuid4(), winner=client, loser=stub, by=user, on=TODAY, reason="同じ人だった"
    )
    disclosure = Disclosure.unscoped.create(
        center=place, client=client, asked_on=TODAY, asker="self", opened_by=user, passages=["母"]
    )
    _draw_samples(place, client, user)
    things = {
        "file": file,
        "paper": paper,
        "double": double,
        "stub": stub,
        "merge": merge,
        "disclosure": disclosure,
    }
    conference = CaseConferenceFactory(center=place, clients=[client], written_by=user, discussion=LONG_TEXT)
    handover = WorkerHandoverFactory(
        case=CaseFactory(client__center=place, responsible=user_with("kinou", ZONE).staff_member),
        to_staff=staff or user_with("soudan", ZONE).staff_member,
        summary=LONG_TEXT,
    )
    things |= {"conference": conference, "worker_handover": handover}
    report = AbuseReportFactory(client=client, received_by=user, account=LONG_TEXT, wishes=LONG_TEXT)
    guardianship = GuardianshipSupportFactory(client=client, written_by=user, note=LONG_TEXT)
    GuardianshipStepFactory(support=guardianship, written_by=user)
    DiscriminationFactory(client=client, written_by=user, content=LONG_TEXT)
    things |= {"report": report, "report_step": report.steps.get(), "guardianship": guardianship}
    organization = OrganizationFactory(ward_id="kita", zones=[ZONE], note=LONG_TEXT[:400], checked_on=None)
    person = OrganizationPersonFactory(organization=organization)
    support = ProviderSupportFactory(
        center=place, provider=organization, person=person, client=client, facts=LONG_TEXT, written_by=user
    )
    quick = QuickTextFactory(center=place, owner=user)
    things |= {
        "referral": ReferralFactory(client=client, written_by=user),
        "handover": CenterHandoverFactory(client=client, written_by=user),
        "glass": BreakGlassFactory(client=client),
    }
    things |= {"organization": organization, "support": support, "quick": quick}
    things |= {"client": client, "bare": bare, "record": record, "voided": voided, "thread": thread}
    run_checks(TODAY, store=True)
    things |= {"later": later, "intake": intake, "assessment": assessment}
    return {
        name: thing.pk
        for name, thing in (
            things | {"step": step, "draft": draft, "center": place, "consent": consent}
        ).items()
    }


def furnish_sheet(client, user) -> Consent:
    """Sections, rows and a consent with long texts."""
    for kind, content in (("caution", {"danger": LONG_TEXT}), ("contact", {"ways": ["01", "02"]})):
        SheetSection.unscoped.create(client=client, kind=kind, content=content, version=1, updated_by=user)
    SheetDate.unscoped.create(client=client, kind="certificate", due_on=TODAY)
    RelatedPerson.unscoped.create(
        client=client,
        name="勅使河原 さくらこすもすの叔母",
        relation="08",
        guardian="02",
        emergency_order=1,
        key_person=True,
        living_together=True,
        contact="096-000-0000(夜は 090-0000-0000)",
        updated_by=user,
    )
    return Consent.unscoped.create(
        client=client, given_on=TODAY, scopes=["事業所", "医療"], purposes=["01"], way="paper"
    )


def _draw_samples(place, client, user) -> None:
    """Once for the center, which all roles share."""
    sampling, new = ReadSampling.objects.get_or_create(center=place, month=date(2026, 10, 1))
    if not new:
        return
    for position, state in enumerate(("open", "fine", "ask"), start=1):
        read = AccessLog.objects.create(
            user=user, verb="read", roles="相談員", page="cases:client", client_id=client.pk, center=place
        )
        judged = {} if state == "open" else {"judged_by": user, "judged_at": timezone.now(), "note": "担当"}
        ReadSample.objects.create(sampling=sampling, position=position, read=read, state=state, **judged)
    ReadAlarm.objects.create(user=user, day=TODAY, most=200)


def faults(page, turn: int) -> list[str]:
    """What axe finds on the page that is open, and how far it is wider than the window, at each width.

    The two narrow widths take turns with axe from page to page; TEST_AXE=all looks at every page at all three.
    """
    page.evaluate(AXE_SCRIPT)
    left_out = "" if os.environ.get("TEST_AXE") == "all" else ("tablet", "phone")[turn % 2]
    told = []
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        too_wide = page.evaluate(OVERFLOW)
        if too_wide > 0:
            told.append(f"{name}: {too_wide}px wider than the window")
        if name != left_out:
            told += [
                f"{name}: {found['id']}: {found['nodes'][0]['html'][:160]}" for found in page.evaluate(AXE)
            ]
    return told


@pytest.mark.parametrize("role", PAGES)
def test_pages(role, login, page, site):
    pks = furnish(login(role, ZONE))
    wrong = {}
    for turn, pattern in enumerate(PAGES[role].split()):
        response = page.goto(site + pattern.format(**pks))
        assert response.status == 200, pattern
        told = faults(page, turn)
        if told:
            wrong[pattern] = told
    assert not wrong
