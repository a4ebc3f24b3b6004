"""後方支援 in the month's report, against a recount of its own; and how one record counts, against the figures."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Consultation, ProviderSupport
from centers.enums import CodeList
from centers.models import CodeEntry
from centers.periods import Month
from reports.figures import city_figures, monthly_figures
from reports.grids import grids_of
from reports.record_counting import counting_of_record
from reports.tables import Table
from tests.factories import (
    ClientDisabilityFactory,
    ClientFactory,
    ConsultationFactory,
    OrganizationFactory,
    ProviderSupportFactory,
    business_item,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def naive(supports):
    """A recount row by row, with nothing of the report in it."""
    rows = [
        one for one in supports if one.voided_at is None and (one.date.year, one.date.month) == (2026, 10)
    ]
    told = {"supports": len(rows), "providers": len({one.provider_id or one.provider_name for one in rows})}
    for name, code_list in (("methods", CodeList.SUPPORT_METHOD), ("contents", CodeList.SUPPORT_CONTENT)):
        told[name] = dict.fromkeys(CodeEntry.objects.filter(list=code_list).values_list("code", flat=True), 0)
    for one in rows:
        told["methods"][one.method] += 1
        for code in one.contents:
            told["contents"][code] += 1
    return told


def test_the_month_equals_a_recount(sign_in, on):
    shared, other = OrganizationFactory(), OrganizationFactory()
    nishi = [
        ProviderSupportFactory(provider=shared, contents=["01", "02"]),
        ProviderSupportFactory(provider=shared, method="1", date=date(2026, 10, 31)),
        ProviderSupportFactory(provider=other, contents=["07"], method="8"),
        ProviderSupportFactory(provider=None, provider_name="一覧にない事業所"),
        ProviderSupportFactory(date=date(2026, 9, 30)),
        ProviderSupportFactory(date=date(2026, 11, 1)),
        ProviderSupportFactory(
            voided_at=timezone.now(), voided_by=user_with("kinou"), void_reason="double"
        ),
    ]  # fmt: skip
    kita = [ProviderSupportFactory(center=center("kita1"), provider=shared)]
    figures = monthly_figures(center(), OCTOBER)
    assert figures.as_json()["provider_support"] == naive(nishi) and figures.counts.contacts == 0
    assert figures.support.supports == 4 and figures.support.providers == 3
    city = city_figures(OCTOBER)
    told = city.as_json()
    assert told["city"]["provider_support"] == naive(nishi + kita)
    assert told["city"]["provider_support"]["providers"] == 3
    assert {one["center"]: one["provider_support"]["supports"] for one in told["centers"]}["北1"] == 1
    grid = grids_of(city)[-1]
    assert grid.title == "後方支援" and grid.rows[0][-1] == 5

    browser, _ = sign_in("soudan")
    page = browser.get(reverse("reports:monthly_center", args=[center().pk, "2026-10"]))
    row = page.context["support"].rows[0]
    assert (row.now, row.before) == (4, 1)
    assert len(browser.get(row.url).context["page"].rows) == 4
    city_page = sign_in("shi")[0].get(reverse("reports:monthly") + "?month=2026-10")
    assert "支援した事業所" in city_page.content.decode()
    assert ProviderSupport.unscoped.count() == 8


# ---- この記録の数え方 ----


def lines(figures):
    return {(table, code): number for table in Table for code, number in figures.table(table).items()}


def told_lines(record):
    """Table → labels that the page names."""
    told = counting_of_record(record)
    labels = {table.label: table for table in Table}
    return {labels[row.label]: set(row.lines) for row in (*told.contacts, *told.persons)}


def test_the_page_names_exactly_what_the_record_adds(on):
    """Taken out of the figures, the only record of a person lowers the lines that were named, and no other."""
    client = ClientFactory(birth_date=date(2010, 1, 1))
    ClientDisabilityFactory(client=client, code="03")
    ConsultationFactory()
    record = ConsultationFactory(client=client, contents=["01", "11"], counterpart="", method="6")
    told, words = told_lines(record), monthly_figures(center(), OCTOBER).vocabulary
    with_it = lines(monthly_figures(center(), OCTOBER))
    Consultation.unscoped.filter(pk=record.pk).update(counted=False, uncounted_reason="試験")
    without = lines(monthly_figures(center(), OCTOBER))
    lowered = {}
    for (table, code), number in with_it.items():
        assert number - without[table, code] in {0, 1}
        if number != without[table, code] and table != Table.CONTACTS:
            lowered.setdefault(table, set()).add(words.find(table, code, center()).label)
    assert told == lowered


@pytest.mark.parametrize(
    ("made", "counts", "words"),
    [
        ({}, True, "この月の最初の相談の日の記録です"),
        ({"date": date(2026, 10, 20)}, True, "10月1日の相談でもう1人と数えています"),
        ({"anonymous": True}, True, "利用者のいない記録のため"),
        ({"counted": False, "uncounted_reason": "事務の連絡"}, False, "計上しない(事務の連絡)"),
        ({"item": "4-0-0"}, False, "計画相談の仕事"),
    ],
    ids=["first", "second", "anonymous", "uncounted", "own plans"],
)
def test_the_page_says_why(sign_in, on, made, counts, words):
    browser, _ = sign_in("kinou")
    if item := made.pop("item", ""):
        made["business_item"] = business_item(item)
    if not made.get("anonymous"):
        made["client"] = ConsultationFactory().client if "date" in made else ClientFactory()
    record = ConsultationFactory(**made)
    address = reverse("reports:record_counting", args=[record.pk])
    assert address in browser.get(reverse("cases:consultation", args=[record.pk])).content.decode()
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(address)
    assert page.context["counting"].counts is counts and words in page.content.decode()
    assert len(asked) < 25
