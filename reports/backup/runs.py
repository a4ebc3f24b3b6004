"""A backup as part of running the system: made, noted down, and told of when it did not work out."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from centers.contracts import setting
from centers.models import BackupRun
from reports.backup import folder
from reports.backup.keys import read_recipients
from reports.backup.making import AlreadyRunning, Backup, back_up
from reports.backup.problems import Failed, Refused
from reports.checks.registry import BACKUP
from reports.checks.store import store_run

UNEXPECTED = "予期しない理由で終わりました。裏方の処理の記録(worker.log)を見てください。"


def run_backup(directory: Path, recipients: Iterable[str], *, on: date) -> Backup:
    """Make a backup and note how it went; the alarm opens or closes at once. Raises what back_up raises."""
    started_at = timezone.now()
    try:
        made = back_up(directory, read_recipients(recipients))
    except AlreadyRunning:
        raise
    except (Refused, Failed) as problem:
        _note(started_at, on, problem=str(problem))
        raise
    except Exception:
        _note(started_at, on, problem=UNEXPECTED)
        raise
    _note(started_at, on, name=made.path.name, size=made.manifest.size)
    return made


def prune(directory: Path, *, on: date) -> list[str]:
    """Remove what the settings of the day no longer keep; to be called after a backup was verified."""
    days, months = setting("backup_keep_days", on), setting("backup_keep_months", on)
    return folder.prune(directory, days=days, months=months)


def _note(started_at: datetime, on: date, **how: str | int) -> None:
    longest = BackupRun._meta.get_field("problem").max_length
    if "problem" in how:
        how["problem"] = str(how["problem"]).splitlines()[0][:longest]
    BackupRun.objects.create(started_at=started_at, **how)
    store_run(BACKUP, on=on)
