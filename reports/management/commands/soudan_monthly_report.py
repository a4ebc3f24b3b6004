import json
import unicodedata
from pathlib import Path

from centers.management.japanese import JapaneseCommand, refuse
from centers.models import Center
from centers.periods import DateInputError, Month, today
from reports.figures import CityFigures, MonthlyFigures, city_figures, monthly_figures
from reports.grids import Grid, grids_of, heading_of, remarks_of, total_of
from reports.places import UnknownCenter, center_in, center_with_id, ran_in, zone_named
from reports.rights import rights_figures, sum_rights
from reports.sample import sample_lines
from reports.workbook import write_workbook

ALL = "all"


class Command(JapaneseCommand):
    help = (
        "月次実績を表示します。締めた月は締めたときの数、ほかの月はいまの記録から数えた数です。"
        "終了コード: 0 済み、1 予期しない失敗、2 入力を受け付けない(何も書かない)。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--center", metavar="圏域", help="中央1 … 北2(中央１、chuo1 も可)、または all(全センターと市の計)"
        )
        parser.add_argument(
            "--center-id", metavar="番号", help="同じ圏域に2つのセンターがある月に、センターの番号で選ぶ"
        )
        parser.add_argument("--month", metavar="YYYY-MM", help="数える月(例: 2026-10)")
        parser.add_argument("--json", action="store_true", help="JSON で出す")
        parser.add_argument("--xlsx", metavar="出力先", help="Excel のファイルに書く")

    def handle(self, *args, center, center_id, month, xlsx, **options):
        chosen = _month(month)
        if chosen.starts_on > today():
            self.stderr.write(f"{chosen.label}はまだ来ていません。いまある記録だけを数えます。")
        figures = _figures(center, center_id, chosen)
        if xlsx:
            self._save(Path(xlsx), figures)
        if options["json"]:
            self.stdout.write(json.dumps(_with_rights(figures), ensure_ascii=False, indent=1))
        elif not xlsx:
            self.stdout.write("\n".join(text_of(figures)))

    def _save(self, path: Path, figures: MonthlyFigures | CityFigures) -> None:
        try:
            write_workbook(path, figures)
        except OSError as problem:
            raise refuse(f"{path} に書けません({problem.strerror})。出力先を確かめてください。") from problem
        self.stderr.write(f"{path} に書きました。")


def _month(text: str | None) -> Month:
    if not text:
        raise refuse("--month がありません。数える月を 2026-10 のように入れてください。")
    try:
        return Month.parse(text)
    except DateInputError as problem:
        raise refuse(f"--month の「{text}」: {problem}") from problem


def _figures(center: str | None, center_id: str | None, month: Month) -> MonthlyFigures | CityFigures:
    try:
        if center == ALL and not center_id:
            return _city(month)
        return monthly_figures(
            _center_with(center_id, month) if center_id else _center_named(center, month), month
        )
    except UnknownCenter as problem:
        raise refuse(str(problem)) from problem


def _center_named(name: str | None, month: Month) -> Center:
    if not name:
        raise UnknownCenter("--center がありません。圏域(中央1 … 北2)か all を入れてください。")
    return center_in(zone_named(name), month)


def _center_with(id_: str, month: Month) -> Center:
    center = center_with_id(id_)
    if not ran_in(center, month):
        raise UnknownCenter(f"{center}は、{month.label}に開いていません。月を確かめてください。")
    return center


def _city(month: Month) -> CityFigures:
    figures = city_figures(month)
    if not figures.centers:
        raise UnknownCenter(f"{month.label}に開いているセンターがありません。月を確かめてください。")
    return figures


def _with_rights(figures: MonthlyFigures | CityFigures) -> dict:
    """The figures as JSON, each center (and the city) with its block of 権利擁護."""
    one = isinstance(figures, MonthlyFigures)
    centers = (figures,) if isinstance(figures, MonthlyFigures) else figures.centers
    found = rights_figures([part.center for part in centers], figures.month)
    told = figures.as_json()
    for part, shown in zip(centers, [told] if one else told["centers"], strict=True):
        shown["rights"] = found[part.center.pk].as_json()
    if not one:
        told["city"]["rights"] = sum_rights(found.values()).as_json()
    return told


def text_of(figures: MonthlyFigures | CityFigures) -> list[str]:
    """The report as lines of plain text, columns in line in a terminal where a kanji takes two places."""
    lines = [heading_of(figures), total_of(figures), *sample_lines()]
    for grid in grids_of(figures):
        lines += ["", *_block(grid)]
    return [*lines, "", *remarks_of(figures)]


def _block(grid: Grid) -> list[str]:
    rows = [
        grid.head,
        *(tuple(f"{cell:,}" if isinstance(cell, int) else cell for cell in row) for row in grid.rows),
    ]
    widths = [max(_width(row[at]) for row in rows) for at in range(len(grid.head))]
    return [f"■ {grid.title}", *(_line(row, widths) for row in rows)]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Code and label to the left, numbers to the right."""
    cells = [
        cell + " " * (width - _width(cell)) if at < 2 else " " * (width - _width(cell)) + cell
        for at, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  " + "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
