"""The one log format of web, worker, beat, launcher and commands, and what never stands in it.

One line a record: time with offset (JST), level, service, logger, request or task id, message. No personal data:
of an error its class and where it happened, not its text (which prints values of rows); of a request the page's
name and UUIDs (see request_log), never its address; of a task its name, never its arguments.
"""

import logging
import logging.config
import re
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

import psycopg2
from celery._state import get_current_task
from redis.exceptions import RedisError

ROOT = Path(__file__).resolve().parents[1]
JST = ZoneInfo("Asia/Tokyo")
# The id of the request that this thread answers; set by RequestLogMiddleware.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

MOST_FRAMES = 12
_PASSWORD = re.compile(r"(\w+://[^\s:/@]*):[^\s@]+@")
# Celery's own records carry these in their arguments; they print what a task was given or gave.
_TASK_VALUES = ("args", "kwargs", "exc", "traceback", "return_value")
# Programs that print an address that was asked for: the text before the address stays.
_ADDRESS_LOGGERS = ("gunicorn.error", "django.security", "django.request")


def configuration() -> dict:
    """For logging.config.dictConfig, used alike by Django, gunicorn and Celery."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "kumamoto_soudan.logs.LineFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # The access line of request_log tells a refused or missing page already.
            "django.request": {"level": "ERROR"},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"},
        },
    }


def configure(config: dict | None = None) -> None:
    """Django's LOGGING_CONFIG: the configuration, and the last error of a process in the same form."""
    logging.config.dictConfig(config or configuration())
    logging.captureWarnings(True)
    sys.excepthook = _last_error


def _last_error(kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("kumamoto_soudan").critical("ended by an error", exc_info=(kind, error, tb))


def service() -> str:
    """web, worker, beat, launcher or command, by how the process was started."""
    program = Path(sys.argv[0] if sys.argv else "")
    if "gunicorn" in program.parts or program.name == "gunicorn":
        return "web"
    if "launcher" in program.parts:
        return "launcher"
    return next((name for name in ("worker", "beat") if name in sys.argv[1:]), "command")


class LineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, JST).isoformat(timespec="milliseconds")
        text = _PASSWORD.sub(r"\1:***@", self._message(record))
        if record.exc_info and record.exc_info[1] is not None:
            text += " " + describe(record.exc_info[1])
        line = " ".join(text.split())
        return f"{time} {record.levelname} {service()} {record.name} {_work_id()} {line}"

    def _message(self, record: logging.LogRecord) -> str:
        if record.name.startswith(_ADDRESS_LOGGERS):
            return _without_address(record)
        if isinstance(record.args, dict) and record.name.startswith("celery"):
            hidden = {name: "-" for name in _TASK_VALUES if name in record.args}
            return str(record.msg) % {**record.args, **hidden}
        if isinstance(record.args, tuple):
            args = tuple(describe(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
            return str(record.msg) % args if args else _text(record.msg)
        return record.getMessage()


def _text(message: object) -> str:
    return describe(message) if isinstance(message, BaseException) else str(message)


def _without_address(record: logging.LogRecord) -> str:
    """The page in place of the address, where the record knows its request; else the words before the address."""
    request = getattr(record, "request", None)
    if request is not None:
        page = getattr(request, "resolver_match", None)
        return f"status {getattr(record, 'status_code', '-')} {page.view_name if page else 'unknown page'}"
    if record.name == "gunicorn.error" and not record.exc_info and record.levelno < logging.WARNING:
        return record.getMessage()
    known = ("Error handling request", "Invalid request from", "Invalid HTTP_HOST header")
    text = _text(record.msg)
    if isinstance(record.msg, BaseException):
        return text
    return next((start for start in known if text.startswith(start)), record.getMessage())


def _work_id() -> str:
    if request_id := REQUEST_ID.get():
        return request_id
    task = get_current_task()
    return task.request.id if task and task.request.id else "-"


def describe(error: BaseException) -> str:
    """Class, what of it is harmless, and where it happened, from the outermost cause inwards on one line."""
    return " | ".join(f"{_name(one)}{_where(one.__traceback__)}" for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        if isinstance(following, BaseExceptionGroup):
            yield from following.exceptions
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _name(error: BaseException) -> str:
    facts = _harmless(error)
    return type(error).__name__ + (f"({facts})" if facts else "")


def _harmless(error: BaseException) -> str:
    """SQLSTATE and constraint of a database error; the words of the system about a lost connection or a file."""
    if isinstance(error, psycopg2.Error):
        if error.pgcode:
            names = (error.diag.table_name, error.diag.constraint_name)
            return " ".join([error.pgcode, *filter(None, names)])
        return " ".join(str(error).split()) if isinstance(error, psycopg2.OperationalError) else ""
    if isinstance(error, OSError):
        return error.strerror or ""
    return " ".join(str(error).split()) if isinstance(error, RedisError) else ""


def _where(tb: TracebackType | None) -> str:
    frames = traceback.extract_tb(tb)[-MOST_FRAMES:]
    places = [f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames]
    return " at " + " > ".join(places) if places else ""


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-2:])
