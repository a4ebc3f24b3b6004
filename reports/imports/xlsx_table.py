"""The first sheet of an Excel workbook as rows of cells (runs in the reading process)."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import WorkSheetParser

from reports.imports.wire import (
    BOOLEAN,
    DATE,
    EMPTY,
    FAULT,
    FORMULA,
    NUMBER,
    TOO_EARLY,
    Cell,
    FileRefused,
    Limits,
)

_MACROS = "vbaproject"
_CHUNK = 1 << 16
# Excel takes 1900 for a leap year, so that its days before this one are a day off.
_EXCEL_SURE_FROM = datetime.date(1900, 3, 1)
BROKEN = "Excelのファイルとして読めません。こわれていないか確かめ、Excelで開いて保存し直してください。"


class FirstSheet:
    """Opened with its sizes checked; the rows are read one by one."""

    def __init__(self, content: bytes, limits: Limits):
        self.limits = limits
        self.hidden = 0
        check_archive(content, limits)
        if not openpyxl.DEFUSEDXML:
            raise RuntimeError("defusedxml is not installed")
        self.book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        if not self.book.worksheets:
            raise FileRefused("シートがありません。表のあるシートを1枚目に置いてください。")
        self.sheet = self.book.worksheets[0]
        self.name, self.sheets = self.sheet.title, len(self.book.sheetnames)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """(row number, cells). The parser below openpyxl's sheet: the sheet itself believes the size that the file
        states, drops rows out of order and fills gaps row by row."""
        seen: set[int] = set()
        with self.sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                self.book.shared_strings
                if hasattr(self.book, "shared_strings")
                else self.sheet._shared_strings,
                epoch=self.book.epoch,
                date_formats=self.book._date_formats,
                timedelta_formats=self.book._timedelta_formats,
            )
            for number, found in parser.parse():
                if parser.row_dimensions.pop(str(number), {}).get("hidden") in ("1", "true") and found:
                    self.hidden += 1
                if not found:
                    continue
                if number in seen:
                    raise FileRefused(BROKEN)
                seen.add(number)
                yield number, self._cells(number, found)

    def _cells(self, number: int, found: list[dict[str, Any]]) -> list[Cell]:
        filled = {cell["column"]: cell for cell in found if cell["value"] is not None}
        last = max(filled, default=0)
        if last > self.limits.columns:
            raise FileRefused(too_many_columns(number, last, self.limits))
        return [
            self._cell(number, filled[column]) if column in filled else EMPTY for column in range(1, last + 1)
        ]

    def _cell(self, number: int, cell: dict[str, Any]) -> Cell:
        made = as_cell(cell["value"], cell["data_type"], from_1900=self.book.epoch == WINDOWS_EPOCH)
        if len(made.text) > self.limits.cell_characters:
            place = f"{get_column_letter(cell['column'])}{number}"
            raise FileRefused(
                f"セル{place}が{self.limits.cell_characters:,}字を超えています。分けて入れてください。"
            )
        return made


def as_cell(value: Any, data_type: str, *, from_1900: bool) -> Cell:
    """A typed cell as the text that a person would have typed."""
    if data_type == "f":
        return Cell(str(getattr(value, "text", value)), FORMULA)
    if data_type == "e":
        return Cell(str(value), FAULT)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", BOOLEAN)
    if isinstance(value, int | float):
        return Cell(str(int(value)) if float(value).is_integer() else repr(value), NUMBER)
    if isinstance(value, datetime.datetime):
        return _day(value, from_1900)
    if isinstance(value, datetime.time):
        return Cell(f"{value:%H:%M}", DATE)
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return Cell(f"{minutes // 60}:{minutes % 60:02}", DATE)
    return Cell(unescape(str(value)))


def _day(value: datetime.datetime, from_1900: bool) -> Cell:
    if from_1900 and value.date() < _EXCEL_SURE_FROM:
        return Cell(f"{value:%Y-%m-%d}", TOO_EARLY)
    midnight = value.time() == datetime.time.min
    return Cell(value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M}", DATE)


def check_archive(content: bytes, limits: Limits) -> None:
    """Refuse what the directory tells already, then unpack every part once: its size and checksum must be true."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > limits.zip_entries:
            raise FileRefused(
                f"中の部品が{limits.zip_entries:,}個を超えています。表だけのファイルにしてください。"
            )
        names = [part.filename for part in parts]
        if len(set(names)) != len(names):
            raise FileRefused(BROKEN)
        if any(part.flag_bits & 1 for part in parts):
            raise FileRefused("暗号化されています。パスワードを外して保存し直してください。")
        if any(_MACROS in name.lower() for name in names):
            raise FileRefused("マクロが入っています。『Excelブック(.xlsx)』で保存し直してください。")
        if "[Content_Types].xml" not in names:
            raise FileRefused(
                "ZIPですが、Excelのファイルではありません。CSVか.xlsxのファイルを選んでください。"
            )
        packed = max(len(content), 1)
        if sum(part.file_size for part in parts) > limits.unpacked_bytes:
            raise FileRefused(_too_large(limits))
        unpacked = 0
        for part in parts:
            with archive.open(part) as source:
                while chunk := source.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > limits.unpacked_bytes or unpacked > packed * limits.unpacked_ratio:
                        raise FileRefused(_too_large(limits))


def too_many_columns(number: int, found: int, limits: Limits) -> str:
    return (
        f"{number:,}行目が{found:,}列あります。{limits.columns:,}列までにしてください"
        "(右の方に空白や書きかけのセルがないかも確かめてください)。"
    )


def _too_large(limits: Limits) -> str:
    return (
        f"開くと大きくなりすぎます({limits.unpacked_bytes // 1024**2:,}MBまで)。"
        "表のシートだけを新しいファイルに写すか、CSVで保存し直してください。"
    )
