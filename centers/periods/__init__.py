"""Days, months, quarters and 年度, ages, 和暦 and holidays: the one place that knows them.

All days are JST dates. Dates are stored as ISO dates; 和暦 is only a way to write them.
"""

from centers.periods.ages import AGE_BANDS, age_band, age_on
from centers.periods.clock import JST, now, today
from centers.periods.dates import (
    Birth,
    DateInputError,
    parse_birth,
    parse_date,
    parse_month_day,
    parse_partial,
)
from centers.periods.eras import (
    ERAS,
    WEEKDAYS,
    Era,
    Precision,
    era_of,
    wareki,
    wareki_birth,
    wareki_month,
    wareki_short,
    wareki_year,
    weekday_name,
)
from centers.periods.holidays import (
    business_day_on_or_after,
    holiday_name,
    is_business_day,
    is_holiday,
    next_business_day,
)
from centers.periods.spans import FiscalYear, Month, Quarter, covers
from centers.periods.times import TimeInputError, parse_time

__all__ = [
    "AGE_BANDS",
    "ERAS",
    "JST",
    "WEEKDAYS",
    "Birth",
    "DateInputError",
    "Era",
    "FiscalYear",
    "Month",
    "Precision",
    "Quarter",
    "TimeInputError",
    "age_band",
    "age_on",
    "business_day_on_or_after",
    "covers",
    "era_of",
    "holiday_name",
    "is_business_day",
    "is_holiday",
    "next_business_day",
    "now",
    "parse_birth",
    "parse_date",
    "parse_month_day",
    "parse_partial",
    "parse_time",
    "today",
    "wareki",
    "wareki_birth",
    "wareki_month",
    "wareki_short",
    "wareki_year",
    "weekday_name",
]
