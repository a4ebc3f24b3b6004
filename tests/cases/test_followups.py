"""次の予定: the list, a new one, done, dropped and opened again."""

import uuid
from datetime import date, time, timedelta

import pytest

from cases.actions.followups import finish_follow_up
from cases.models import FollowUp, ShareGrant
from centers.models import AccessLog, StaffAssignment
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    FollowUpFactory,
    StaffAssignmentFactory,
    StaffMemberFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
PATH = "/followups/"


@pytest.fixture
def case(on):
    return CaseFactory(client=ClientFactory(family_name="山本"))


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


def whats(browser, query: str = "view=all") -> list[str]:
    return [step.what for step in browser.get(f"{PATH}?{query}").context["page"].rows]


def new(client) -> str:
    return f"/clients/{client.pk}/followups/new/"


def done(step) -> str:
    return f"{PATH}{step.pk}/done/"


# ---- the list ----


def test_overdue_first_then_by_time(desk, case):
    browser, _ = desk
    for what, due, at in (
        ("先", date(2026, 12, 1), None),
        ("午後", ON, time(15)),
        ("朝", ON, time(9)),
        ("過ぎた", date(2026, 11, 1), None),
    ):
        FollowUpFactory(client=case.client, what=what, due_on=due, due_at=at)
    FollowUpFactory(client=case.client, what="済み", done_on=ON, done_by=user_with("soudan"))
    assert whats(browser) == ["過ぎた", "朝", "午後", "先"]
    text = browser.get(f"{PATH}?view=all").content.decode()
    assert "19日超過" in text and "期限を過ぎた予定 1件" in text


def test_ones_own_steps_come_first(desk, case):
    browser, user = desk
    FollowUpFactory(client=case.client, what="自分", staff=user.staff_member)
    FollowUpFactory(client=case.client, what="同僚", staff=StaffMemberFactory())
    assert whats(browser, "") == ["自分"]
    assert sorted(whats(browser)) == ["同僚", "自分"]


def test_the_steps_of_colleagues_are_reads_and_the_own_ones_are_not(desk, case):
    browser, user = desk
    FollowUpFactory(client=case.client, staff=user.staff_member)
    other = CaseFactory()
    FollowUpFactory(client=other.client, staff=StaffMemberFactory())
    FollowUpFactory(client=other.client, staff=StaffMemberFactory())
    whats(browser, "")
    assert not AccessLog.objects.filter(user=user, verb="read").exists()
    whats(browser)
    rows = AccessLog.objects.filter(user=user, verb="read")
    assert list(rows.values_list("page", "client_id")) == [("cases:followups", other.client_id)]


def test_an_empty_list_says_so(desk):
    browser, _ = desk
    assert "わたしの予定はありません" in browser.get(PATH).content.decode()
    assert "センターの予定はありません" in browser.get(f"{PATH}?view=all").content.decode()


def test_pages(desk, case):
    browser, _ = desk
    for number in range(53):
        FollowUpFactory(client=case.client, due_on=ON + timedelta(days=number % 4), what=f"{number}")
    first = browser.get(f"{PATH}?view=all").context["page"]
    assert len(first.rows) == 50
    assert len(browser.get(f"{PATH}?view=all&after={first.next}").context["page"].rows) == 3
    assert f"?view=all&amp;after={first.next}" in browser.get(f"{PATH}?view=all").content.decode()


def test_other_centers_and_offices(desk, client):
    browser, _ = desk
    FollowUpFactory(client=ClientFactory(center=center("kita1")))
    assert whats(browser) == []
    client.force_login(user_with("shi"))
    assert client.get(PATH).status_code == 404


def test_community_workers_see_their_own_steps(sign_in, case):
    browser, user = sign_in("chiiki")
    FollowUpFactory(client=case.client, what="書いた", written_by=user)
    FollowUpFactory(client=case.client, what="頼まれた", staff=user.staff_member)
    other = FollowUpFactory(client=case.client, what="同僚")
    assert sorted(whats(browser)) == ["書いた", "頼まれた"]
    assert browser.post(done(other), {"outcome": "done"}).status_code == 404


def test_a_callers_step_leads_to_the_caller(desk):
    browser, _ = desk
    thread = AnonymousThreadFactory()
    step = FollowUpFactory(client=None, thread=thread, center=thread.center)
    assert f'href="/threads/{thread.pk}/"' in browser.get(f"{PATH}?view=all").content.decode()
    assert browser.post(done(step), {"outcome": "done"})["Location"] == f"/threads/{thread.pk}/"


def test_the_number_of_queries_stays(desk, case, queries_of):
    browser, _ = desk
    FollowUpFactory(client=case.client, staff=StaffMemberFactory())
    one = queries_of(lambda: browser.get(f"{PATH}?view=all"))
    FollowUpFactory(client=ClientFactory(), staff=StaffMemberFactory())
    FollowUpFactory(client=ClientFactory(), staff=StaffMemberFactory())
    assert queries_of(lambda: browser.get(f"{PATH}?view=all")) == one


# ---- a new one ----


def given(**fields) -> dict:
    return {"due_on": "12/1", "kind": "call", "what": "見学の日程を決める"} | fields


def test_a_new_step(desk, case):
    browser, user = desk
    browser.post(new(case.client), given(due_at="午後3時", staff=str(user.staff_member.pk)))
    step = FollowUp.unscoped.get()
    assert (step.due_on, step.due_at, step.kind, step.what) == (
        date(2026, 12, 1),
        time(15),
        "call",
        "見学の日程を決める",
    )
    assert (step.center, step.staff, step.written_by) == (center("nishi"), user.staff_member, user)
    case.refresh_from_db()
    assert case.next_due_on == date(2026, 12, 1), "the list goes by it"


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("12/1", date(2026, 12, 1)),
        ("1/15", date(2027, 1, 15)),
        ("1120", ON),
        ("今日", ON),
        ("R9.2.28", date(2027, 2, 28)),
    ],
)
def test_a_short_day_is_the_next_one(desk, case, typed, due):
    browser, _ = desk
    browser.post(new(case.client), given(due_on=typed))
    assert FollowUp.unscoped.get().due_on == due


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("due_on", "", "期限が空です"),
        ("due_on", "R8.11.19", "過ぎた日付です"),
        ("due_on", "2月30日", "2月30日はありません"),
        ("due_on", "2/29", "2月29日はありません"),
        ("due_on", "あした", "日付として読めません"),
        ("due_at", "25時", "25時はありません"),
        ("kind", "fax", "その答えは一覧にありません"),
        ("what", "", "することが空です"),
        ("what", "あ" * 201, "200字までです。いまは201字です"),
        ("what", "a\x00b", "使えない文字"),
        ("staff", "00000000-0000-4000-8000-000000000000", "その答えは一覧にありません"),
    ],
)
def test_what_cannot_be_saved_is_told(desk, case, field, value, words):
    browser, _ = desk
    response = browser.post(new(case.client), given(**{field: value}))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not FollowUp.unscoped.exists()


def test_the_center_and_writer_are_not_read_from_the_form(desk, case):
    browser, user = desk
    forged = {
        "center": str(center("kita1").pk),
        "written_by": str(user_with("soudan").pk),
        "client": str(ClientFactory().pk),
    }
    browser.post(new(case.client), given(**forged))
    step = FollowUp.unscoped.get()
    assert (step.center, step.written_by, step.client) == (center("nishi"), user, case.client)


def test_colleagues_on_offer(desk, case):
    browser, user = desk
    posted = StaffAssignmentFactory(center=center("nishi")).staff
    left = StaffAssignmentFactory(center=center("nishi"), ends_on=date(2026, 3, 31)).staff
    foreign = StaffAssignmentFactory(center=center("kita1")).staff
    offered = set(browser.get(new(case.client)).context["form"].fields["staff"].queryset)
    assert {posted, user.staff_member} <= offered
    assert not offered & {left, foreign}
    assert StaffAssignment.objects.count() == 3


def test_a_step_for_a_shared_person_is_the_own_centers(desk, on):
    browser, _ = desk
    foreign = ClientFactory(center=center("kita1"))
    ShareGrant.unscoped.create(
        client=foreign,
        to_center=center("nishi"),
        scope="notes",
        basis="handover",
        starts_on=ON,
        granted_by=foreign.registered_by,
    )
    browser.post(new(foreign), given())
    assert FollowUp.unscoped.get().center == center("nishi")


# ---- what became of it ----


@pytest.fixture
def step(case):
    step = FollowUpFactory(client=case.client, due_on=date(2026, 11, 15))
    case.next_due_on = step.due_on
    case.save()
    return step


def test_done(desk, case, step):
    browser, user = desk
    response = browser.post(done(step), {"outcome": "done"}, follow=True)
    step.refresh_from_db()
    case.refresh_from_db()
    assert (step.done_on, step.done_by, step.dropped_reason) == (ON, user, "")
    assert case.next_due_on is None
    assert response.redirect_chain[0][0] == f"/clients/{case.client.pk}/"
    assert f'済みにしました。 <a href="{done(step)}">取り消す</a>' in response.content.decode()


def test_from_the_list_one_returns_to_the_list(desk, step):
    browser, _ = desk
    assert browser.post(done(step), {"outcome": "done", "back": "list"})["Location"] == PATH
    assert browser.post(done(step), {"outcome": "open", "back": "https://example.org/"})[
        "Location"
    ].startswith("/clients/")


def test_done_twice_stays_with_the_first(desk, step):
    browser, _ = desk
    first = user_with("soudan")
    FollowUp.unscoped.filter(pk=step.pk).update(done_on=date(2026, 11, 18), done_by=first)
    browser.post(done(step), {"outcome": "dropped", "reason": "後から"})
    step.refresh_from_db()
    assert (step.done_on, step.done_by, step.dropped_reason) == (date(2026, 11, 18), first, "")


def test_dropped_with_a_reason(desk, step):
    browser, _ = desk
    refused = browser.post(done(step), {"outcome": "dropped", "reason": ""})
    assert refused.status_code == 422 and "しないことにした理由が空です" in refused.content.decode()
    browser.post(done(step), {"outcome": "dropped", "reason": "本人から断り"})
    step.refresh_from_db()
    assert (step.done_on, step.dropped_reason) == (ON, "本人から断り")
    assert "しないことにした" in browser.get(done(step)).content.decode()


def test_opened_again(desk, case, step):
    browser, _ = desk
    browser.post(done(step), {"outcome": "done"})
    assert "予定に戻す" in browser.get(done(step)).content.decode()
    browser.post(done(step), {"outcome": "open"})
    step.refresh_from_db()
    case.refresh_from_db()
    assert (step.done_on, step.done_by) == (None, None)
    assert case.next_due_on == step.due_on


def test_an_unknown_outcome_changes_nothing(desk, step):
    browser, _ = desk
    assert browser.post(done(step), {"outcome": "gone"}).status_code == 200
    step.refresh_from_db()
    assert step.done_on is None


def test_a_foreign_step_answers_like_an_unknown_one(desk):
    browser, _ = desk
    foreign = FollowUpFactory(client=ClientFactory(center=center("kita1")))
    known, unknown = browser.get(done(foreign)), browser.get(f"{PATH}{uuid.uuid4()}/done/")
    assert known.status_code == unknown.status_code == 404 and known.content == unknown.content
    assert browser.post(done(foreign), {"outcome": "done"}).status_code == 404


def test_opening_a_step_is_noted(desk, step):
    browser, user = desk
    browser.get(done(step))
    assert AccessLog.objects.filter(user=user, client_id=step.client_id, verb="read").count() == 1


def test_who_comes_second_is_told_what_stands(desk, case):
    browser, _ = desk
    colleague = user_with("soudan")
    step = FollowUpFactory(client=case.client)
    finish_follow_up(step=step, by=colleague, on=ON)
    answer = browser.post(done(step), {"outcome": "dropped", "reason": "断りの電話"}, follow=True)
    text = answer.content.decode()
    assert (
        "先に扱いが決まっています" in text and "しないことにしました。" not in text and colleague.name in text
    )
    step.refresh_from_db()
    assert (step.done_by, step.dropped_reason) == (colleague, "")
