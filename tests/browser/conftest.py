"""A real site for the browser tests: its own database, its own web server, Debian's Chromium.

The site runs beside the test database, on one of its own, so that nothing of one is seen in the other.
`here` points Django's connection in the test process at the site's database, to lay out and look up rows.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection

from tests.browser import chromium
from tests.databases import blank_database, copy_database, database_url
from tests.factories import PASSWORD, user_with

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 20)
WIDTHS = {"desk": (1366, 768), "tablet": (820, 1180), "phone": (390, 844)}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright runs an event loop in the test's thread; the ORM calls there are plain blocking ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    assert chromium.missing() == [], "make test が入れるもの: Chromium と日本語のフォント"
    return {"executable_path": chromium.executable(), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args():
    width, height = WIDTHS["desk"]
    return {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": {"width": width, "height": height}}


@pytest.fixture(scope="session")
def site_database(django_db_setup, django_db_blocker):
    """Name of the site's database, migrated and with the reference data, beside the test database."""
    with django_db_blocker.unblock(), fresh_database("site") as name:
        yield name


@contextmanager
def fresh_database(suffix: str, *more: tuple[str, ...]):
    """A database beside the test database, migrated, with the reference data and what `more` commands put in."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    copy_database(blank_database(), name)
    for command in more:
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=site_environment(name),
            stdout=subprocess.DEVNULL,
            check=True,
        )
    yield name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def site_environment(database: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database_url(database),
        "SOUDAN_DEMO": "1",
        "SOUDAN_TODAY": TODAY.isoformat(),
        "DEBUG": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(site_database, tmp_path_factory):
    """Address of a running site whose today is TODAY."""
    with served(site_database, tmp_path_factory.mktemp("site")) as address:
        yield address


@contextmanager
def served(database: str, folder: Path, **settings: str):
    """Address of a web server on the database, with further environment variables; its log goes into the folder."""
    port = _free_port()
    log = (folder / "web.log").open("wb")
    environment = site_environment(database) | settings
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "kumamoto_soudan.wsgi",
        "--threads=4",
        f"--bind=127.0.0.1:{port}",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(150):
        assert server.poll() is None, "the web server of the browser tests ended at once"
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the web server of the browser tests did not answer")


@pytest.fixture
def here(site_database, django_db_blocker, settings):
    """The test process works on the site's database, with the site's today."""
    settings.SOUDAN_TODAY = TODAY
    with django_db_blocker.unblock(), working_on(site_database):
        yield site_database


@contextmanager
def working_on(database: str):
    """Django's connection in the test process leads to the database."""
    connection.close()
    tested = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = tested


@pytest.fixture
def login(site, here, page):
    """login("soudan", "nishi") makes such a user and signs them in through the login page; returns the user."""

    def _login(role: str, zone: str = "nishi"):
        user = user_with(role, zone)
        page.goto(f"{site}/accounts/login/")
        page.fill("input[name=login]", user.username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        page.wait_for_load_state("networkidle")  # whatever the first page still loads must not stop the next
        return user

    return _login


@pytest.fixture
def no_axe_violations(page):
    """Runs axe at the three widths on the page that is open and reports what it finds."""
    axe = Axe()

    def _check() -> None:
        for name, (width, height) in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            found = axe.run(page).response["violations"]
            told = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
            assert not told, f"{name} ({width}px): {told}"
        page.set_viewport_size({"width": WIDTHS["desk"][0], "height": WIDTHS["desk"][1]})

    return _check
