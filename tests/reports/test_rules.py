from datetime import date

import pytest

from centers.enums import GapEffect, Severity
from reports.rules import (
    Placement,
    Requirement,
    is_qualified,
    plan_cap_status,
    staffing_status,
    unbroken_since,
)

DEADLINE = date(2023, 3, 31)


def cap(held, limit=50, *, on=date(2021, 11, 26), deadline=DEADLINE, settled=True, near_tenths=9):
    return plan_cap_status(held, limit, on=on, deadline=deadline, settled=settled, near_tenths=near_tenths)


@pytest.mark.parametrize(
    ("held", "limit", "state", "over", "left"),
    [
        (0, 50, "none", 0, 50),
        (44, 50, "none", 0, 6),
        (45, 50, "near", 0, 5),
        (49, 50, "near", 0, 1),
        (50, 50, "full", 0, 0),
        (51, 50, "over", 1, 0),
        (67, 75, "none", 0, 8),
        (68, 75, "near", 0, 7),
        (75, 75, "full", 0, 0),
        (78, 75, "over", 3, 0),
        (200, 50, "over", 150, 0),
        (0, 0, "none", 0, 0),
        (1, 0, "over", 1, 0),
        (200, None, "none", 0, 0),
    ],
)
def test_where_a_holding_stands_to_its_cap(held, limit, state, over, left):
    status = cap(held, limit)
    assert (status.state, status.over, status.left) == (state, over, left)


def test_near_begins_where_the_setting_says():
    assert cap(40, near_tenths=8).state == "near"
    assert cap(39, near_tenths=8).state == "none"


@pytest.mark.parametrize(
    ("held", "on", "deadline", "settled", "severity"),
    [
        (51, date(2023, 3, 31), DEADLINE, True, Severity.WARN),
        (51, date(2023, 4, 1), DEADLINE, True, Severity.BREACH),
        (51, date(2023, 4, 1), DEADLINE, False, Severity.WARN),
        (51, date(2021, 4, 1), None, True, Severity.BREACH),
        (51, date(2021, 4, 1), None, False, Severity.WARN),
        (50, date(2023, 4, 1), DEADLINE, True, Severity.WARN),
        (45, date(2023, 4, 1), DEADLINE, True, Severity.WARN),
        (44, date(2023, 4, 1), DEADLINE, True, None),
    ],
)
def test_how_heavy_a_holding_weighs(held, on, deadline, settled, severity):
    assert cap(held, on=on, deadline=deadline, settled=settled).severity == severity


@pytest.mark.parametrize(
    ("true_days", "since"),
    [
        ({1, 5, 9, 12}, 1),
        ({5, 9, 12}, 5),
        ({1, 9, 12}, 9),
        ({12}, 12),
    ],
)
def test_a_fact_holds_since_the_start_of_its_unbroken_run(true_days, since):
    turns = [date(2026, 10, day) for day in (1, 5, 9, 12, 20)]
    found = unbroken_since(lambda day: day.day in true_days, turns, on=date(2026, 10, 15))
    assert found == date(2026, 10, since)


# ---- posts ----

START = date(2026, 4, 1)
TODAY = date(2026, 12, 15)


def requirement(**changes):
    return Requirement(
        **{
            "post": "soudan",
            "required": 2,
            "on_gap": GapEffect.DEDUCTION,
            "starts_on": START,
            "full_time": True,
            "exclusive": False,
            "all_of": frozenset(),
            "any_of": frozenset(),
            "experience_months": 0,
            "qualification_settled": True,
            "settled": True,
        }
        | changes
    )


def placed(starts_on=START, ends_on=None, **changes):
    facts = {"full_time": True, "exclusive": True, "qualifications": frozenset(), "experience_months": 0}
    return Placement(starts_on, ends_on, **facts | changes)


def test_a_vacancy_is_counted_in_days_and_dated():
    """One of two left on 9/30 and the place stays empty: 10/1 to 12/15 are 76 days (acceptance scenario A8)."""
    status = staffing_status(requirement(), [placed(), placed(ends_on=date(2026, 9, 30))], on=TODAY)
    assert (status.required, status.filled, status.vacant, status.vacant_days) == (2, 1, 1, 76)
    assert status.since == date(2026, 10, 1)
    assert status.severity == Severity.WARN


def test_the_last_day_in_the_post_still_fills_it():
    leaving = [placed(), placed(ends_on=TODAY)]
    assert staffing_status(requirement(), leaving, on=TODAY).vacant == 0
    assert staffing_status(requirement(), leaving, on=date(2026, 12, 16)).vacant_days == 1


def test_two_gaps_of_one_post_add_up_and_only_the_present_one_is_dated():
    people = [
        placed(),
        placed(ends_on=date(2026, 5, 31)),
        placed(date(2026, 6, 11), date(2026, 11, 30)),
    ]
    status = staffing_status(requirement(), people, on=TODAY)
    assert status.vacant_days == 10 + 15
    assert status.since == date(2026, 12, 1)


def test_a_day_with_two_empty_places_is_one_vacant_day():
    status = staffing_status(requirement(), [], on=date(2026, 4, 10))
    assert (status.filled, status.vacant, status.vacant_days, status.since) == (0, 2, 10, START)


def test_more_than_required_is_no_gap():
    status = staffing_status(requirement(required=1), [placed(), placed()], on=TODAY)
    assert (status.filled, status.vacant, status.vacant_days, status.since, status.severity) == (
        2,
        0,
        0,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("on_gap", "settled", "severity"),
    [
        (GapEffect.BREACH, True, Severity.BREACH),
        (GapEffect.BREACH, False, Severity.WARN),
        (GapEffect.DEDUCTION, True, Severity.WARN),
        (GapEffect.DEDUCTION, False, Severity.WARN),
        (GapEffect.INFO, True, None),
    ],
)
def test_what_a_gap_means(on_gap, settled, severity):
    assert staffing_status(requirement(on_gap=on_gap, settled=settled), [], on=TODAY).severity == severity


def test_part_timers_fill_no_full_time_post():
    people = [placed(), placed(full_time=False)]
    status = staffing_status(requirement(), people, on=TODAY)
    assert (status.filled, status.part_timers, status.vacant) == (1, 1, 1)
    assert staffing_status(requirement(full_time=False), people, on=TODAY).vacant == 0


KINOU = {
    "all_of": frozenset({"specialist"}),
    "any_of": frozenset({"social_worker", "nurse"}),
    "experience_months": 36,
}


@pytest.mark.parametrize(
    ("qualifications", "months", "qualified"),
    [
        ({"specialist", "nurse"}, 36, True),
        ({"specialist", "nurse", "care_manager"}, 40, True),
        ({"specialist"}, 36, False),
        ({"nurse"}, 36, False),
        ({"specialist", "nurse"}, 27, False),
        ({"specialist", "nurse"}, 28, True),  # 8 full months in the post by 2026-12-15
        (set(), 36, False),
    ],
)
def test_who_is_qualified(qualifications, months, qualified):
    person = placed(qualifications=frozenset(qualifications), experience_months=months)
    assert is_qualified(requirement(**KINOU), person, on=TODAY) is qualified


def test_experience_counts_full_months_only():
    person = placed(date(2026, 4, 16), experience_months=10)
    assert person.experience_on(date(2026, 12, 15)) == 17
    assert person.experience_on(date(2026, 12, 16)) == 18


@pytest.mark.parametrize(
    ("wanted", "severity"),
    [
        ({}, Severity.WARN),
        ({"qualification_settled": False}, Severity.INFO),
        ({"settled": False}, Severity.INFO),
    ],
)
def test_a_wanting_qualification_is_noted_and_the_post_counts_as_filled(wanted, severity):
    people = [
        placed(qualifications=frozenset({"specialist", "nurse"}), experience_months=60),
        placed(date(2026, 8, 1)),
    ]
    status = staffing_status(requirement(**KINOU | wanted), people, on=TODAY)
    assert status.vacant == 0
    assert status.unqualified.count == 1
    assert status.unqualified.since == date(2026, 8, 1)
    assert status.unqualified.severity == severity


def test_nobody_unqualified_is_nothing_to_note():
    assert staffing_status(requirement(), [placed()], on=TODAY).unqualified is None


@pytest.mark.parametrize(
    ("wanted", "person", "since"),
    [
        ({"exclusive": True}, {"exclusive": False}, START),
        ({"exclusive": True}, {"exclusive": True}, None),
        ({"exclusive": False}, {"exclusive": False}, None),
        ({"exclusive": False}, {"elsewhere": ((date(2026, 7, 1), None),)}, date(2026, 7, 1)),
        ({"exclusive": True}, {"elsewhere": ((date(2026, 7, 1), date(2026, 12, 14)),)}, None),
    ],
)
def test_when_a_second_duty_is_not_allowed(wanted, person, since):
    noted = staffing_status(requirement(**wanted), [placed(**person)], on=TODAY).concurrent
    assert (noted and noted.since) == since
