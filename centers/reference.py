"""Reference data: what the city's documents and the national survey fix, kept as readable files in centers/data.

One file a table; its header names the fields, each row its 確かさ (status) and 出典 (source). Foreign keys are
written by their code, a corporation by its name, a center by its zone. A row about contract terms names several
`zones` and stands for one row in each. Several values in one cell are separated by spaces.

Loading is set-based and keyed by natural keys: new rows are added, changed ones brought up to date, nothing is
deleted. An empty end in a file leaves the end in the database as it is: what was ended there stays ended.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction

from centers.memory import forget
from centers.models import (
    BusinessCatalogue,
    BusinessItem,
    Center,
    CodeEntry,
    ContractGeneration,
    ContractTerm,
    Corporation,
    OpeningRule,
    PlanCap,
    PostRequirement,
    ReportedHolding,
    RuleSetting,
    Ward,
    Zone,
)
from centers.models.base import Sourced
from centers.periods import covers

DATA = Path(__file__).resolve().parent / "data"

# A RuleSetting of this key marks a demo database: its corporations and centers' addresses are invented.
DEMO_MARK = "demo"
NOT_IN_DEMO = ("corporations.csv", "centers.csv")

END_FIELDS = ("ends_on", "closed_on")


class BadRow(Exception):
    """A row of a data file that cannot be taken; the message names file, line and column."""


@dataclass(frozen=True)
class Table:
    """One data file and the model its rows become; `key` finds the row of an earlier load.

    `per_zone` is the foreign key that the columns `zones` (and `generation`) stand for.
    """

    file: str
    model: type[models.Model]
    key: tuple[str, ...]
    per_zone: str = ""

    def columns(self) -> set[str]:
        """The header that the file must have, in any order."""
        names = {f.name for f in self.model._meta.concrete_fields} - {"id", self.per_zone}
        hung_on_terms = {"zones", "generation"} if self.per_zone else set()
        return names | hung_on_terms | {"status", "source"}


TABLES = (
    Table("wards.csv", Ward, ("code",)),
    Table("zones.csv", Zone, ("code",)),
    Table("corporations.csv", Corporation, ("name",)),
    Table("centers.csv", Center, ("zone_id", "opened_on")),
    Table("catalogues.csv", BusinessCatalogue, ("code",)),
    Table("business_items.csv", BusinessItem, ("catalogue_id", "code")),
    Table("generations.csv", ContractGeneration, ("code",)),
    Table("terms.csv", ContractTerm, ("center_id", "generation_id"), per_zone="center"),
    Table("post_requirements.csv", PostRequirement, ("term_id", "post", "starts_on"), per_zone="term"),
    Table("plan_caps.csv", PlanCap, ("term_id", "starts_on"), per_zone="term"),
    Table("opening_rules.csv", OpeningRule, ("term_id", "starts_on"), per_zone="term"),
    Table("reported_holdings.csv", ReportedHolding, ("center_id", "on")),
    Table("codes.csv", CodeEntry, ("list", "code", "starts_on")),
    Table("settings.csv", RuleSetting, ("key", "starts_on")),
)


@dataclass(frozen=True)
class Loaded:
    """How many rows of one table were added, brought up to date, or stood already."""

    added: int
    updated: int
    unchanged: int


@transaction.atomic
def load_reference(directory: Path = DATA) -> dict[str, Loaded]:
    """Load every file of the directory; all or nothing.

    Returns the counts by file name. Raises BadRow at the first row that cannot be taken.
    """
    skipped = NOT_IN_DEMO if RuleSetting.objects.filter(key=DEMO_MARK).exists() else ()
    tables = [table for table in TABLES if table.file not in skipped]
    loaded = {table.file: _store(table, _read(table, directory)) for table in tables}
    forget()
    return loaded


def _read(table: Table, directory: Path) -> list[dict]:
    """The rows of a file as field values, foreign keys resolved; refuses a key that comes twice."""
    seen: dict[tuple, int] = {}
    rows = []
    codes = Codes()
    with (directory / table.file).open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        _check_header(table, reader.fieldnames or [])
        for cells in reader:
            if None in cells:
                raise BadRow(f"{table.file} {reader.line_num}行目: 見出しより多くの列があります。")
            for row in _one_per_zone(table, cells):
                values = _values(table, row, codes, reader.line_num)
                key = tuple(values[name] for name in table.key)
                if key in seen:
                    raise BadRow(f"{table.file} {reader.line_num}行目: {seen[key]}行目と同じ行です。")
                seen[key] = reader.line_num
                rows.append(values)
    return rows


def _check_header(table: Table, header: Sequence[str]) -> None:
    missing = sorted(table.columns() - set(header))
    unknown = sorted(set(header) - table.columns())
    if missing or unknown:
        raise BadRow(f"{table.file} 1行目: 足りない列 {missing or 'なし'}、知らない列 {unknown or 'なし'}。")


def _one_per_zone(table: Table, cells: dict[str, str]) -> Iterator[dict[str, str]]:
    if not table.per_zone:
        yield cells
        return
    rest = {name: text for name, text in cells.items() if name != "zones"}
    for zone in (cells["zones"] or "").split():
        yield rest | {table.per_zone: zone}


class Codes:
    """Primary keys by the code that the files use, read once a table."""

    def __init__(self):
        self._simple: dict[type[models.Model], dict[str, object]] = {}
        self._dated: dict[type[models.Model], list[tuple]] = {}

    def find(self, field: models.ForeignKey, code: str, row: dict[str, str]):
        """The primary key meant by the code in this row; KeyError where there is none."""
        model: Any = field.related_model
        if model is Center:
            return self._center(code, date.fromisoformat(row.get("starts_on") or row["on"]))
        if model is ContractTerm:
            return self._term(code, row["generation"], date.fromisoformat(row["starts_on"]))
        return self._by_code(model)[code]

    def _by_code(self, model: type[models.Model]) -> dict[str, object]:
        if model not in self._simple:
            code = "name" if model is Corporation else "pk"
            self._simple[model] = dict(model._default_manager.values_list(code, "pk"))
        return self._simple[model]

    def _center(self, zone: str, on: date):
        rows = self._rows(Center, "zone_id", "opened_on", "closed_on")
        return _one_in_force(rows, (zone,), on)

    def _term(self, zone: str, generation: str, on: date):
        rows = self._rows(ContractTerm, "center__zone_id", "generation_id", "starts_on", "ends_on")
        return _one_in_force(rows, (zone, generation), on)

    def _rows(self, model: type[models.Model], *names: str) -> list[tuple]:
        if model not in self._dated:
            self._dated[model] = list(model._default_manager.values_list("pk", *names))
        return self._dated[model]


def _one_in_force(rows: list[tuple], code: tuple, on: date):
    for pk, *found, start, end in rows:
        if tuple(found) == code and covers(start, end, on):
            return pk
    raise KeyError(code)


def _values(table: Table, row: dict[str, str], codes: Codes, line: int) -> dict:
    """The cells of a row as field values under their attribute names."""
    own = {f.name: f for f in table.model._meta.concrete_fields}
    values = {}
    for name, text in row.items():
        field = own.get(name) or _SOURCED.get(name)
        if field is None:
            continue
        try:
            value = _value(field, text or "", row, codes)
        except (ValidationError, ValueError, KeyError) as problem:
            raise BadRow(
                f"{table.file} {line}行目 {name}: 「{text}」は使えません。{_words(problem)}"
            ) from problem
        if name in own:
            values[field.attname] = value
    return values


_SOURCED = {f.name: f for f in Sourced._meta.fields}


def _value(field: models.Field, text: str, row: dict[str, str], codes: Codes):
    if isinstance(field, models.ForeignKey):
        return codes.find(field, text, row)
    if isinstance(field, models.JSONField):
        return json.loads(text)
    if isinstance(field, ArrayField):
        return field.clean([field.base_field.to_python(part) for part in text.split()], None)
    return field.clean(None if text == "" and field.null else text, None)


def _words(problem: Exception) -> str:
    if isinstance(problem, ValidationError):
        return " ".join(problem.messages)
    if isinstance(problem, KeyError):
        return "このコードの行がありません。"
    return str(problem)


def _store(table: Table, rows: list[dict]) -> Loaded:
    """Add and update in one statement each; updates go first, so that a period can be split in two."""
    standing = {
        tuple(getattr(obj, name) for name in table.key): obj for obj in table.model._default_manager.all()
    }
    added, updated = [], []
    touched: set[str] = set()
    for values in rows:
        obj = standing.get(tuple(values[name] for name in table.key))
        if obj is None:
            added.append(table.model(**values))
        elif changed := _changes(obj, values):
            for name, value in changed.items():
                setattr(obj, name, value)
            updated.append(obj)
            touched |= changed.keys()
    if updated:
        table.model._default_manager.bulk_update(updated, sorted(touched))
    table.model._default_manager.bulk_create(added)
    return Loaded(len(added), len(updated), len(rows) - len(added) - len(updated))


def _changes(obj: models.Model, values: dict) -> dict:
    left_open = {name for name in END_FIELDS if values.get(name, ...) is None}
    return {n: v for n, v in values.items() if n not in left_open and getattr(obj, n) != v}
