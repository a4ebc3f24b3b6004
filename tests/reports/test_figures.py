"""Monthly figures: the worked month, and each counting rule by itself."""

from datetime import date

import pytest
from django.utils import timezone

from centers.models import Center
from centers.periods import Month
from reports.city import city_figures
from reports.figures import TABLES, monthly_figures
from reports.places import centers_in
from tests.factories import (
    ClientDisabilityFactory,
    ClientFactory,
    ConsultationFactory,
    business_item,
    center,
)
from tests.reports.a1 import EXPECTED, MONTH, settle_contacts, settle_persons

pytestmark = pytest.mark.django_db
OCTOBER = Month.parse(MONTH)


def figures(zone="nishi", month=OCTOBER):
    one = Center.objects.select_related("zone", "corporation").get(pk=center(zone).pk)
    return monthly_figures([one], month)[0]


def test_the_worked_month_gives_the_hand_count():
    settle_contacts(settle_persons())
    found = figures()
    assert {key: found.as_json()[key] for key in EXPECTED} == EXPECTED
    assert found.reconciliation == []


def test_each_figure_opens_exactly_its_records():
    settle_contacts(settle_persons())
    found = figures()
    for table in set(TABLES) - {"persons", "disabilities"}:
        for code, figure in found.tables[table].items():
            assert len(found.records(table, code)) == figure, (table, code)
    for table in ("persons", "disabilities"):
        for code, figure in found.tables[table].items():
            clients = {c.client for c in found.data.contacts if c.id in set(found.records(table, code))}
            assert len(clients) == figure, (table, code)


def test_json_has_the_agreed_keys():
    assert list(figures().as_json()) == [
        "center",
        "center_id",
        "corporation",
        "month",
        "version",
        "definition",
        "contacts",
        "methods",
        "contents",
        "ages",
        "counterparts",
        "business_items",
        "persons",
        "disabilities",
        "reconciliation",
    ]


def test_an_empty_month_shows_every_code_with_zero():
    found = figures()
    assert found.contacts == 0 and found.reconciliation == []
    assert len(found.tables["methods"]) == 8 and len(found.tables["contents"]) == 12
    assert len(found.tables["counterparts"]) == 18 and len(found.tables["disabilities"]) == 7
    assert set(found.tables["business_items"]) >= {"1-1-1", "3-1-6"} and "4-0-0" not in found.tables["business_items"]
    assert not any(figure for table in found.tables.values() for figure in table.values())


def test_uncounted_and_taken_back_records_count_nowhere_and_make_nobody_known():
    person = ClientFactory()
    ConsultationFactory(client=person, date=date(2026, 5, 1), counted=False, uncounted_reason="不在")
    writer = ConsultationFactory(client=person, date=date(2026, 10, 2)).written_by
    ConsultationFactory(
        client=person,
        date=date(2026, 10, 3),
        voided_at=timezone.now(),
        voided_by=writer,
        void_reason="double",
    )
    found = figures()
    assert found.contacts == 1
    assert found.tables["persons"]["new"] == 1


def test_own_plan_work_is_never_in_contacts():
    ConsultationFactory(business_item=business_item("4-0-0"))
    assert figures().contacts == 0


def test_a_person_is_first_in_the_year_once():
    person = ClientFactory()
    ConsultationFactory(client=person, date=date(2026, 4, 1))
    ConsultationFactory(client=person, date=date(2026, 10, 1))
    assert figures(month=Month(2026, 4)).tables["persons"]["first_in_fiscal_year"] == 1
    assert figures().tables["persons"]["first_in_fiscal_year"] == 0


def test_the_year_begins_on_the_first_of_april():
    person = ClientFactory()
    ConsultationFactory(client=person, date=date(2027, 3, 31))
    ConsultationFactory(client=person, date=date(2027, 4, 1))
    assert figures(month=Month(2027, 3)).tables["persons"]["new"] == 1
    assert figures(month=Month(2027, 4)).tables["persons"]["continuing"] == 1


def test_the_line_of_earlier_selves_in_the_zone_makes_a_person_continuing():
    earlier = ClientFactory(number="OLD-1")
    ConsultationFactory(client=earlier, date=date(2025, 6, 1))
    now = ClientFactory(previous=earlier)
    ConsultationFactory(client=now)
    assert figures().tables["persons"]["continuing"] == 1


def test_an_earlier_self_in_another_zone_does_not():
    earlier = ClientFactory(center=center("higashi1"))
    ConsultationFactory(client=earlier, date=date(2025, 6, 1))
    ConsultationFactory(client=ClientFactory(previous=earlier))
    assert figures().tables["persons"]["new"] == 1


@pytest.mark.parametrize(
    ("day", "band"), [(date(2026, 10, 9), "0-17"), (date(2026, 10, 10), "18-39")], ids=["day before", "birthday"]
)
def test_age_is_that_of_the_contacts_day(day, band):
    ConsultationFactory(client__birth_date=date(2008, 10, 10), date=day)
    assert figures().tables["ages"][band] == 1


def test_a_birthday_in_the_month_counts_the_person_by_the_first_contact():
    person = ClientFactory(birth_date=date(2008, 10, 10))
    ConsultationFactory(client=person, date=date(2026, 10, 9))
    ConsultationFactory(client=person, date=date(2026, 10, 10))
    persons = figures().tables["persons"]
    assert (persons["children"], persons["adults"]) == (1, 0)


def test_a_leap_day_child_grows_up_on_the_first_of_march():
    person = ClientFactory(birth_date=date(2008, 2, 29))
    ConsultationFactory(client=person, date=date(2026, 2, 28))
    ConsultationFactory(client=person, date=date(2026, 3, 1))
    assert figures(month=Month(2026, 2)).tables["ages"]["0-17"] == 1
    assert figures(month=Month(2026, 3)).tables["ages"]["18-39"] == 1


def test_a_person_without_birth_date_is_age_unknown():
    ConsultationFactory(client__birth_date=None)
    found = figures()
    assert found.tables["persons"]["age_unknown"] == 1 and found.tables["ages"]["unknown"] == 1


def test_disabilities_are_those_of_the_day_of_the_first_contact():
    person = ClientFactory()
    ClientDisabilityFactory(client=person, code="04", ends_on=date(2026, 9, 30))
    ClientDisabilityFactory(client=person, code="05", starts_on=date(2026, 10, 1))
    ClientDisabilityFactory(client=person, code="03", starts_on=date(2026, 10, 2))
    ConsultationFactory(client=person, date=date(2026, 10, 1))
    assert {code for code, n in figures().tables["disabilities"].items() if n} == {"05"}


def test_anonymous_contacts_enter_no_person_figure():
    ConsultationFactory(anonymous=True, counterpart="")
    found = figures()
    assert found.contacts == 1 and found.tables["counterparts"]["18"] == 1
    assert not any(found.tables["persons"].values())


def test_an_unknown_stored_code_breaks_no_total():
    ConsultationFactory(method="Z")
    found = figures()
    assert found.tables["methods"]["Z"] == 1 and found.reconciliation == []


def test_centers_do_not_mix():
    ConsultationFactory(client=ClientFactory(center=center("higashi1")))
    assert figures().contacts == 0 and figures("higashi1").contacts == 1


def test_nine_centers_cost_as_many_queries_as_one(django_assert_num_queries):
    settle_contacts(settle_persons())
    ConsultationFactory(client=ClientFactory(center=center("higashi1")))
    with django_assert_num_queries(9):
        figures()
    with django_assert_num_queries(11):
        city_figures(list(centers_in(OCTOBER)), OCTOBER)


def test_the_city_counts_a_person_of_two_centers_once():
    same = {"family_kana": "クマモト", "given_kana": "タロウ", "birth_date": date(1985, 5, 10)}
    here = ClientFactory(center=center("nishi"), **same)
    there = ClientFactory(center=center("higashi1"), **same)
    ConsultationFactory(client=there, date=date(2026, 6, 1))
    ConsultationFactory(client=here, date=date(2026, 10, 1))
    ConsultationFactory(client=there, date=date(2026, 10, 2))
    found = city_figures(list(centers_in(OCTOBER)), OCTOBER).as_json()["city"]
    assert found["contacts"] == 2
    assert found["persons"]["sum_of_centers"]["month_distinct"] == 2
    assert found["persons"]["sum_of_centers"]["first_in_fiscal_year"] == 1
    assert found["persons"]["matched"]["month_distinct"] == 1
    assert found["persons"]["matched"]["first_in_fiscal_year"] == 0


def test_persons_without_full_birth_date_are_not_matched():
    for zone in ("nishi", "higashi1"):
        ConsultationFactory(client=ClientFactory(center=center(zone), birth_date=None))
    found = city_figures(list(centers_in(OCTOBER)), OCTOBER)
    assert found.matched["month_distinct"] == 2
