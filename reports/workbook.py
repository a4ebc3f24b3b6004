"""Monthly figures as an Excel workbook: a sheet for each table, no person in it."""

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from reports.figures import CityFigures, MonthlyFigures
from reports.grids import Grid, grids_of, heading_of, remarks_of
from reports.sample import sample_lines

_WIDTHS = {"A": 22, "B": 44}


def write_workbook(path: Path, figures: MonthlyFigures | CityFigures) -> None:
    """Write the file whole or not at all. Raises OSError where the path cannot be written."""
    book = Workbook(write_only=True)
    for grid in grids_of(figures):
        _write(book.create_sheet(_sheet_name(grid)), heading_of(figures), grid)
    control = book.create_sheet("合計と内訳")
    for line in _top(heading_of(figures)) + [[sentence] for sentence in remarks_of(figures)]:
        control.append(line)
    whole = BytesIO()
    book.save(whole)
    path.write_bytes(whole.getvalue())


def _sheet_name(grid: Grid) -> str:
    return grid.title.partition("(")[0]


def _top(heading: str) -> list[list]:
    return [[heading], *([line] for line in sample_lines()), []]


def _write(sheet, heading: str, grid: Grid) -> None:
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for line in _top(heading):
        sheet.append(line)
    sheet.append([_bold(sheet, grid.title, size=13)])
    sheet.append([_bold(sheet, name) for name in grid.head])
    for row in grid.rows:
        sheet.append(list(row))


def _bold(sheet, text: str, size: int = 11):
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True, size=size)
    cell.alignment = Alignment(vertical="top")
    return cell
