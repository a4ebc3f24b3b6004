"""Days as people type them, in 西暦 and 和暦, full or half width."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple, Self

from centers.characters import HYPHENS
from centers.periods.eras import (
    EARLIEST,
    ERAS,
    LATEST,
    WEEKDAYS,
    Era,
    Precision,
    era_of,
    wareki,
    wareki_birth,
    wareki_short,
    wareki_year,
    weekday_name,
)


class DateInputError(ValueError):
    """A day that cannot be taken; the text says in Japanese why and how to mend it."""


class Birth(NamedTuple):
    """A birth date as far as it is known; ``day`` is the first day of the known period."""

    day: date
    precision: Precision


_ERA_BY_TEXT = {text: era for era in ERAS for text in (era.name, era.name[0], era.letter)}
_YEAR = (
    rf"(?:(?P<era>{'|'.join(_ERA_BY_TEXT)})-?(?P<number>[0-9]{{1,2}}|元)"
    r"|(?P<year>[0-9]{4}))"
)
_MONTH, _DAY = r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_MONTH_DAY = rf"{_MONTH}[月-]{_DAY}日?(?:\((?P<weekday>[{WEEKDAYS}])(?:曜日)?\))?"
_MONTH_DAY_DIGITS = r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})"

_FULL_SHAPES = (
    re.compile(rf"{_YEAR}[年-]{_MONTH_DAY}"),
    re.compile(rf"{_YEAR}{_MONTH_DAY_DIGITS}"),
)
_PARTIAL_SHAPES = (
    re.compile(rf"{_YEAR}[年-]{_MONTH}月?"),
    re.compile(rf"{_YEAR}年?"),
)
_SHORT_SHAPES = (re.compile(_MONTH_DAY), re.compile(_MONTH_DAY_DIGITS))
_DAYS_AGO = {"今日": 0, "きょう": 0, "本日": 0, "昨日": 1, "きのう": 1, "一昨日": 2, "おととい": 2}

# Everything that a Japanese keyboard puts between year, month and day.
_SEPARATORS = str.maketrans(dict.fromkeys("./。・" + HYPHENS, "-"))
_LOOSE_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")
_A_LEAP_YEAR = 2000

_BEFORE_MEIJI = "明治より前の日付です。年を確かめてください。"


def parse_date(text: str, *, on: date, allow_short: bool = False) -> date:
    """Read one day; DateInputError when there is no such day.

    Shapes: 2022-11-18, 2022/11/18, 20221118, 2022年11月18日, R4.11.18, 令和4年11月18日,
    令和元年5月1日, H310430, each in full or half width, with or without (金).
    With ``allow_short`` also 1118, 11/18, 11月18日 (the latest such day up to ``on``) and
    今日, 昨日, 一昨日. A day after ``on`` is taken: whether it may lie ahead is the form's rule.
    """
    plain = _plain(text)
    if not plain:
        raise DateInputError("日付が入っていません。R4.11.18 のように入れてください。")
    if match := _first_match(_FULL_SHAPES, plain):
        return _resolve(match).day
    if not allow_short:
        raise DateInputError(
            "日付として読めません。2022-11-18、R4.11.18、令和4年11月18日 のように、年から日まで入れてください。"
        )
    if plain in _DAYS_AGO:
        return on - timedelta(days=_DAYS_AGO[plain])
    if match := _first_match(_SHORT_SHAPES, plain):
        return _latest(match, on)
    raise DateInputError("日付として読めません。R4.11.18、2022-11-18、1118、昨日 のように入れてください。")


def parse_birth(text: str, on: date) -> Birth:
    """Read a birth date that may lack the day or the month: S60.5.10, S60.5, 昭和60年, 1985.

    Full dates as in parse_date. Raises DateInputError, also for a birth after ``on``.
    """
    plain = _plain(text)
    if not plain:
        raise DateInputError("生年月日が入っていません。S60.5.10 のように入れてください。")
    match = _first_match(_FULL_SHAPES + _PARTIAL_SHAPES, plain)
    if not match:
        raise DateInputError(
            "生年月日として読めません。S60.5.10、1985-05-10、日が分からなければ S60.5、"
            "昭和60年 のように入れてください。"
        )
    birth = _resolve(match)
    if birth.day > on:
        raise DateInputError("未来の日付です。生年月日を確かめてください。")
    return birth


def parse_partial(text: str) -> Birth:
    """Read a day that may lack the day or the month, of the past or to come: R10.6.30, R10.6, 令和10年.

    Raises DateInputError.
    """
    if match := _first_match(_FULL_SHAPES + _PARTIAL_SHAPES, _plain(text)):
        return _resolve(match)
    raise DateInputError(
        "日付として読めません。R4.11.18、日が分からなければ R4.11、令和4年 のように入れてください。"
    )


def parse_month_day(text: str) -> tuple[int, int]:
    """Read a day without a year (1118, 11/18, 11月18日) as month and day of month."""
    match = _first_match(_SHORT_SHAPES, _plain(text))
    if not match:
        raise DateInputError("月日として読めません。11/18 か 1118 のように入れてください。")
    return _month_and_day(match)


class _Year(NamedTuple):
    """A year as written: counted within an era, or 西暦 when there is none."""

    era: Era | None
    number: int

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        if not match["era"]:
            return cls(None, int(match["year"]))
        number = 1 if match["number"] == "元" else int(match["number"])
        return cls(_ERA_BY_TEXT[match["era"]], number)

    @property
    def in_west(self) -> int:
        return self.era.starts_on.year + self.number - 1 if self.era else self.number

    @property
    def label(self) -> str:
        return self.era.year_label(self.number) if self.era else f"{self.number}年"


def _plain(text: str) -> str:
    """Half width, upper case, one separator; a space stays only between two figures."""
    text = unicodedata.normalize("NFKC", text).translate(_SEPARATORS).upper()
    return _LOOSE_SPACE.sub("", " ".join(text.split()))


def _first_match(shapes: tuple[re.Pattern[str], ...], plain: str) -> re.Match[str] | None:
    return next(filter(None, (shape.fullmatch(plain) for shape in shapes)), None)


def _resolve(match: re.Match[str]) -> Birth:
    """The first day of the year, month or day that was written, after all checks."""
    written = _Year.of(match)
    _check_year(written)
    first, last, precision = _bounds(match, written)
    if last < EARLIEST:
        raise DateInputError(_BEFORE_MEIJI)
    if written.era:
        _check_era(written.era, first, last, precision)
    _check_weekday(match, first)
    return Birth(max(first, (written.era or ERAS[0]).starts_on), precision)


def _bounds(match: re.Match[str], written: _Year) -> tuple[date, date, Precision]:
    """First and last day of what was written, and how much of it was."""
    year, parts = written.in_west, match.groupdict()
    if parts.get("day"):
        day = _existing(written, *_month_and_day(match))
        return day, day, "day"
    if parts.get("month"):
        month = _checked_month(match)
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    return date(year, 1, 1), date(year, 12, 31), "year"


def _check_year(written: _Year) -> None:
    era, year = written.era, written.in_west
    if era and written.number == 0:
        raise DateInputError(
            f"{era.name}0年はありません。最初の年は『{era.letter}1』か『{era.year_label(1)}』と入れてください。"
        )
    if year < EARLIEST.year:
        raise DateInputError(_BEFORE_MEIJI)
    if year > LATEST.year:
        raise DateInputError(f"{year}年は先すぎます。年を確かめてください。")


def _checked_month(match: re.Match[str]) -> int:
    month = int(match["month"])
    if not 1 <= month <= 12:
        raise DateInputError(f"{month}月はありません。月を確かめてください。")
    return month


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    month, day = _checked_month(match), int(match["day"])
    if not 1 <= day <= monthrange(_A_LEAP_YEAR, month)[1]:
        raise DateInputError(f"{month}月{day}日はありません。日を確かめてください。")
    return month, day


def _existing(written: _Year, month: int, day: int) -> date:
    """The day, unless it is 2/29 of a common year."""
    if day > monthrange(written.in_west, month)[1]:
        raise DateInputError(f"{written.label}に{month}月{day}日はありません。日を確かめてください。")
    return date(written.in_west, month, day)


def _latest(match: re.Match[str], on: date) -> date:
    """The month and day in the year of ``on``, or of the year before if still to come."""
    month, day = _month_and_day(match)
    year = on.year if (month, day) <= (on.month, on.day) else on.year - 1
    era = era_of(date(year, month, 1))
    latest = _existing(_Year(era, year - era.starts_on.year + 1), month, day)
    _check_weekday(match, latest)
    return latest


def _check_era(era: Era, first: date, last: date, precision: Precision) -> None:
    """Refuse days outside the era they were written in, and name the right one."""
    if era.ends_on and first > era.ends_on:
        end = era.ends_on
        until = wareki(end) if first.year == end.year else wareki_year(end)
        limit = f"{until.removeprefix(era.name)}まで"
    elif last < era.starts_on:
        limit = f"{wareki(era.starts_on).removeprefix(era.name)}から"
    else:
        return
    parts = {"year": 1, "month": 2, "day": 3}[precision]
    short = ".".join(wareki_short(first).split(".")[:parts])
    raise DateInputError(
        f"{era.name}は{limit}です。{wareki_birth(first, precision)}なら『{short}』と入れてください。"
    )


def _check_weekday(match: re.Match[str], day: date) -> None:
    weekday = match.groupdict().get("weekday")
    if weekday and weekday != weekday_name(day):
        raise DateInputError(f"{wareki(day)}は{weekday_name(day)}曜日です。日と曜日を確かめてください。")
