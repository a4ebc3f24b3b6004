"""Restricted cases, conflicts of interest, pins, who is looking, and the print of one person's record."""

from datetime import date

import pytest

from cases.models import Case, CaseMember, ConflictOfInterest, Pin
from centers.models import AccessLog, Notice
from tests.factories import (
    CaseConferenceFactory,
    CaseFactory,
    ConsultationFactory,
    FollowUpFactory,
    WorkerHandoverFactory,
    set_rule,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(on):
    return CaseFactory(
        client__family_name="秘匿", client__family_kana="ヒトク", client__kana_key="ヒトクタロウ"
    )


def path(case, rest=""):
    return f"/clients/{case.client_id}/{rest}"


def text_of(response) -> str:
    return response.content.decode()


def places_of(client) -> list[str]:
    """Everything that shows the person's records, made once."""
    case = Case.unscoped.get(client=client)
    note = ConsultationFactory(client=client, case=case, facts="秘密の相談")
    step = FollowUpFactory(client=client, what="秘密の予定")
    conference = CaseConferenceFactory(center=client.center, clients=[client], purpose="秘密の会議")
    handover = WorkerHandoverFactory(
        case=case, from_staff=user_with("kinou").staff_member, to_staff=user_with("soudan").staff_member
    )
    return [
        *(
            path(case, rest)
            for rest in ("", "case/", "conferences/", "print/", "timeline/", "log/", "followups/new/")
        ),
        f"/consultations/{note.pk}/",
        f"/followups/{step.pk}/done/",
        f"/conferences/{conference.pk}/",
        f"/worker-handovers/{handover.pk}/",
    ]


def shown_in_lists(browser) -> list[str]:
    """Which lists and searches name the person or their records."""
    pages = {
        "list": browser.get("/clients/?view=all"),
        "pins": browser.get("/clients/?view=pinned"),
        "steps": browser.get("/followups/?view=all"),
        "home": browser.get("/"),
        "search": browser.post("/search/", {"q": "ひとく"}),
        "suggest": browser.post("/search/suggest/", {"q": "ひとく"}),
        "notes": browser.post("/search/notes/", {"q": "秘密の"}),
    }
    return [name for name, page in pages.items() if "秘匿" in text_of(page) or "秘密の相談" in text_of(page)]


def test_a_declared_conflict_hides_the_person_everywhere_from_one_user(sign_in, case, client):
    browser, user = sign_in("soudan")
    places = places_of(case.client)
    Pin.unscoped.create(user=user, client=case.client)
    assert [one for one in places if browser.get(one).status_code != 200] == []
    assert {"list", "pins", "steps", "home", "search", "suggest"} <= set(shown_in_lists(browser))

    assert browser.post(path(case, "conflict/"), {"reason": ""}).status_code == 422
    told = browser.post(path(case, "conflict/"), {"reason": "親族のため"}, follow=True)
    assert "もうあなたには見えません" in text_of(told)
    assert [one for one in places if browser.get(one).status_code != 404] == []
    assert shown_in_lists(browser) == [] and not Pin.unscoped.exists()
    conflict = ConflictOfInterest.unscoped.get()
    assert conflict.reason == "親族のため"
    notice = Notice.objects.get(kind="conflict_declared")
    assert notice.role == "kanri" and case.client.number not in notice.title + notice.body

    colleague = user_with("soudan")
    client.force_login(colleague)
    assert client.get(places[0]).status_code == 200
    manager = user_with("kanri")
    client.force_login(manager)
    assert "親族のため" in text_of(client.get(path(case, "conflict/")))
    client.post(path(case, "conflict/"), {"lift": str(conflict.pk)})
    client.force_login(user)
    assert client.get(places[0]).status_code == 200


def test_a_manager_names_who_is_kept_out_even_another_manager(sign_in, case, client):
    browser, _ = sign_in("kanri")
    other = user_with("kanri")
    browser.post(path(case, "conflict/"), {"user": other.pk, "reason": "以前の雇用主"})
    browser.force_login(other)
    assert browser.get(path(case)).status_code == 404
    browser.force_login(user_with("soudan"))
    lift = browser.post(path(case, "conflict/"), {"lift": str(ConflictOfInterest.unscoped.get().pk)})
    assert lift.status_code == 422 and ConflictOfInterest.unscoped.get().lifted_at is None


def test_the_conflict_costs_the_others_no_statement(sign_in, case, queries_of):
    browser, _ = sign_in("soudan")
    one = queries_of(lambda: browser.get(path(case)))
    ConflictOfInterest.unscoped.create(
        client=case.client, user=user_with("kinou"), reason="親族", declared_by=user_with("kanri")
    )
    assert queries_of(lambda: browser.get(path(case))) == one


def test_a_manager_restricts_a_case_to_named_staff(sign_in, case, client):
    browser, manager = sign_in("kanri")
    old = CaseFactory(
        client=case.client, state="closed", opened_on=date(2025, 4, 1), closed_on=date(2025, 5, 1)
    )
    named, unnamed = user_with("soudan"), user_with("soudan")
    assert browser.post(path(case, "case/restrict/"), {"members": [named.pk]}).status_code == 422
    shown = browser.post(
        path(case, "case/restrict/"), {"members": [named.pk], "reason": "職員の親族"}, follow=True
    )
    assert named.name in text_of(shown) and "閲覧</b> 限らない → 限った" in text_of(shown)
    client.force_login(named)
    assert client.get(path(case)).status_code == 200
    assert client.get(path(case, "case/restrict/")).status_code == 404
    client.force_login(unnamed)
    assert client.get(path(case)).status_code == 404 and shown_in_lists(client) == []
    client.force_login(manager)
    client.post(path(case, "case/restrict/"), {"open": "1"})
    assert not Case.unscoped.filter(restricted=True).exists() and not CaseMember.unscoped.exists()
    client.force_login(unnamed)
    assert client.get(path(old)).status_code == 200


def test_pins_are_ones_own_and_few(sign_in, case):
    browser, _user = sign_in("soudan")
    set_rule("pin_limit", 1)
    browser.post(path(case, "pin/"))
    assert "秘匿" in text_of(browser.get("/clients/?view=pinned")) and "ピンを外す" in text_of(
        browser.get(path(case))
    )
    other = CaseFactory()
    refused = browser.post(path(other, "pin/"), follow=True)
    assert "ピン留めは1人までです" in text_of(refused) and Pin.unscoped.count() == 1
    browser.post(path(case, "pin/"))
    assert not Pin.unscoped.exists()


def test_others_who_have_the_page_open_are_named_for_some_minutes(sign_in, case, client):
    browser, user = sign_in("soudan")
    browser.get(path(case))
    assert "さんもこの人の記録を見ています" not in text_of(browser.get(path(case)))
    colleague = user_with("kinou")
    client.force_login(colleague)
    assert f"{user.family_name}さんもこの人の記録を見ています" in text_of(client.get(path(case)))
    set_rule("presence_minutes", 0)
    assert "さんもこの人の記録を見ています" not in text_of(client.get(path(case)))


def test_a_print_has_its_head_its_period_and_its_line_in_the_read_log(sign_in, case):
    browser, user = sign_in("soudan")
    for day, facts in [(date(2026, 10, 5), "十月の相談"), (date(2026, 11, 5), "十一月の相談")]:
        ConsultationFactory(client=case.client, case=case, date=day, facts=facts)
    CaseConferenceFactory(center=case.center, clients=[case.client], discussion="退院の相談")
    assert "印刷するものを選ぶ" in text_of(browser.get(path(case, "print/")))
    assert not AccessLog.objects.filter(verb="print").exists()
    chosen = "?starts_on=R8.11.1&ends_on=R8.11.20&parts=records"
    sheet = text_of(browser.get(path(case, f"print/{chosen}")))
    head = sheet[sheet.index("ks-sheet-head") : sheet.index("</thead>")]
    for words in ("取扱注意", case.client.number, case.client.kana, user.name):
        assert words in head
    assert "十一月の相談" in sheet and "十月の相談" not in sheet and "退院の相談</dd>" not in sheet
    assert AccessLog.objects.get(verb="print").client_id == case.client_id
    assert "退院の相談</dd>" in text_of(browser.get(path(case, f"print/{chosen}&parts=conferences")))
    for wrong, words in [
        ("?starts_on=R8.11.20&ends_on=R8.11.1&parts=records", "始まりの日より前"),
        ("?starts_on=R8.11.1&ends_on=R8.11.20", "選ばれていません"),
        ("?starts_on=x&ends_on=R8.11.20&parts=records", "直すと印刷できます"),
    ]:
        refused = browser.get(path(case, f"print/{wrong}"))
        assert refused.status_code == 422 and words in text_of(refused)
    set_rule("print_records", 1)
    ConsultationFactory.create_batch(2, client=case.client, case=case, date=date(2026, 11, 6))
    refused = browser.get(path(case, f"print/{chosen}"))
    assert refused.status_code == 422 and "経過が1件を超えます" in text_of(refused)
