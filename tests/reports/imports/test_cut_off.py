"""An import that is killed in the middle leaves nothing; two at once do not both write."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from tests.databases import database_url
from tests.reports.imports.builders import counts, csv_bytes, rows, written

ROOT = Path(__file__).resolve().parents[3]
_WAITING = """
    SELECT count(*) FROM pg_locks WHERE relation = 'cases_importedrow'::regclass AND NOT granted
"""
_BLOCKED = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid != pg_backend_pid() AND state != 'idle'
"""


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_writes_nothing(west, tmp_path):
    path = written(
        tmp_path, "f.csv", csv_bytes(rows("consultations", *({"記録": str(n)} for n in range(50))))
    )
    before = counts()
    with transaction.atomic(), connection.cursor() as cursor:
        # The records go in, the rows that tell where they came from have to wait.
        cursor.execute("LOCK TABLE cases_importedrow IN SHARE MODE")
        process = _start(path)
        try:
            _wait_until(_WAITING, 1, process)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    _wait_until(_OTHERS, 0)
    assert process.returncode == -signal.SIGKILL
    assert counts() == before


def _start(path: Path) -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "SOUDAN_TODAY": "2026-11-20",
        "SOUDAN_DEMO": "1",
    }
    command = [sys.executable, "manage.py", "soudan_import", "consultations", str(path), "--center", "西"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until(sql: str, number: int, process: subprocess.Popen | None = None) -> None:
    end = monotonic() + 60
    while monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # kept through a transaction otherwise
            cursor.execute(sql)
            if cursor.fetchone()[0] == number:
                return
        assert process is None or process.poll() is None, "ended before it was killed"
        sleep(0.05)
    raise AssertionError(f"never {number}: {sql}")


@pytest.mark.django_db(transaction=True)
def test_two_runs_of_one_file_at_once_take_it_in_once(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations", {}, {})))
    before = counts()["Consultation"]
    processes = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE cases_importedrow IN SHARE MODE")
            processes = [_start(path), _start(path)]
            _wait_until(_BLOCKED, 2)
        codes = sorted(process.wait(60) for process in processes)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert codes == [0, 2]
    assert counts()["Consultation"] == before + 2
