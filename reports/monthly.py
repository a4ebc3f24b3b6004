"""The words of the monthly pages: tables with this month, the month before and the difference."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.figures import MonthlyFigures
from reports.presenters import Tile, signed
from reports.reconcile import broken
from reports.supports import SUPPORT_LISTS, SUPPORT_TOTALS, support_words
from reports.tables import TOTAL, PersonFigure, Table

Link = Callable[[Table, str], str]  # address of a figure's records; "" for whom they are closed

_TITLES = {
    Table.CONTENTS: "支援内容(重複あり)",
    Table.DISABILITIES: "障がい種別(重複計上)",
    Table.AGES: "年齢(延べ)",
}
_NOTES = {
    Table.CONTENTS: "1件の相談に2つ以上の内容を選べるため、合計は相談件数以上になります。",
    Table.AGES: "相談日の年齢です。利用者のない相談は「不明」に入ります。",
    Table.COUNTERPARTS: "入れていない相談は「匿名・不明」に入ります。",
    Table.BUSINESS_ITEMS: "自事業所の計画相談などは、相談件数に入りません。",
    Table.PERSONS: "年齢は、その月の最初の相談の日で数えます。新規・継続は、同じ圏域の前のセンターの記録もたどって数えます。",
    Table.DISABILITIES: "重複計上: 2つ以上の種別がある人は、それぞれに数えます。その月の最初の相談の日の種別です。",
}
_SINGLE = {Table.METHODS, Table.AGES, Table.COUNTERPARTS, Table.BUSINESS_ITEMS}  # add up to the contacts


@dataclass(frozen=True)
class Row:
    """One line: the figure, the one of the month before (None where it had no such line), and its records."""

    label: str
    now: int
    before: int | None
    url: str = ""

    @property
    def difference(self) -> str:
        """+7, −12, ±0"""
        if self.before is None:
            return ""
        return signed(self.now - self.before)


@dataclass(frozen=True)
class MonthTable:
    """One table of the page; `total` stands below those that add up to the contacts."""

    slug: str
    title: str
    unit: str
    note: str
    rows: tuple[Row, ...]
    total: Row | None


def table_of(table: Table, now: MonthlyFigures, before: MonthlyFigures | None, link: Link) -> MonthTable:
    """Lines in the order of the screen; a figure of zero opens nothing. `before` is None where nothing was counted."""
    codes = sorted(now.vocabulary.codes(table, now.center), key=lambda code: code.position)
    return MonthTable(
        slug=table.value.replace("_", "-"),
        title=_TITLES.get(table, table.label),
        unit="人" if table.of_persons else "件",
        note=_NOTES.get(table, ""),
        rows=tuple(row_of(table, code.code, code.label, now, before, link) for code in codes),
        total=row_of(Table.CONTACTS, TOTAL, "計", now, before, link) if table in _SINGLE else None,
    )


def support_table(now: MonthlyFigures, before: MonthlyFigures | None, url: str) -> MonthTable:
    """後方支援 of the month: its number and the 事業所 helped, then by method and by content. `url`: the log's month."""
    former = before.support if before else None
    rows = [
        Row(label, getattr(now.support, name), getattr(former, name) if former else None, url)
        for name, label in SUPPORT_TOTALS
    ]
    for field, code_list in SUPPORT_LISTS:
        for code in sorted(now.vocabulary.support[code_list], key=lambda code: code.position):
            number = getattr(now.support, field).get(code.code, 0)
            earlier = getattr(former, field).get(code.code) if former else None
            rows.append(Row(support_words(code_list, code), number, earlier))
    return MonthTable(
        slug="support",
        title="後方支援",
        unit="件",
        note="指定相談支援事業所への支援です。相談件数には入りません。1件の支援に2つ以上の内容を選べます。",
        rows=tuple(rows if now.support.supports else rows[: len(SUPPORT_TOTALS)]),
        total=None,
    )


def row_of(
    table: Table, code: str, label: str, now: MonthlyFigures, before: MonthlyFigures | None, link: Link
) -> Row:
    number = now.table(table)[code]
    former = before.table(table).get(code) if before else None
    return Row(label, number, former, link(table, code) if number else "")


def tiles_of(now: MonthlyFigures, before: MonthlyFigures | None, link: Link) -> list[Tile]:
    persons, wrong = now.counts.persons, len(broken(now.identities))
    news = f"新規 {persons[PersonFigure.NEW]}・継続 {persons[PersonFigure.CONTINUING]}"
    control = Tile(
        "合わない数", wrong, "件", "合計と内訳" if wrong else "合計と内訳は合っています", "check", "#control"
    )
    return [
        _tile(Table.CONTACTS, TOTAL, "件", "chat", now, before, link),
        _tile(Table.PERSONS, PersonFigure.MONTH_DISTINCT, "人", "people", now, before, link),
        replace(
            _tile(Table.PERSONS, PersonFigure.FIRST_IN_FISCAL_YEAR, "人", "flag", now, before, link),
            note=news,
        ),
        replace(control, kind="ng", icon="alert") if wrong else control,
    ]


def _tile(
    table: Table,
    code: str,
    unit: str,
    icon: str,
    now: MonthlyFigures,
    before: MonthlyFigures | None,
    link: Link,
) -> Tile:
    label = table.label if table == Table.CONTACTS else PersonFigure(code).label
    row = row_of(table, str(code), label, now, before, link)
    note = (
        f"{now.month.previous().month}月 {row.before:,}{unit}({row.difference})"
        if row.before is not None
        else ""
    )
    return Tile(label, row.now, unit, note, icon, row.url)
