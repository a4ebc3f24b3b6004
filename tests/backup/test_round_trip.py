"""A backup brings everything back: rows, history, reads, rights, files, and the log-in with its second step."""

import json
import subprocess

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from cases.models import Attachment, Client, Consultation
from centers import filestore
from centers.models import AccessLog, NoticeMail, Ward
from kumamoto_soudan.launcher.binaries import installed
from reports.backup.contents import Contents, read_contents, read_rights
from reports.backup.manifest import MEMBERS, read_manifest
from reports.backup.restoring import restore_backup
from tests.backup.conftest import ROLE, SCAN, SECRET, all_work_on
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db(databases="__all__")]


def contents(alias):
    with connections[alias].cursor() as cursor:
        return read_contents(cursor)


def test_every_row_and_sequence_is_back(restored, source):
    target, said, _ = restored
    here, there = contents(source), contents(target)
    assert here.differences(there) == []
    assert said.contents == there
    with all_work_on(target):
        assert Client.unscoped.get().family_name == "葛󠄀城"
        assert Consultation.unscoped.count() == 3
        assert AccessLog.objects.count() == 1
    assert there.tables["cases_clientevent"][0] == 2


def test_a_sequence_may_have_moved_on_but_never_back():
    recorded = Contents({}, {"numbers": 5})
    assert [recorded.differences(Contents({}, {"numbers": value})) for value in (4, 5, 6)] == [
        ["numbers"],
        [],
        [],
    ]
    assert recorded.differences(Contents({}, {})) == ["numbers"]
    assert recorded.differences(Contents({}, {"numbers": 5, "others": 1})) == ["others"]


def test_one_changed_letter_would_be_noticed(restored, source):
    target, _, _ = restored
    with all_work_on(target):
        Ward.objects.filter(pk="nishi").update(name="西区。")
    assert contents(source).differences(contents(target)) == ["centers_ward"]


def test_the_application_may_still_only_add_to_history_and_reads(restored):
    target, said, _ = restored
    assert said.app_role
    with connections[target].cursor() as cursor:
        rights = read_rights(cursor, ROLE)
        with pytest.raises(DatabaseError, match="Cannot"):
            cursor.execute("DELETE FROM centers_accesslog")
    assert rights["centers_accesslog"] == rights["cases_clientevent"] == ["INSERT", "SELECT"]
    assert rights["cases_client"] == ["DELETE", "INSERT", "SELECT", "UPDATE"]


def test_log_in_works_with_password_and_second_step(restored, client, settings, monkeypatch):
    target, _, _ = restored
    settings.SOUDAN_REQUIRE_MFA = True
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    with all_work_on(target):
        answer = client.post("/accounts/login/", {"login": "nishi.backup", "password": PASSWORD})
        assert answer["Location"] == "/accounts/login/code/"
        code = totp.format_hotp_value(totp.hotp_value(SECRET, 7))
        assert client.post(answer["Location"], {"code": code})["Location"] == "/"
        assert client.get("/help/").status_code == 200


def test_nobody_stays_logged_in(source, backup, identity, target, client):
    """Sessions are in no backup, so a restored one has none, however many there were."""
    assert "django_session" not in backup.manifest.contents.tables
    with all_work_on(source):
        Session.objects.create(session_key="old", session_data="", expire_date="2030-01-01T00:00Z")
        restore_backup(backup.path, [identity], using=target)
    with all_work_on(target):
        assert not Session.objects.exists()


def test_an_older_backup_is_brought_forward(older, identity, target):
    assert "centers_noticemail" not in older.manifest.contents.tables
    restore_backup(older.path, [identity], using=target)
    with all_work_on(target):
        assert NoticeMail.objects.count() == 0
        assert Client.unscoped.get().town == "出水"
    assert not MigrationExecutor(connections[target]).migration_plan(
        MigrationExecutor(connections[target]).loader.graph.leaf_nodes()
    )


def test_the_files_are_back(restored):
    _, _, data = restored
    assert (data / "files" / "a" / "同意書.txt").read_text() == "本文"
    assert [path.name for path in data.iterdir()] == ["files"]


def test_an_attachment_is_back_byte_for_byte_and_still_encrypted(restored, settings):
    target, _, data = restored
    settings.FILES_DIR = data / "files"
    with all_work_on(target):
        file = Attachment.unscoped.get()
    assert file.name == "葛󠄀城の診断書.pdf"
    assert filestore.read(file.key) == SCAN
    assert b"%PDF" not in (data / "files" / file.key[:2] / file.key).read_bytes()


def test_the_manifest_and_the_sealed_members_show_no_data(backup):
    assert {path.name for path in backup.path.iterdir()} == {*MEMBERS, "manifest.json"}
    for path in backup.path.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        data = path.read_bytes()
        assert not [word for word in ("葛󠄀城", "出水", "nishi.backup", "同意書") if word.encode() in data]
    fields = json.loads((backup.path / "manifest.json").read_text())
    assert fields["contents"]["tables"]["cases_client"][0] == 1
    assert read_manifest(backup.path) == backup.manifest


def test_standard_tools_open_the_archive(backup, identity, tmp_path):
    from pyrage import decrypt_file  # what the `age` program does

    decrypt_file(str(backup.path / MEMBERS[0]), str(tmp_path / "dump"), [identity])
    listing = subprocess.run(
        [installed().tool("pg_restore"), "--list", tmp_path / "dump"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "TABLE DATA public cases_client " in listing.stdout
