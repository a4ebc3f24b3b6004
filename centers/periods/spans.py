"""Months, quarters and 年度 as values: ordered, hashable, both ends inclusive."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

from centers.periods.dates import DateInputError
from centers.periods.eras import EARLIEST, LATEST, era_of, wareki_month, wareki_year

_ISO_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_APRIL = 4


def covers(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether a period holds the day: both ends belong to it, an empty end is open."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


class _Span:
    """A run of days; the subclasses say from when to when."""

    @property
    def starts_on(self) -> date:
        raise NotImplementedError

    @property
    def ends_on(self) -> date:
        raise NotImplementedError

    def __contains__(self, day: date) -> bool:
        return covers(self.starts_on, self.ends_on, day)


@dataclass(frozen=True, order=True)
class Month(_Span):
    """A calendar month; ``str()`` gives "2026-10"."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is not in 1..12")

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2026-10"; DateInputError for another shape or a year out of reach."""
        match = _ISO_MONTH.fullmatch(text)
        if not match or not EARLIEST.year < int(match[1]) <= LATEST.year:
            raise DateInputError("月として読めません。2026-10 のように入れてください。")
        return cls(int(match[1]), int(match[2]))

    @property
    def starts_on(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def label(self) -> str:
        """令和8年10月, by the era of the month's first day."""
        return wareki_month(self.starts_on)

    def shift(self, months: int) -> Self:
        """The month so many months later, or earlier when negative."""
        years, index = divmod(self.month - 1 + months, 12)
        return type(self)(self.year + years, index + 1)

    def next(self) -> Self:
        return self.shift(1)

    def previous(self) -> Self:
        return self.shift(-1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True, order=True)
class FiscalYear(_Span):
    """年度: 4/1 to 3/31, named by the calendar year it starts in."""

    year: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year if day.month >= _APRIL else day.year - 1)

    @property
    def starts_on(self) -> date:
        return date(self.year, _APRIL, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year + 1, 3, 31)

    @property
    def label(self) -> str:
        """令和8年度. An era that begins within the calendar year names the whole 年度:
        2019 is 令和元年度, though its April was still 平成31年4月."""
        return f"{wareki_year(date(self.year, 12, 31))}度"

    @property
    def short(self) -> str:
        """R8, by the same era."""
        last = date(self.year, 12, 31)
        era = era_of(last)
        return f"{era.letter}{era.year_of(last)}"

    def months(self) -> tuple[Month, ...]:
        """The twelve months, April first."""
        return tuple(Month(self.year, _APRIL).shift(index) for index in range(12))

    def quarters(self) -> tuple["Quarter", ...]:
        return tuple(Quarter(self.year, number) for number in range(1, 5))

    def next(self) -> Self:
        return type(self)(self.year + 1)

    def previous(self) -> Self:
        return type(self)(self.year - 1)


@dataclass(frozen=True, order=True)
class Quarter(_Span):
    """四半期 of a 年度: number 1 is April to June, 4 is January to March."""

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"quarter {self.number} is not in 1..4")

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(FiscalYear.of(day).year, (day.month - _APRIL) % 12 // 3 + 1)

    @property
    def starts_on(self) -> date:
        return self.months()[0].starts_on

    @property
    def ends_on(self) -> date:
        return self.months()[-1].ends_on

    @property
    def label(self) -> str:
        """第1四半期, without the 年度."""
        return f"第{self.number}四半期"

    def months(self) -> tuple[Month, ...]:
        """The three months."""
        return FiscalYear(self.fiscal_year).months()[self.number * 3 - 3 : self.number * 3]
