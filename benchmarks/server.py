"""The web server under measure, as the product runs it: gunicorn, two workers with four threads."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

from django.db import connection

from benchmarks.cpu import cpu_ms, family_of
from kumamoto_soudan.launcher.process import end_with_parent

START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    port: int
    pid: int


@contextmanager
def serving(settings: str, log: Path, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """gunicorn with a settings module on a free port, until the block ends. `env`: variables besides the process's."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(
            sys.executable,
            "-m",
            "gunicorn",
            "kumamoto_soudan.wsgi:application",
            "--bind",
            f"127.0.0.1:{port}",
        ),
        *("--config", "python:kumamoto_soudan.gunicorn_config"),
        *("--env", f"DJANGO_SETTINGS_MODULE={settings}", "--keep-alive", "60"),
    ]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            env={**os.environ, **(env or {})},
            preexec_fn=end_with_parent(signal.SIGTERM),
        )
    try:
        _wait(port, process, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    """Until it answers anything at all."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)) as asked:
                asked.request("GET", "/hello/")
                asked.getresponse().read()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the web server did not start:\n{log.read_text()[-2000:]}") from None
            time.sleep(0.1)


class Meter:
    """CPU time of the servers' processes and of the database's backends, this process's own left out."""

    def __init__(self, *servers: Server):
        self.servers = servers
        self.before = self._read()

    def spent(self) -> float:
        """Milliseconds since the meter was made."""
        now = self._read()
        return sum(ms - self.before.get(pid, 0.0) for pid, ms in now.items())

    def _read(self) -> dict[int, float]:
        return cpu_ms([*(pid for server in self.servers for pid in family_of(server.pid)), *backends()])


def backends() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
            " AND backend_type IN ('client backend', 'parallel worker')"
        )
        return [pid for (pid,) in cursor.fetchall()]
