"""The figures laid out in rows and columns, for text and for sheets: a line a row, a center a column."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures import CityFigures, MonthlyFigures
from reports.reconcile import broken
from reports.supports import SUPPORT_LISTS, SUPPORT_TOTALS, support_words
from reports.tables import PersonFigure, Table

_MATCHED = "市全体(名寄せ後)"


@dataclass(frozen=True)
class Grid:
    """One table. `head` names the columns; a row is code, label and one number a column."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple, ...]


def grids_of(figures: MonthlyFigures | CityFigures) -> list[Grid]:
    """Every table of the report; for the city with the sum of the centers, persons also after 名寄せ."""
    if isinstance(figures, CityFigures):
        tables = [_grid(table, figures.centers, figures) for table in Table]
        return [*tables, _support_grid(figures.centers, figures)]
    return [*(_grid(table, [figures], None) for table in Table), _support_grid([figures], None)]


def remarks_of(figures: MonthlyFigures | CityFigures) -> list[str]:
    """The identities that do not hold, each with its center; one sentence where all do."""
    centers = figures.centers if isinstance(figures, CityFigures) else [figures]
    found = [f"{one.center}: {identity.sentence}" for one in centers for identity in broken(one.identities)]
    return [f"合わない数があります。{sentence}" for sentence in found] or ["合計と内訳は合っています。"]


def heading_of(figures: MonthlyFigures | CityFigures) -> str:
    whose = "熊本市 全センター" if isinstance(figures, CityFigures) else str(figures.center)
    version = f" 版{figures.version}" if isinstance(figures, MonthlyFigures) and figures.version else ""
    return f"月次実績 {figures.month.label}分 {whose}{version}"


def _grid(table: Table, centers: Sequence[MonthlyFigures], city: CityFigures | None) -> Grid:
    labels = {code.code: code.label for one in centers for code in one.vocabulary.codes(table, one.center)}
    columns = [(one.center.zone.name, one.table(table)) for one in centers]
    if city:
        columns.append(("センター別の計" if table.of_persons else "計", city.total(table)))
    if city and table == Table.PERSONS:
        columns.append((_MATCHED, city.matched))
    rows = tuple(
        (code, label, *(column.get(code, 0) for _, column in columns)) for code, label in labels.items()
    )
    title = f"{table.label}(重複計上)" if table == Table.DISABILITIES else table.label
    return Grid(title, ("コード", "項目", *(name for name, _ in columns)), rows)


def _support_grid(centers: Sequence[MonthlyFigures], city: CityFigures | None) -> Grid:
    """後方支援: its number, the 事業所 helped, then a row for each method and content."""
    columns = [(one.center.zone.name, one.support) for one in centers]
    if city:
        columns.append(("市全体", city.support))
    words = centers[0].vocabulary.support if centers else {}
    rows = [("", label, *(getattr(found, name) for _, found in columns)) for name, label in SUPPORT_TOTALS]
    for field, code_list in SUPPORT_LISTS:
        for code in words.get(code_list, ()):
            numbers = (getattr(found, field).get(code.code, 0) for _, found in columns)
            rows.append((code.code, support_words(code_list, code), *numbers))
    return Grid("後方支援", ("コード", "項目", *(name for name, _ in columns)), tuple(rows))


def total_of(figures: MonthlyFigures | CityFigures) -> str:
    """One line: what came of it."""
    if isinstance(figures, CityFigures):
        return f"延べ {figures.contacts:,}件・月実人員 {figures.matched[PersonFigure.MONTH_DISTINCT]:,}人(名寄せ後)"
    persons = figures.counts.persons[PersonFigure.MONTH_DISTINCT]
    return f"延べ {figures.counts.contacts:,}件・月実人員 {persons:,}人"
