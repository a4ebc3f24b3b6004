"""The log's one format, and what it leaves out."""

import logging
import re
import uuid

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404
from django.test import Client as Browser
from django.urls import path

from centers.models import User
from kumamoto_soudan import logs
from kumamoto_soudan.logs import LineFormatter, describe, service
from kumamoto_soudan.request_log import RequestLogMiddleware
from kumamoto_soudan.urls import handler500, urlpatterns  # noqa: F401  # this module stands in for the urls

NAME = "鯰田 伊織"
WORD = "planted-word"


@login_not_required
def broken(request):
    raise ValueError(f"{NAME} {WORD}")


def token_page(request, token):
    raise Http404


urlpatterns = [
    *urlpatterns,
    path("broken/", broken, name="broken"),
    path("t/<str:token>/<uuid:pk>/", token_page, name="token"),
]


def line(message="m", *args, name="x", level=logging.INFO, error=None, **extra) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, level, "f", 1, message, args, info)
    record.__dict__.update(extra)
    return LineFormatter().format(record)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


@pytest.fixture
def written():
    """What the product's own formatter makes of all that is logged."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(LineFormatter().format(record))

    handler = Keep()
    root = logging.getLogger()
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)


def test_a_record_is_one_line_with_time_level_service_logger_id_and_words():
    text = line("第一\n第二")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00 INFO command x - 第一 第二", text)


@pytest.mark.parametrize(
    ("arguments", "is_"),
    [
        (["/x/gunicorn/__main__.py", "kumamoto_soudan.wsgi"], "web"),
        (["/venv/bin/gunicorn"], "web"),
        (["/x/celery/__main__.py", "-A", "kumamoto_soudan.celery", "worker"], "worker"),
        (["/x/celery/__main__.py", "-A", "kumamoto_soudan.celery", "beat"], "beat"),
        (["/x/kumamoto_soudan/launcher/__main__.py", "run"], "launcher"),
        (["manage.py", "migrate"], "command"),
        ([], "command"),
    ],
)
def test_the_service_follows_from_how_it_was_started(monkeypatch, arguments, is_):
    monkeypatch.setattr(logs.sys, "argv", arguments)
    assert service() == is_


@pytest.mark.django_db
def test_a_database_error_is_told_by_state_and_constraint_not_by_its_values():
    User.objects.create(username=WORD, name=NAME)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.create(username=WORD, name=NAME)
    assert WORD in str(refused.value)  # so it would be printed
    text = line("failed", error=refused.value)
    assert "23505 centers_user centers_user_username" in text
    assert WORD not in text and NAME not in text and "DETAIL" not in text


def test_a_lost_connection_is_told_in_the_servers_words():
    assert describe(raised(ConnectionRefusedError(111, "Connection refused"))).startswith(
        "ConnectionRefusedError(Connection refused) at tests/launcher/test_logs.py:"
    )


@pytest.mark.parametrize(
    "error",
    [
        ValueError(WORD),
        KeyError(WORD),
        OperationalError(WORD),
        FileNotFoundError(2, "No such file or directory", WORD),
        ExceptionGroup(WORD, [ValueError(WORD)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_the_words_of_an_error_stay_out(error):
    cause = raised(error)
    outer = RuntimeError(WORD)
    outer.__cause__ = cause
    text = line("failed: %s", outer, error=outer)
    assert WORD not in text
    assert "RuntimeError" in text and type(error).__name__ in text
    assert WORD not in line(error, error=cause)


@pytest.mark.parametrize("name", ["args", "kwargs", "exc", "traceback", "return_value"])
def test_a_task_is_told_by_its_name_alone(name):
    values = {"name": "reports.tasks.run_checks", "id": "1"} | {name: WORD}
    text = line(f"Task %(name)s[%(id)s] %({name})s", values, name="celery.app.trace")
    assert text.endswith("Task reports.tasks.run_checks[1] -")


@pytest.mark.parametrize(
    ("message", "arguments", "kept"),
    [
        ("Error handling request %s", [f"/x?token={WORD}"], "Error handling request"),
        (f"Invalid request from ip=203.0.113.7: {WORD}", [], "Invalid request from"),
    ],
)
def test_an_address_that_gunicorn_prints_is_cut(message, arguments, kept):
    text = line(message, *arguments, name="gunicorn.error", level=logging.ERROR)
    assert text.endswith(kept)


def test_a_host_name_that_was_sent_is_cut():
    text = line(f"Invalid HTTP_HOST header: '{WORD}'.", name="django.security.DisallowedHost")
    assert text.endswith("Invalid HTTP_HOST header")


def test_the_password_in_an_address_is_hidden():
    assert line("to redis://:secret@host:6379/0").endswith("to redis://:***@host:6379/0")


# ---- requests ----


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = "tests.launcher.test_logs"
    return Browser(raise_request_exception=False)


@pytest.mark.django_db
def test_a_request_is_told_by_page_uuid_and_user(visitor, written):
    user = User.objects.create(username="a", name=NAME)
    visitor.force_login(user)
    key = uuid.uuid4()
    answer = visitor.get(f"/t/{WORD}/{key}/?q={WORD}")
    (access,) = [text for text in written if " access " in text]
    number = answer.headers["X-Request-ID"]
    assert re.search(rf"access {number} GET token pk={key} 404 \d+ms user={user.pk}$", access)
    assert not [text for text in written if WORD in text or NAME in text]


@pytest.mark.django_db
def test_a_failure_shows_the_number_that_the_log_has(visitor, written):
    answer = visitor.get("/broken/")
    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert f"お問い合わせ番号: <b>{number}</b>" in answer.content.decode()
    (error,) = [text for text in written if " ERROR " in text]
    assert f" {number} status 500 broken ValueError at " in error
    assert "tests/launcher/test_logs.py" in error
    assert not [text for text in written if WORD in text or NAME in text]


@pytest.mark.django_db
def test_an_unknown_page_is_told_without_its_path(visitor, written):
    visitor.get(f"/{WORD}/")
    (access,) = [text for text in written if " access " in text]
    assert " GET (no page) 404 " in access and access.endswith("user=-")
    assert not [text for text in written if WORD in text]


def test_a_method_of_somebodys_own_making_is_not_repeated(rf, written):
    def answer(request):
        raise Http404

    with pytest.raises(Http404):
        RequestLogMiddleware(answer)(rf.generic(WORD.upper(), "/"))
    assert logs.REQUEST_ID.get() == ""
