"""The reading process: python -m reports.imports.child, the limits as JSON in its argument, the file on standard input.

It limits itself before it looks at the first byte, and knows no secret, no database and no network. Whatever goes
wrong in it becomes one sentence here; the parent handles only its silence.
"""

import json
import re
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from reports.imports.csv_table import decoded, rows_of
from reports.imports.wire import Cell, FileRefused, Limits, packed, trimmed

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")
TOO_HEAVY = "読むのに使うメモリーが多すぎます。表のシートだけのファイルにするか、分けて取り込んでください。"
UNREADABLE = "ファイルを読めません。こわれていないか確かめ、CSVか.xlsxで保存し直してください。"


def main() -> None:
    limits = Limits(**json.loads(sys.argv[1]))
    _limit_myself(limits)
    out = sys.stdout
    try:
        refused = _answer(out, limits)
    except FileRefused as problem:
        refused = str(problem)
    except MemoryError:
        refused = TOO_HEAVY
    except Exception:  # damaged files raise whatever their depths hold: zipfile, zlib, XML, openpyxl
        refused = UNREADABLE
    if refused:
        _write(out, {"refused": refused, "peak_kb": _peak_kb()})
    out.flush()


def _limit_myself(limits: Limits) -> None:
    _set(resource.RLIMIT_AS, limits.memory_bytes)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_CORE, 0)


def _set(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (limit, limit if hard == resource.RLIM_INFINITY else min(limit, hard)))


def _answer(out: TextIO, limits: Limits) -> str:
    content = sys.stdin.buffer.read(limits.file_bytes + 1)
    about, rows, hidden = _opened(content, limits)
    _write(out, about)
    count = characters = 0
    for number, cells in rows:
        cells = trimmed(cells)
        if not cells:
            continue
        count += 1
        characters += sum(len(cell.text) for cell in cells)
        _check_size(number, count, cells, characters, limits)
        _write(out, [number, [packed(cell) for cell in cells]])
    _write(out, {"rows": count, "hidden": hidden(), "peak_kb": _peak_kb()})
    return ""


def _opened(
    content: bytes, limits: Limits
) -> tuple[dict, Iterator[tuple[int, list[Cell]]], Callable[[], int]]:
    if not content.strip():
        raise FileRefused("ファイルが空です。見出しの行と、その下の行が要ります。")
    if content.startswith(_OLE):
        raise FileRefused(_old_or_locked(content))
    if content.startswith(_NO_TABLE):
        raise FileRefused("CSVでもExcel(.xlsx)でもないファイルです。どちらかで保存し直してください。")
    if content.startswith(_ZIP):
        from reports.imports.xlsx_table import FirstSheet  # heavy, and not needed for a CSV file

        sheet = FirstSheet(content, limits)
        about = {"encoding": "xlsx", "sheet": sheet.name, "sheets": sheet.sheets}
        return about, sheet.rows(), lambda: sheet.hidden
    text, encoding = decoded(content)
    return {"encoding": encoding, "sheet": "", "sheets": 0}, rows_of(text, limits), lambda: 0


def _old_or_locked(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "パスワードのかかったExcelです。パスワードを外して保存し直してください。"
    return "古い形式のExcel(.xls)です。『Excelブック(.xlsx)』かCSVで保存し直してください。"


def _check_size(number: int, count: int, cells: list[Cell], characters: int, limits: Limits) -> None:
    if len(cells) > limits.columns:
        raise FileRefused(
            f"{number:,}行目が{len(cells):,}列あります。{limits.columns:,}列までにしてください。"
        )
    if count > limits.rows + 1:
        raise FileRefused(f"{limits.rows:,}行を超えています。年度や月で分けて取り込んでください。")
    if characters > limits.unpacked_bytes:
        raise FileRefused("中身の文字が多すぎます。年度や月で分けて取り込んでください。")


def _write(out: TextIO, value) -> None:
    json.dump(value, out, ensure_ascii=True, separators=(",", ":"))
    out.write("\n")


def _peak_kb() -> int:
    """The most memory held at once. What getrusage says on Linux may be the parent's, from before this program began."""
    with suppress(OSError):
        status = Path("/proc/self/status").read_text()
        if found := re.search(r"VmHWM:\s+(\d+) kB", status):
            return int(found[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


if __name__ == "__main__":
    main()
