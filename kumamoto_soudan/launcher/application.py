"""The three processes of the application: web, worker and beat."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kumamoto_soudan.launcher.family import APPLICATION, Child
from kumamoto_soudan.launcher.process import spawn

HTTP_SECONDS = 180  # until the web must have answered
CELERY = ["-m", "celery", "--quiet", "-A", "kumamoto_soudan.celery"]


def commands(data: Path, port: int) -> dict[str, list[str]]:
    """Arguments for Python, by process name."""
    return {
        "web": [
            *("-m", "gunicorn", "kumamoto_soudan.wsgi:application", "--bind", f"127.0.0.1:{port}"),
            *("--config", "python:kumamoto_soudan.gunicorn_config", "--graceful-timeout", "10"),
        ],
        "worker": [
            *(*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle"),
        ],
        "beat": [
            *(*CELERY, "beat", "--loglevel", "INFO"),
            *("--schedule", str(data / "beat-schedule"), "--pidfile="),
        ],
    }


LABELS = {"web": "画面のサーバー", "worker": "裏方の処理", "beat": "定期処理の時計"}
# Celery: TERM waits for the running task, QUIT gives it up (it is delivered again later).
STOP_SIGNALS = {"worker": (signal.SIGTERM, signal.SIGQUIT)}


def application_children(data: Path, port: int, env: Mapping[str, str]) -> list[Child]:
    """Start web, worker and beat."""
    children = []
    for name, arguments in commands(data, port).items():

        def start(name: str = name, arguments: list[str] = arguments) -> subprocess.Popen[bytes]:
            return spawn([sys.executable, *arguments], log=data / "log" / f"{name}.log", env=env)

        signals = STOP_SIGNALS.get(name, (signal.SIGTERM,))
        children.append(Child(name, LABELS[name], start, start(), APPLICATION, signals))
    return children
