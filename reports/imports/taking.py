"""A file as a whole: understood, judged, and taken in or refused."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.actions.imports import NewRow, Progress, lock_imports, save_batch
from cases.enums import ImportKind
from cases.models import ImportBatch, ImportedRow
from centers.contracts import setting
from centers.models import Center, User
from centers.text import clean_line
from reports.imports.clients import ClientRows
from reports.imports.columns import COLUMNS, Heading, heading_of
from reports.imports.consultations import ConsultationRows
from reports.imports.known import Known, client_number
from reports.imports.plan_cases import PlanCaseRows
from reports.imports.reader import Table, read_table
from reports.imports.rows import Reading, Row
from reports.imports.wire import Cell, FileRefused, Limits

SOURCE_LIMIT = 60
_READERS: dict[ImportKind, type[ClientRows] | type[ConsultationRows] | type[PlanCaseRows]] = {
    ImportKind.CLIENTS: ClientRows,
    ImportKind.CONSULTATIONS: ConsultationRows,
    ImportKind.PLAN_CASES: PlanCaseRows,
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be taken in, for whom, and how."""

    kind: ImportKind
    path: Path
    center: Center
    by: User
    on: date
    skip_known: bool = False
    again: bool = False
    ignore_unknown: bool = False


@dataclass(frozen=True)
class Source:
    """A file that was read: its cells, and which column is which."""

    table: Table
    heading: Heading

    @property
    def rows(self) -> Sequence[tuple[int, list[Cell]]]:
        return self.table.rows[1:]


@dataclass
class Judged:
    """The rows that can be taken, those that an earlier import brought, and what was found on the way."""

    rows: list[NewRow] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    reading: Reading = field(default_factory=lambda: Reading(date.min))


def read_source(wish: Wish) -> Source:
    """Raises FileRefused."""
    limits = Limits(**setting("import_limits", wish.on))
    table = read_table(wish.path, limits)
    if not table.rows:
        raise FileRefused("見出しの行がありません。1行目に見出しを置いてください。")
    heading = heading_of(wish.kind, table.rows[0][1])
    if heading.unknown and not wish.ignore_unknown:
        names = "、".join(heading.unknown)
        raise FileRefused(
            f"取り込みにない列があります: {names}。使わないなら --ignore-unknown を付けてください。"
            f"取り込める列: {'、'.join(COLUMNS[wish.kind].names)}"
        )
    if not wish.ignore_unknown:
        _check_headless(table, heading)
    if len(table.rows) == 1:
        raise FileRefused("見出しの下に行がありません。")
    return Source(table, heading)


def judge(wish: Wish, source: Source) -> Judged:
    """Read every row. Nothing is written; a fixed number of queries."""
    known = Known(wish.center, wish.on)
    known.load_clients(_numbers(source))
    judged = Judged(reading=Reading(wish.on))
    reader, told = _READERS[wish.kind](known, wish.by), _Earlier(wish, source)
    required = _required(wish.kind, source.heading)
    numbers: dict[str, int] = {}
    for line, cells in source.rows:
        row = Row(line, source.heading.cells(cells), judged.reading)
        number = row.read("記録番号", lambda text: clean_line(text, limit=SOURCE_LIMIT), "")
        print_of_row = told.print_of[line]
        if told.brought(print_of_row, number):
            judged.known.append(line)
            if not wish.again:
                continue
            number = "" if number in told.numbers else number
        _check_source_number(row, number, numbers)
        for name in required:
            if not row.has(name):
                row.bad(name, "空です。必ず入れる欄です。")
        if (made := reader.object_of(row)) is not None:
            judged.rows.append(NewRow(line, print_of_row, number, made))
    judged.reading.sort(source.heading.places)
    return judged


def take(wish: Wish, source: Source, progress: Progress) -> tuple[Judged, ImportBatch | None]:
    """Judge and save in one transaction; no batch where a row is bad, known without a word about it, or none is new."""
    with transaction.atomic():
        lock_imports(wish.center)
        judged = judge(wish, source)
        if refusal_of(wish, judged) or not judged.rows:
            transaction.set_rollback(True)
            return judged, None
        batch = save_batch(
            kind=wish.kind,
            center=wish.center,
            by=wish.by,
            on=wish.on,
            file_hash=source.table.file_hash,
            rows=judged.rows,
            progress=progress,
        )
    return judged, batch


def refusal_of(wish: Wish, judged: Judged) -> str:
    """Why the file cannot be taken as it stands; "" when it can."""
    if judged.reading.problems:
        rows = len({remark.line for remark in judged.reading.problems})
        return f"直すところが{len(judged.reading.problems):,}か所({rows:,}行)あります。"
    if judged.known and not (wish.skip_known or wish.again):
        return (
            f"もう取り込まれている行が{len(judged.known):,}行あります。"
            "新しい行だけなら --skip-known、すべてもう一度なら --again を付けてください。"
        )
    return ""


class _Earlier:
    """What earlier imports brought. Two equal rows are known only if two equal ones came before."""

    def __init__(self, wish: Wish, source: Source):
        columns = source.heading.written
        self.print_of = {line: _fingerprint(wish, columns, cells) for line, cells in source.rows}
        rows = ImportedRow.unscoped.filter(center=wish.center)
        prints = rows.filter(fingerprint__in=set(self.print_of.values()))
        self._left = Counter(prints.values_list("fingerprint", flat=True))
        numbers = set(_texts(source, "記録番号"))
        found = rows.filter(source_number__in=numbers) if numbers else rows.none()
        self.numbers = set(found.values_list("source_number", flat=True))

    def brought(self, fingerprint: str, number: str) -> bool:
        if self._left[fingerprint] > 0:
            self._left[fingerprint] -= 1
            return True
        return number in self.numbers


def _fingerprint(wish: Wish, columns: Mapping[int, str], cells: Sequence[Cell]) -> str:
    """A keyed hash of all cells by their headings: whoever reads the table learns nothing of a row that is gone."""
    values = sorted(
        (columns.get(place, "").strip(), "\n".join(cell.text.strip().splitlines()))
        for place, cell in enumerate(cells)
        if cell.text.strip()
    )
    content = json.dumps([wish.kind, str(wish.center.pk), values], ensure_ascii=True)
    return hmac.new(settings.SECRET_KEY.encode(), content.encode(), hashlib.sha256).hexdigest()


def _check_source_number(row: Row, number: str, numbers: dict[str, int]) -> None:
    if number in numbers:
        row.bad("記録番号", f"{numbers[number]:,}行目と同じ番号です。番号を直すか、行を消してください。")
    elif number:
        numbers[number] = row.line


def _required(kind: ImportKind, heading: Heading) -> tuple[str, ...]:
    there = set(heading.columns.values())
    ways = [way for way in COLUMNS[kind].either or () if set(way) <= there]
    return (*COLUMNS[kind].required, *(ways[0] if ways else ()))


def _check_headless(table: Table, heading: Heading) -> None:
    """A column with values but no heading is a merged heading or a slip."""
    for line, cells in table.rows[1:]:
        for place, cell in enumerate(cells):
            if cell.text.strip() and not heading.written.get(place, "").strip():
                raise FileRefused(
                    f"{line:,}行目の{place + 1}列目に値がありますが、1行目の見出しが空です。"
                    "見出しを入れるか(結合したセルは結合を解いて)、使わない列なら --ignore-unknown を付けてください。"
                )


def _numbers(source: Source) -> set[str]:
    numbers = set()
    for text in _texts(source, "利用者番号"):
        try:
            numbers.add(client_number(text))
        except ValueError:
            continue  # told of when the row is read
    return numbers


def _texts(source: Source, column: str) -> Iterable[str]:
    place = next((place for place, name in source.heading.columns.items() if name == column), None)
    if place is None:
        return
    for _, cells in source.rows:
        if place < len(cells) and (text := cells[place].text.strip()):
            yield text
