"""締め後の変更 in words: which figures and which records two versions of a month differ in. Nobody is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reports.closing import VERSION, Lines, changed_records, days_of, differing, records_of
from reports.figures import MonthlyFigures, frozen_figures, live_figures
from reports.frozen import versions_of
from reports.models import MonthlyReport
from reports.tables import Table
from reports.vocabulary import Vocabulary

_CLIENT = "client"
_NOTHING = "なし"
_NO_FIGURE = "内容の訂正(数は変わりません)"


@dataclass(frozen=True)
class FigureChange:
    """One figure: 年齢 / 不明, before and after."""

    table: str
    label: str
    unit: str
    before: int
    after: int


@dataclass(frozen=True)
class RecordChange:
    """One record: its day, and what it stands for now. `pk` opens it for those who may read it."""

    pk: str
    day: date | None
    what: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """From one version to the next, or to the records as they are now (`report` is None)."""

    title: str
    report: MonthlyReport | None
    figures: tuple[FigureChange, ...]
    records: tuple[RecordChange, ...]

    @property
    def at(self) -> datetime | None:
        return self.report.closed_at if self.report else None


@dataclass(frozen=True)
class _State:
    figures: MonthlyFigures
    records: Mapping[str, Lines]


def steps_of(center, month) -> list[Step]:
    """What has changed since the month was closed, the latest first; none while it is open."""
    versions = versions_of(center, month)
    if not versions:
        return []
    live = live_figures(center, month)
    vocabulary = live.vocabulary
    states = [_State(live, records_of(center, month))]
    states += [
        _State(frozen_figures(center, month, vocabulary, report), report.records) for report in versions
    ]
    reports = [None, *versions]
    return [
        _step(report, before, after, vocabulary)
        for report, after, before in zip(reports, states, [*states[1:], None], strict=True)
    ]


def _step(report: MonthlyReport | None, before: _State | None, after: _State, vocabulary: Vocabulary) -> Step:
    title = "いまの記録" if report is None else "最初の締め" if before is None else f"訂正版 {report.version}"
    if before is None:
        return Step(title, report, (), ())
    pks = changed_records(before.records, after.records)
    days = days_of(pks)
    center = after.figures.center
    records = [
        RecordChange(
            pk,
            days.get(pk),
            tuple(_words(before.records.get(pk), after.records.get(pk), vocabulary, center)),
        )
        for pk in pks
    ]
    records.sort(key=lambda change: (change.day or date.max, change.pk))
    return Step(title, report, tuple(_figures(before, after, vocabulary)), tuple(records))


def _figures(before: _State, after: _State, vocabulary: Vocabulary):
    for name, code in differing(before.figures, after.figures):
        table = Table(name)
        found = vocabulary.find(table, code, after.figures.center)
        label = found.label if found else code
        yield FigureChange(
            table.label,
            label,
            "人" if table.of_persons else "件",
            before.figures.table(table).get(code, 0),
            after.figures.table(table).get(code, 0),
        )


def _words(before: Lines | None, after: Lines | None, vocabulary: Vocabulary, center):
    if before is None:
        yield "件数に加わった"
        return
    if after is None:
        yield "件数から外れた"
        return
    told = False
    for table in Table:
        old, new = before.get(table.value, []), after.get(table.value, [])
        if old != new:
            told = True
            yield f"{table.label}: {_labels(table, old, vocabulary, center)} → {_labels(table, new, vocabulary, center)}"
    if before.get(_CLIENT) != after.get(_CLIENT):
        told = True
        yield _client_words(before.get(_CLIENT), after.get(_CLIENT))
    if not told and before.get(VERSION) != after.get(VERSION):
        yield _NO_FIGURE


def _labels(table: Table, codes: list[str], vocabulary: Vocabulary, center) -> str:
    found = (vocabulary.find(table, code, center) for code in codes)
    return "、".join(one.label if one else code for one, code in zip(found, codes, strict=True)) or _NOTHING


def _client_words(before: list[str] | None, after: list[str] | None) -> str:
    if not before:
        return "匿名の相談者がだれかわかった"
    return "利用者が別の人になった" if after else "匿名の相談に戻った"
