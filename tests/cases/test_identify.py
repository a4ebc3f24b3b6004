"""A caller without a name turns out to be a client: the records follow, and come back when it was wrong."""

import uuid
from datetime import date

import pytest

from cases.actions.followups import add_follow_up
from cases.actions.identify import (
    AlreadyKnown,
    identify_record,
    identify_thread,
    undo_identification,
)
from cases.actions.notes import index_notes
from cases.models import ClosedMonth, Consultation, ConsultationVersion, FollowUp, Identification
from centers.models import AccessLog
from reports.rollups import differences
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


@pytest.fixture
def person(on):
    client = ClientFactory(
        family_name="水前寺", given_name="美咲", kana_key="スイゼンジミサキ", name_key="水前寺美咲"
    )
    CaseFactory(client=client, opened_on=date(2026, 10, 15))
    return client


def test_the_records_of_a_caller_become_the_clients(desk, person, client):
    browser, user = desk
    thread = AnonymousThreadFactory(number="N1-A0031")
    days = [date(2026, 10, 7), date(2026, 11, 2)]
    records = [
        ConsultationFactory(anonymous=True, center=center(), thread=thread, date=day, facts="夜が眠れない。")
        for day in days
    ]
    index_notes(records)
    FollowUpFactory(client=None, center=center(), thread=thread, due_on=date(2026, 12, 1))
    assert "だれかわかった" in browser.get(f"/threads/{thread.pk}/").content.decode()
    address = f"/threads/{thread.pk}/identify/"
    found = browser.post(address, {"act": "find", "q": "すいぜんじ"}).content.decode()
    assert str(person.pk) in found and "記録2件" in found
    refused = browser.post(address, {"act": "attach", "q": "水前寺", "client": "", "basis": "本人が名乗った"})
    assert refused.status_code == 422 and "利用者が選ばれていません" in refused.content.decode()
    assert "本人が名乗った" in refused.content.decode() and str(person.pk) in refused.content.decode()

    done = browser.post(
        address, {"act": "attach", "client": str(person.pk), "basis": "本人が名乗った"}, follow=True
    )
    assert "2件の記録を結び付けました" in done.content.decode()
    case = person.cases.get()
    for record in records:
        record.refresh_from_db()
        assert (record.client, record.subject, record.thread, record.version) == (person, "client", thread, 2)
        assert record.case == case
    case.refresh_from_db()
    assert (case.last_contact_on, case.next_due_on) == (date(2026, 11, 2), date(2026, 12, 1))
    assert FollowUp.unscoped.get().client == person
    assert not differences()  # the roll-ups followed
    page = browser.get(f"/consultations/{records[0].pk}/").content.decode()
    assert "だれかわかった: 本人が名乗った" in page and "<del>匿名・氏名不明</del>" in page
    hits = browser.post("/search/notes/", {"q": "眠れない"}).content.decode()
    assert hits.count(str(person.pk)) >= 2
    with pytest.raises(AlreadyKnown):
        identify_thread(thread=thread, client=person, by=user, basis="もう一度")

    made = Identification.unscoped.get()
    undo = f"/identifications/{made.pk}/undo/"
    assert browser.post(undo, {"reason": ""}).status_code == 422
    browser.post(undo, {"reason": "別の人だった"})
    thread.refresh_from_db()
    case.refresh_from_db()
    assert thread.client is None and case.last_contact_on is None and FollowUp.unscoped.get().client is None
    stand = Consultation.unscoped.filter(client=None, subject="anonymous", thread=thread, version=3)
    assert stand.count() == 2 and ConsultationVersion.unscoped.count() == 4
    assert not differences()
    assert browser.get(undo).status_code == 404
    assert AccessLog.objects.filter(client_id=person.pk, page="cases:identification_undo").exists()


def test_what_came_to_the_client_since_stays_when_it_is_undone(desk, person):
    _, user = desk
    record = ConsultationFactory(anonymous=True, center=center())
    made = identify_record(record=record, client=person, by=user, basis="本人が名乗った")
    add_follow_up(client=person, by=user, center=center(), due_on=date(2026, 12, 1), what="電話")
    own = ConsultationFactory(client=person, date=date(2026, 11, 9))
    undo_identification(identification=made, by=user, reason="別の人だった")
    undo_identification(identification=made, by=user, reason="もう一度")  # done twice is done once
    assert FollowUp.unscoped.get().client == person
    assert list(Consultation.unscoped.filter(client=person)) == [own]
    assert Identification.unscoped.get().undo_reason == "別の人だった"


def test_a_single_record_and_whom_it_may_be_given_to(desk, person):
    browser, user = desk
    record = ConsultationFactory(anonymous=True, center=center())
    address = f"/consultations/{record.pk}/identify/"
    foreign = ClientFactory(center=center("kita1"))
    refused = browser.post(address, {"client": str(foreign.pk), "basis": "本人が名乗った"})
    assert refused.status_code == 422 and "利用者は見つかりません" in refused.content.decode()
    browser.post(address, {"client": str(person.pk), "basis": "本人が名乗った"})
    record.refresh_from_db()
    assert record.client == person
    assert browser.get(address).status_code == 404  # who is known is not asked again
    with pytest.raises(AlreadyKnown):
        identify_record(record=record, client=person, by=user, basis="もう一度")


def test_in_a_closed_month_it_is_the_managers(desk, person, sign_in):
    browser, _ = desk
    thread = AnonymousThreadFactory()
    record = ConsultationFactory(
        anonymous=True, center=center(), thread=thread, date=date(2026, 10, 7), written_by=user_with("soudan")
    )
    ClosedMonth.unscoped.create(center=center(), month=date(2026, 10, 1))
    address = f"/threads/{thread.pk}/identify/"
    assert "令和8年10月分は締めてあります" in browser.get(address).content.decode()
    given = {"client": str(person.pk), "basis": "本人が名乗った"}
    refused = browser.post(address, given | {"q": "水前寺"})
    assert refused.status_code == 422 and "センター管理者" in refused.content.decode()
    record.refresh_from_db()
    assert record.client is None
    manager, _ = sign_in("kanri")
    assert manager.post(address, given).status_code == 302
    record.refresh_from_db()
    assert record.client == person


def test_a_correction_in_a_closed_month_is_the_managers(desk, sign_in):
    browser, user = desk
    record = ConsultationFactory(date=date(2026, 10, 7), written_by=user)
    later = ConsultationFactory(date=date(2026, 11, 4), written_by=user)
    ClosedMonth.unscoped.create(center=center(), month=date(2026, 10, 1))
    page = browser.get(f"/consultations/{record.pk}/").content.decode()
    assert "10月分は締めてあります" in page and "訂正する" not in page
    typed = {
        "version": "1", "date": "R8.10.7", "method": "4", "contents": ["01"], "business_item": "1-1-1",
        "facts": "書きかけの訂正。", "counted": "on", "reason": "聞き違い",
    }  # fmt: skip
    kept = browser.post(f"/consultations/{record.pk}/correct/", typed)
    assert kept.status_code == 422 and "書きかけの訂正。" in kept.content.decode()
    # a record of an open month cannot be moved into the closed one either
    moved = browser.post(f"/consultations/{later.pk}/correct/", typed)
    assert moved.status_code == 422 and "10月分は締めてあります" in moved.content.decode()
    assert browser.get(f"/consultations/{record.pk}/void/").status_code == 302
    assert not ConsultationVersion.unscoped.exists()
    manager, _ = sign_in("kanri")
    assert manager.post(f"/consultations/{record.pk}/correct/", typed).status_code == 302
    assert (
        manager.post(f"/consultations/{record.pk}/void/", {"version": "2", "reason": "double"}).status_code
        == 302
    )
    browser.force_login(user)
    browser.post(f"/consultations/{record.pk}/restore/")
    record.refresh_from_db()
    assert record.voided_at is not None
    # what took place is written all the same
    late = {"subject": "anonymous", "group": str(uuid.uuid4()), "act": "save", "part": "consult"}
    late |= {name: typed[name] for name in ("method", "contents", "date", "facts")}
    saved = browser.post("/log/", late, follow=True).content.decode()
    assert "令和8年10月分は締めてあります" in saved and "受付票を作る" in saved
