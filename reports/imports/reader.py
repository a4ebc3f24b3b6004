"""Reading a file through the limited process. The parent trusts nothing that the child says about sizes."""

import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from threading import Timer
from typing import Any

from django.conf import settings

from reports.imports.wire import Cell, FileRefused, Limits, unpacked

_NO_ANSWER = (
    "読むのに時間かメモリーがかかりすぎるか、こわれたファイルです。表のシートだけにして保存し直してください。"
)
# JSON writes a character outside the BMP as 12.
_BYTES_PER_CHARACTER = 12


@dataclass(frozen=True)
class Table:
    """The rows that are not empty, the header first; lines count as a spreadsheet counts them."""

    rows: list[tuple[int, list[Cell]]]
    file_hash: str
    encoding: str
    sheet: str
    sheets: int
    hidden: int
    peak_kb: int


def read_table(path: Path, limits: Limits) -> Table:
    """Read a CSV file or the first sheet of an .xlsx. Raises FileRefused."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            _check_file(file, limits)
            table = read_open(file, limits)
    except OSError as problem:
        raise FileRefused(f"{path.name} を開けません({problem.strerror})。") from None
    _check_name(path, table)
    return table


def read_open(file: BufferedReader, limits: Limits) -> Table:
    """As read_table, of an open regular file, read from its start."""
    file.seek(0)
    file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    with _child(file, limits) as answers:
        about = next(answers)
        rows: list[tuple[int, list[Cell]]] = []
        for answer in answers:
            if isinstance(answer, dict):
                if answer["rows"] != len(rows):
                    break
                return Table(
                    rows=rows,
                    file_hash=file_hash,
                    encoding=about["encoding"],
                    sheet=about["sheet"],
                    sheets=about["sheets"],
                    hidden=answer["hidden"],
                    peak_kb=answer["peak_kb"],
                )
            number, cells = answer
            rows.append((number, [unpacked(cell) for cell in cells]))
    raise FileRefused(_NO_ANSWER)


def _without_waiting(path: str, flags: int) -> int:
    """A pipe that nobody writes to would keep an ordinary open waiting."""
    return os.open(path, flags | os.O_NONBLOCK)


def _check_file(file: BufferedReader, limits: Limits) -> None:
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused("ふつうのファイルではありません。CSVか.xlsxのファイルを選んでください。")
    if found.st_size == 0:
        raise FileRefused("ファイルが空(0バイト)です。見出しの行と、その下の行が要ります。")
    if found.st_size > limits.file_bytes:
        raise FileRefused(
            f"ファイルが大きすぎます({found.st_size / 1024**2:.1f}MB)。{limits.file_bytes // 1024**2}MBまでにしてください。"
            "年度や月で分けて取り込めます。"
        )


def _check_name(path: Path, table: Table) -> None:
    is_excel = table.encoding == "xlsx"
    if is_excel == (path.suffix.lower() == ".xlsx") or path.suffix.lower() not in {".xlsx", ".csv"}:
        return
    inside, name = ("Excel", ".xlsx") if is_excel else ("CSV", ".csv")
    raise FileRefused(
        f"名前は{path.suffix}ですが、中身は{inside}です。ファイルの名前を{name}にしてから取り込んでください。"
    )


@contextmanager
def _child(file: BufferedReader, limits: Limits) -> Iterator[Iterator[Any]]:
    """The answers of a reading process, which is gone at the end whatever it does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reports.imports.child", json.dumps(limits.as_json())],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    timer = Timer(limits.wall_seconds, _kill, [process])
    timer.start()
    try:
        assert process.stdout  # noqa: S101  (it was asked for)
        yield _answers(process.stdout, limits)
    finally:
        timer.cancel()
        _kill(process)
        process.wait()
        if process.stdout:
            process.stdout.close()


def _answers(pipe: Any, limits: Limits) -> Iterator[Any]:
    left = limits.unpacked_bytes * _BYTES_PER_CHARACTER
    while left > 0:
        line = pipe.readline(left)
        left -= len(line)
        if not line.endswith(b"\n"):
            break
        answer = json.loads(line)
        if isinstance(answer, dict) and "refused" in answer:
            raise FileRefused(answer["refused"], answer["peak_kb"])
        yield answer
    raise FileRefused(_NO_ANSWER)


def _kill(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
