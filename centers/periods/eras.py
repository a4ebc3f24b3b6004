"""元号: the table of eras, and days written as 和暦."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class Era:
    """One 元号, from its first day to the day before the next one's."""

    name: str
    letter: str
    starts_on: date

    @property
    def ends_on(self) -> date | None:
        """The last day; None for the era that still runs."""
        later = (era.starts_on for era in ERAS if era.starts_on > self.starts_on)
        next_start = min(later, default=None)
        return next_start and next_start - timedelta(days=1)

    def year_of(self, day: date) -> int:
        """The era's year that ``day`` falls in, 1 for 元年."""
        return day.year - self.starts_on.year + 1

    def year_label(self, number: int) -> str:
        """令和4年, 令和元年."""
        return f"{self.name}{'元' if number == 1 else number}年"


# A new era is one more row. Days of 明治 before 1873 are taken as Gregorian.
ERAS = (
    Era("明治", "M", date(1868, 10, 23)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("令和", "R", date(2019, 5, 1)),
)

# The days that can be entered: what 和暦 can write, and an end that catches typing slips.
EARLIEST = ERAS[0].starts_on
LATEST = date(2199, 12, 31)


def era_of(day: date) -> Era:
    """The era in force on ``day``; ValueError before 明治."""
    for era in reversed(ERAS):
        if era.starts_on <= day:
            return era
    raise ValueError(f"{day} is before the first era")


def weekday_name(day: date) -> str:
    """月, 火, …, 日."""
    return WEEKDAYS[day.weekday()]


def wareki_year(day: date) -> str:
    """令和4年, 令和元年."""
    era = era_of(day)
    return era.year_label(era.year_of(day))


def wareki_month(day: date) -> str:
    """令和4年11月."""
    return f"{wareki_year(day)}{day.month}月"


def wareki(day: date, *, weekday: bool = False) -> str:
    """令和4年11月18日, or 令和4年11月18日(金) for headings."""
    return f"{wareki_month(day)}{day.day}日{_in_brackets(day) if weekday else ''}"


def wareki_short(day: date, *, weekday: bool = False) -> str:
    """R4.11.18 or R4.11.18(金) for tables. The first year is 1, so that it can be typed."""
    era = era_of(day)
    text = f"{era.letter}{era.year_of(day)}.{day.month}.{day.day}"
    return text + _in_brackets(day) if weekday else text


def wareki_birth(birth: date, precision: Precision) -> str:
    """A birth date as far as it is known: 昭和60年5月10日, 昭和60年5月, 昭和60年."""
    writers = {"day": wareki, "month": wareki_month, "year": wareki_year}
    return writers[precision](birth)


def _in_brackets(day: date) -> str:
    return f"({weekday_name(day)})"
