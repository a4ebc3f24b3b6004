"""The clock, 年度, quarters, months, ages and holidays (domain: Japanese data conventions)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from centers.periods import (
    DateInputError,
    FiscalYear,
    Month,
    Quarter,
    age_band,
    age_on,
    business_day_on_or_after,
    holiday_name,
    is_business_day,
    is_holiday,
    next_business_day,
    today,
)


def d(text):
    return date.fromisoformat(text)


# --- today ---------------------------------------------------------------------------


def test_today_is_the_day_of_the_settings(settings):
    settings.SOUDAN_TODAY = date(2021, 11, 26)
    assert today() == date(2021, 11, 26)


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        (datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 15, 0, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2027, 3, 31, 15, 0, 0, tzinfo=UTC), date(2027, 4, 1)),
    ],
)
def test_today_turns_at_midnight_in_japan(monkeypatch, settings, utc, expected):
    settings.SOUDAN_TODAY = None
    monkeypatch.setattr(timezone, "now", lambda: utc)
    with timezone.override("UTC"):
        assert today() == expected


# --- 年度, quarters, months ------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        ("2026-03-31", 2025, 4),
        ("2026-04-01", 2026, 1),
        ("2026-06-30", 2026, 1),
        ("2026-07-01", 2026, 2),
        ("2026-09-30", 2026, 2),
        ("2026-10-01", 2026, 3),
        ("2026-12-31", 2026, 3),
        ("2027-01-01", 2026, 4),
        ("2027-02-28", 2026, 4),
        ("2027-03-31", 2026, 4),
        ("2027-04-01", 2027, 1),
    ],
)
def test_fiscal_year_and_quarter_of_a_day(day, year, quarter):
    assert FiscalYear.of(d(day)) == FiscalYear(year)
    assert Quarter.of(d(day)) == Quarter(year, quarter)


def test_fiscal_year_bounds_and_parts():
    year = FiscalYear(2026)
    assert (year.starts_on, year.ends_on) == (date(2026, 4, 1), date(2027, 3, 31))
    assert [str(month) for month in year.months()] == [
        *(f"2026-{month:02}" for month in range(4, 13)),
        *(f"2027-{month:02}" for month in range(1, 4)),
    ]
    assert [quarter.number for quarter in year.quarters()] == [1, 2, 3, 4]
    assert year.next() == FiscalYear(2027)
    assert year.previous() == FiscalYear(2025)


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (1988, "昭和63年度"),
        (1989, "平成元年度"),
        (2018, "平成30年度"),
        (2019, "令和元年度"),
        (2020, "令和2年度"),
        (2026, "令和8年度"),
    ],
)
def test_fiscal_year_label(year, label):
    assert FiscalYear(year).label == label


@pytest.mark.parametrize(
    ("number", "starts_on", "ends_on"),
    [
        (1, "2026-04-01", "2026-06-30"),
        (2, "2026-07-01", "2026-09-30"),
        (3, "2026-10-01", "2026-12-31"),
        (4, "2027-01-01", "2027-03-31"),
    ],
)
def test_quarter_bounds_and_label(number, starts_on, ends_on):
    quarter = Quarter(2026, number)
    assert (quarter.starts_on, quarter.ends_on) == (d(starts_on), d(ends_on))
    assert quarter.label == f"第{number}四半期"


@pytest.mark.parametrize("number", [0, 5])
def test_quarter_refuses_other_numbers(number):
    with pytest.raises(ValueError, match=r"1\.\.4"):
        Quarter(2026, number)


@pytest.mark.parametrize(
    ("text", "starts_on", "ends_on", "previous", "following", "label"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "2026-09", "2026-11", "令和8年10月"),
        ("2026-12", "2026-12-01", "2026-12-31", "2026-11", "2027-01", "令和8年12月"),
        ("2027-01", "2027-01-01", "2027-01-31", "2026-12", "2027-02", "令和9年1月"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-01", "2024-03", "令和6年2月"),
        ("2026-02", "2026-02-01", "2026-02-28", "2026-01", "2026-03", "令和8年2月"),
        ("2019-04", "2019-04-01", "2019-04-30", "2019-03", "2019-05", "平成31年4月"),
        ("2019-05", "2019-05-01", "2019-05-31", "2019-04", "2019-06", "令和元年5月"),
    ],
)
def test_month(text, starts_on, ends_on, previous, following, label):
    month = Month.parse(text)
    assert str(month) == text
    assert (month.starts_on, month.ends_on) == (d(starts_on), d(ends_on))
    assert (str(month.previous()), str(month.next())) == (previous, following)
    assert month.label == label
    assert Month.of(month.ends_on) == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026/10",
        "2026-10-01",
        " 2026-10",
        "2026-10\n",
        "0001-01",
        "1868-12",
        "2200-01",
        "9999-12",
        "２０２６-10",
        "٢٠٢٦-10",
    ],
)
def test_month_refuses_other_texts(text):
    with pytest.raises(DateInputError) as refused:
        Month.parse(text)
    assert str(refused.value) == "月として読めません。2026-10 のように入れてください。"


@pytest.mark.parametrize("month", [0, 13])
def test_month_refuses_numbers_outside_the_year(month):
    with pytest.raises(ValueError, match=r"1\.\.12"):
        Month(2026, month)


def test_spans_are_ordered_and_hashable():
    assert sorted([Month(2027, 1), Month(2026, 12)]) == [Month(2026, 12), Month(2027, 1)]
    assert Quarter(2025, 4) < Quarter(2026, 1)
    assert FiscalYear(2025) < FiscalYear(2026)
    assert len({Month(2026, 10), Month.parse("2026-10")}) == 1


@given(st.dates(min_value=date(1912, 7, 30), max_value=date(2199, 12, 31)))
def test_spans_hold_their_days_and_follow_without_gap(day):
    for span in (Month.of(day), Quarter.of(day), FiscalYear.of(day)):
        assert day in span
        assert span.starts_on - timedelta(days=1) not in span
        assert span.ends_on + timedelta(days=1) not in span
    assert Month.of(day).next().starts_on == Month.of(day).ends_on + timedelta(days=1)
    assert Month.of(day) in Quarter.of(day).months()
    assert Quarter.of(day) in FiscalYear.of(day).quarters()


# --- ages ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1985-05-10", "2026-05-09", 40),
        ("1985-05-10", "2026-05-10", 41),
        ("2008-04-01", "2026-03-31", 17),
        ("2008-04-01", "2026-04-01", 18),
        ("1960-12-31", "2025-12-30", 64),
        ("1960-12-31", "2025-12-31", 65),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),
        ("2026-11-22", "2026-11-22", 0),
        ("2026-11-23", "2026-11-22", -1),
    ],
)
def test_age_on_a_day(birth, day, age):
    assert age_on(d(birth), d(day)) == age


@pytest.mark.parametrize(
    ("age", "code"),
    [
        (0, "0-17"),
        (17, "0-17"),
        (18, "18-39"),
        (39, "18-39"),
        (40, "40-64"),
        (64, "40-64"),
        (65, "65+"),
        (110, "65+"),
        (None, "unknown"),
        (-1, "unknown"),
    ],
)
def test_age_band(age, code):
    assert age_band(age) == code


# --- holidays --------------------------------------------------------------------------

HOLIDAYS = {
    2026: "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
    2027: "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays_of_the_year(year):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    found = " ".join(f"{day.month}/{day.day}" for day in days if is_holiday(day))
    assert found == HOLIDAYS[year]


def test_holiday_names():
    assert holiday_name(date(2026, 9, 22)) == "国民の休日"
    assert holiday_name(date(2026, 11, 23)) == "勤労感謝の日"
    assert "振替休日" in holiday_name(date(2026, 5, 6))
    assert holiday_name(date(2026, 11, 24)) == ""


@pytest.mark.parametrize(("year", "expected"), [(2024, 243), (2025, 242), (2026, 241)])
def test_business_days_of_a_fiscal_year(year, expected):
    days = (FiscalYear(year).starts_on + timedelta(days=n) for n in range(366))
    working = [day for day in days if day in FiscalYear(year) and is_business_day(day)]
    assert len(working) == expected


@pytest.mark.parametrize(
    ("day", "same_or_next", "following"),
    [
        ("2026-11-10", "2026-11-10", "2026-11-11"),  # Tuesday
        ("2026-10-10", "2026-10-13", "2026-10-13"),  # Saturday before スポーツの日
        ("2026-11-20", "2026-11-20", "2026-11-24"),  # Friday before 勤労感謝の日
        ("2026-09-18", "2026-09-18", "2026-09-24"),  # Friday before five days off
        ("2026-12-28", "2026-12-28", "2027-01-04"),  # last day of the year's work
        ("2026-12-29", "2027-01-04", "2027-01-04"),
        ("2027-01-03", "2027-01-04", "2027-01-04"),
    ],
)
def test_next_business_day(day, same_or_next, following):
    assert business_day_on_or_after(d(day)) == d(same_or_next)
    assert next_business_day(d(day)) == d(following)
