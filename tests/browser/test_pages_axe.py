"""Every page of the site as the role that works with it: axe and no sideways scroll, at the three widths."""

import uuid
from datetime import date

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone

from cases.models import Draft
from reports.checks import run_checks
from tests.browser.conftest import TODAY, WIDTHS
from tests.factories import (
    AnonymousThreadFactory,
    CaseConferenceFactory,
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    FollowUpFactory,
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
        /clients/{client}/log/ /clients/{client}/followups/new/ /clients/{bare}/ /followups/{step}/done/
        /consultations/{record}/ /consultations/{record}/correct/ /consultations/{record}/void/
        /consultations/{voided}/ /threads/{thread}/ /drafts/{draft}/
        /clients/{client}/case/ /clients/{client}/case/plan/ /clients/{client}/case/close/ /clients/{bare}/case/open/
        /clients/{client}/case/assign/ /worker-handovers/{handover}/ /clients/{client}/print/
        /clients/{client}/print/?starts_on=R8.4.1&ends_on=R8.11.20&parts=case&parts=records&parts=conferences
        /clients/{client}/conferences/ /clients/{client}/conferences/new/ /conferences/{conference}/
        /conferences/{conference}/correct/
        /accounts/password/ /accounts/second-step/ /accounts/second-step/app/ /accounts/sessions/
        /accounts/logout/
    """,
    "chiiki": "/ /clients/?view=all /clients/{client}/ /followups/",
    "kanri": """
        / /notices/ /clients/{client}/ /clients/{client}/reads/ /contracts/
        /clients/{client}/case/restrict/ /clients/{client}/conflict/ /clients/{client}/case/course/
        /reports/monthly/ /reports/monthly/{center}/2026-10/
        /reports/monthly/{center}/2026-10/records/methods/4/
    """,
    "shi": """
        /city/ /city/centers/{center}/ /wards/kita/ /contracts/ /notices/
        /reports/monthly/ /reports/monthly/{center}/2026-10/
        /reports/monthly/{center}/2026-10/records/methods/4/
        /members/ /members/invite/
    """,
    "ku": "/wards/kita/ /notices/ /help/",
    "kansa": "/audit/ /city/ /notices/ /reports/monthly/{center}/2026-10/ /members/",
    "system": "/contracts/ /notices/ /members/ /members/invite/",
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
    ConsultationFactory(date=date(2026, 10, 20), method="6", **written)
    voided = ConsultationFactory(
        date=date(2026, 11, 2), voided_at=timezone.now(), voided_by=user, void_reason="double", **written
    )
    ConsultationFactory(anonymous=True, center=place, thread=thread, written_by=user)
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
    conference = CaseConferenceFactory(center=place, clients=[client], written_by=user, discussion=LONG_TEXT)
    handover = WorkerHandoverFactory(
        case=CaseFactory(client__center=place, responsible=user_with("kinou", ZONE).staff_member),
        to_staff=staff or user_with("soudan", ZONE).staff_member,
        summary=LONG_TEXT,
    )
    run_checks(TODAY, store=True)
    things = {"client": client, "bare": bare, "record": record, "voided": voided, "thread": thread}
    return {
        name: thing.pk
        for name, thing in (
            things
            | {"step": step, "draft": draft, "center": place, "conference": conference, "handover": handover}
        ).items()
    }


def faults(page) -> list[str]:
    """What axe finds on the page that is open, and how far it is wider than the window, at each width."""
    page.evaluate(AXE_SCRIPT)
    told = []
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        too_wide = page.evaluate(OVERFLOW)
        if too_wide > 0:
            told.append(f"{name}: {too_wide}px wider than the window")
        for found in page.evaluate(AXE):
            told.append(f"{name}: {found['id']}: {found['nodes'][0]['html'][:160]}")
    return told


@pytest.mark.parametrize("role", PAGES)
def test_pages(role, login, page, site):
    pks = furnish(login(role, ZONE))
    wrong = {}
    for pattern in PAGES[role].split():
        response = page.goto(site + pattern.format(**pks))
        assert response.status == 200, pattern
        told = faults(page)
        if told:
            wrong[pattern] = told
    assert not wrong
