"""The folder of backups: which there are, which go. A backup has its name only once it is whole."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from reports.backup.manifest import FILE
from reports.backup.problems import Refused
from reports.backup.rules import kept

_FORM = "%Y%m%dT%H%M%SZ"
PARTIAL = ".partial-"


def name_of(moment: datetime) -> str:
    """20261124T170000Z"""
    return moment.astimezone(UTC).strftime(_FORM)


def moment_of(backup: Path) -> datetime | None:
    """When the backup was made by its name; None for a folder of another kind."""
    try:
        return datetime.strptime(backup.name, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def backups(directory: Path) -> list[Path]:
    """Whole backups, the oldest first."""
    return sorted(path for path in directory.glob("*Z") if moment_of(path) and (path / FILE).is_file())


def chosen(directory: Path) -> Path:
    """The folder itself when it is a backup, else the newest one in it. Raises Refused."""
    if (directory / FILE).is_file():
        return directory
    found = backups(directory)
    if not found:
        raise Refused(
            f"{directory} にバックアップがありません。20261124T170000Z のような名前のフォルダーか、それが入っている"
            "フォルダーを指定してください。"
        )
    return found[-1]


def begin(directory: Path, name: str) -> Path:
    """A working folder for one backup; what earlier ones left unfinished is removed. Raises OSError."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in directory.glob(f"{PARTIAL}*"):
        if left.is_symlink() or not left.is_dir():
            left.unlink()
        else:
            shutil.rmtree(left)
    partial = directory / f"{PARTIAL}{name}"
    partial.mkdir(mode=0o700)
    return partial


def finish(partial: Path) -> Path:
    """Give the backup its name, and let the disk know. Raises OSError where the name is taken."""
    whole = partial.with_name(partial.name.removeprefix(PARTIAL))
    sync(partial)
    partial.rename(whole)
    sync(whole.parent)
    return whole


def sync(directory: Path) -> None:
    """Bring the names in the folder to the disk: a file's own fsync does not."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def prune(directory: Path, *, days: int, months: int) -> list[str]:
    """Remove the backups that no longer need to be kept; returns their names. The newest always stays.

    A link to a backup elsewhere is none of this folder.
    """
    own = [path for path in backups(directory) if not path.is_symlink()]
    there = {moment: path for path in own if (moment := moment_of(path))}
    keep = kept(there, days=max(days, 1), months=months)
    gone = [path for moment, path in there.items() if moment not in keep]
    for path in gone:
        (path / FILE).unlink()  # first of all: from here on it is no backup any more
        shutil.rmtree(path)
    return [path.name for path in gone]
