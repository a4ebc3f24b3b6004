"""個別支援会議録: one form, a record for each of its people, next steps, versions, and a 地域課題 without names."""

import uuid
from datetime import date

import pytest

from cases.models import CaseConference, ConferenceDecision, Consultation, FollowUp, RegionalIssueProposal
from centers.models import AccessLog, Organization
from tests.factories import CaseConferenceFactory, CaseFactory, ClientFactory, center, user_with

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


@pytest.fixture
def desk(sign_in, on):
    browser, user = sign_in("soudan")
    return browser, user, CaseFactory(client__family_name="光永", client__number="N1-00001").client


def minutes(user, **changed) -> dict:
    return {
        "token": uuid.uuid4(), "kind": "02", "held_on": "R8.11.18", "starts_at": "10:30", "minutes": "60",
        "place_kind": "meeting", "place": "区役所", "host": "西区福祉課", "took_part": "both", "purpose": "退院後の住まい",
        "basis": "consent", "shared": "生活の様子", "contents": ["01", "03"], "part": "consult",
        "discussion": "訪問看護と日中の通い先を組み合わせる。",
        "attendee-0-place": "みなみ訪問看護", "attendee-0-post": "看護師", "attendee-0-name": "架空 一",
        "attendee-1-place": "家族", "attendee-1-name": "母",
        "decision-0-what": "見学の日程を決める", "decision-0-staff": user.staff_member.pk, "decision-0-due_on": "12/1",
        "decision-1-what": "診断書をもらう", "decision-1-who": "母",
    } | changed  # fmt: skip


def new(browser, person, sent):
    return browser.post(f"/clients/{person.pk}/conferences/new/", sent, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def test_a_conference_is_a_record_of_each_of_its_people(desk):
    browser, user, person = desk
    other = ClientFactory(number="N1-00002", family_name="同席")
    office = Organization.objects.create(name="みなみ訪問看護", kana="ミナミホウモンカンゴ", kind="09")
    assert "会議録はまだありません" in text_of(browser.get(f"/clients/{person.pk}/conferences/"))
    sent = minutes(
        user, others="n1-00002、N1-00001", issue="訪問看護が足りない", issue_text="夜間に来られる所がない"
    )
    for _ in range(2):  # pressed twice
        shown = text_of(new(browser, person, sent))
    conference = CaseConference.unscoped.get()
    records = Consultation.unscoped.order_by("position")
    assert [(r.client, r.method, r.contents, r.minutes, r.group) for r in records] == [
        (one, "6", ["01", "03"], 60, conference.pk) for one in (person, other)
    ]
    assert records[0].business_item.code == "1-1-1" and records[0].counted
    assert "サービス担当者会議: 退院後の住まい" in records[0].facts
    assert "・診断書をもらう(母)" in records[0].done and "R8.12.1まで" in records[0].done
    step = FollowUp.unscoped.get()
    assert (step.client, step.due_on, step.staff) == (person, date(2026, 12, 1), user.staff_member)
    assert step.origin == records[0]
    assert conference.attendees.get(position=0).organization == office
    issue = RegionalIssueProposal.unscoped.get()
    assert (issue.title, issue.raised_by, issue.conference) == ("訪問看護が足りない", user, conference)
    for words in ("みなみ訪問看護 看護師 架空 一", "同席", "訪問看護が足りない", "本人と家族"):
        assert words in shown
    assert "退院後の住まい" in text_of(browser.get(f"/clients/{other.pk}/conferences/"))
    found = browser.post("/search/notes/", {"q": "訪問看護と日中"})
    assert "光永" in text_of(found)
    record_page = text_of(browser.get(f"/consultations/{records[0].pk}/"))
    assert f"/conferences/{conference.pk}/" in record_page
    browser.get(f"/conferences/{conference.pk}/?print=1")
    assert set(AccessLog.objects.filter(verb="print").values_list("client_id", flat=True)) == {
        person.pk,
        other.pk,
    }


@pytest.mark.parametrize(
    "changed,words",
    [
        ({"kind": ""}, "種別が選ばれていません"),
        ({"held_on": "R8.11.21"}, "未来の日付"),
        ({"held_on": "H20.4.1"}, "開所日"),
        ({"contents": []}, "支援内容が選ばれていません"),
        ({"shared": ""}, "共有した情報の範囲が空です"),
        ({"discussion": " "}, "協議したことが空です"),
        ({"decision-1-what": ""}, "決めたことが空です"),
        ({"others": "N1-99999"}, "N1-99999"),
        ({"issue": "光永さんの住まい"}, "お名前が入っています"),
        ({"issue_text": "説明だけ"}, "見出しが空です"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_is_saved(desk, changed, words):
    browser, user, person = desk
    refused = browser.post(f"/clients/{person.pk}/conferences/new/", minutes(user, **changed))
    assert refused.status_code == 422 and words in text_of(refused)
    assert "診断書をもらう" in text_of(refused) or "decision-1-what" in changed
    assert not CaseConference.unscoped.exists() and not Consultation.unscoped.exists()


def correction(user, conference, **changed) -> dict:
    first, second = ConferenceDecision.unscoped.filter(conference=conference).order_by("position")
    sent = minutes(user) | {
        "version": conference.version, "reason": "日を直す", "decision-0-key": first.pk, "decision-1-key": second.pk,
    }  # fmt: skip
    return sent | changed


def test_a_correction_keeps_the_former_text_and_corrects_the_records(desk, client):
    browser, user, person = desk
    new(browser, person, minutes(user))
    conference = CaseConference.unscoped.get()
    path = f"/conferences/{conference.pk}/correct/"
    form = text_of(browser.get(path))
    assert "みなみ訪問看護" in form and "診断書をもらう" in form
    changed = {
        "held_on": "R8.11.17",
        "decision-0-due_on": "12/5",
        "decision-1-what": "",
        "decision-1-who": "",
    }
    shown = text_of(browser.post(path, correction(user, conference, **changed), follow=True))
    assert "第2版" in shown and "R8.11.18" in shown and "日を直す" in shown and "診断書をもらう" in shown
    record = Consultation.unscoped.get()
    assert (record.date, record.version) == (date(2026, 11, 17), 2) and "診断書" not in record.done
    assert FollowUp.unscoped.get().due_on == date(2026, 12, 5)
    old = browser.post(
        path, minutes(user) | {"version": 1, "reason": "遅れた訂正", "purpose": "わたしの目的"}
    )
    assert (
        old.status_code == 409 and "わたしの目的" in text_of(old) and "開いた後に変わりました" in text_of(old)
    )
    assert (
        browser.post(path, minutes(user) | {"version": 2, "held_on": "R2.4.1", "reason": "x"}).status_code
        == 422
    )
    client.force_login(user_with("chiiki"))
    assert client.get(path).status_code == 404


def test_a_conference_taken_back_leaves_the_figures(desk):
    browser, user, person = desk
    new(browser, person, minutes(user))
    path = f"/conferences/{CaseConference.unscoped.get().pk}/"
    assert browser.post(f"{path}void/", {"version": 1, "reason": ""}).status_code == 422
    shown = text_of(browser.post(f"{path}void/", {"version": 1, "reason": "別の人だった"}, follow=True))
    assert "別の人だった" in shown and "取り消し済" in shown
    assert not Consultation.unscoped.contacts().exists() and FollowUp.unscoped.get().done_on is None
    assert browser.get(f"{path}correct/", follow=True).redirect_chain


def test_who_may_not_see_one_of_its_people_sees_nothing_of_it(desk, client):
    browser, _user, person = desk
    hidden = CaseFactory(restricted=True).client
    conference = CaseConferenceFactory(center=center(), clients=[person, hidden], purpose="二人の会議")
    assert browser.get(f"/conferences/{conference.pk}/").status_code == 404
    assert "二人の会議" not in text_of(browser.get(f"/clients/{person.pk}/conferences/"))
    client.force_login(user_with("kanri"))
    assert "二人の会議" in text_of(client.get(f"/conferences/{conference.pk}/"))
    client.force_login(user_with("soudan", "kita1"))
    assert client.get(f"/conferences/{conference.pk}/").status_code == 404


def test_the_token_of_somebody_elses_conference_writes_nothing(desk):
    browser, user, person = desk
    foreign = CaseConferenceFactory(center=center("kita1"), purpose="よその会議")
    answer = browser.post(f"/clients/{person.pk}/conferences/new/", minutes(user, token=foreign.pk))
    assert answer.status_code == 404 and "よその会議" not in text_of(answer)
    assert not Consultation.unscoped.exists()


def test_the_list_and_one_conference_ask_a_fixed_number_of_queries(desk, queries_of):
    browser, user, person = desk
    new(browser, person, minutes(user))
    paths = [f"/clients/{person.pk}/conferences/", f"/conferences/{CaseConference.unscoped.get().pk}/"]
    one = [queries_of(lambda path=path: browser.get(path)) for path in paths]
    for number in (2, 3):
        sent = minutes(user, **{f"attendee-{number}-name": "架空", f"decision-{number}-what": "電話する"})
        new(browser, person, sent)
    latest = CaseConference.unscoped.latest("written_at")
    paths[1] = f"/conferences/{latest.pk}/"
    assert [queries_of(lambda path=path: browser.get(path)) for path in paths] == one
