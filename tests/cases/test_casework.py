"""The course of a case: opened, planned, handed over, watched, closed and opened again."""

import uuid
from datetime import date

import pytest

from cases.actions.followups import add_follow_up
from cases.enums import CaseState
from cases.models import Case, CasePlan, Consultation, FollowUp, WorkerHandover
from cases.rules import case_state
from cases.views import casework
from centers.models import AccessLog, Notice
from tests.factories import (
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    WorkerHandoverFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def desk(sign_in, on):
    """A 相談員 with their own case, opened 4/1, in which nothing has happened yet."""
    browser, user = sign_in("soudan")
    case = CaseFactory(state="received", responsible=user.staff_member)
    return browser, user, case


def address(case, rest=""):
    return f"/clients/{case.client_id}/case/{rest}"


def text_of(response) -> str:
    return response.content.decode()


def state(case) -> str:
    return Case.unscoped.values_list("state", flat=True).get(pk=case.pk)


def test_the_state_follows_from_facts():
    opened = {
        "opened_on": date(2026, 4, 1),
        "closed_on": None,
        "handing_over": False,
        "watched": False,
        "last_contact_on": None,
        "planned": False,
    }
    for changed, expected in [
        ({}, CaseState.RECEIVED),
        ({"last_contact_on": date(2026, 4, 1)}, CaseState.RECEIVED),  # the contact that opened it
        ({"last_contact_on": date(2026, 4, 2)}, CaseState.ACTIVE),
        ({"planned": True}, CaseState.ACTIVE),
        ({"planned": True, "watched": True}, CaseState.WATCH),
        ({"watched": True, "handing_over": True}, CaseState.HANDOVER),
        ({"handing_over": True, "closed_on": ON}, CaseState.CLOSED),
    ]:
        assert case_state(**(opened | changed)) == expected, changed


def test_a_contact_moves_the_state_and_taking_it_back_moves_it_back(desk):
    browser, _user, case = desk
    token = uuid.uuid4()
    browser.post("/log/", {
        "group": token, "page": "p", "act": "save", "subject": "client", "clients": [str(case.client_id)],
        "method": "4", "contents": ["01"], "part": "consult", "date": "R8.11.20", "facts": "本人から電話",
    })  # fmt: skip
    record = Consultation.unscoped.get(group=token)
    assert state(case) == "active"
    browser.post(
        f"/consultations/{record.pk}/void/", {"version": 1, "reason": "double", "note": ""}, follow=True
    )
    assert state(case) == "received"


# ---- opening and closing ----


def test_a_case_is_closed_with_every_next_step_decided_and_opened_again(desk):
    browser, user, case = desk
    first, second = (FollowUpFactory(client=case.client, what=what) for what in ("見学", "受診の付き添い"))
    refused = browser.post(
        address(case, "close/"), {"closed_on": "R8.11.20", "code": "01", "summary": "落ち着いた"}
    )
    assert refused.status_code == 422 and "見学" in text_of(refused) and state(case) != "closed"
    answers = {
        "closed_on": "R8.11.20", "code": "02", "note": "区外へ", "summary": "落ち着いた", "remains": "更新は家族が行う",
        f"fate-{first.pk}": "dropped", f"fate-{second.pk}": "handed",
    }  # fmt: skip
    nobody = browser.post(address(case, "close/"), answers)
    assert nobody.status_code == 422 and "引き継ぐ相手が空です" in text_of(nobody)
    shown = text_of(browser.post(address(case, "close/"), answers | {f"to-{second.pk}": "家族"}, follow=True))
    assert "ケースを終結しました" in shown and "更新は家族が行う" in shown and "もう一度ケースを開く" in shown
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.closed_code) == ("closed", ON, "02")
    assert "(区外へ)" in case.closed_reason
    fates = dict(FollowUp.unscoped.values_list("what", "dropped_reason"))
    assert fates == {"見学": "終結のため", "受診の付き添い": "引き継いだ: 家族"}
    assert case.next_due_on is None

    early = browser.post(
        address(case, "open/"), {"opened_on": "R8.11.1", "reason": "再び", "priority": "high"}
    )
    assert early.status_code == 422 and "前のケースの終結日より前" in text_of(early)
    again = {
        "opened_on": "R8.11.20",
        "reason": "家族から電話",
        "priority": "high",
        "staff": user.staff_member.pk,
    }
    shown = text_of(browser.post(address(case, "open/"), again, follow=True))
    new = Case.unscoped.get(previous=case)
    assert (new.state, new.priority, new.responsible) == ("received", "high", user.staff_member)
    assert "前のケース" in shown
    twice = browser.post(address(case, "open/"), again, follow=True)
    assert "終結していないケースがもうあります" in text_of(twice) and Case.unscoped.count() == 2


def test_a_closing_day_before_the_last_contact_is_refused(desk):
    browser, user, case = desk
    ConsultationFactory(client=case.client, case=case, date=date(2026, 11, 10), written_by=user)
    step = add_follow_up(client=case.client, by=user, center=case.center, due_on=ON, what="電話")
    answers = {"code": "01", "summary": "落ち着いた", f"fate-{step.pk}": "done"}
    for day, words in [
        ("R8.11.9", "最後の相談より前"),
        ("R8.3.31", "受付日より前"),
        ("R8.11.21", "未来の日付"),
    ]:
        refused = browser.post(address(case, "close/"), answers | {"closed_on": day})
        assert refused.status_code == 422 and words in text_of(refused)


def test_a_step_that_came_meanwhile_keeps_the_case_open(desk, monkeypatch):
    browser, _user, case = desk
    original = casework.close_case

    def slower(**kwargs):
        FollowUpFactory(client=case.client, what="入れたばかり")
        return original(**kwargs)

    monkeypatch.setattr(casework, "close_case", slower)
    refused = browser.post(
        address(case, "close/"), {"closed_on": "R8.11.20", "code": "01", "summary": "落ち着いた"}
    )
    assert refused.status_code == 422 and "次の予定が増えました" in text_of(refused)
    assert state(case) != "closed"


# ---- worker and hand-over ----


def note_for(user, **changed) -> dict:
    return {
        "token": uuid.uuid4(), "to_staff": user.staff_member.pk, "starts_on": "R8.12.1", "summary": "通院が続いている",
        "todos": "R8.12.1 電話: 見学", "promises": "毎月電話する",
    } | changed  # fmt: skip


def test_a_change_of_worker_waits_for_the_receipt(desk, client):
    browser, user, case = desk
    step = FollowUpFactory(client=case.client, what="見学の日程", staff=user.staff_member)
    new = user_with("kinou")
    form = text_of(browser.get(address(case, "assign/")))
    assert "見学の日程" in form and "R8.11.1" in form
    sent = note_for(new)
    for _ in range(2):  # pressed twice
        answer = browser.post(address(case, "assign/"), sent, follow=True)
    note = WorkerHandover.unscoped.get()
    assert "受け取りを待っています" in text_of(answer) and state(case) == "handover"
    notice = Notice.objects.get(user=new)
    assert (
        notice.path == f"/worker-handovers/{note.pk}/"
        and case.client.number not in notice.title + notice.body
    )
    assert browser.post(f"/worker-handovers/{note.pk}/", {"outcome": "received"}).status_code == 404
    closing = browser.get(address(case, "close/"), follow=True)
    assert "受け取りを待っています" in text_of(closing)

    client.force_login(new)
    answer = client.post(f"/worker-handovers/{note.pk}/", {"outcome": "received"}, follow=True)
    note.refresh_from_db(), case.refresh_from_db(), step.refresh_from_db(), notice.refresh_from_db()
    assert note.received_by == new and note.received_at and notice.closed_at
    assert case.responsible == new.staff_member == step.staff
    trail = text_of(answer)
    assert f"{user.name} → {new.name}" in trail and "引き継ぎ中 → 受付" in trail
    late = client.post(f"/worker-handovers/{note.pk}/", {"outcome": "withdrawn"}, follow=True)
    assert "先に受け取られて" in text_of(late)


def test_a_note_taken_back_leaves_the_worker(desk):
    browser, user, case = desk
    new = user_with("soudan")
    note = WorkerHandoverFactory(case=case, to_staff=new.staff_member)
    answer = browser.post(f"/worker-handovers/{note.pk}/", {"outcome": "withdrawn"}, follow=True)
    assert "取りやめました" in text_of(answer)
    case.refresh_from_db()
    assert case.responsible == user.staff_member and state(case) == "received"


def test_a_note_to_somebody_who_may_not_see_the_person_is_refused(desk, client):
    _, _user, case = desk
    Case.unscoped.filter(pk=case.pk).update(restricted=True)
    manager, new = user_with("kanri"), user_with("soudan")
    client.force_login(manager)
    refused = client.post(address(case, "assign/"), note_for(new))
    assert refused.status_code == 422 and "見られません" in text_of(refused)
    assert not WorkerHandover.unscoped.exists()
    foreign = client.post(address(case, "assign/"), note_for(user_with("soudan", "kita1")))
    assert foreign.status_code == 422 and "一覧にありません" in text_of(foreign)


def test_a_case_without_a_worker_is_given_to_one(desk):
    browser, _user, _ = desk
    case, new = CaseFactory(), user_with("soudan")
    browser.post(address(case, "assign/"), {"staff": new.staff_member.pk})
    case.refresh_from_db()
    assert case.responsible == new.staff_member
    assert Notice.objects.get(user=new).path == address(case)


def test_watching_needs_a_reason_and_a_day_to_look_again(desk):
    browser, _user, case = desk
    refused = browser.post(address(case, "course/"), {"priority": "low", "watched": "on"})
    assert refused.status_code == 422
    assert "見守りの理由が空です" in text_of(refused) and "見直す日が空です" in text_of(refused)
    given = {"priority": "low", "watched": "on", "watch_reason": "就労が続く", "watch_until": "R9.2.20"}
    shown = text_of(browser.post(address(case, "course/"), given, follow=True))
    assert state(case) == "watch" and "就労が続く" in shown and "優先度</b> 中 → 低" in shown
    browser.post(address(case, "course/"), {"priority": "low"})
    assert state(case) == "received"


# ---- plan ----


def plan_of(version: int, **changed) -> dict:
    return {
        "version": version, "long_goal": "ひとりで暮らす", "made_on": "R8.11.20", "review_on": "R9.2.20",
        "goal-0-goal": "通院する", "goal-0-by_when": "R9.1.31", "goal-0-client_does": "予約を書く",
        "goal-0-others_do": "相談員: 前日に電話", "goal-1-goal": "",
    } | changed  # fmt: skip


def test_each_change_of_the_plan_is_a_version(desk):
    browser, _user, case = desk
    for changed, words in [
        ({"goal-0-goal": ""}, "短期の目標が空です"),
        ({"review_on": "R8.11.1"}, "過ぎた日付です"),
        (
            {"goal-0-goal": "", "goal-0-by_when": "", "goal-0-client_does": "", "goal-0-others_do": ""},
            "1つ以上",
        ),
    ]:
        refused = browser.post(address(case, "plan/"), plan_of(0, **changed))
        assert refused.status_code == 422 and words in text_of(refused)
    shown = text_of(browser.post(address(case, "plan/"), plan_of(0), follow=True))
    assert state(case) == "active" and "予約を書く" in shown
    stale = browser.post(address(case, "plan/"), plan_of(0, long_goal="働く"))
    assert stale.status_code == 409 and "先に第1版を書きました" in text_of(stale)
    assert "働く" in text_of(stale) and CasePlan.unscoped.count() == 1
    shown = text_of(browser.post(address(case, "plan/"), plan_of(1, long_goal="働く"), follow=True))
    assert "第2版" in shown and "前の版 1件" in shown
    assert list(CasePlan.unscoped.order_by("version").values_list("long_goal", flat=True)) == [
        "ひとりで暮らす",
        "働く",
    ]


# ---- who may ----


def test_chiiki_sees_the_case_but_not_what_is_written_about_it(desk, client):
    browser, _user, case = desk
    browser.post(address(case, "plan/"), plan_of(0))
    client.force_login(user_with("chiiki"))
    text = text_of(client.get(address(case)))
    assert "受付" in text and "ひとりで暮らす" not in text and "担当を替える" not in text


def test_the_page_notes_the_read_and_asks_a_fixed_number_of_queries(desk, queries_of):
    browser, user, case = desk
    browser.get(address(case))
    assert AccessLog.objects.get(page="cases:case").client_id == case.client_id
    CasePlan.unscoped.bulk_create(
        CasePlan(
            case=case, client=case.client, center=case.center, version=number, made_on=ON, review_on=ON,
            long_goal="目標", written_by=user,
        )
        for number in (1, 2)
    )  # fmt: skip
    browser.post(address(case, "course/"), {"priority": "low"})
    one = queries_of(lambda: browser.get(address(case)))
    for number in range(3):
        CaseFactory(
            client=case.client,
            state="closed",
            closed_on=date(2026, 1, number + 1),
            opened_on=date(2025, 1, 1),
        )
        other = user_with("soudan")
        WorkerHandoverFactory(
            case=case, to_staff=other.staff_member, withdrawn_at="2026-11-01T00:00Z", withdrawn_by=user
        )
    assert queries_of(lambda: browser.get(address(case))) == one


def test_a_person_without_a_case_gets_one(sign_in, on):
    browser, _user = sign_in("kinou")
    person = ClientFactory(center=center())
    path = f"/clients/{person.pk}/case/"
    assert "まだ開かれていません" in text_of(browser.get(path))
    assert browser.get(f"{path}close/").status_code == 404
    browser.post(f"{path}open/", {"opened_on": "R8.11.20", "reason": "紹介", "priority": "normal"})
    assert Case.unscoped.get(client=person).responsible is None
