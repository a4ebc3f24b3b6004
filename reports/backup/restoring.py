"""The way back: into an empty database alone, and with everything checked before anything is touched."""

import contextlib
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from pyrage.x25519 import Identity

from kumamoto_soudan.launcher import installation
from kumamoto_soudan.launcher.database import APP, EXTENSIONS
from kumamoto_soudan.launcher.paths import write_private
from reports.backup.contents import (
    Contents,
    give_rights,
    is_empty,
    read_contents,
    read_rights,
    server_version,
)
from reports.backup.manifest import DATABASE, FILES, SECRETS, Manifest, read_manifest
from reports.backup.postgres import restore, unpack
from reports.backup.problems import Failed, Refused
from reports.backup.sealing import unseal

OLDEST_SERVER = 17  # pg_restore 18 sets transaction_timeout, which older servers do not know
SECRETS_FILE = "restored.env"


@dataclass(frozen=True)
class Restored:
    """app_role: whether the application's role got its rights (a server that has no such role gives none)."""

    manifest: Manifest
    contents: Contents
    app_role: bool


def restore_backup(
    backup: Path, identities: Sequence[Identity], *, using: str = DEFAULT_DB_ALIAS
) -> Restored:
    """Bring database, files and secret key back. Raises Refused (nothing was changed) or Failed."""
    manifest = read_manifest(backup)
    _check_program(manifest)
    _check_place(manifest, using)
    manifest.verify(backup)
    secrets = _secrets(backup, identities)
    _check_secret_key(secrets)

    with _files(backup, identities):
        contents = _database(backup, identities, manifest, using)
        has_app_role = _rights(manifest, using)
        call_command("migrate", database=using, interactive=False, verbosity=0)
    if secrets["SECRET_KEY"] != settings.SECRET_KEY:
        installation.take_secret_key(settings.DATA_DIR, secrets["SECRET_KEY"])
    installation.begun(settings.DATA_DIR, demo=manifest.demo)
    return Restored(manifest, contents, has_app_role)


def _check_program(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    unknown = [
        f"{app}.{name}"
        for app, names in manifest.migrations.items()
        for name in names
        if (app, name) not in known
    ]
    if unknown:
        raise Refused(
            f"このバックアップは、このプログラムより新しい版で作られています({unknown[0]} を知りません)。"
            "バックアップを作った版か、それより新しい版で復元してください。"
        )


def _check_place(manifest: Manifest, using: str) -> None:
    with connections[using].cursor() as cursor:
        server, empty = server_version(cursor), is_empty(cursor)
    needed = max(manifest.postgres, OLDEST_SERVER)
    if server < needed:
        raise Refused(
            f"このデータベースは PostgreSQL {server} です。復元には PostgreSQL {needed} 以上を用意してください。"
        )
    if not empty:
        raise Refused(
            "このデータベースにはもう表があります。復元は空のデータベースにだけできます。何も変えていません。"
            "新しいデータフォルダー(SOUDAN_DATA_DIR)か、新しく作った空のデータベースを指定してください。"
        )
    if settings.FILES_DIR.is_dir() and any(settings.FILES_DIR.iterdir()):
        raise Refused(
            f"{settings.FILES_DIR} にもうファイルがあります。復元は空のフォルダーにだけできます。何も変えていません。"
        )


def _secrets(backup: Path, identities: Sequence[Identity]) -> dict:
    plain = io.BytesIO()
    unseal(backup / SECRETS, plain, identities)
    return json.loads(plain.getvalue())


def _check_secret_key(secrets: dict) -> None:
    """The key of the lost installation must be this one's, or ours to change; else it is handed over in a file."""
    if secrets["SECRET_KEY"] == settings.SECRET_KEY or installation.keeps(
        settings.DATA_DIR, settings.SECRET_KEY
    ):
        return
    file = settings.DATA_DIR / SECRETS_FILE
    write_private(file, f"SECRET_KEY={secrets['SECRET_KEY']}\n")
    raise Refused(
        "いまの SECRET_KEY は、バックアップした時のものと違います。このままでは2段階目(確認コード)でログインできなく"
        f"なります。もとの SECRET_KEY を {file} に書きました。その行を環境変数(.env)に移してから、もう一度実行して"
        "ください。移したらこのファイルは消してください。データベースは何も変えていません。"
    )


@contextlib.contextmanager
def _files(backup: Path, identities: Sequence[Identity]) -> Iterator[None]:
    """Unpack beside the place of the files; they move there only when the block has come to its end."""
    target: Path = settings.FILES_DIR
    fresh = target.with_name(target.name + ".restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(mode=0o700, parents=True)
        with unpack(fresh) as stream:
            unseal(backup / FILES, stream, identities)
        yield
        if target.is_dir():
            target.rmdir()
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _database(backup: Path, identities: Sequence[Identity], manifest: Manifest, using: str) -> Contents:
    with connections[using].cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    with restore(using) as stream:
        unseal(backup / DATABASE, stream, identities)
    with connections[using].cursor() as cursor:
        found = read_contents(cursor)
    connections[using].close()  # its session speaks another time zone now
    if different := manifest.contents.differences(found):
        raise Failed(
            f"復元した中身がバックアップの記録と違います({'、'.join(different[:5])})。このデータベースは使わず、作り直して"
            "から、ほかのバックアップを復元してください。"
        )
    return found


def _rights(manifest: Manifest, using: str) -> bool:
    """The application's role may do what it could before, no more: history and access log only grow."""
    with connections[using].cursor() as cursor:
        if not manifest.rights or not read_rights(cursor, APP):
            return False
        give_rights(cursor, APP, manifest.rights)
        if read_rights(cursor, APP) != dict(manifest.rights):
            raise Failed(
                "アプリケーションの役割の権利を、もとどおりにできませんでした。表の持ち主(soudan_owner)の役割で、"
                "空のデータベースにもう一度復元してください。"
            )
    return True
