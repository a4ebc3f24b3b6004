"""A real installation, as docker-compose.yml describes it, with its real parts; the tests follow each other."""

import json
import re
import signal

import psycopg2
import pytest
from allauth.mfa.totp.internal import auth as totp
from celery import Celery

from kumamoto_soudan.launcher.process import wait_for
from tests.deployment import people
from tests.deployment.stack import until
from tests.deployment.visitor import PROXY, Visitor

NOTE = "夕方に鯰田さんから電話、番号を確かめた"
WORKERS = ("worker1", "worker2")


def one_time_code(counter: int) -> str:
    return totp.format_hotp_value(totp.hotp_value(people.SECRET, counter))


@pytest.fixture(scope="module")
def client_id(stack) -> str:
    made = stack.call("web", "python", "-m", "tests.deployment.people")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


@pytest.fixture(scope="module")
def visitor(stack, client_id) -> Visitor:
    """Signed in through the first web."""
    browser = Visitor(stack.ports["web1"])
    browser.sign_in(people.LOGIN, people.PASSWORD, one_time_code)
    return browser


@pytest.fixture(scope="module")
def token(stack) -> str:
    """Of the link to the first account, which the operator's command prints."""
    told = stack.call(
        "web", "python", "manage.py", "soudan_first_admin", "--site", "https://soudan.example.jp"
    )
    assert told.returncode == 0, told.stderr
    return re.search(r"token=(\S+)", told.stdout)[1]


def health(stack, name: str) -> dict:
    return json.loads(Visitor(stack.ports[name]).get("/healthz").text)


def send(stack, task: str, *args) -> str:
    broker = stack.environment("beat")["REDIS_URL"]
    with Celery(broker=broker) as app:
        return app.send_task(task, args=args).id


def entry(form, client_id: str, facts: str) -> dict:
    """What a call written in 相談を記録 sends."""
    own = {name: form.hidden(name) for name in ("group", "page")}
    chosen = {"subject": "client", "clients": client_id, "method": "4", "contents": ["01"], "part": "consult"}
    return own | chosen | {"date": "今日", "facts": facts, "act": "save"}


# ---- the parts, side by side ----


def test_every_service_of_the_file_runs(stack):
    started = {re.sub(r"\d$", "", name) for name in stack.running} | {"migrate"}
    assert started == set(stack.services)
    assert all(process.poll() is None for process in stack.running.values())
    assert stack.healthy("worker", "worker2")


def test_both_webs_are_well(stack):
    assert [health(stack, name) for name in ("web1", "web2")] == [{"status": "ok"}] * 2


def test_static_files_are_hashed_compressed_and_kept(stack):
    page = Visitor(stack.ports["web1"]).get("/accounts/login/").text
    (path,) = re.findall(r'href="(/static/css/theme\.[0-9a-f]{12}\.css)"', page)
    for name in ("web1", "web2"):
        answer = Visitor(stack.ports[name]).get(path, **{"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/css")
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "max-age=315360000" in answer.headers["Cache-Control"]
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_consultation_saved_through_one_web_is_there_through_the_other(stack, visitor, client_id):
    form = visitor.get("/log/")
    fields = entry(form, client_id, NOTE)
    saved = visitor.post("/log/", fields)
    assert saved.status == 303, saved.text
    other = visitor.at(stack.ports["web2"])
    page = other.get(f"/clients/{client_id}/")
    assert page.status == 200
    assert NOTE in page.text and people.FAMILY in page.text


def test_the_read_is_noted_with_the_visitors_own_address(database, visitor, client_id):
    assert visitor.get(f"/clients/{client_id}/").status == 200
    with database("app").cursor() as run:
        run.execute("SELECT DISTINCT host(address) FROM centers_accesslog WHERE client_id = %s", [client_id])
        assert run.fetchall() == [("203.0.113.7",)]


def test_the_first_admins_link_opens_through_either_web(stack, token):
    for name in ("web1", "web2"):
        assert Visitor(stack.ports[name]).get(f"/first-login/?token={token}").status == 200


# ---- what may not be done ----


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE evil (id int)",
        "CREATE SCHEMA evil",
        "ALTER TABLE cases_client ADD COLUMN evil int",
        "DROP TABLE cases_clientevent",
        "TRUNCATE centers_accesslog",
        "UPDATE cases_consultationevent SET facts = ''",
        "DELETE FROM cases_clientevent",
        "UPDATE centers_accesslog SET reason = 'x'",
        "DELETE FROM centers_accesslog",
        "ALTER ROLE soudan_app SUPERUSER",
    ],
)
def test_the_applications_role_may_not(database, visitor, statement):
    with database("app").cursor() as run, pytest.raises(psycopg2.Error) as refused:
        run.execute(statement)
    assert refused.value.pgcode == "42501"  # insufficient_privilege


def test_the_owner_role_is_no_superuser(database):
    with database("owner").cursor() as run:
        run.execute("SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert run.fetchone() == (False, False, False)


# ---- TLS ends at the proxy ----


def test_behind_the_proxy_cookies_are_locked_and_tls_is_promised(stack):
    answer = Visitor(stack.ports["web1"]).get("/accounts/login/")
    promise = answer.headers["Strict-Transport-Security"]
    assert "max-age=31536000" in promise and "includeSubDomains" in promise
    for line in answer.headers.get_all("Set-Cookie"):
        assert line.startswith("__Host-soudan")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(line.split("; "))
        assert "Domain" not in line


def test_a_visitor_without_tls_is_sent_to_it(stack):
    plain = Visitor(stack.ports["web1"], {**PROXY, "X-Forwarded-Proto": "http"})
    answer = plain.get("/accounts/login/")
    assert (answer.status, answer.headers["Location"]) == (301, "https://soudan.example.jp/accounts/login/")


def test_without_trust_nobody_can_pretend_to_come_by_tls(stack):
    stack.start("web", "web3", TRUST_PROXY="0")
    stack.wait_healthy("web", "web3")
    assert Visitor(stack.ports["web3"]).get("/accounts/login/").status == 301
    assert stack.stop("web3") == 0


def test_an_unknown_host_name_is_refused(stack):
    assert Visitor(stack.ports["web1"], {**PROXY, "Host": "evil.example"}).get("/").status == 400


# ---- two workers, one beat ----


def test_each_task_is_done_once(stack):
    ids = [send(stack, "reports.tasks.run_checks") for _ in range(4)]
    for task in ids:
        stack.wait_logged(f"[{task}] succeeded", *WORKERS)
    lines = stack.logged(*WORKERS)
    assert [lines.count(f"[{task}] succeeded") for task in ids] == [1] * 4


def test_what_fell_due_while_the_clock_was_away_is_done_at_its_start(stack):
    """The state of the clock is set back two days, as after a weekend without a machine."""
    assert stack.stop("beat") == 0
    before = stack.logged(*WORKERS).count("reports.tasks.purge_drafts")
    back = (
        "import shelve, sys, datetime\n"
        "with shelve.open(sys.argv[1], writeback=True) as state:\n"
        "    for entry in state['entries'].values():\n"
        "        entry.last_run_at -= datetime.timedelta(days=2)\n"
    )
    changed = stack.call("beat", "python", "-c", back, str(stack.folder / "data" / "beat-schedule"))
    assert changed.returncode == 0, changed.stderr
    stack.start("beat")
    until(lambda: stack.logged(*WORKERS).count("reports.tasks.purge_drafts") > before)


def test_a_task_of_a_killed_worker_is_done_by_the_other(stack, database):
    """The check's own lock holds it up in the middle; then its worker is gone with all its processes."""
    with database("app").cursor() as run:
        run.execute("SELECT pg_advisory_lock(hashtext('soudan_check:plan_caps'))")
        task = send(stack, "reports.tasks.run_checks")
        stack.wait_logged(f"[{task}] received", *WORKERS)
        (struck,) = [name for name in WORKERS if f"[{task}] received" in stack.logged(name)]
        stack.kill(struck)
        run.execute("SELECT pg_advisory_unlock(hashtext('soudan_check:plan_caps'))")
    (other,) = [name for name in WORKERS if name != struck]
    stack.wait_logged(f"[{task}] succeeded", other)
    assert stack.logged(*WORKERS).count(f"[{task}] succeeded") == 1
    stack.start("worker", struck)


# ---- when a part goes ----


def test_one_web_gone_the_other_goes_on(stack, visitor, client_id):
    stack.kill("web1")
    assert visitor.at(stack.ports["web2"]).get(f"/clients/{client_id}/").status == 200
    stack.start("web", "web1")
    stack.wait_healthy("web", "web1")


def test_without_the_broker_logging_goes_on_and_with_it_all_is_well_again(stack, visitor, client_id):
    assert stack.stop("valkey") == 0
    degraded = {"status": "degraded", "parts": ["broker"]}
    assert health(stack, "web2") == degraded
    browser = visitor.at(stack.ports["web2"])
    form = browser.get("/log/")
    fields = entry(form, client_id, f"{NOTE} 2")
    assert browser.post("/log/", fields).status == 303
    stack.start("valkey")
    stack.wait_healthy("valkey")
    until(lambda: health(stack, "web2") == {"status": "ok"})


def test_without_the_database_it_is_down_and_comes_back_by_itself(stack, visitor):
    assert stack.stop("postgres", signal.SIGINT) == 0
    assert Visitor(stack.ports["web2"]).get("/healthz").status == 503
    broken = visitor.at(stack.ports["web2"]).get("/")
    number = re.search(r"お問い合わせ番号: <b>([0-9a-f]{12})</b>", broken.text)[1]
    assert (broken.status, broken.headers["X-Request-ID"]) == (500, number)
    assert f" {number} " in stack.logged("web2")
    stack.start("postgres")
    stack.wait_healthy("postgres")
    until(lambda: health(stack, "web2") == {"status": "ok"})
    assert visitor.at(stack.ports["web2"]).get("/").status == 200


# ---- what was written down ----

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00 (INFO|WARNING|ERROR|CRITICAL) (web|worker|beat) [\w.]+ \S+ \S.*"
)


def test_what_a_visitor_and_a_task_bring_stands_in_no_log(stack, visitor, token, values, client_id):
    """Addresses that somebody typed, a doubled row, a task's arguments: none of it is written down."""
    browser = visitor.at(stack.ports["web2"])
    browser.get(f"/clients/{client_id}/")
    browser.get("/clients/?q=%E9%AF%B0%E7%94%B0")
    browser.get("/%E9%AF%B0%E7%94%B0/")
    Visitor(stack.ports["web2"]).get(f"/accounts/{token}/")
    task = send(stack, "reports.tasks.run_checks", f"{people.FAMILY} {people.PHONE}")
    stack.wait_logged(f"[{task}] raised", *WORKERS)
    written = "".join(file.read_text(errors="replace") for file in (stack.folder / "log").iterdir())
    secrets = [value for name, value in values.items() if name.endswith(("KEY", "PASSWORD"))]
    planted = [
        *(people.FAMILY, people.GIVEN, people.KANA, people.WORKER, people.LOGIN, people.PHONE),
        *(people.PASSWORD, people.SECRET, NOTE, token, token.split(":")[0] + ":"),
        *("%E9%AF%B0", "\\u9bf0", repr(people.FAMILY.encode())[2:-1], "203.0.113.7", *secrets),
    ]
    assert [word for word in planted if word in written] == []
    assert f"GET cases:client pk={client_id} 200" in written


def test_every_process_writes_the_one_format(stack):
    for name in ("web1", "web2", "worker1", "worker2", "beat"):
        lines = stack.logged(name).splitlines()
        assert lines
        assert [line for line in lines if not LINE.fullmatch(line)] == []


def test_all_end_when_asked_and_nothing_stays(stack):
    for name in ("beat", "worker1", "worker2", "web1", "web2", "valkey"):
        assert stack.stop(name) == 0, name
    assert stack.stop("postgres", signal.SIGINT) == 0
    assert wait_for(lambda: not stack.left(), seconds=30), stack.left()
