"""Where the servers' data go, and the secrets beside them."""

import os
import stat
import sys

import pytest

from kumamoto_soudan.launcher import home
from kumamoto_soudan.launcher.account import Account, server_account
from kumamoto_soudan.launcher.binaries import Programs, copy_for, installed
from kumamoto_soudan.launcher.credentials import load_or_create
from kumamoto_soudan.launcher.home import find_home
from kumamoto_soudan.launcher.paths import prepare_data_dir
from kumamoto_soudan.launcher.words import Failure


class Visitor(Account):
    """An account that may enter only what lies under the folders named."""

    allowed: tuple[str, ...] = ()

    def may(self, *, read=(), execute=()):
        return all(str(path).startswith(self.allowed) for path in (*read, *execute))

    def own(self, *paths):
        pass


@pytest.fixture
def visitor(monkeypatch):
    account = Visitor("visitor", os.getuid(), os.getgid())
    monkeypatch.setattr(home, "server_account", lambda cluster, project: account)
    monkeypatch.setattr(Visitor, "allowed", (sys.prefix,))
    return account


def test_an_account_that_can_enter_works_inside_the_data_folder(data, visitor, monkeypatch):
    monkeypatch.setattr(Visitor, "allowed", (str(data), str(installed().site)))
    found = find_home(prepare_data_dir(data))
    assert (found.path, found.programs) == (data, installed())
    assert not (data / "server_home").exists()


def test_data_and_programs_go_where_the_account_can(data, folder, visitor, monkeypatch):
    base = folder / "lib"
    monkeypatch.setattr(Visitor, "allowed", (str(base),))
    found = find_home(prepare_data_dir(data), bases=[base])
    assert found.path.parent == base
    assert found.programs.site.is_relative_to(found.path)
    assert not found.programs.missing()
    assert find_home(data, bases=[base]) == found


def test_the_next_base_is_taken_when_one_is_closed(data, folder, visitor, monkeypatch):
    monkeypatch.setattr(Visitor, "allowed", (str(folder / "open"),))
    found = find_home(prepare_data_dir(data), bases=[folder / "closed", folder / "open"])
    assert found.path.parent == folder / "open"
    assert list((folder / "closed").iterdir()) == []


def test_demo_data_of_a_deleted_folder_are_removed_and_real_data_never(folder, data):
    prepare_data_dir(data)
    for name, mode, owner in (
        ("gone-demo", "demo", folder / "gone"),
        ("gone-real", "real", folder / "gone"),
        ("kept-demo", "demo", data),
    ):
        place = folder / "lib" / f"{home.PREFIX}{name}"
        place.mkdir(parents=True)
        (place / home.MODE_FILE).write_text(mode)
        (place / home.DATA_FOLDER_FILE).write_text(f"{owner}\n")
    (folder / "lib" / f"{home.PREFIX}nobody-knows").mkdir()
    home.remove_orphans(folder / "lib")
    left = sorted(path.name.removeprefix(home.PREFIX) for path in (folder / "lib").iterdir())
    assert left == ["gone-real", "kept-demo", "nobody-knows"]


def test_no_place_at_all_is_said(data, folder, visitor):
    with pytest.raises(Failure, match="置き場所がありません") as failure:
        find_home(prepare_data_dir(data), bases=[folder / "closed"])
    assert "SOUDAN_DATA_DIR" in failure.value.remedy


def test_a_place_that_is_gone_is_not_silently_made_anew(data, folder):
    prepare_data_dir(data)
    (data / "server_home").write_text(str(folder / "unmounted"))
    with pytest.raises(Failure, match="見つかりません"):
        find_home(data)
    (data / "server_home").unlink()


@pytest.mark.parametrize("text", ["", "\n", "relative/folder"])
def test_a_damaged_note_of_the_place_is_never_taken_for_the_working_folder(data, text):
    prepare_data_dir(data)
    (data / "server_home").write_text(text)
    with pytest.raises(Failure, match="壊れています"):
        find_home(data)
    (data / "server_home").unlink()


def test_the_copied_programs_are_readable_and_runnable_by_all(folder):
    programs = copy_for(installed(), folder)
    assert stat.S_IMODE(programs.tool("postgres").stat().st_mode) == 0o755
    assert stat.S_IMODE((programs.postgres / "share" / "postgres.bki").stat().st_mode) == 0o644
    assert copy_for(installed(), folder) == programs


def test_programs_that_are_not_there_are_missing(folder):
    assert Programs(folder).missing()


def test_root_never_runs_the_servers_itself(folder):
    account = server_account(folder / "none", folder)
    assert (account is None) == (os.geteuid() != 0)
    assert account is None or account.uid != 0


def test_secrets_are_made_once_and_only_their_owner_reads_them(data):
    made = load_or_create(prepare_data_dir(data))
    assert load_or_create(data) == made
    assert stat.S_IMODE((data / "secrets.json").stat().st_mode) == 0o600
    assert len(made.secret_key) >= 50
    assert len(set(vars(made).values())) == 5


def test_a_database_without_its_secrets_is_not_given_new_ones(data):
    prepare_data_dir(data)
    (data / "postgres").mkdir()
    with pytest.raises(Failure, match=r"secrets\.json がありません"):
        load_or_create(data)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"secret_key": "x"}'])
def test_a_damaged_file_of_secrets_is_named(data, text):
    prepare_data_dir(data)
    (data / "secrets.json").write_text(text)
    with pytest.raises(Failure, match=r"secrets\.json を読めません"):
        load_or_create(data)
