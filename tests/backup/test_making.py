"""What can go wrong while a backup is made, and what is kept afterwards."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from centers.models import BackupRun
from reports.backup import folder, making
from reports.backup.folder import backups, name_of
from reports.backup.making import back_up
from reports.backup.manifest import MEMBERS
from reports.backup.problems import Refused
from reports.backup.rules import kept
from tests.backup.conftest import login
from tests.databases import database_url

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("patches", "on"),
]


@pytest.fixture
def recipient(identity):
    return str(identity.to_public())


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "backups"


def entries(directory):
    return sorted(path.name for path in directory.iterdir())


def command(directory, recipient, *more):
    call_command("soudan_backup", str(directory), "--recipient", recipient, *more)


def exit_code(*arguments):
    with pytest.raises(CommandError) as reason:
        command(*arguments)
    return reason.value.returncode, str(reason.value)


# ---- well ----


def test_the_command_makes_a_backup_and_notes_it(directory, recipient, capsys):
    command(directory, recipient)
    (made,) = backups(directory)
    assert entries(directory) == [made.name]
    run = BackupRun.objects.get()
    assert (run.name, run.problem) == (made.name, "")
    assert run.size == sum((made / member).stat().st_size for member in MEMBERS)
    assert f"バックアップができました: {made}" in capsys.readouterr().out


# ---- ill ----


@pytest.fixture
def no_room():
    """No file may grow beyond so many bytes: what a full disk is to the one who writes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_the_earlier_backups_alone(directory, recipient, request):
    command(directory, recipient)
    (earlier,) = backups(directory)
    before = {path.name: path.read_bytes() for path in earlier.iterdir()}
    request.getfixturevalue("no_room")
    code, words = exit_code(directory, recipient)
    assert code == 1
    assert "database.dump.age を書けませんでした" in words
    assert "ディスクの空き" in words
    assert entries(directory) == [earlier.name]
    assert {path.name: path.read_bytes() for path in earlier.iterdir()} == before
    assert BackupRun.objects.latest("pk").problem.startswith("database.dump.age を書けませんでした")


def test_too_little_room_is_told_before_the_start(directory, recipient, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(1_000_000))
    code, words = exit_code(directory, recipient)
    assert (code, directory.exists()) == (1, False)
    assert "空きは1.0MB" in words


def test_the_room_needed_is_judged_by_the_last_backup(directory, recipient, monkeypatch):
    command(directory, recipient)
    size = BackupRun.objects.get().size
    monkeypatch.setattr(shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(int(size * 1.1)))
    assert exit_code(directory, recipient)[0] == 1


def test_a_place_that_is_no_folder(tmp_path, recipient):
    (tmp_path / "file").touch()
    code, words = exit_code(tmp_path / "file", recipient)
    assert code == 1
    assert "書けませんでした" in words


def test_without_a_public_key_nothing_is_written(directory, settings):
    settings.SOUDAN_BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="公開鍵がありません") as reason:
        call_command("soudan_backup", str(directory))
    assert (reason.value.returncode, directory.exists()) == (2, False)


def test_pg_dump_that_fails_is_told_and_leaves_nothing(directory, recipient, monkeypatch):
    monkeypatch.setattr("reports.backup.postgres._VARIABLES", {"NAME": "PGDATABASE"})
    code, words = exit_code(directory, recipient)
    assert (code, entries(directory)) == (1, [])
    assert words.startswith("pg_dump が終わりませんでした。")


def test_a_member_that_lies_otherwise_on_the_disk_is_found_before_it_counts(directory, identity, monkeypatch):
    def writes_and_spoils(source, path, recipients, whole=making.seal):
        seal = whole(source, path, recipients)
        if path.name == MEMBERS[1]:
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        return seal

    monkeypatch.setattr(making, "seal", writes_and_spoils)
    with pytest.raises(Refused, match=MEMBERS[1]):
        back_up(directory, [identity.to_public()])
    assert entries(directory) == []


@pytest.fixture
def under_way(directory, recipient, tmp_path):
    """A backup by another process that waits in the middle for a table that somebody holds."""
    holder = psycopg2.connect(**login(connection.settings_dict["NAME"]))
    holder.cursor().execute("LOCK TABLE cases_client IN ACCESS EXCLUSIVE MODE")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "soudan_backup", str(directory), "--recipient", recipient],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url(), "SOUDAN_DATA_DIR": str(tmp_path / "var")},
    )
    while not list(directory.glob(f"{folder.PARTIAL}*/{MEMBERS[0]}")):
        assert process.poll() is None
        time.sleep(0.05)
    yield process
    process.kill()
    process.wait()
    holder.close()


def test_a_second_one_at_the_same_time_is_refused(directory, recipient, under_way):
    code, words = exit_code(directory, recipient)
    assert code == 2
    assert "いま行われています" in words
    assert not BackupRun.objects.exists()


def test_one_that_was_killed_is_no_backup_and_is_cleared_away(directory, recipient, request):
    process = request.getfixturevalue("under_way")
    process.kill()
    process.wait()
    (left,) = directory.iterdir()
    assert (left / MEMBERS[0]).exists()
    assert backups(directory) == []
    with pytest.raises(Refused, match="バックアップがありません"):
        folder.chosen(directory)


def test_what_a_killed_one_left_is_removed_by_the_next(directory, recipient):
    left = directory / f"{folder.PARTIAL}20261101T000000Z"
    left.mkdir(parents=True)
    (left / MEMBERS[0]).write_bytes(b"half")
    command(directory, recipient)
    assert entries(directory) == [path.name for path in backups(directory)]


def test_a_link_with_the_name_of_something_unfinished_holds_up_nothing(directory, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").touch()
    directory.mkdir()
    (directory / f"{folder.PARTIAL}link").symlink_to(tmp_path / "elsewhere")
    (directory / f"{folder.PARTIAL}file").touch()
    folder.begin(directory, "20261124T170000Z")
    assert entries(directory) == [f"{folder.PARTIAL}20261124T170000Z"]
    assert (tmp_path / "elsewhere" / "file").exists()


# ---- what is kept ----


def night(day: date) -> datetime:
    """02:00 in Japan."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7)


def test_the_last_days_and_the_last_of_each_month_are_kept():
    nights = [night(date(2026, 11, 24) - timedelta(days=n)) for n in range(500)]
    keep = sorted(kept(nights, days=3, months=4))
    days = [
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 10, 31),
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2026, 11, 24),
    ]
    assert keep == [night(day) for day in days]


def test_a_day_is_a_day_in_japan_and_its_last_backup_counts():
    before_midnight, after, later = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (14, 15, 16))
    assert kept([later, before_midnight, after], days=2, months=0) == {before_midnight, later}


def test_after_a_pause_old_ones_stay():
    old = [night(date(2026, 1, day)) for day in range(1, 6)]
    assert kept([*old, night(date(2026, 11, 24))], days=4, months=1) == {*old[-3:], night(date(2026, 11, 24))}


def test_pruning_removes_only_whole_backups_that_are_not_kept(directory, monkeypatch):
    for day in range(1, 6):
        (directory / name_of(night(date(2026, 11, day)))).mkdir(parents=True)
        (directory / name_of(night(date(2026, 11, day))) / "manifest.json").touch()
    for other in ("memo", "20261101T000000Z.bak", "99999999T999999Z"):
        (directory / other).mkdir()
        (directory / other / "manifest.json").touch()
    gone = folder.prune(directory, days=2, months=0)
    assert gone == ["20261031T170000Z", "20261101T170000Z", "20261102T170000Z"]
    assert entries(directory) == [
        "20261101T000000Z.bak",
        "20261103T170000Z",
        "20261104T170000Z",
        "99999999T999999Z",
        "memo",
    ]
    assert folder.prune(directory, days=0, months=0) == ["20261103T170000Z"]


def test_pruning_leaves_alone_what_a_link_points_to(directory, tmp_path):
    for name in ("20261101T170000Z", "20261102T170000Z"):
        (directory / name).mkdir(parents=True)
        (directory / name / "manifest.json").touch()
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "manifest.json").touch()
    (directory / "20260101T170000Z").symlink_to(copy)
    assert folder.prune(directory, days=1, months=0) == ["20261101T170000Z"]
    assert (copy / "manifest.json").exists()


def test_the_command_prunes_only_when_asked_to(directory, recipient, capsys):
    nights = [night(date(2026, 10, 1) - timedelta(days=n)) for n in range(60)]
    for moment in nights:
        path = directory / name_of(moment)
        path.mkdir(parents=True)
        (path / "manifest.json").touch()
    command(directory, recipient)
    assert len(backups(directory)) == 61
    time.sleep(1)  # names go by the second
    command(directory, recipient, "--prune")
    # 35 days, which hold the last day of each of the months
    assert len(backups(directory)) == 35
    assert capsys.readouterr().out.count("古いバックアップを消しました") == 27
