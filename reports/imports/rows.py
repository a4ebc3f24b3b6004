"""One row while it is read: its cells by column, what is wrong with it, and how its values were understood."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache, partial
from typing import TypeVar

from centers.characters import ONE_HYPHEN
from centers.periods import parse_date, parse_time, wareki_short
from centers.text import clean_line, fold
from reports.imports.wire import DATE, EMPTY, FAULT, FORMULA, TOO_EARLY, Cell

Value = TypeVar("Value")

# A ledger repeats its days, times and words.
_REPEATED = 4096
_day_of = lru_cache(maxsize=_REPEATED)(parse_date)
_time_of = lru_cache(maxsize=_REPEATED)(parse_time)
_SEPARATORS = re.compile(r"[;；、\r\n]+")
SHOWN_VALUE = 40
_UNTYPED = {
    FORMULA: "数式です。値だけにして(コピーし、値として貼り付けて)ください。",
    FAULT: "Excelの計算できない値です。正しい値に直すか、空にしてください。",
    TOO_EARLY: "1900年3月1日より前の日付は、Excelの日付では1日ずれます。文字(M33.2.1 など)で入れてください。",
}


@dataclass(frozen=True)
class Remark:
    """Something about one cell, or about the row when `column` is empty."""

    line: int
    column: str
    found: str
    text: str

    def __str__(self):
        place = f"{self.line:,}行目 " + (f"{self.column}「{_short(self.found)}」" if self.column else "")
        return f"{place.rstrip()}: {self.text}"


@dataclass
class Understood:
    """How the values of the columns were read, for the echo of a dry run. Of names and notes only their number."""

    filled: Counter = field(default_factory=Counter)
    meanings: dict[str, Counter] = field(default_factory=dict)
    days: dict[str, list[date]] = field(default_factory=dict)
    samples: dict[str, tuple[str, date]] = field(default_factory=dict)

    def note_meaning(self, column: str, written: str, meaning: str) -> None:
        self.meanings.setdefault(column, Counter())[written, meaning] += 1

    def note_day(self, column: str, day: date, written: str = "") -> None:
        if written:
            self.samples.setdefault(column, (written.strip(), day))
        span = self.days.setdefault(column, [day, day])
        span[:] = [min(span[0], day), max(span[1], day)]


@dataclass
class Reading:
    """What the reading of a whole file has found."""

    on: date
    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    understood: Understood = field(default_factory=Understood)

    def sort(self, places: Mapping[str, int]) -> None:
        """As one reads the file: by row, then by column."""
        for remarks in (self.problems, self.warnings):
            remarks.sort(key=lambda remark: (remark.line, places.get(remark.column, -1)))


class Vocabulary:
    """Codes and the words for them, found by either, whatever the width or the kana."""

    def __init__(self, what: str, entries: Mapping[str, tuple[str, ...]], *, coded: bool = True):
        """entries: code → its words, the first of them shown; `coded` where people know the codes too."""
        self.what, self._coded = what, coded
        self.labels = {code: words[0] for code, words in entries.items()}
        self._codes: dict[str, str] = {}
        for code, words in entries.items():
            for word in (code, *words, *(f"{code}{word}" for word in words)):
                self._codes.setdefault(_plain(word), code)
                self._codes.setdefault(_plain(word).removeprefix("0"), code)

    def code(self, text: str) -> str:
        """Raises ValueError naming what would be accepted."""
        code = self._codes.get(_plain(text))
        if code is None:
            raise ValueError(f"{self.what}にありません。入れられるもの: {self.accepted}")
        return code

    @property
    def accepted(self) -> str:
        return "、".join(map(self.said, self.labels))

    def said(self, code: str) -> str:
        label = self.labels[code]
        return f"{code} {label}" if self._coded else label


_NOT_IN_WORDS = re.compile(r"[\s.:_·・,()\[\]]+")


@lru_cache(maxsize=_REPEATED)
def _plain(text: str) -> str:
    return _NOT_IN_WORDS.sub("", fold(text)).translate(ONE_HYPHEN)


class Row:
    """Cells by the name of their column. A reader collects problems and goes on, so that all are told at once."""

    def __init__(self, line: int, cells: Mapping[str, Cell], reading: Reading):
        self.line, self.cells, self.reading = line, cells, reading
        self.sound = True

    def has(self, column: str) -> bool:
        return bool(self.cells.get(column, EMPTY).text.strip())

    def bad(self, column: str, text: str) -> None:
        self.sound = False
        self.reading.problems.append(self._remark(column, text))

    def warn(self, column: str, text: str) -> None:
        self.reading.warnings.append(self._remark(column, text))

    def read(self, column: str, reader: Callable[[str], Value], default: Value) -> Value:
        """What `reader` makes of the text; its ValueError is a problem of the cell. `default` for an empty one."""
        cell = self.cells.get(column, EMPTY)
        if not cell.text.strip():
            return default
        self.reading.understood.filled[column] += 1
        if cell.kind in _UNTYPED:
            self.bad(column, _UNTYPED[cell.kind])
            return default
        try:
            return reader(cell.text)
        except ValueError as problem:
            self.bad(column, str(problem))
            return default

    def line_of(self, column: str, *, limit: int) -> str:
        """One line of at most `limit` characters."""
        return self.read(column, lambda text: clean_line(text, limit=limit), "")

    def day(self, column: str, *, past: bool = True) -> date | None:
        """A day as people write it; with `past` not one after the day of the import."""
        day = self.read(column, self.day_only(column, partial(_day_of, on=self.reading.on)), None)
        if day and past and day > self.reading.on:
            self.bad(column, f"未来の日付です({wareki_short(day)})。日付を確かめてください。")
            return None
        if day:
            self.reading.understood.note_day(column, day, self.cells[column].text)
        return day

    def time_of(self, column: str) -> time | None:
        return self.read(
            column, lambda text: _time_of(text.rpartition(" ")[2] if self._is_typed(column) else text), None
        )

    def code(self, column: str, words: Vocabulary, default: str = "") -> str:
        """The code for what the cell says."""
        return self.read(column, lambda text: self._meant(column, text, words), default)

    def codes(self, column: str, words: Vocabulary) -> list[str]:
        """Several in one cell, each once, in the order of the list."""
        found: list[str] = self.read(
            column, lambda text: [self._meant(column, part, words) for part in parts(text)], []
        )
        return sorted(set(found), key=list(words.labels).index)

    def _meant(self, column: str, text: str, words: Vocabulary) -> str:
        try:
            code = words.code(text)
        except ValueError as problem:
            raise ValueError(f"「{_short(text.strip())}」は{problem}") from None
        self.reading.understood.note_meaning(column, text.strip(), words.said(code))
        return code

    def day_only(self, column: str, reader: Callable[[str], Value]) -> Callable[[str], Value]:
        """The reader, without the time of day that a date cell may carry."""
        return (lambda text: reader(text.partition(" ")[0])) if self._is_typed(column) else reader

    def _is_typed(self, column: str) -> bool:
        return self.cells.get(column, EMPTY).kind == DATE

    def _remark(self, column: str, text: str) -> Remark:
        return Remark(self.line, column, self.cells.get(column, EMPTY).text if column else "", text)


def parts(text: str) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_VALUE else f"{line[:SHOWN_VALUE]}…"
