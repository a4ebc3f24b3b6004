"""The real PostgreSQL and Valkey of one data folder."""

import os
import signal
import stat
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from kumamoto_soudan.launcher.__main__ import main
from kumamoto_soudan.launcher.database import ADMIN, OWNER, check_server, check_url
from kumamoto_soudan.launcher.hosting import ensure_servers, host
from kumamoto_soudan.launcher.postgres import SOCKET_PATH_LIMIT
from kumamoto_soudan.launcher.process import wait_for
from kumamoto_soudan.launcher.words import Failure
from tests.launcher.conftest import PATIENCE, clean, open_folder, processes_in


@pytest.fixture(scope="module")
def running():
    with pytest.MonkeyPatch.context() as patch, open_folder() as folder:
        clean(patch)
        with host(folder / "var", durable=False) as servers:
            yield servers


@pytest.fixture
def servers(running, clean_environment, monkeypatch):
    monkeypatch.setenv("SOUDAN_DATA_DIR", str(running.data))
    return running


def ask(url: str, query: str, *values: object) -> object:
    """First cell of the answer; the change is kept."""
    link = psycopg2.connect(url)
    try:
        with link, link.cursor() as run:
            run.execute(query, values)
            return run.fetchone()[0] if run.description else None
    finally:
        link.close()


def url(servers, role="owner") -> str:
    return servers.environment(role)["DATABASE_URL"]


def test_the_database_is_set_up_for_japanese_and_for_two_roles(servers):
    owner, app = url(servers), url(servers, "app")
    settings = {
        "data_checksums": "on",
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    assert {name: ask(owner, f"SHOW {name}") for name in settings} == settings
    provider = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = current_database()"
    assert ask(owner, provider) == "bC.UTF-8"
    assert ask(owner, "SELECT cardinality(show_trgm('相談支援'))") == 5
    extensions = (
        "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension WHERE extname != 'plpgsql'"
    )
    assert ask(owner, extensions) == "btree_gist pg_trgm"
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    assert [ask(app, f"SHOW {name}") for name in limits] == ["15s", "5s", "30s"]
    assert [ask(owner, f"SHOW {name}") for name in limits] == ["0", "0", "0"]
    check_server(psycopg2.connect(owner))


def test_the_application_changes_rows_and_nothing_else(servers):
    owner, app = url(servers), url(servers, "app")
    ask(owner, "CREATE TABLE note (id serial, text text)")
    ask(app, "INSERT INTO note (text) VALUES ('記録')")
    assert ask(app, "SELECT text FROM note") == "記録"
    for command in ("CREATE TABLE x ()", "DROP TABLE note", "TRUNCATE note", "CREATE TEMP TABLE x ()"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(app, command)


def test_a_database_that_the_owner_makes_has_extensions_and_rights_too(servers):
    link = psycopg2.connect(url(servers))
    link.autocommit = True
    with link.cursor() as run:
        run.execute("CREATE DATABASE test_of_owner")
    link.close()
    owner = url(servers).replace("/soudan?", "/test_of_owner?")
    ask(
        owner,
        "CREATE TABLE note (center int, days daterange, EXCLUDE USING gist (center WITH =, days WITH &&))",
    )
    ask(owner, "SET ROLE soudan_app; INSERT INTO note VALUES (1, 'empty')")
    assert ask(owner, "SELECT tableowner FROM pg_tables WHERE tablename = 'note'") == OWNER


def test_a_database_in_the_c_locale_is_refused(servers):
    link = psycopg2.connect(url(servers))
    link.autocommit = True
    with link.cursor() as run:
        run.execute(
            "CREATE DATABASE c_locale TEMPLATE template0 LOCALE_PROVIDER libc LC_CTYPE 'C' LC_COLLATE 'C'"
        )
    link.close()
    with pytest.raises(Failure, match="LC_CTYPE C") as failure:
        check_url(url(servers).replace("/soudan?", "/c_locale?"))
    assert "\n" not in str(failure.value)


def test_an_old_postgresql_is_refused():
    class Link:
        server_version = 130012

    with pytest.raises(Failure, match="PostgreSQL 13 は古すぎます"):
        check_server(Link())


def test_a_database_out_of_reach_is_named_without_its_password():
    with pytest.raises(Failure, match="つながりません") as failure:
        check_url("postgres://somebody:himitsu@127.0.0.1:9/soudan")
    assert "himitsu" not in failure.value.lines()
    assert "\n" not in str(failure.value)


def test_valkey_wants_its_password_and_writes_to_the_disk(servers):
    broker = redis.Redis.from_url(servers.environment("app")["REDIS_URL"])
    assert broker.config_get("appendonly") == {"appendonly": "yes"}
    assert broker.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=servers.endpoints.broker_port).ping()


def test_after_kill_9_both_come_back_with_what_was_committed(data):
    with host(data) as servers:
        ask(url(servers), "CREATE TABLE kept AS SELECT 1 AS id")
        broker = redis.Redis.from_url(servers.environment("app")["REDIS_URL"])
        broker.set("task", "waiting")
        for child in servers.family.children:
            child.process.send_signal(signal.SIGKILL)
            child.process.wait()

        def back() -> bool:
            servers.family.tend()
            try:
                return (
                    ask(url(servers), "SELECT count(*) FROM kept") == 1 and broker.get("task") == b"waiting"
                )
            except (psycopg2.OperationalError, redis.RedisError):
                return False

        assert wait_for(back, seconds=PATIENCE, pause=0.2)


def test_a_second_start_finds_the_data_again_and_stopping_leaves_nothing(data):
    with host(data) as servers:
        ask(url(servers), "CREATE TABLE note AS SELECT 42 AS id")
        assert processes_in(data)
    assert processes_in(data) == []
    assert not (data / "servers.json").exists()
    with host(data) as servers:
        assert ask(url(servers), "SELECT id FROM note") == 42


def test_two_installations_run_beside_each_other(servers, folder):
    with host(folder / "other", durable=False) as other:
        ask(url(other), "CREATE TABLE only_here ()")
        assert ask(url(servers), "SELECT to_regclass('only_here')") is None
        assert servers.endpoints.broker_port != other.endpoints.broker_port


def test_a_command_joins_the_running_servers(servers):
    expected = url(servers, "app")
    with ensure_servers(role="app"):
        assert os.environ["DATABASE_URL"] == expected
        assert ask(os.environ["DATABASE_URL"], "SELECT current_user") == "soudan_app"
    assert "DATABASE_URL" not in os.environ
    assert ask(url(servers), "SELECT 1") == 1


def test_a_command_starts_servers_for_its_own_length(data):
    with ensure_servers(role="owner"):
        assert ask(os.environ["DATABASE_URL"], "SELECT current_user") == OWNER
    assert processes_in(data) == []


def test_a_second_host_of_the_same_data_is_refused(servers):
    with pytest.raises(Failure, match="別のコマンドがこのデータ"), host(servers.data):
        pass


def test_nothing_is_started_where_a_database_is_given(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@db/soudan")
    with ensure_servers(role="owner"):
        assert os.environ["DATABASE_URL"] == "postgres://a:b@db/soudan"
    assert not data.exists()


def test_a_command_without_a_database_starts_nothing(data):
    with ensure_servers(role=None):
        assert os.environ["DATABASE_URL"].startswith("postgres://")
    assert not data.exists()


def test_a_guest_is_waited_for_before_the_servers_stop(data, launch):
    short = launch("exec", "--", "sh", "-c", "echo ready; sleep 1")
    assert short.stdout.readline() == "ready\n"
    works = "import os, psycopg2, time; time.sleep(2); psycopg2.connect(os.environ['DATABASE_URL'])"
    guest = launch("exec", "--", sys.executable, "-c", works)
    assert guest.wait(timeout=PATIENCE) == 0
    assert short.wait(timeout=PATIENCE) == 0
    assert processes_in(data) == []


def test_a_command_s_exit_code_is_passed_on(servers, launch):
    assert launch("exec", "--", "sh", "-c", "exit 7").wait(timeout=PATIENCE) == 7


def test_a_command_that_is_not_there_is_named(servers, launch):
    process = launch("exec", "--", "no-such-command")
    assert process.wait(timeout=PATIENCE) == 1
    assert process.stdout.readline().startswith("no-such-command を実行できません")


def test_a_killed_launcher_leaves_nothing_in_the_way(data, launch):
    killed = launch("exec", "--", "sh", "-c", "echo ready; exec sleep 60")
    assert killed.stdout.readline() == "ready\n"
    killed.kill()
    killed.wait()
    assert launch("exec", "--", "true").wait(timeout=PATIENCE) == 0
    assert processes_in(data) == []


def test_throw_away_data_vanish_and_nothing_of_the_caller_is_used(launch, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@db/soudan")
    monkeypatch.setenv("SOUDAN_TODAY", "2020-01-01")
    code = "import os; print(os.environ['SOUDAN_DATA_DIR'], 'SOUDAN_TODAY' in os.environ, os.environ['DATABASE_URL'])"
    output, _ = launch("exec", "--fresh", "--", sys.executable, "-c", code).communicate(timeout=PATIENCE)
    folder, today, address = output.split()
    assert (today, "soudan_owner" in address, Path(folder).exists()) == ("False", True, False)


@pytest.mark.parametrize("name", ["相談 データ", "x" * SOCKET_PATH_LIMIT, "closed/var"])
def test_servers_start_in_any_folder(folder, clean_environment, monkeypatch, name):
    (folder / "closed").mkdir(mode=0o700)
    place = folder / name
    with host(place, durable=False) as servers:
        assert ask(url(servers), "SELECT '相談'") == "相談"
        by_socket = servers.endpoints.database_host != "127.0.0.1"
        assert by_socket == (len(name) < SOCKET_PATH_LIMIT)
    assert processes_in(folder) == []


def test_roles_are_provided_on_a_server_given_from_outside(folder, clean_environment, monkeypatch, capsys):
    with host(folder / ("x" * SOCKET_PATH_LIMIT), durable=False) as outside:
        port, password = outside.endpoints.database_port, outside.credentials.admin_password
        admin = f"postgres://{ADMIN}:{password}@127.0.0.1:{port}/postgres"
        monkeypatch.setenv("SOUDAN_ADMIN_DATABASE_URL", admin)
        monkeypatch.setenv("SOUDAN_OWNER_PASSWORD", "new-owner")
        assert main(["provision"]) == 1
        assert "SOUDAN_APP_PASSWORD がありません" in capsys.readouterr().err
        monkeypatch.setenv("SOUDAN_APP_PASSWORD", "new-app")
        assert main(["provision"]) == 0
        assert ask(f"postgres://soudan_app:new-app@127.0.0.1:{port}/soudan", "SELECT 1") == 1


def test_only_their_owners_read_secrets_settings_and_logs(servers):
    private = ["secrets.json", "servers.json", "children.json", "log/postgres.log", "log/valkey.log"]
    assert {stat.S_IMODE((servers.data / name).stat().st_mode) for name in private} == {0o600}
    assert stat.S_IMODE((servers.data / "postgres").stat().st_mode) == 0o700


def test_secrets_of_another_database_are_noticed(data):
    with host(data):
        pass
    secrets = data / "secrets.json"
    secrets.write_text(secrets.read_text().replace('"admin_password": "', '"admin_password": "x'))
    with pytest.raises(Failure, match="鍵が合いません"), host(data):
        pass
    assert processes_in(data) == []
