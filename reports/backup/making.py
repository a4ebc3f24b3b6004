"""Making one backup: one snapshot of the database, the files, and the secrets that a restored system needs."""

import contextlib
import io
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pyrage.x25519 import Recipient

from centers.wording import megabytes
from kumamoto_soudan.launcher import installation
from kumamoto_soudan.launcher.database import APP
from reports.backup import folder
from reports.backup.contents import (
    VOLATILE,
    Contents,
    read_rights,
    read_sequences,
    read_tables,
    server_version,
)
from reports.backup.manifest import DATABASE, FILE, FILES, SECRETS, Manifest, read_manifest
from reports.backup.postgres import dump, pack
from reports.backup.problems import Failed, Refused
from reports.backup.sealing import seal

_LOCK = "soudan_backup"
_SPARE = 1.2  # a new backup is a little larger than the last one
# A long dump must not be cut off by the limits that hold for a page.
_PATIENT = "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;"


class AlreadyRunning(Refused):
    """Another backup of the same database is being made."""


@dataclass(frozen=True)
class Backup:
    path: Path
    manifest: Manifest


def back_up(directory: Path, recipients: Sequence[Recipient], *, using: str = DEFAULT_DB_ALIAS) -> Backup:
    """Write a whole, verified backup below the directory. Raises Refused or Failed; then nothing is left of it."""
    with _snapshot(using) as (cursor, snapshot):
        made_at = timezone.now()
        _check_space(directory, cursor)
        with _working_folder(directory, folder.name_of(made_at)) as partial:
            sequences = read_sequences(
                cursor
            )  # before the dump, which then holds the same value or a later one
            with dump(using, snapshot, without_data=VOLATILE) as stream:
                database = seal(stream, partial / DATABASE, recipients)
            with pack(settings.FILES_DIR) as stream:
                files = seal(stream, partial / FILES, recipients)
            secrets = seal(io.BytesIO(_secrets()), partial / SECRETS, recipients)
            manifest = Manifest(
                made_at=made_at,
                postgres=server_version(cursor),
                demo=settings.SOUDAN_DEMO or installation.is_demo(settings.DATA_DIR),
                migrations=_migrations(using),
                contents=Contents(read_tables(cursor), sequences),
                rights=read_rights(cursor, APP),
                members={DATABASE: database, FILES: files, SECRETS: secrets},
            )
            _write(partial / FILE, manifest.text())
            read_manifest(partial).verify(partial)
            return Backup(folder.finish(partial), manifest)


@contextlib.contextmanager
def _snapshot(using: str) -> Iterator:
    """A connection of its own: it holds the lock on backups, and the snapshot that all parts are taken from."""
    own = connections[using].copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(_PATIENT)
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [_LOCK])
            if not cursor.fetchone()[0]:
                raise AlreadyRunning(
                    "バックアップはいま行われています。終わってから、もう一度実行してください。"
                )
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor, cursor.fetchone()[0]
    finally:
        own.close()


def _check_space(directory: Path, cursor) -> None:
    """Enough for another one like the last, else (the first) for the database as it lies on the disk."""
    earlier = folder.backups(directory)
    if earlier:
        needed = int(sum(path.stat().st_size for path in earlier[-1].iterdir()) * _SPARE)
    else:
        cursor.execute("SELECT pg_database_size(current_database())")
        needed = cursor.fetchone()[0] + sum(
            path.stat().st_size for path in settings.FILES_DIR.rglob("*") if path.is_file()
        )
    place = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < needed:
        raise Failed(
            f"{directory} の空きが足りません(要るのは約{megabytes(needed)}、空きは{megabytes(free)})。"
            "空きを作るか、別のディスクを指定してください。前のバックアップはそのまま残っています。"
        )


@contextlib.contextmanager
def _working_folder(directory: Path, name: str) -> Iterator[Path]:
    try:
        partial = folder.begin(directory, name)
        try:
            yield partial
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise Failed(
            f"{directory} に書けませんでした({error.strerror})。フォルダーの持ち主とディスクの空きを確かめてください。"
        ) from error


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        path.chmod(0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _migrations(using: str) -> dict[str, list[str]]:
    applied: dict[str, list[str]] = defaultdict(list)
    for app, name in sorted(MigrationRecorder(connections[using]).applied_migrations()):
        applied[app].append(name)
    return dict(applied)


def _secrets() -> bytes:
    """The second factors are encrypted with SECRET_KEY: without it nobody could log in to a restored system."""
    return json.dumps({"SECRET_KEY": settings.SECRET_KEY}).encode()
