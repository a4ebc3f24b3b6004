"""Saving an entry: one record a person, once, whatever the network does."""

import uuid
from datetime import date, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from cases.actions import entries, facts
from cases.actions.clients import NewClient, NewThread, register_client, writable_clients
from cases.actions.drafts import NewerDraft, open_drafts, purge_drafts, save_draft
from cases.actions.entries import AlreadyRecorded, Contact, NextStep, OtherWriter, record_entry
from cases.actions.numbers import Series, take_number
from cases.actions.timing import Timing
from cases.doubles import possible_doubles, traits
from cases.models import (
    BreakGlass,
    Case,
    CaseMember,
    Client,
    Consultation,
    Draft,
    FollowUp,
    LogTiming,
    ShareGrant,
)
from centers.models import Center, NumberSequence, User
from centers.periods import Birth
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    business_item,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)


@pytest.fixture
def writer(settings):
    settings.SOUDAN_TODAY = ON
    return user_with("soudan", "nishi")


def contact(**fields) -> Contact:
    fields = {"date": ON, "method": "4", "contents": ["01", "04"], "facts": "本人から電話。"} | fields
    return Contact(business_item=business_item(), **fields)


def record(by, **fields):
    plain = {
        "group": uuid.uuid4(),
        "by": by,
        "center": center(),
        "on": ON,
        "subject": "client",
        "contact": contact(),
    }
    return record_entry(**plain | fields)


# ---- numbers ----


def test_numbers_run_by_center_and_series():
    chuo2 = center("chuo2")
    taken = [
        take_number(chuo2, Series.CLIENT),
        take_number(chuo2, Series.CLIENT),
        take_number(chuo2, Series.THREAD),
    ]
    assert taken == ["C2-00001", "C2-00002", "C2-A0001"]
    assert take_number(center("nishi"), Series.CLIENT) == "N1-00001"


def test_a_new_contractor_goes_on_with_the_numbers_of_the_zone():
    old = center("nishi")
    NumberSequence.objects.create(center=old, series=Series.CLIENT, last=417)
    Center.objects.filter(pk=old.pk).update(closed_on=date(2027, 3, 31))
    new = Center.objects.create(
        zone=old.zone, corporation=old.corporation, name=old.name, opened_on=date(2027, 4, 1), source="試験"
    )
    assert take_number(new, Series.CLIENT) == "N1-00418"


# ---- registering ----


def test_a_person_is_registered_by_kana_alone(writer):
    client = register_client(center=center(), by=writer, on=ON, family_kana="マツナガ")
    case = client.cases.get()
    assert (client.number, client.name, client.kana_key) == ("N1-00001", "マツナガ", "マツナガ")
    assert client.registered_by == writer
    assert (case.state, case.opened_on, case.responsible) == ("received", ON, writer.staff_member)


def test_a_person_is_registered_with_all_that_is_known(writer):
    client = register_client(
        center=center(),
        by=writer,
        on=ON,
        received_on=ON - timedelta(days=3),
        family_kana="ヨシダ",
        given_kana="タカコ",
        family_name="𠮷田",
        given_name="髙子",
        birth=Birth(date(1985, 5, 1), "month"),
        phones=["096-000-0418", "090-0000-1234"],
        disabilities=["04", "05"],
    )
    assert (client.name, client.name_key, client.kana_key) == ("𠮷田 髙子", "吉田高子", "ヨシダタカコ")
    assert (client.birth_date, client.birth_precision) == (date(1985, 5, 1), "month")
    assert [phone.tail for phone in client.phones.all()] == ["0418", "1234"]
    assert [entry.code for entry in client.disabilities.all()] == ["04", "05"]
    assert client.cases.get().opened_on == ON - timedelta(days=3)


def test_the_same_reading_and_birth_date_in_the_own_center_is_found(writer):
    twin = ClientFactory(birth_date=date(1985, 5, 10))
    ClientFactory(center=center("kita1"), birth_date=date(1985, 5, 10))
    ClientFactory(birth_date=date(1985, 5, 11))
    birth = Birth(date(1985, 5, 10), "day")
    (found,) = possible_doubles(writer, center(), traits(kana="しけん たろう", birth=birth))
    assert (found.client, found.why) == (twin, "カナと生年月日")
    for known in (Birth(date(1985, 1, 1), "year"), None):
        assert not possible_doubles(writer, center(), traits(kana="シケンタロウ", birth=known))


# ---- entries ----


def test_one_entry_about_three_people_is_three_records_of_one_group(writer):
    people = ClientFactory.create_batch(3)
    records = record(writer, clients=people)
    stored = Consultation.unscoped.filter(group=records[0].group).order_by("position")
    assert [(row.position, row.client, row.center, row.written_by) for row in stored] == [
        (position, person, center(), writer) for position, person in enumerate(people)
    ]
    assert {tuple(row.contents) for row in stored} == {("01", "04")}
    assert {row.staff for row in stored} == {writer.staff_member}


def test_the_same_post_again_writes_nothing(writer):
    group, person = uuid.uuid4(), ClientFactory()
    step = NextStep(due_on=ON, what="電話")
    first = record(writer, group=group, clients=[person], follow_up=step)
    again = record(writer, group=group, clients=[person], follow_up=step, contact=contact(minutes=5))
    assert [row.pk for row in again] == [row.pk for row in first]
    assert FollowUp.unscoped.count() == 1


def test_another_text_under_a_saved_token_is_told_not_lost(writer):
    group, person = uuid.uuid4(), ClientFactory()
    first = record(writer, group=group, clients=[person])
    with pytest.raises(AlreadyRecorded) as told:
        record(writer, group=group, clients=[person], contact=contact(facts="書き足した文。"))
    assert [row.pk for row in told.value.records] == [first[0].pk]


@pytest.mark.parametrize(
    "changed",
    [
        lambda: {"clients": [ClientFactory()]},
        lambda: {"clients": [], "new_client": NewClient(family_kana="マツナガ")},
        lambda: {"clients": [], "subject": "anonymous", "thread": AnonymousThreadFactory()},
        lambda: {"follow_up": NextStep(due_on=ON, what="書き足した予定")},
        lambda: {"contact": contact(place="自宅", counterpart_note="母")},
        lambda: {"contact": contact(rights_concern=True)},
    ],
)
def test_another_person_or_more_under_a_saved_token_is_told_not_lost(writer, changed):
    group, person = uuid.uuid4(), ClientFactory()
    record(writer, group=group, clients=[person])
    with pytest.raises(AlreadyRecorded):
        record(writer, **{"group": group, "clients": [person]} | changed())
    assert Consultation.unscoped.count() == 1


def test_a_new_person_or_caller_sent_twice_is_one(writer):
    person, caller = NewClient(family_kana="マツナガ", given_kana="ソラ"), NewThread(handle="男性・40代")
    for fields in ({"new_client": person}, {"subject": "anonymous", "new_thread": caller}):
        group = uuid.uuid4()
        first, again = (record(writer, group=group, **fields) for _ in range(2))
        assert [row.pk for row in again] == [row.pk for row in first]


def test_a_token_of_another_writer_gives_nothing(writer):
    group = uuid.uuid4()
    record(user_with("soudan", "nishi"), group=group, clients=[ClientFactory()])
    with pytest.raises(OtherWriter):
        record(writer, group=group, clients=[ClientFactory()])


def test_a_new_person_and_their_record_come_together(writer):
    known = ClientFactory()
    new = NewClient(family_kana="マツナガ")
    records = record(writer, clients=[known], new_client=new, contact=contact(date=ON - timedelta(days=2)))
    assert [row.client.family_kana for row in records] == ["シケン", "マツナガ"]
    assert records[1].case == records[1].client.cases.get()
    assert records[1].case.opened_on == ON - timedelta(days=2)


def test_an_anonymous_call_needs_no_thread_and_may_open_one(writer):
    alone = record(writer, subject="anonymous")
    known = AnonymousThreadFactory()
    again = record(writer, subject="anonymous", thread=known)
    new = record(writer, subject="anonymous", new_thread=NewThread(handle="女性・猫の話", age_band="40-64"))
    assert (alone[0].client, alone[0].thread) == (None, None)
    assert again[0].thread == known
    assert (new[0].thread.handle, new[0].thread.number, new[0].thread.opened_by) == (
        "女性・猫の話",
        "N1-A0001",
        writer,
    )


def test_the_next_step_stands_with_each_person(writer):
    people = ClientFactory.create_batch(2)
    step = NextStep(due_on=date(2026, 11, 27), due_at=time(10, 30), kind="visit", what="見学の日程")
    records = record(writer, clients=people, follow_up=step)
    steps = FollowUp.unscoped.order_by("origin__position")
    assert [(row.client, row.origin, row.staff) for row in steps] == [
        (row.client, row, writer.staff_member) for row in records
    ]
    assert {(row.due_on, row.due_at, row.kind, row.what) for row in steps} == {
        (date(2026, 11, 27), time(10, 30), "visit", "見学の日程")
    }


def test_a_record_hangs_on_the_case_of_its_day_and_reopens_nothing(writer):
    person = ClientFactory()
    closed = CaseFactory(
        client=person, opened_on=date(2025, 4, 1), closed_on=date(2025, 12, 31), state="closed"
    )
    in_between = record(writer, clients=[person], contact=contact(date=date(2026, 2, 1)))
    running = CaseFactory(client=person, opened_on=date(2026, 4, 1))
    within_closed = record(writer, clients=[person], contact=contact(date=date(2025, 12, 31)))
    today = record(writer, clients=[person])
    closed.refresh_from_db()
    assert [rows[0].case for rows in (in_between, within_closed, today)] == [None, closed, running]
    assert closed.closed_on == date(2025, 12, 31)


def test_a_shared_person_gets_a_record_of_the_own_center_without_the_others_case(writer):
    other = CaseFactory(client=ClientFactory(center=center("kita1")))
    row = record(writer, clients=[other.client])[0]
    other.refresh_from_db()
    assert (row.center, row.case, other.last_contact_on) == (center(), None, None)


def test_the_draft_of_the_entry_goes_with_it(writer):
    draft = save_draft(group=uuid.uuid4(), by=writer, center=center(), content={"facts": "途中"})
    record(writer, group=draft.group, clients=[ClientFactory()])
    assert not Draft.unscoped.filter(pk=draft.pk).exists()


def test_a_failure_leaves_nothing_behind(writer):
    draft = save_draft(group=uuid.uuid4(), by=writer, center=center(), content={})
    with pytest.raises(IntegrityError, match="consultation_contents"):
        record(
            writer, group=draft.group, new_client=NewClient(family_kana="ア"), contact=contact(contents=[])
        )
    assert not Client.unscoped.filter(family_kana="ア").exists()
    assert Draft.unscoped.filter(pk=draft.pk).exists()
    assert take_number(center(), Series.CLIENT) == "N1-00001"


def test_the_slower_of_two_posts_finds_what_the_faster_one_saved(writer, monkeypatch):
    group, new = uuid.uuid4(), NewClient(family_kana="ドウジ")
    first = record(writer, group=group, new_client=new)
    look = entries._standing
    answers = iter([[]])
    monkeypatch.setattr(entries, "_standing", lambda token: next(answers, None) or look(token))
    again = record(writer, group=group, new_client=new)
    assert [row.pk for row in again] == [row.pk for row in first]
    assert Client.unscoped.filter(family_kana="ドウジ").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_group_and_one_person(writer):
    group, together, answers = uuid.uuid4(), Barrier(2), []

    def post():
        together.wait()
        try:
            answers.append(
                [row.pk for row in record(writer, group=group, new_client=NewClient(family_kana="ドウジ"))]
            )
        finally:
            connection.close()

    threads = [Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2 and answers[0] == answers[1]
    assert Consultation.unscoped.filter(group=group).count() == 1
    assert Client.unscoped.filter(family_kana="ドウジ").count() == 1


def test_the_time_it_took_is_kept_once_and_of_nobody(writer):
    group = uuid.uuid4()
    for seconds in (42.4, 43):
        record(writer, group=group, subject="anonymous", timing=Timing(seconds, "blank"))
    record(writer, subject="anonymous", timing=Timing(90_000, "blank"))
    assert [(row.seconds, row.via, row.day) for row in LogTiming.unscoped.all()] == [(42, "blank", ON)]


# ---- roll-ups of the case ----


def test_the_case_shows_its_last_contact_and_next_step(writer):
    case = CaseFactory()
    record(writer, clients=[case.client], contact=contact(date=date(2026, 11, 10), method="1"))
    record(
        writer,
        clients=[case.client],
        contact=contact(date=date(2026, 11, 18)),
        follow_up=NextStep(due_on=ON, what="電話"),
    )
    record(writer, clients=[case.client], contact=contact(date=date(2026, 11, 1)))
    case.refresh_from_db()
    assert (case.last_contact_on, case.last_contact_method, case.next_due_on) == (date(2026, 11, 18), "4", ON)


def test_a_content_posted_twice_is_kept_once(writer):
    token, person, twice = uuid.uuid4(), ClientFactory(), contact(contents=["04", "01", "04"])
    record(writer, group=token, clients=[person], contact=twice)
    assert Consultation.unscoped.get().contents == ["04", "01"]
    assert len(record(writer, group=token, clients=[person], contact=twice)) == 1


def test_unanswered_calls_and_taken_back_records_are_no_contact(writer):
    case = CaseFactory()
    missed = contact(contents=[], unanswered=True, counted=False, uncounted_reason="不在")
    record(writer, clients=[case.client], contact=missed)
    row = ConsultationFactory(client=case.client, date=date(2026, 11, 2), written_by=writer)
    facts.refresh_case_facts([case.client_id])
    case.refresh_from_db()
    assert case.last_contact_on == date(2026, 11, 2)
    Consultation.unscoped.filter(pk=row.pk).update(
        voided_at="2026-11-03T00:00Z", voided_by=writer, void_reason="other"
    )
    facts.refresh_case_facts([case.client_id])
    case.refresh_from_db()
    assert (case.last_contact_on, case.last_contact_method) == (None, "")


def test_the_roll_up_takes_a_fixed_number_of_statements(writer, django_assert_num_queries):
    cases = CaseFactory.create_batch(3)
    for case in cases:
        FollowUpFactory(client=case.client, due_on=date(2026, 12, 1))
        FollowUpFactory(client=case.client, due_on=date(2026, 11, 1), done_on=ON, done_by=writer)
    facts.refresh_case_facts(case.client_id for case in cases)  # the state, which changes once
    with django_assert_num_queries(3):
        assert facts.refresh_case_facts(case.client_id for case in cases) == 3
    assert {case.next_due_on for case in Case.unscoped.all()} == {date(2026, 12, 1)}


# ---- about whom one may write ----


def test_one_writes_about_own_and_shared_people_only(writer):
    own, shared, foreign, opened = (
        ClientFactory(center=center(zone)) for zone in ("nishi", "kita1", "kita1", "kita1")
    )
    other = user_with("kinou", "kita1")
    ShareGrant.unscoped.create(
        client=shared, to_center=center(), scope="identity", basis="consent", granted_by=other, starts_on=ON
    )
    now = timezone.now()
    BreakGlass.unscoped.create(
        client=opened, user=writer, starts_at=now, ends_at=now + timedelta(hours=1), reason="試験"
    )
    assert set(writable_clients(writer, center())) == {own, shared}
    assert foreign not in writable_clients(writer, center())


# ---- drafts ----


def test_a_draft_is_saved_over_only_by_whoever_has_seen_it(writer):
    group = uuid.uuid4()
    first = save_draft(group=group, by=writer, center=center(), content={"facts": "一"})
    second = save_draft(
        group=group, by=writer, center=center(), content={"facts": "二"}, seen=first.updated_at
    )
    with pytest.raises(NewerDraft) as told:
        save_draft(
            group=group, by=writer, center=center(), content={"facts": "古い画面"}, seen=first.updated_at
        )
    assert told.value.draft.updated_at == second.updated_at
    with pytest.raises(NewerDraft):
        save_draft(group=group, by=writer, center=center(), content={"facts": "新しい画面"})
    save_draft(group=group, by=writer, center=center(), content={"facts": "選んだ"}, overwrite=True)
    assert Draft.unscoped.get(pk=group).content["facts"] == "選んだ"


def test_a_page_goes_on_with_its_own_draft_when_an_answer_was_lost(writer):
    group = uuid.uuid4()
    save_draft(group=group, by=writer, center=center(), content={"facts": "一"}, page="this")
    save_draft(group=group, by=writer, center=center(), content={"facts": "二"}, page="this")
    with pytest.raises(NewerDraft):
        save_draft(group=group, by=writer, center=center(), content={"facts": "三"}, page="another")
    assert Draft.unscoped.get(pk=group).content["facts"] == "二"


def test_a_draft_stays_its_writers(writer):
    group, other = uuid.uuid4(), user_with("soudan", "nishi")
    save_draft(group=group, by=other, center=center(), content={"facts": "ほかの人"})
    with pytest.raises(OtherWriter):
        save_draft(group=group, by=writer, center=center(), content={"facts": "上書き"}, overwrite=True)
    assert Draft.unscoped.get(pk=group).content["facts"] == "ほかの人"
    assert not open_drafts(writer)


def test_no_draft_comes_after_its_saved_entry(writer):
    group = uuid.uuid4()
    record(writer, group=group, clients=[ClientFactory()])
    with pytest.raises(AlreadyRecorded):
        save_draft(group=group, by=writer, center=center(), content={"facts": "遅れて届いた"})
    Draft.unscoped.create(group=group, user=writer, center=center())
    assert not open_drafts(writer)


def test_no_draft_goes_under_the_token_of_somebody_elses_entry(writer):
    group = uuid.uuid4()
    record(user_with("soudan", "higashi1"), group=group, center=center("higashi1"), clients=[ClientFactory()])
    with pytest.raises(OtherWriter):
        save_draft(group=group, by=writer, center=center(), content={})


def test_a_draft_stays_behind_with_the_center(writer):
    save_draft(group=uuid.uuid4(), by=writer, center=center("higashi1"), content={"facts": "前の職場の文"})
    assert not open_drafts(writer)


def test_a_draft_about_a_restricted_case_is_hidden_until_one_is_named(writer):
    case = CaseFactory(restricted=True)
    save_draft(group=uuid.uuid4(), by=writer, center=center(), content={}, client=case.client)
    assert not open_drafts(writer)
    CaseMember.unscoped.create(case=case, user=writer)
    assert open_drafts(User.objects.get(pk=writer.pk))


def test_old_drafts_are_purged_by_their_last_touch(writer):
    kept, old = (save_draft(group=uuid.uuid4(), by=writer, center=center(), content={}) for _ in range(2))
    Draft.unscoped.filter(pk=old.pk).update(updated_at="2026-10-20T14:59:59Z")
    Draft.unscoped.filter(pk=kept.pk).update(updated_at="2026-10-20T15:00:00Z")
    assert purge_drafts(on=ON, days=30) == 1
    assert list(Draft.unscoped.all()) == [kept]
