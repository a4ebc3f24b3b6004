"""Real databases beside the test database: one that is backed up, and empty ones to restore into."""

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg2
import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, connections, router
from pyrage.x25519 import Identity

from centers import filestore
from centers.models import AccessLog
from reports.backup import making, restoring
from reports.backup.making import Backup, back_up
from reports.backup.restoring import Restored, restore_backup
from tests.factories import AttachmentFactory, ClientFactory, ConsultationFactory, user_with

# Stands in for the application's role: it exists on every server, and nobody logs in as it.
ROLE = "pg_monitor"
SECRET = "JBSWY3DPEHPK3PXP"
SCAN = b"%PDF-1.7 " + bytes(range(256)) * 500


class OneDatabase:
    def __init__(self, alias: str) -> None:
        self.alias = alias

    def db_for_read(self, model, **hints):
        return self.alias

    db_for_write = db_for_read


@contextlib.contextmanager
def all_work_on(alias: str) -> Iterator[None]:
    """Factories, views and log-in work on another database."""
    before, router.routers = router.routers, [OneDatabase(alias)]
    try:
        yield
    finally:
        router.routers = before


@contextlib.contextmanager
def new_database(alias: str) -> Iterator[str]:
    """An empty database, reached under an alias; dropped at the end."""
    name = f"{connection.settings_dict['NAME']}_{alias}"
    link = psycopg2.connect(**login("postgres"))
    link.autocommit = True
    try:
        with link.cursor() as run:
            run.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            run.execute(f'CREATE DATABASE "{name}"')
            connections.databases[alias] = connection.settings_dict | {"NAME": name, "ATOMIC_REQUESTS": False}
            one = connections[alias]
            one.ensure_connection = partial(_connect, one)
            try:
                yield alias
            finally:
                one.close()
                del connections[alias], connections.databases[alias]
                run.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        link.close()


def _connect(one) -> None:
    """Without Django's question whether the test named the database, which did not exist when it began."""
    if one.connection is None:
        one.connect()


def login(database: str) -> dict:
    chosen = connection.settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    return {key: chosen[name] for name, key in names.items() if chosen[name]} | {"dbname": database}


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.generate()


@pytest.fixture(scope="module")
def patches(tmp_path_factory) -> Iterator[pytest.MonkeyPatch]:
    """The installation under test: a data folder of its own, and a role that is there on every server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "APP", ROLE)
        patch.setattr(restoring, "APP", ROLE)
        patch.setattr(django_settings, "SOUDAN_DEMO", False)
        patch.setattr(django_settings, "DATA_DIR", tmp_path_factory.mktemp("data"))
        patch.setattr(django_settings, "FILES_DIR", django_settings.DATA_DIR / "files")
        yield patch


@pytest.fixture(scope="module")
def source(patches, identity, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """An installation with a person, records, their history, reads, a second step and a file.

    It begins as a restored backup of the (otherwise empty) test database.
    """
    with django_db_blocker.unblock(), new_database("source") as alias:
        plain = back_up(tmp_path_factory.mktemp("plain"), [identity.to_public()])
        restore_backup(plain.path, [identity], using=alias)
        with connections[alias].cursor() as cursor:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
            cursor.execute(f"REVOKE UPDATE, DELETE ON centers_accesslog, cases_clientevent FROM {ROLE}")
        with all_work_on(alias):
            user = user_with("soudan")
            user.username = "nishi.backup"
            user.save()
            totp.TOTP.activate(user, SECRET)
            client = ClientFactory(family_name="葛󠄀城", town="大江")
            client.town = "出水"
            client.save()
            ConsultationFactory.create_batch(3, client=client)
            AttachmentFactory(client=client, name="葛󠄀城の診断書.pdf", size=len(SCAN), key=filestore.put(SCAN))
            AccessLog.objects.create(user=user, verb="read", roles="soudan", client_id=client.pk, page="x")
        (django_settings.FILES_DIR / "a").mkdir(parents=True)
        (django_settings.FILES_DIR / "a" / "同意書.txt").write_text("本文")
        yield alias


@pytest.fixture(scope="module")
def backup(source, identity, django_db_blocker, tmp_path_factory) -> Backup:
    with django_db_blocker.unblock():
        return back_up(tmp_path_factory.mktemp("backups"), [identity.to_public()], using=source)


@pytest.fixture(scope="module")
def restored(backup, identity, django_db_blocker, tmp_path_factory) -> Iterator[tuple[str, Restored, Path]]:
    """The backup restored on another machine: its database, what was said of it, and its data folder."""
    data = tmp_path_factory.mktemp("restored")
    with django_db_blocker.unblock(), new_database("restored") as alias:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(django_settings, "FILES_DIR", data / "files")
            said = restore_backup(backup.path, [identity], using=alias)
        yield alias, said, data


@pytest.fixture(scope="module")
def older(source, identity, backup, django_db_blocker, tmp_path_factory) -> Backup:
    """A backup by a program that did not know the latest tables yet."""
    with django_db_blocker.unblock(), new_database("older") as alias, pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "FILES_DIR", tmp_path_factory.mktemp("data") / "files")
        restore_backup(backup.path, [identity], using=alias)
        with connections[alias].cursor() as cursor:  # nor the code lists with the longer names
            cursor.execute("DELETE FROM centers_codeentry WHERE length(list) > 12")
            cursor.execute("DELETE FROM centers_codeentryevent WHERE length(list) > 12")
        call_command("migrate", "centers", "0004_accounts", database=alias, verbosity=0)
        return back_up(tmp_path_factory.mktemp("older"), [identity.to_public()], using=alias)


@pytest.fixture
def target(db, source, settings, tmp_path) -> Iterator[str]:
    """An empty database and data folder on a new machine."""
    settings.DATA_DIR = tmp_path / "new"
    settings.FILES_DIR = settings.DATA_DIR / "files"
    with new_database("target") as alias:
        yield alias


def copy_of(backup: Backup, to: Path) -> Path:
    """A copy that a test may spoil."""
    to.mkdir()
    for file in backup.path.iterdir():
        (to / file.name).write_bytes(file.read_bytes())
    return to
