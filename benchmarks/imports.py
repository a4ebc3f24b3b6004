"""The import of an old ledger, timed from outside like any command."""

import csv
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.management import get_commands

from benchmarks.cpu import cpu_ms
from benchmarks.scene import ZONE, Scene
from benchmarks.server import backends

COMMAND, ROWS = "soudan_import", 20_000
POLL_SECONDS = 0.1
FACTS = "本人から電話。眠れない日が続く。次の受診で話すことを整理した。来週もう一度連絡する。"


@dataclass(frozen=True)
class Import:
    rows: int
    seconds: float
    cpu: float


def measure_import(scene: Scene, folder: Path, rows: int = ROWS) -> Import | None:
    """Import so many records of one center; None where the command is not there. CPU in milliseconds."""
    if COMMAND not in get_commands():
        return None
    file = folder / "consultations.csv"
    _write(scene, file, rows)
    known = cpu_ms(backends())
    seen: dict[int, float] = {}
    own, began = _children_ms(), time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "manage.py", COMMAND, "consultations", str(file), "--center", ZONE],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        while process.poll() is None:
            seen |= cpu_ms(backends())
            time.sleep(POLL_SECONDS)
        complaint = process.stderr.read().decode() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"{COMMAND}: {complaint[-500:]}")
    database = sum(ms - known.get(pid, 0.0) for pid, ms in seen.items())
    return Import(rows, time.perf_counter() - began, _children_ms() - own + database)


def _write(scene: Scene, file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(["相談日", "支援方法", "支援内容", "記録", "利用者番号", "相談者"])
        for number in range(rows):
            day = scene.on - timedelta(days=number % 700)
            client = scene.clients[number % len(scene.clients)].number
            writer.writerow(
                [day.isoformat(), "1234567"[number % 7], "01;04", f"{FACTS}({number})", client, "01"]
            )


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000
