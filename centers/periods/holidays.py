"""祝日 and business days (Monday to Friday, no 祝日, no 年末年始 12/29 to 1/3).

The clocks of abuse reports and disasters run through all days and never ask here.
"""

from datetime import date, timedelta

import jpholiday

_SATURDAY = 5
_YEAR_END = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
_ONE_DAY = timedelta(days=1)


def holiday_name(day: date) -> str:
    """勤労感謝の日 and the like; "" on a day that is no 祝日."""
    return jpholiday.is_holiday_name(day) or ""


def is_holiday(day: date) -> bool:
    """Whether the day is a 国民の祝日, 振替休日 or 国民の休日."""
    return jpholiday.is_holiday(day)


def is_business_day(day: date) -> bool:
    is_closed = day.weekday() >= _SATURDAY or (day.month, day.day) in _YEAR_END
    return not is_closed and not is_holiday(day)


def business_day_on_or_after(day: date) -> date:
    """The day itself if offices work then, else the next day they do: for due days."""
    while not is_business_day(day):
        day += _ONE_DAY
    return day


def next_business_day(day: date) -> date:
    """The first business day after ``day``, never ``day`` itself."""
    return business_day_on_or_after(day + _ONE_DAY)
