"""The monthly figures: scenario A1 to the last figure, and one test for each rule of counting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.enums import Subject
from centers.memory import forget
from centers.models import Center, CodeEntry, Corporation
from centers.periods import Month
from reports.figures import city_figures, monthly_figures
from reports.tables import Table
from tests.factories import (
    ClientDisabilityFactory,
    ClientFactory,
    ConsultationFactory,
    UserFactory,
    business_item,
    center,
)
from tests.reports.a1 import EXPECTED, enter

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def contact(client=None, on=date(2026, 10, 1), **fields):
    if client is None:
        return ConsultationFactory(anonymous=True, date=on, **fields)
    return ConsultationFactory(client=client, date=on, **fields)


def counts(month=OCTOBER, zone="nishi"):
    return monthly_figures(center(zone), month).counts


def persons(month=OCTOBER, zone="nishi", **expected):
    """The named figures of the persons' table."""
    found = counts(month, zone).persons
    return {name: found[name] for name in expected}


def test_a1():
    enter()
    found = monthly_figures(center(), OCTOBER).as_json()
    assert found == EXPECTED | {
        "center": "西",
        "center_id": str(center().pk),
        "corporation": center().corporation.name,
        "month": "2026-10",
        "version": None,
        "definition": "R3-1",
    }


def test_every_code_of_every_table_is_there_in_an_empty_month():
    found = monthly_figures(center(), Month(2026, 5)).as_json()
    assert found["contacts"] == 0 and found["reconciliation"] == []
    for table in ("methods", "contents", "disabilities", "counterparts", "business_items", "ages", "persons"):
        assert found[table].keys() == EXPECTED[table].keys()
        assert set(found[table].values()) == {0}


# ---- what is a contact ----


def test_both_ends_of_the_month_count():
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)):
        contact(on=day)
    assert counts().contacts == 2


def test_a_record_of_another_center_counts_there():
    contact(ClientFactory(center=center("kita1")))
    assert counts().contacts == 0
    assert counts(zone="kita1").contacts == 1


def test_a_voided_record_counts_nowhere_and_makes_nobody_known():
    person = ClientFactory()
    voided = {"voided_at": timezone.now(), "voided_by": UserFactory(), "void_reason": "double"}
    contact(person, date(2026, 9, 1), **voided)
    contact(person)
    assert counts(Month(2026, 9)).contacts == 0
    assert counts().persons["new"] == 1


def test_a_record_not_counted_counts_nowhere_and_makes_nobody_known():
    person = ClientFactory()
    contact(person, date(2026, 9, 1), counted=False, uncounted_reason="件数に入れない")
    contact(person)
    assert counts(Month(2026, 9)).contacts == 0
    assert persons(new=1, first_in_fiscal_year=1) == {"new": 1, "first_in_fiscal_year": 1}


def test_own_plan_work_is_no_contact_and_makes_nobody_known():
    person = ClientFactory()
    contact(person, date(2026, 9, 1), business_item=business_item("4-0-0"))
    contact(person)
    assert counts(Month(2026, 9)).contacts == 0
    assert counts().persons["new"] == 1


def test_several_clients_of_one_entry_count_each():
    entry = contact(ClientFactory(), method="6")
    contact(ClientFactory(), method="6", group=entry.group, position=1)
    assert counts().methods["6"] == 2


def test_an_organisation_without_a_person_counts_when_its_record_does():
    contact(subject=Subject.ORGANIZATION, counterpart="07")
    contact(subject=Subject.ORGANIZATION, counted=False, uncounted_reason="市の決め")
    found = counts()
    assert (found.contacts, found.counterparts["07"], found.ages["unknown"]) == (1, 1, 1)
    assert found.persons["month_distinct"] == 0


def test_an_anonymous_contact_counts_in_no_figure_of_persons():
    contact()
    found = counts()
    assert (found.contacts, found.ages["unknown"], found.counterparts["18"]) == (1, 1, 1)
    assert set(found.persons.values()) == {0}


def test_a_content_written_twice_counts_once():
    contact(contents=["01", "01", "02"])
    assert counts().contents["01"] == 1


def test_a_counted_unanswered_call_needs_no_content():
    contact(contents=[], unanswered=True)
    found = monthly_figures(center(), OCTOBER)
    assert sum(found.counts.contents.values()) == 0
    assert all(identity.holds for identity in found.identities)


# ---- ages ----


@pytest.mark.parametrize(
    ("birth", "day", "band"),
    [
        (date(2008, 10, 8), date(2026, 10, 7), "0-17"),
        (date(2008, 10, 8), date(2026, 10, 8), "18-39"),
        (date(1986, 10, 8), date(2026, 10, 8), "40-64"),
        (date(1961, 10, 8), date(2026, 10, 8), "65+"),
        (date(2008, 2, 29), date(2026, 2, 28), "0-17"),
        (date(2008, 2, 29), date(2026, 3, 1), "18-39"),
        (date(2026, 10, 9), date(2026, 10, 8), "unknown"),
        (None, date(2026, 10, 8), "unknown"),
    ],
)
def test_ages_are_those_of_the_contacts_day(birth, day, band):
    contact(ClientFactory(birth_date=birth), day)
    assert counts(Month.of(day)).ages[band] == 1


def test_a_birth_year_alone_is_an_age():
    contact(ClientFactory(birth_date=date(1985, 1, 1), birth_precision="year"))
    assert persons(adults=1, age_unknown=0) == {"adults": 1, "age_unknown": 0}


def test_who_turns_18_within_the_month_is_a_child_by_the_first_contact():
    person = ClientFactory(birth_date=date(2008, 10, 15))
    contact(person, date(2026, 10, 14))
    contact(person, date(2026, 10, 16))
    found = counts()
    assert (found.persons["children"], found.persons["adults"]) == (1, 0)
    assert (found.ages["0-17"], found.ages["18-39"]) == (1, 1)


# ---- persons ----


def test_a_person_counts_once_a_month_and_once_a_fiscal_year():
    person = ClientFactory()
    for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2)):
        contact(person, day)
    april, may = counts(Month(2026, 4)).persons, counts(Month(2026, 5)).persons
    assert (april["first_in_fiscal_year"], may["first_in_fiscal_year"]) == (1, 0)
    assert may["month_distinct"] == 1


def test_the_fiscal_year_begins_on_the_first_of_april():
    person = ClientFactory()
    contact(person, date(2026, 3, 31))
    contact(person, date(2026, 4, 1))
    assert counts(Month(2026, 3)).persons["new"] == 1
    april = counts(Month(2026, 4)).persons
    assert (april["first_in_fiscal_year"], april["new"], april["continuing"]) == (1, 0, 1)
    contact(person, date(2026, 5, 1))
    assert counts(Month(2026, 5)).persons["first_in_fiscal_year"] == 0


def former_center(closed_on: date) -> tuple[Center, Center]:
    """The zone's center until the day, and the one of another corporation from the day after."""
    former = center()
    Center.objects.filter(pk=former.pk).update(closed_on=closed_on)
    corporation = Corporation.objects.create(name="次の法人", source="試験")
    following = Center.objects.create(
        zone=former.zone,
        corporation=corporation,
        name="次",
        opened_on=closed_on + timedelta(days=1),
        source="試験",
    )
    return former, following


def test_a_change_of_contractor_makes_nobody_new():
    former, following = former_center(date(2026, 3, 31))
    before = ClientFactory(center=former)
    contact(before, date(2025, 12, 1))
    contact(ClientFactory(center=following, previous=before), date(2026, 4, 10))
    found = monthly_figures(following, Month(2026, 4)).counts.persons
    assert (found["first_in_fiscal_year"], found["new"], found["continuing"]) == (1, 0, 1)


def test_a_change_within_the_fiscal_year_counts_the_person_once_in_the_zone():
    former, following = former_center(date(2026, 9, 30))
    before = ClientFactory(center=former)
    contact(before, date(2026, 5, 1))
    contact(ClientFactory(center=following, previous=before), date(2026, 10, 10))
    found = monthly_figures(following, OCTOBER)
    assert found.counts.persons["month_distinct"] == 1
    assert found.counts.persons["first_in_fiscal_year"] == 0
    assert found.counts.controls["year_persons"] == 0


def test_an_earlier_center_of_another_zone_does_not_make_known():
    before = ClientFactory(center=center("kita1"))
    contact(before, date(2025, 12, 1))
    contact(ClientFactory(previous=before))
    assert counts().persons["new"] == 1


def test_disabilities_are_those_of_the_first_contact_of_the_month():
    person = ClientFactory()
    ClientDisabilityFactory(client=person, code="01", ends_on=date(2026, 10, 9))
    ClientDisabilityFactory(client=person, code="03", starts_on=date(2026, 10, 10))
    ClientDisabilityFactory(client=person, code="04", starts_on=date(2026, 10, 11))
    contact(person, date(2026, 10, 10))
    contact(person, date(2026, 10, 20))
    found = counts().disabilities
    assert {code for code, number in found.items() if number} == {"03"}


# ---- lists in force ----


def test_a_code_that_ends_within_the_month_is_still_listed_then():
    entry = CodeEntry.objects.get(list="method", code="8")
    entry.ends_on = date(2026, 10, 10)
    entry.save()
    assert "8" in counts().methods
    assert "8" not in counts(Month(2026, 11)).methods


def test_a_record_with_a_code_of_no_list_shows_in_the_reconciliation():
    contact(method="9")
    found = monthly_figures(center(), OCTOBER).as_json()
    assert found["contacts"] == 1 and sum(found["methods"].values()) == 0
    assert found["reconciliation"] == [
        {"name": "methods_sum", "message": "支援の方法の合計 0件 ≠ 相談件数 1件"}
    ]


def test_an_item_of_another_catalogue_is_not_taken_for_todays():
    contact(business_item=business_item("1", "h27"))
    found = monthly_figures(center(), OCTOBER).as_json()
    assert sum(found["business_items"].values()) == 0
    assert [problem["name"] for problem in found["reconciliation"]] == ["business_items_sum"]


def test_the_catalogue_is_that_of_the_month():
    assert set(counts(Month(2016, 5)).business_items) == {*map(str, range(1, 14))}


# ---- the city ----


def test_the_city_adds_the_centers_and_matches_persons():
    same = {"family_kana": "アソ", "given_kana": "ハナコ", "birth_date": date(1990, 5, 10)}
    contact(ClientFactory(**same), date(2026, 10, 5))
    contact(ClientFactory(center=center("kita1"), **same), date(2026, 10, 3))
    contact(ClientFactory(center=center("kita1"), birth_date=None), date(2026, 10, 3))
    city = city_figures(OCTOBER).as_json()
    assert " ".join(one["center"] for one in city["centers"]) == "中央1 中央2 東1 東2 西 南1 南2 北1 北2"
    assert city["city"]["contacts"] == 3
    assert city["city"]["persons"]["sum_of_centers"]["month_distinct"] == 3
    assert city["city"]["persons"]["matched"] == {
        "month_distinct": 2,
        "first_in_fiscal_year": 2,
        "new": 2,
        "continuing": 0,
        "adults": 1,
        "children": 0,
        "age_unknown": 1,
    }
    assert city["city"]["ages"] == {"0-17": 0, "18-39": 2, "40-64": 0, "65+": 0, "unknown": 1}
    assert set(city["city"]) == {
        "contacts", "persons", "methods", "contents", "ages", "counterparts", "business_items",
        "provider_support",
    }  # fmt: skip


@pytest.mark.parametrize("unlike", [{"given_kana": ""}, {"birth_precision": "month"}, {"birth_date": None}])
def test_who_is_not_fully_known_is_not_matched(unlike):
    facts = {"family_kana": "アソ", "given_kana": "ハナコ", "birth_date": date(1990, 5, 1)} | unlike
    contact(ClientFactory(**facts))
    contact(ClientFactory(center=center("kita1"), **facts))
    assert city_figures(OCTOBER).matched["month_distinct"] == 2


def test_a_person_known_at_another_center_is_not_new_to_the_city():
    same = {"family_kana": "アソ", "given_kana": "ハナコ", "birth_date": date(1990, 5, 10)}
    contact(ClientFactory(center=center("kita1"), **same), date(2025, 10, 3))
    contact(ClientFactory(**same))
    city = city_figures(OCTOBER)
    assert (city.total(Table.PERSONS)["new"], city.matched["new"], city.matched["continuing"]) == (1, 0, 1)


def test_a_namesake_of_another_birth_date_makes_nobody_known():
    name = {"family_kana": "アソ", "given_kana": "ハナコ"}
    contact(ClientFactory(center=center("kita1"), birth_date=date(1990, 5, 10), **name), date(2025, 10, 3))
    contact(ClientFactory(birth_date=date(1991, 5, 10), **name))
    assert city_figures(OCTOBER).matched["new"] == 1


# ---- statements ----


def test_a_center_costs_the_same_statements_whatever_it_holds(django_assert_num_queries):
    for rows in (1, 3):
        for _ in range(rows):
            contact(ClientFactory())
        place = center()
        _ = place.corporation
        forget()
        with django_assert_num_queries(9):
            monthly_figures(place, OCTOBER)
        forget()
        with django_assert_num_queries(7):  # nothing has changed: what was counted is remembered
            monthly_figures(place, OCTOBER)


def test_the_city_costs_the_same_statements_for_nine_centers(django_assert_num_queries):
    for place in Center.objects.all():
        contact(ClientFactory(center=place))
    forget()
    with django_assert_num_queries(14):
        city_figures(OCTOBER).as_json()
    forget()
    with django_assert_num_queries(10):
        city_figures(OCTOBER).as_json()
