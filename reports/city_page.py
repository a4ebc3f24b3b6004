"""The words and shapes of the city's page: tiles, chart, tables and the rows of its CSV."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from centers.charts import Bar
from centers.enums import Post, Severity
from centers.models import Center
from centers.periods import Month
from reports.dashboard import CenterRow, Dashboard, Figures, Kinds
from reports.presenters import Tile, bars_by_size, deadline_words, percent
from reports.series import Series, Split

CSV_HEAD = (
    *("圏域", "センター", "受託法人", "月", "相談件数", "前年同月の相談件数", "配置と計画相談の時点"),
    *("相談員の配置", "相談員の必要数", "機能強化員の配置", "機能強化員の必要数"),
    *("地域支援員の配置", "地域支援員の必要数"),
    *("計画相談の件数", "件数の出所", "計画相談の上限", "超過", "契約条件", "要対応"),
)


def comparison(board: Figures) -> str:
    """前年同月比 +14%; a month that still runs is not compared."""
    if board.is_running:
        return "月の途中"
    change = percent(board.contacts, board.year_before)
    return f"前年同月比 {change}" if change else "前年同月の記録なし"


def tiles(board: Dashboard, found: Mapping[str, int]) -> list[Tile]:
    """`found`: number of open findings by severity."""
    vacant, over = sum(post.status.vacant for post in board.vacant_posts), len(board.over_cap)
    by_weight = "・".join(f"{severity.label} {found.get(severity, 0)}" for severity in Severity)
    weighs = "ng" if found.get(Severity.BREACH) else "warn" if found.get(Severity.WARN) else ""
    return [
        Tile("相談件数", board.contacts, "件", comparison(board), "chat", "#year"),
        Tile("配置の欠員", vacant, "人", _vacancies(board), "people", "#centers", "warn" if vacant else ""),
        Tile(
            "計画相談 上限超過",
            over,
            f"/{len(board.rows)}センター",
            _deadline(board),
            "clipboard",
            "#centers",
            "warn" if over else "",
        ),
        Tile(
            "開いている指摘", sum(found.values()), "件", by_weight, "flag", reverse("centers:notices"), weighs
        ),
    ]


def _vacancies(board: Dashboard) -> str:
    """東2 相談員・減算, and how many more."""
    gaps = [f"{post.center.zone.name} {post.short}・{post.gap_words}" for post in board.vacant_posts]
    if not gaps:
        return "なし"
    return gaps[0] if len(gaps) == 1 else f"{gaps[0]} ほか{len(gaps) - 1}"


def _deadline(board: Dashboard) -> str:
    deadlines = {row.load.rule.deadline for row in board.rows if row.load.rule}
    if not deadlines:
        return "上限なし"
    return deadline_words(max((day for day in deadlines if day), default=None), board.on)


def caps_in_head(board: Dashboard) -> str:
    """計画相談(上限 50、西 75): the limits of the day, the usual one first."""
    limits: dict[int, list[str]] = {}
    for row in board.rows:
        if row.load.status.cap is not None:
            limits.setdefault(row.load.status.cap, []).append(row.center.zone.name)
    usual, *rest = sorted(limits.items(), key=lambda limit: -len(limit[1])) or [(0, [])]
    if not usual[0]:
        return "上限なし"
    return "、".join([f"上限 {usual[0]}", *(f"{'・'.join(zones)} {cap}" for cap, zones in rest)])


def mandatory_words(board: Dashboard) -> str:
    """機能強化員・地域支援員(必置)は9センターとも 1/1, or where somebody is missing."""
    others = [post for row in board.rows for post in row.other_posts]
    if not others:
        return ""
    missing = [f"{post.center.zone.name} {post.short}" for post in others if post.status.vacant]
    names = "・".join(dict.fromkeys(post.short for post in others))
    if missing:
        return f"{names}の欠員: {'、'.join(missing[:2])}" + (
            f" ほか{len(missing) - 2}" if missing[2:] else ""
        )
    return f"{names}は{len(board.rows)}センターとも配置"


# ---- charts and tables ----


@dataclass(frozen=True)
class YearChart:
    """The full months of the 年度 against the 年度 before, for the line chart."""

    months: Sequence[str]
    this_year: Sequence[int | None]
    last_year: Sequence[int]
    this_label: str
    last_label: str
    finding: str


def year_chart(board: Figures, whose: str) -> YearChart:
    months, full = board.year.months(), set(board.full_months)
    now, before = board.contacts, board.year_before
    more = "より多い" if now > before else "より少ない" if now < before else "と同じ"
    return YearChart(
        months=[f"{month.month}月" for month in months],
        this_year=[board.series.total(month) if month in full else None for month in months],
        last_year=[board.series.total(month.shift(-12)) for month in months],
        this_label=board.year.label,
        last_label=board.year.previous().label,
        finding=f"{whose}の相談件数。{board.month.label}は{now:,}件で、前の年の同じ月{before:,}件{more}。",
    )


@dataclass(frozen=True)
class Cell:
    """One figure of a table; url opens the records behind it, where the user may see them."""

    value: int
    url: str = ""


@dataclass(frozen=True)
class MonthRow:
    center: Center
    cells: Sequence[Cell]

    @property
    def total(self) -> int:
        return sum(cell.value for cell in self.cells)


def month_rows(
    centers: Sequence[Center], months: Sequence[Month], series: Series, *, linked: bool = True
) -> list[MonthRow]:
    """センター × 月; linked: each figure leads to the center's month."""

    def cell(center: Center, month: Month) -> Cell:
        return Cell(series.of(center.pk, month), month_url(center, month) if linked else "")

    return [MonthRow(center, [cell(center, month) for month in months]) for center in centers]


def highest(rows: Sequence[MonthRow]) -> int:
    return max((cell.value for row in rows for cell in row.cells), default=0)


def month_url(center: Center, month: Month) -> str:
    return reverse("reports:monthly_center", args=[center.pk, str(month)])


@dataclass(frozen=True)
class KindTable:
    """支援方法 or 支援内容 of the month: bars of the city, and a table code by center."""

    slug: str
    title: str
    bars: Sequence[Bar]
    zones: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell], int]]


def kind_tables(board: Dashboard, kinds: Kinds, *, records: bool) -> list[KindTable]:
    """`records`: the user may open the records behind a figure."""
    centers = [row.center for row in board.rows]
    return [
        _kind_table(
            "methods", "支援の方法", kinds.methods, kinds.method_labels, centers, board.month, records
        ),
        _kind_table(
            "contents",
            "支援内容(重複あり)",
            kinds.contents,
            kinds.content_labels,
            centers,
            board.month,
            records,
        ),
        _kind_table("parts", "業務の区分", kinds.parts, {}, centers, board.month, False),
    ]


def _kind_table(
    slug: str,
    title: str,
    split: Split,
    labels: dict[str, str],
    centers: Sequence[Center],
    month: Month,
    records: bool,
) -> KindTable:
    totals = split.totals()

    def cell(center: Center, code: str) -> Cell:
        url = reverse("reports:monthly_records", args=[center.pk, str(month), slug, code]) if records else ""
        return Cell(split.of(center.pk, code), url)

    codes = dict.fromkeys([*labels, *sorted(totals)])
    rows = [
        (labels.get(code, code), [cell(one, code) for one in centers], totals.get(code, 0)) for code in codes
    ]
    return KindTable(slug, title, bars_by_size(totals, labels), [one.zone.name for one in centers], rows)


# ---- CSV ----


def csv_rows(board: Dashboard) -> Iterator[Sequence]:
    yield CSV_HEAD
    for row in board.rows:
        yield _csv_row(row, board)


def _csv_row(row: CenterRow, board: Dashboard) -> Sequence:
    load, center = row.load, row.center
    by_post = {post.post: post.status for post in row.posts}
    posts = [by_post.get(post) for post in (Post.SOUDAN, Post.KINOU, Post.CHIIKI)]
    staffing = [
        number for status in posts for number in ((status.filled, status.required) if status else ("", ""))
    ]
    return [
        *(center.zone.name, center.name, center.corporation.name, str(row.month)),
        *(row.contacts, row.year_before, board.on.isoformat()),
        *staffing,
        *(load.held.count, load.held.source_words, load.status.cap, load.status.over if load.rule else None),
        "要確認" if row.needs_confirmation else "実施",
        "、".join(row.todo) or "なし",
    ]
