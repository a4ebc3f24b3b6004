"""相談受付票: made from a record, numbered, approved or sent back, changed with a trail."""

import uuid
from datetime import date

import pytest

from cases.actions.intakes import StaleIntake, decide_intake, open_intake, revise_intake
from cases.actions.numbers import Series, take_number
from cases.models import Case, Consultation, FollowUp, Intake, IntakeVersion
from centers.models import AccessLog, Center, NumberSequence, Organization
from centers.periods import FiscalYear
from tests.at_once import at_once
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    IntakeFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

TYPED = {
    "version": "0",
    "complaint": "家にいるのがつらい。働きたい。",
    "urgency": "high",
    "risks": ["08", "01"],
    "aware": "agreed",
    "route": "02",
    "relation": "母",
    "caller_contact": "096-000-0000",
    "call_back": "yes",
    "plan": "05",
}


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


def typed(user, **fields) -> dict:
    return TYPED | {"staff": str(user.staff_member.pk)} | fields


def answers(user, **fields) -> dict:
    plain = {name: TYPED.get(name, "") for name in Intake.VERSIONED} | {"risks": [], "referred_to": None}
    return plain | {"staff": user.staff_member} | fields


def decide(browser, intake, outcome: str, **fields):
    return browser.post(
        f"/intakes/{intake.pk}/decide/", {"version": intake.version, "outcome": outcome} | fields, follow=True
    )


def test_from_the_first_contact_to_the_open_case(desk, sign_in):
    browser, user = desk
    client = ClientFactory(number="N1-00418")
    record = ConsultationFactory(client=client, counterpart="02", written_by=user)
    page = browser.get(f"/consultations/{record.pk}/")
    assert f"/consultations/{record.pk}/intake/" in page.content.decode()
    form = browser.get(f"/consultations/{record.pk}/intake/").content.decode()
    assert 'value="家族・親族"' in form  # the relation that the record knows already

    next_step = {"next_on": "R8.11.27", "next_kind": "call", "next_what": "折返しの電話"}
    answer = browser.post(f"/consultations/{record.pk}/intake/", typed(user, **next_step))
    intake = Intake.unscoped.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/intakes/{intake.pk}/")
    assert (intake.number, intake.state, intake.risks) == ("N1-R8-0001", "waiting", ["01", "08"])
    step = FollowUp.unscoped.get()
    assert (step.client, step.origin, step.staff) == (client, record, user.staff_member)
    assert not Case.unscoped.exists()  # the decision is the approval's
    assert browser.post(f"/intakes/{intake.pk}/decide/", {"outcome": "approve"}).status_code == 404

    web, kinou = sign_in("kinou")
    assert "N1-R8-0001" in web.get("/intakes/").content.decode()  # 承認待ち comes first for those who approve
    sent_back = decide(web, intake, "return")
    assert sent_back.status_code == 422 and "差し戻しの理由が空です" in sent_back.content.decode()
    decide(web, intake, "return", note="連絡できる時間帯がない")

    browser.force_login(user)
    again = typed(user, version="1", contact_hours="平日18時から")
    assert "連絡できる時間帯がない" in browser.get(f"/intakes/{intake.pk}/edit/").content.decode()
    browser.post(f"/intakes/{intake.pk}/edit/", again)
    intake.refresh_from_db()
    assert (intake.version, intake.state, intake.decision_note) == (2, "waiting", "")

    web.force_login(kinou)
    page = decide(web, intake, "approve").content.decode()
    assert "承認しました" in page and "承認済み" in page
    case = Case.unscoped.get()
    assert (case.client, case.state, case.responsible) == (client, "received", user.staff_member)
    assert Consultation.unscoped.get().case == case
    assert case.next_due_on == date(2026, 11, 27)
    web.get(f"/intakes/{intake.pk}/?print=1")
    verbs = AccessLog.objects.filter(client_id=client.pk, page="cases:intake").values_list("verb", flat=True)
    assert {"read", "print"} == set(verbs)


def test_an_approved_one_is_changed_with_a_reason_and_approved_again(desk, sign_in):
    browser, user = desk
    case = CaseFactory(client=ClientFactory(), state="received")
    intake = open_intake(consultation=ConsultationFactory(client=case.client), by=user, answers=answers(user))
    kinou = user_with("kinou")
    decide_intake(intake=intake, by=kinou, version=1, approve=True)
    case.refresh_from_db()
    assert (case.state, case.responsible) == ("active", user.staff_member)  # the open case is taken up
    with pytest.raises(StaleIntake):
        decide_intake(intake=intake, by=kinou, version=1, approve=False, note="もう一度")

    change = typed(user, version="1", complaint="家を出たい。働きたい。", plan="02")
    refused = browser.post(f"/intakes/{intake.pk}/edit/", change)
    assert refused.status_code == 422 and "変更の理由が空です" in refused.content.decode()
    browser.post(f"/intakes/{intake.pk}/edit/", change | {"reason": "聞き違い"})
    intake.refresh_from_db()
    assert (intake.version, intake.state, intake.plan) == (2, "waiting", "02")
    former = IntakeVersion.unscoped.get()
    assert (former.version, former.approved, former.reason) == (1, True, "聞き違い")
    page = browser.get(f"/intakes/{intake.pk}/").content.decode()
    assert "<ins>家を出たい。</ins>" in page and "継続して相談" in page
    # somebody else was faster: both texts, nothing lost
    late = browser.post(f"/intakes/{intake.pk}/edit/", change | {"complaint": "別の言葉。"})
    assert late.status_code == 409 and "別の言葉。" in late.content.decode()


def test_an_anonymous_caller_may_have_one_but_no_case(desk):
    browser, user = desk
    record = ConsultationFactory(
        anonymous=True, center=center(), thread=AnonymousThreadFactory(), written_by=user
    )
    address = f"/consultations/{record.pk}/intake/"
    refused = browser.post(address, typed(user))
    assert refused.status_code == 422 and "ケースにできません" in refused.content.decode()
    place = Organization.objects.create(name="ささえりあ城西", kind="12")
    refused = browser.post(address, typed(user, plan="03"))
    assert "紹介先が空です" in refused.content.decode()
    browser.post(address, typed(user, plan="03", referred_note="ささえりあ城西"))
    intake = Intake.unscoped.get()
    assert intake.referred_to == place
    assert "ささえりあ城西" in browser.get(f"/intakes/{intake.pk}/").content.decode()
    # a second one of the same record, as by a double click, leads to the first
    assert browser.post(address, typed(user, plan="01"))["Location"] == f"/intakes/{intake.pk}/"
    organization = ConsultationFactory(client=None, subject="organization", center=center(), written_by=user)
    assert browser.get(f"/consultations/{organization.pk}/intake/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"complaint": " "}, "主訴(本人の言葉で)が空です"),
        ({"urgency": ""}, "緊急度が選ばれていません"),
        ({"risks": ["99"]}, "その答えは一覧にありません"),
        ({"plan": "77"}, "その答えは一覧にありません"),
        ({"staff": str(uuid.UUID(int=1))}, "その答えは一覧にありません"),
        ({"next_what": "電話"}, "次の予定の日付が空です"),
        ({"next_on": "R8.11.1"}, "過ぎた日付です"),
        ({"relation": "あ" * 61}, "60字まで"),
    ],
)
def test_bad_input_is_told_and_kept(desk, fields, told):
    browser, user = desk
    record = ConsultationFactory(written_by=user)
    answer = browser.post(f"/consultations/{record.pk}/intake/", typed(user, **fields))
    text = answer.content.decode()
    assert answer.status_code == 422 and told in text and "096-000-0000" in text
    assert not Intake.unscoped.exists()


def test_numbers_begin_anew_with_the_year_and_go_on_in_the_zone():
    place = center()
    assert take_number(place, Series.INTAKE, year=FiscalYear(2026)) == "N1-R8-0001"
    assert take_number(place, Series.INTAKE, year=FiscalYear(2027)) == "N1-R9-0001"
    Center.objects.filter(pk=place.pk).update(closed_on=date(2027, 3, 31))
    new = Center.objects.create(
        zone=place.zone, corporation=place.corporation, name="新", opened_on=date(2027, 4, 1), source="試験"
    )
    assert take_number(new, Series.INTAKE, year=FiscalYear(2026)) == "N1-R8-0002"
    assert take_number(new, Series.INTAKE, year=FiscalYear(2019)) == "N1-R1-0001"


@pytest.mark.django_db(transaction=True)
def test_made_at_once_they_have_no_gap_and_no_double(settings):
    settings.SOUDAN_TODAY = date(2026, 11, 20)
    user = user_with("soudan")
    records = ConsultationFactory.create_batch(6)

    def make(record, **fields):
        return lambda: open_intake(consultation=record, by=user, answers=answers(user, **fields))

    # two of one record, and one that fails after it has taken its number
    deeds = [make(record) for record in records] + [make(records[0]), make(ConsultationFactory(), plan=None)]
    outcomes = at_once(*deeds)
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 2
    numbers = sorted(Intake.unscoped.values_list("number", flat=True))
    assert numbers == [f"N1-R8-{number:04}" for number in range(1, 7)]
    assert NumberSequence.objects.get(series="intake-2026").last == 6


def test_the_list_takes_as_many_queries_for_three_as_for_one(desk, queries_of):
    browser, user = desk
    IntakeFactory(consultation=ConsultationFactory(written_by=user))
    one = queries_of(lambda: browser.get("/intakes/?view=mine"))
    IntakeFactory.create_batch(2, consultation__written_by=user)
    IntakeFactory(consultation=ConsultationFactory(anonymous=True, center=center("kita1")))
    assert queries_of(lambda: browser.get("/intakes/?view=mine")) == one
    text = browser.get("/intakes/?view=all").content.decode()
    assert text.count("data-row") == 3


def test_a_change_that_changes_nothing_makes_no_version(desk):
    _, user = desk
    intake = IntakeFactory()
    same = revise_intake(intake=intake, by=user, version=1, changes={"relation": "本人"})
    assert same.version == 1 and not IntakeVersion.unscoped.exists()
