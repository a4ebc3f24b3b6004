"""Which 業務項目 a record is, whether it counts, when the next step is due."""

from dataclasses import dataclass
from datetime import date

import pytest

from cases.enums import Part
from cases.rules import (
    counting,
    holding_case,
    offered_parts,
    preset_day,
    preset_key,
    proposed_business_item,
    proposed_part,
)


@dataclass(frozen=True)
class Item:
    code: str
    part: str


def catalogue(text: str) -> list[Item]:
    """ "1-1-1 2-1-1" or "1:1 10:2": codes with their part, in the catalogue's order."""
    rows = (code.split(":") if ":" in code else (code, code[0]) for code in text.split())
    return [Item(code, part) for code, part in rows]


R3 = catalogue("1-1-1 1-1-2 1-2-1 1-2-2 1-3-1 2-1-1 2-1-2 2-1-3 2-2-1 3-1-1 3-1-2 3-1-3 4-0-0")
H30 = catalogue("1:1 2:1 5:1 7:1 8:1 9:1 10:2 11:2 12:2 13:2 14:3 15:3 18:1 4-0-0:4")
H27 = catalogue("1:1 2:1 5:1 7:1 8:1 9:1 10:2 11:2 12:2 13:2 4-0-0:4")


@pytest.mark.parametrize(
    ("post", "subject", "concern", "part"),
    [
        ("soudan", "client", False, Part.CONSULT),
        ("soudan", "organization", False, Part.CONSULT),
        ("kinou", "client", False, Part.CONSULT),
        ("kinou", "anonymous", False, Part.CONSULT),
        ("kinou", "organization", False, Part.STRENGTHEN),
        ("chiiki", "client", False, Part.COMMUNITY),
        ("chiiki", "organization", False, Part.COMMUNITY),
        ("soudan", "client", True, Part.RIGHTS),
        ("chiiki", "anonymous", True, Part.RIGHTS),
    ],
)
def test_the_part_follows_the_post_the_subject_and_a_concern(post, subject, concern, part):
    assert proposed_part(post=post, subject=subject, rights_concern=concern) == part


@pytest.mark.parametrize(
    ("items", "part", "subject", "code"),
    [
        (R3, "consult", "client", "1-1-1"),
        (R3, "rights", "client", "1-2-2"),
        (R3, "strengthen", "client", "2-1-1"),
        (R3, "strengthen", "organization", "2-1-2"),
        (R3, "community", "client", "3-1-2"),
        (R3, "community", "organization", "3-1-1"),
        (R3, "plan", "client", "4-0-0"),
        (H30, "consult", "client", "1"),
        (H30, "rights", "client", "7"),
        (H30, "strengthen", "organization", "13"),
        (H30, "community", "client", "14"),
        (H27, "strengthen", "client", "10"),
        (H27, "plan", "client", "4-0-0"),
    ],
)
def test_the_item_of_a_part_in_each_catalogue(items, part, subject, code):
    assert proposed_business_item(part, subject=subject, items=items).code == code


def test_a_part_without_items_is_not_offered():
    assert proposed_business_item("community", subject="client", items=H27) is None
    assert Part.COMMUNITY not in offered_parts(H27)
    assert offered_parts(R3) == list(Part)
    assert offered_parts([]) == []


@pytest.mark.parametrize(
    ("given", "counted", "reason"),
    [
        ({}, True, ""),
        ({"reason": "研修の電話"}, False, "研修の電話"),
        ({"unanswered": True}, False, "不在・つながらず"),
        ({"unanswered": True, "count_unanswered": True}, True, ""),
        ({"unanswered": True, "reason": "まちがい電話"}, False, "まちがい電話"),
        ({"subject": "organization"}, True, ""),
        (
            {"subject": "organization", "count_without_person": False},
            False,
            "利用者のいない相談は計上しない決め",
        ),
        ({"subject": "anonymous", "count_without_person": False}, True, ""),
    ],
)
def test_what_counts(given, counted, reason):
    usual = {
        "subject": "client",
        "unanswered": False,
        "reason": "",
        "count_unanswered": False,
        "count_without_person": True,
    }
    assert counting(**usual | given) == (counted, reason)


@pytest.mark.parametrize(
    ("key", "on", "day"),
    [
        ("7d", date(2026, 11, 20), date(2026, 11, 27)),
        ("14d", date(2026, 12, 25), date(2027, 1, 8)),
        ("1m", date(2026, 11, 20), date(2026, 12, 20)),
        ("1m", date(2027, 1, 31), date(2027, 2, 28)),
        ("1m", date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_presets_of_the_next_step(key, on, day):
    assert preset_day(key, on) == day


def test_presets_have_keys():
    assert [
        preset_key(preset) for preset in ({"label": "1週間", "days": 7}, {"label": "1か月", "months": 1})
    ] == ["7d", "1m"]


@dataclass(frozen=True)
class Stretch:
    opened_on: date
    closed_on: date | None = None


FORMER = Stretch(date(2024, 4, 1), date(2025, 3, 31))
RUNNING = Stretch(date(2026, 4, 1))


@pytest.mark.parametrize(
    ("cases", "day", "held"),
    [
        ([RUNNING, FORMER], date(2025, 3, 31), FORMER),
        ([RUNNING, FORMER], date(2025, 4, 1), RUNNING),
        ([RUNNING], date(2020, 1, 1), RUNNING),
        ([FORMER], date(2026, 1, 1), None),
        ([], date(2026, 1, 1), None),
    ],
    ids=["within-the-closed", "after-it", "before-the-open", "only-closed", "none"],
)
def test_the_case_that_holds_a_day(cases, day, held):
    assert holding_case(cases, day) is held
