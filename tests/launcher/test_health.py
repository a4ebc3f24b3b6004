"""GET /healthz and the worker's sign of life."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse

from kumamoto_soudan import heartbeat

NOWHERE = "redis://127.0.0.1:9/0"


@pytest.fixture
def worker_key(monkeypatch):
    """A key of this test alone: other tests share the broker."""
    monkeypatch.setattr(heartbeat, "KEY", f"soudan:worker:{uuid.uuid4()}")


@pytest.fixture
def lost_database(django_db_blocker, monkeypatch):
    """The connection points to a port where nothing listens."""
    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", "9")
        yield
        connection.close()


@pytest.fixture
def alive(settings, worker_key):
    heartbeat.beat(settings.CELERY_BROKER_URL)


def test_all_well(client, db, alive):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert reverse("healthz") == "/healthz"


def test_without_a_worker_logging_goes_on(client, db, worker_key):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "degraded", "parts": ["broker"]})


def test_without_the_broker_logging_goes_on(client, db, settings, worker_key):
    settings.CELERY_BROKER_URL = NOWHERE
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "degraded", "parts": ["broker"]})


def test_without_the_database_it_is_down(client, lost_database, alive):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "down", "parts": ["database"]})


@pytest.fixture
def unguarded(django_db_setup, django_db_blocker):
    """The test database without a transaction around the test."""
    with django_db_blocker.unblock():
        yield
        connection.close()


def test_a_kept_connection_that_died_is_made_anew(client, unguarded, alive):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    assert client.get("/healthz").json() == {"status": "ok"}


def test_nothing_can_be_sent_to_it(client, db):
    assert client.post("/healthz").status_code == 405


def test_a_beat_without_a_broker_disturbs_nobody(worker_key):
    heartbeat.beat(NOWHERE)
    assert heartbeat.worker_alive(NOWHERE) is False
