"""The large sizes of the demo, on a small factor: the same whenever it is made, like a city's work, and consistent."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from statistics import mean

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, Max

from cases.actions.clients import search_keys
from cases.actions.facts import refresh_case_facts
from cases.actions.notes import indexed, unindexed
from cases.actions.numbers import Series
from cases.models import Case, Client, ClientPhone, Consultation, ConsultationVersion, FollowUp, PlanCase
from centers.models import NumberSequence, OpeningHours, StaffAssignment
from centers.periods import FiscalYear, age_on, is_holiday
from centers.text import phone_tail
from reports.demo.build import build_demo
from reports.demo.volume import SHARES, Volume
from reports.models import MonthLine
from reports.rollups import differences
from tests.factories import ClientFactory

TODAY = date(2026, 11, 20)
TINY = Volume(contacts=600, people=90, years=2)
LITTLE = Volume(contacts=4000, people=330, years=3)


def build(volume=TINY, seed=7, progress=lambda done, of: None):
    build_demo(seed=seed, size=volume, today=TODAY, progress=progress)


def fingerprint() -> str:
    """Of what a reader sees; keys of the reference data and the time of writing differ between databases."""
    rows = [
        *Client.unscoped.order_by("pk").values_list(
            "pk", "number", "family_name", "kana_key", "birth_date", "center__zone", "registered_on", "address"
        ),
        *Case.unscoped.order_by("pk").values_list("pk", "client", "state", "last_contact_on", "next_due_on"),
        *Consultation.unscoped.order_by("pk").values_list(
            "pk", "client", "date", "start_time", "method", "facts", "contents", "business_item__code", "staff__name",
            "created_at", "voided_at", "thread__number",
        ),
        *ConsultationVersion.unscoped.order_by("pk").values_list("consultation", "content", "replaced_at"),
        *FollowUp.unscoped.order_by("pk").values_list("pk", "client", "due_on", "what", "done_on", "origin"),
        *PlanCase.unscoped.order_by("pk").values_list("pk", "client", "contract_on", "ends_on"),
    ]  # fmt: skip
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def fingerprint_of(seed: int) -> str:
    """Of a demo that is built and taken back."""
    with transaction.atomic():
        build(seed=seed)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """A little city, built once for the tests that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(LITTLE)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def looking(city, django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_city():
    first = fingerprint_of(7)
    assert fingerprint_of(7) == first != fingerprint_of(8)


def test_what_is_drawn_does_not_hang_on_the_process():
    """In processes whose sets and dictionaries are ordered differently."""
    script = (
        "from datetime import date; from random import Random; from reports.demo.attendance import attend;"
        "from reports.demo.volume import Volume;"
        "a = attend(Random('7 nishi'), Volume(600, 90, 2), 'nishi', {1, 2, 3, 4, 5, 6}, date(2026, 11, 20));"
        "print([(v.registered_on, v.weight) for v in a.visitors], list(a.visits()))"
    )
    drawn = [
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    ]
    assert drawn[0] == drawn[1] and len(drawn[0]) > 1000


def test_contacts_follow_the_sources_figures(looking):
    records = Consultation.unscoped.all()
    years = Counter(FiscalYear.of(day).year for day in records.values_list("date", flat=True))
    assert years[2025] == pytest.approx(4000 / 1.04, rel=0.06)
    assert years[2024] < years[2025] and years[2026] < years[2025]
    methods = Counter(records.values_list("method", flat=True))
    share = {code: 100 * count / records.count() for code, count in methods.items()}
    wanted = {"4": 48, "7": 19, "1": 9, "2": 8, "5": 6, "3": 4, "6": 4, "8": 2}
    assert share == {code: pytest.approx(percent, abs=2.5) for code, percent in wanted.items()}
    answered = records.filter(unanswered=False).values_list("contents", flat=True)
    assert mean(map(len, answered)) == pytest.approx(1.5, abs=0.05)
    assert not records.filter(date__gt=TODAY).exists()


def test_people_come_and_go_as_they_do(looking):
    by_year: dict[int, Counter] = {}
    for client, day in Consultation.unscoped.filter(client__isnull=False).values_list("client", "date"):
        by_year.setdefault(FiscalYear.of(day).year, Counter())[client] += 1
    before = set(by_year[2024])
    assert 0.5 <= len(set(by_year[2025]) - before) / len(by_year[2025]) <= 0.6
    for people in by_year.values():
        often = sorted(people.values(), reverse=True)[: len(people) // 10]
        assert 0.4 <= sum(often) / people.total() <= 0.6
    children = [
        age_on(born, TODAY) < 18 for born in Client.unscoped.values_list("birth_date", flat=True) if born
    ]
    assert 0.1 <= mean(children) <= 0.22


def test_centers_differ_as_their_shares(looking):
    counts = Counter(Consultation.unscoped.values_list("center__zone", flat=True))
    assert counts.most_common(1)[0][0] == "nishi"
    for zone, share in SHARES.items():
        assert counts[zone] / counts.total() == pytest.approx(share / sum(SHARES.values()), rel=0.12)


def test_nobody_works_on_a_closed_day(looking):
    open_days = set(OpeningHours.objects.values_list("center", "weekday"))
    for center, day in Consultation.unscoped.values_list("center", "date").distinct():
        assert (center, day.isoweekday()) in open_days and not is_holiday(day)
        assert (day.month, day.day) not in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def test_who_has_the_contact_was_assigned_there_on_that_day(looking):
    assigned: dict[tuple, list] = {}
    for row in StaffAssignment.objects.all():
        assigned.setdefault((row.staff_id, row.center_id), []).append(
            (row.starts_on, row.ends_on or date.max)
        )
    records = Consultation.unscoped.values_list("staff", "center", "date")
    assert all(
        any(begin <= day <= end for begin, end in assigned[staff, center]) for staff, center, day in records
    )


def test_every_kind_of_record_is_there(looking):
    records = Consultation.unscoped
    assert set(records.values_list("subject", flat=True)) == {"client", "anonymous", "organization"}
    assert records.filter(thread__isnull=False).exists() and records.filter(voided_at__isnull=False).exists()
    assert records.filter(business_item__in_contacts=False).exists()
    assert records.filter(version=2).count() == ConsultationVersion.unscoped.count() > 0
    assert (
        not records.filter(unanswered=True, counted=True).exists()
        and records.filter(unanswered=True).exists()
    )
    steps = FollowUp.unscoped
    assert steps.filter(done_on__isnull=False).exists()
    assert steps.filter(done_on__isnull=True, due_on__gt=TODAY).exists()
    assert not steps.filter(done_on__gt=TODAY).exists()
    assert (
        Case.unscoped.filter(closed_on__isnull=False).exists()
        and Case.unscoped.filter(restricted=True).exists()
    )
    assert not Case.unscoped.filter(closed_on__gt=TODAY).exists()
    assert (
        PlanCase.unscoped.filter(ends_on__isnull=True).exists()
        and PlanCase.unscoped.filter(ends_on__lte=TODAY).exists()
    )
    assert not Consultation.unscoped.filter(date__gt=F("case__closed_on")).exists()
    assert not Client.unscoped.filter(birth_date__gt=F("registered_on")).exists()


def test_derived_columns_are_what_the_actions_make(looking):
    facts = ("pk", "last_contact_on", "last_contact_method", "next_due_on")
    found = list(Case.unscoped.order_by("pk").values_list(*facts))
    refresh_case_facts(Client.unscoped.values_list("pk", flat=True))
    assert list(Case.unscoped.order_by("pk").values_list(*facts)) == found
    for client in Client.unscoped.all():
        assert search_keys(client) == {"name_key": client.name_key, "kana_key": client.kana_key}
    assert all(phone.tail == phone_tail(phone.number) for phone in ClientPhone.unscoped.all())


def test_roll_ups_and_text_search_know_every_record(looking):
    assert differences() == [] and not unindexed().exists()
    assert (
        MonthLine.unscoped.values("center", "month", "figures", "code").distinct().count()
        == MonthLine.unscoped.count()
    )
    record = Consultation.unscoped.exclude(facts="").first()
    made, stored = indexed(record), record.note_index
    assert (stored.folded, stored.grams) == (made.folded, made.grams)


def test_the_next_number_is_the_one_after_the_last(looking):
    last = dict(NumberSequence.objects.filter(series=Series.CLIENT).values_list("center", "last"))
    numbers = (
        Client.unscoped.values("center").annotate(highest=Max("number")).values_list("center", "highest")
    )
    assert {center: int(number.split("-")[1]) for center, number in numbers} == last


def test_the_history_holds_every_row_once(looking):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM cases_consultation), count(*), count(DISTINCT pgh_obj_id)"
            " FROM cases_consultationevent WHERE pgh_label = 'insert'"
        )
        records, events, known = cursor.fetchone()
    assert records == events == known


@pytest.mark.django_db
def test_progress_only_grows_and_ends_at_the_whole():
    told = []
    build(progress=lambda done, of: told.append((done, of)))
    parts = [done for done, _ in told]
    assert parts == sorted(parts) and len(told) > 5
    assert told[-1] == (Consultation.unscoped.count(),) * 2
    assert all(done < of for done, of in told[:-1])


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["city", "large"])
def test_real_data_is_never_mixed_with_a_large_demo(size):
    ClientFactory()
    with pytest.raises(CommandError) as refused:
        call_command("soudan_demo", size=size)
    assert refused.value.returncode == 2 and not Consultation.unscoped.exists()


@pytest.mark.django_db
def test_an_interrupted_demo_leaves_nothing():
    class Interrupted(Exception):
        pass

    def stop(done, of):
        raise Interrupted

    with pytest.raises(Interrupted), transaction.atomic():
        build(progress=stop)
    assert not Client.unscoped.exists()
    build()
    assert Client.unscoped.exists()
