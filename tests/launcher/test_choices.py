"""What the launcher decides from its arguments, its environment and its folder."""

import socket

import pytest

from kumamoto_soudan.launcher.__main__ import main, port_number, yes_no
from kumamoto_soudan.launcher.credentials import Credentials
from kumamoto_soudan.launcher.paths import ROOT, data_dir, prepare_data_dir
from kumamoto_soudan.launcher.roles import database_role
from kumamoto_soudan.launcher.servers import Endpoints
from kumamoto_soudan.launcher.supervisor import check_port, chosen_mode
from kumamoto_soudan.launcher.words import Failure

CREDENTIALS = Credentials("key", "admin", "owner-word", "app-word", "broker-word")


@pytest.mark.parametrize(
    ("arguments", "role"),
    [
        ("migrate --noinput", "owner"),
        ("soudan_reference", "owner"),
        ("soudan_demo --size small", "owner"),
        ("soudan_import clients a.csv", "app"),
        ("soudan_check", "app"),
        ("runserver", "app"),
        ("migrate --help", None),
        ("collectstatic --noinput", None),
        ("--version", None),
        ("", None),
    ],
)
def test_only_commands_that_change_the_schema_work_as_owner(arguments, role):
    assert database_role(["manage.py", *arguments.split()]) == role


@pytest.mark.parametrize("text", ["", "0", "65536", "abc", "-1", "80.5"])
def test_a_bad_port_is_refused(text):
    with pytest.raises(Failure, match="ポート番号ではありません"):
        port_number(text)


def test_a_bad_port_ends_the_command_with_words_and_exit_1(capsys):
    assert main(["run", "--port", "abc"]) == 1
    assert "PORT の「abc」" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("1", True), ("0", False), ("OFF", False), ("yes", True)]
)
def test_demo_is_yes_no_or_unsaid(text, value):
    assert yes_no(text) is value


def test_another_word_for_demo_is_refused():
    with pytest.raises(Failure, match="DEMO の「maybe」"):
        yes_no("maybe")


def test_a_taken_port_is_named_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Failure, match=f"ポート {port} ") as failure:
            check_port(port)
    assert "make run PORT=" in failure.value.remedy
    check_port(port)


@pytest.mark.parametrize(("wanted", "demo"), [(None, True), (True, True), (False, False)])
def test_a_new_folder_becomes_a_demo_unless_told_otherwise(data, wanted, demo):
    assert chosen_mode(wanted) is demo


def test_a_database_from_outside_is_never_filled_with_demo_data_unasked(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@db/soudan")
    assert chosen_mode(None) is False
    assert chosen_mode(True) is True


@pytest.mark.parametrize(("begun", "wanted"), [("demo", False), ("real", True)])
def test_demo_and_real_data_do_not_mix(data, begun, wanted):
    prepare_data_dir(data)
    (data / "mode").write_text(begun)
    with pytest.raises(Failure, match=f"DEMO={int(wanted)} では起動できません"):
        chosen_mode(wanted)
    assert chosen_mode(None) is (begun == "demo")


def test_a_relative_data_folder_counts_from_the_project(monkeypatch):
    monkeypatch.setenv("SOUDAN_DATA_DIR", "elsewhere")
    assert data_dir() == ROOT / "elsewhere"
    monkeypatch.delenv("SOUDAN_DATA_DIR")
    assert data_dir() == ROOT / "var"


def test_a_data_folder_that_cannot_be_made_is_named(folder):
    (folder / "file").touch()
    with pytest.raises(Failure, match="書き込めません") as failure:
        prepare_data_dir(folder / "file" / "var")
    assert "SOUDAN_DATA_DIR" in failure.value.remedy


@pytest.mark.parametrize(
    ("role", "login"), [("owner", "soudan_owner:owner-word"), ("app", "soudan_app:app-word")]
)
def test_the_environment_names_the_servers(data, role, login):
    endpoints = Endpoints(1, "/tmp/相談 データ/run", 5432, 7000)  # noqa: S108
    variables = endpoints.environment(data, CREDENTIALS, role)
    host = "/tmp/%E7%9B%B8%E8%AB%87%20%E3%83%87%E3%83%BC%E3%82%BF/run"  # noqa: S108
    assert variables == {
        "DATABASE_URL": f"postgres://{login}@/soudan?host={host}&port=5432",
        "REDIS_URL": "redis://:broker-word@127.0.0.1:7000/0",
        "SECRET_KEY": "key",
        "SOUDAN_DATA_DIR": str(data),
    }


def test_a_loopback_server_stands_in_the_url_itself(data):
    variables = Endpoints(1, "127.0.0.1", 6000, 7000).environment(data, CREDENTIALS, "app")
    assert variables["DATABASE_URL"] == "postgres://soudan_app:app-word@127.0.0.1:6000/soudan"


def test_what_is_given_from_outside_is_kept(data, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.setenv(name, "given")
    variables = Endpoints(1, "127.0.0.1", 6000, 7000).environment(data, CREDENTIALS, "app")
    assert variables == {"SECRET_KEY": "given", "SOUDAN_DATA_DIR": str(data)}
