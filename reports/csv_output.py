"""CSV files that spreadsheets open as they are: UTF-8 with BOM, CRLF, every cell quoted, no cell a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from reports.sample import sample_lines

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_text(rows: Iterable[Sequence]) -> str:
    """The rows as CSV. Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [_safe(cell) for cell in row] for row in rows
    )
    return out.getvalue()


def csv_response(filename: str, rows: Iterable[Sequence]) -> HttpResponse:
    """The rows as a download; in the demo the first line says that everything is invented."""
    told = [[line] for line in sample_lines()]
    response = HttpResponse("\ufeff" + csv_text([*told, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _safe(cell):
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
