"""Monthly figures as an Excel workbook: one sheet a center, no names of persons."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from reports.figures import TABLES, MonthlyFigures

SAMPLE = "この表の人物・件数・センターの状況はすべて架空のサンプルです。"


def write_workbook(path: Path, centers: Sequence[MonthlyFigures], titles: Mapping[str, str]) -> None:
    """Write the file whole, row by row (memory stays flat)."""
    book = Workbook(write_only=True)
    for figures in centers:
        sheet = book.create_sheet(figures.center.zone.name)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 44
        bold = WriteOnlyCell(sheet, f"{figures.center} {figures.month.label} 月次の数")
        bold.font = Font(bold=True, size=14)
        sheet.append([bold])
        if settings.SOUDAN_DEMO:
            sheet.append([SAMPLE])
        for table in TABLES:
            sheet.append([])
            sheet.append([titles[table]])
            for code, figure in figures.tables[table].items():
                sheet.append([code, figures.codes[table].get(code, ""), figure])
        sheet.append([])
        for sentence in figures.reconciliation or ["合計と内訳は合っています。"]:
            sheet.append([sentence])
    book.save(path)
