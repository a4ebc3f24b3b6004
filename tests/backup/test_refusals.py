"""A backup that cannot be used, or a place that is not empty, is refused before anything is touched."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pyrage.x25519 import Identity

from reports.backup import restoring
from reports.backup.contents import is_empty
from reports.backup.keys import new_identity, read_identities, read_recipients
from reports.backup.manifest import MEMBERS
from reports.backup.problems import Refused
from reports.backup.restoring import restore_backup
from tests.backup.conftest import copy_of

pytestmark = [pytest.mark.django_db(databases="__all__")]


@pytest.fixture
def spoilt(backup, tmp_path):
    return copy_of(backup, tmp_path / "spoilt")


@pytest.fixture
def refused(identity, target, settings):
    """refused(folder) → the reason; database and data folder are as empty as before."""

    def _refused(folder, identities=None) -> str:
        with pytest.raises(Refused) as reason:
            restore_backup(folder, identities or [identity], using=target)
        with connections[target].cursor() as cursor:
            assert is_empty(cursor)
        assert not settings.FILES_DIR.exists()
        return str(reason.value)

    return _refused


@pytest.mark.parametrize("name", MEMBERS)
def test_one_flipped_bit_in_a_member_is_named(name, spoilt, refused):
    data = bytearray((spoilt / name).read_bytes())
    data[len(data) // 2] ^= 1
    (spoilt / name).write_bytes(data)
    assert name in refused(spoilt)


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_cut_off_or_gone_is_named(name, spoilt, refused):
    data = (spoilt / name).read_bytes()
    (spoilt / name).write_bytes(data[:-1])
    assert name in refused(spoilt)
    (spoilt / name).unlink()
    assert name in refused(spoilt)


def test_another_key_is_told_apart_from_a_spoilt_file(spoilt, refused):
    assert "この鍵では" in refused(spoilt, [Identity.generate()])


def test_a_member_of_another_backup_does_not_pass(spoilt, refused):
    shutil.copy(spoilt / MEMBERS[1], spoilt / MEMBERS[2])
    assert MEMBERS[2] in refused(spoilt)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"format": 1}', '{"format": "1"}', "\x00"])
def test_a_manifest_that_cannot_be_read(text, spoilt, refused):
    (spoilt / "manifest.json").write_text(text)
    assert "壊れています" in refused(spoilt)


def edited(spoilt, **fields):
    file = spoilt / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | fields))
    return spoilt


def test_a_newer_form_a_newer_program_and_an_older_server(spoilt, refused):
    assert "新しい版の形(2)" in refused(edited(spoilt, format=2))
    assert "cases.9999_later を知りません" in refused(
        edited(spoilt, format=1, migrations={"cases": ["9999_later"]})
    )
    assert "PostgreSQL" in refused(edited(spoilt, migrations={}, postgres=99))


def test_rights_in_a_manifest_are_no_way_to_run_a_statement(spoilt, refused):
    rights = {"cases_client": ["SELECT ON cases_client TO public; DROP TABLE cases_client; --"]}
    assert "壊れています" in refused(edited(spoilt, rights=rights))


def test_a_database_that_holds_anything(backup, identity, target):
    with connections[target].cursor() as cursor:
        cursor.execute("CREATE VIEW anything AS SELECT 1 AS one")
    with pytest.raises(Refused, match="空のデータベースにだけ"):
        restore_backup(backup.path, [identity], using=target)


def test_a_folder_that_holds_files(backup, identity, target, settings):
    settings.FILES_DIR.mkdir(parents=True)
    (settings.FILES_DIR / "a").touch()
    with pytest.raises(Refused, match="空のフォルダーにだけ"):
        restore_backup(backup.path, [identity], using=target)


def test_another_secret_key_is_handed_over_before_anything_is_restored(backup, refused, settings):
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    settings.DATA_DIR.mkdir()
    assert "SECRET_KEY" in refused(backup.path)
    file = settings.DATA_DIR / "restored.env"
    assert file.read_text() == f"SECRET_KEY={before}\n"
    assert file.stat().st_mode & 0o077 == 0


def test_the_secret_key_of_an_embedded_installation_is_changed(backup, identity, target, settings):
    before = settings.SECRET_KEY
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "postgres").mkdir()
    settings.SECRET_KEY = "of the new machine"
    passwords = dict.fromkeys(("admin", "owner", "app", "broker"), "kept")
    secrets = {f"{name}_password": value for name, value in passwords.items()}
    (settings.DATA_DIR / "secrets.json").write_text(json.dumps(secrets | {"secret_key": settings.SECRET_KEY}))
    restore_backup(backup.path, [identity], using=target)
    secrets = json.loads((settings.DATA_DIR / "secrets.json").read_text())
    assert (secrets["secret_key"], secrets["owner_password"]) == (before, "kept")
    assert (settings.DATA_DIR / "mode").read_text() == "real"


def test_contents_that_differ_from_the_manifest_are_told(spoilt, identity, target):
    fields = json.loads((spoilt / "manifest.json").read_text())
    fields["contents"]["tables"]["cases_client"][0] += 1
    edited(spoilt, contents=fields["contents"])
    with pytest.raises(restoring.Failed, match="cases_client"):
        restore_backup(spoilt, [identity], using=target)


def test_a_restore_that_breaks_off_leaves_nothing(spoilt, identity, target, settings, monkeypatch):
    """The archive is cut off on its way: one transaction, so no table stays; nor do files."""

    def half(path, sink, identities, whole=restoring.unseal):
        whole(path, sink, identities)
        if path.name == MEMBERS[0]:
            raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "unseal", half)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(spoilt, [identity], using=target)
    with connections[target].cursor() as cursor:
        assert is_empty(cursor)
    assert list(settings.DATA_DIR.iterdir()) == []


# ---- keys ----


def test_a_new_key_is_written_once_and_for_its_owner_alone(tmp_path):
    file = tmp_path / "key.txt"
    recipient = new_identity(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [str(one.to_public()) for one in read_identities(file)] == [recipient]
    before = file.read_text()
    with pytest.raises(Refused, match="もうあります"):
        new_identity(file)
    with pytest.raises(Refused, match="書けません"):
        new_identity(tmp_path / "no" / "key.txt")
    assert file.read_text() == before


@pytest.mark.parametrize("text", ["", "# only words\n", "AGE-SECRET-KEY-1XYZ\n", "鍵\n"])
def test_a_file_without_a_key(text, tmp_path):
    (tmp_path / "key.txt").write_text(text)
    with pytest.raises(Refused, match="秘密鍵がありません"):
        read_identities(tmp_path / "key.txt")
    with pytest.raises(Refused, match="読めません"):
        read_identities(tmp_path / "none.txt")


def test_a_secret_key_among_the_public_ones_is_not_repeated():
    secret = str(Identity.generate())
    with pytest.raises(Refused, match="公開鍵だけ") as reason:
        read_recipients([secret])
    assert secret not in str(reason.value)


@pytest.mark.parametrize("texts", [[], ["age1zzz"], ["ssh-rsa AAAA"]])
def test_recipients_that_are_none(texts):
    with pytest.raises(Refused, match="公開鍵"):
        read_recipients(texts)


# ---- the command ----


@pytest.mark.parametrize("arguments", [[], ["--identity", "/no/key.txt"]])
def test_the_command_refuses_with_exit_code_2(arguments, backup):
    with pytest.raises(CommandError) as reason:
        call_command("soudan_restore", str(backup.path), *arguments)
    assert reason.value.returncode == 2


def test_the_command_refuses_a_folder_without_a_backup_and_a_full_database(
    backup, identity, tmp_path, capsys
):
    (tmp_path / "key.txt").write_text(str(identity))
    for folder, words in ((tmp_path, "バックアップがありません"), (backup.path.parent, "もう表があります")):
        with pytest.raises(CommandError, match=words) as reason:
            call_command("soudan_restore", str(folder), "--identity", str(tmp_path / "key.txt"))
        assert reason.value.returncode == 2
