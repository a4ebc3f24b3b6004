"""Files made in code, good and hostile, and the command run on them."""

import csv
import io
import zipfile
from pathlib import Path

from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cases import models
from centers.models import NumberSequence

CLIENT = {"利用者番号": "N-1", "姓": "架空", "セイ": "カクウ"}
RECORD = {
    "相談日": "2026-10-01",
    "支援方法": "4",
    "支援内容": "01",
    "記録": "架空の記録。",
    "利用者番号": "K-1",
}
PLAN = {"利用者番号": "K-1", "契約日": "2024-04-01"}
BASE = {"clients": CLIENT, "consultations": RECORD, "plan_cases": PLAN}


def rows(kind: str, *changes: dict) -> list[dict]:
    """One row for each change of the usual one; a value of None takes the column away."""
    made = [BASE[kind] | change for change in changes or ({},)]
    return [{name: value for name, value in row.items() if value is not None} for row in made]


def csv_text(table: list[dict], end: str = "\r\n") -> str:
    header = list(dict.fromkeys(name for row in table for name in row))
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(
        [header, *([row.get(n, "") for n in header] for row in table)]
    )
    return out.getvalue()


def csv_bytes(table: list[dict], codec: str = "utf-8", end: str = "\r\n") -> bytes:
    return csv_text(table, end).encode(codec)


def sheet_rows(table: list[dict]) -> list[list]:
    header = list(dict.fromkeys(name for row in table for name in row))
    return [header, *([row.get(name) for name in header] for row in table)]


def xlsx_bytes(table: list[dict], change=None) -> bytes:
    """`change(book, sheet)` may add to the workbook before it is saved."""
    book = Workbook()
    sheet = book.active
    for row in sheet_rows(table):
        sheet.append(row)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    return zip_of(parts_of(content) | {name: part})


def edited(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    part = parts_of(content)[name]
    assert old in part
    return with_part(content, name, part.replace(old, new))


def run(kind: str, path: Path, **options) -> tuple[str, str]:
    """Standard output and standard error; fails when the file is refused."""
    out, err = io.StringIO(), io.StringIO()
    call_command("soudan_import", kind, str(path), **({"center": "西"} | options), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(kind: str, path: Path, **options) -> str:
    """All that is told on standard error when the file is refused with 2. Nothing may have been written."""
    before, err = counts(), io.StringIO()
    try:
        call_command(
            "soudan_import", kind, str(path), **({"center": "西"} | options), stdout=io.StringIO(), stderr=err
        )
    except CommandError as problem:
        assert problem.returncode == 2
        assert counts() == before
        return err.getvalue() + str(problem)
    raise AssertionError("taken")


def undo(number: str, **options) -> str:
    out = io.StringIO()
    call_command("soudan_import_undo", number, **options, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    """Rows of everything that an import may touch."""
    names = [name for name in models.__all__ if name != "LogTiming"]
    found = {name: getattr(models, name).unscoped.count() for name in names}
    return found | {"NumberSequence": NumberSequence.objects.count()}


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
