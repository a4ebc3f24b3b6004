"""Every service of docker-compose.yml as an ordinary process: its command and environment as written.

Only what a container would give is put in its place: programs by wrappers on the PATH, host names, ports, folders.
"""

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from kumamoto_soudan.launcher.account import server_account
from kumamoto_soudan.launcher.binaries import copy_for, installed
from kumamoto_soudan.launcher.paths import ROOT
from kumamoto_soudan.launcher.postgres import free_port
from kumamoto_soudan.launcher.process import end_with_parent, wait_for
from tests.deployment.compose import image_environment, services

PATIENCE = 120
FOREIGN = ("postgres", "valkey")  # services that are no images of ours


class Stack:
    """`values` is the content of .env."""

    def __init__(self, folder: Path, values: dict[str, str]) -> None:
        self.folder = folder
        self.services = services(values)
        self.ports = {"postgres": free_port(), "valkey": free_port()}
        self.account = server_account(folder / "postgres", ROOT)
        programs = installed()
        usable = self.account is None or programs.usable_by(self.account)
        self.programs = programs if usable else copy_for(programs, folder)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("bin", "data", "log", "tmp"):
            (folder / name).mkdir()
        self._wrappers()
        self._cluster()

    # ---- what the containers' images bring ----

    def _wrappers(self) -> None:
        tool, ports = self.programs.tool, self.ports
        answer = f"from redis import Redis; import os; print('PONG' if Redis(port={ports['valkey']}, password=os.environ['REDISCLI_AUTH']).ping() else '')"
        wrappers = {
            "python": f'{sys.executable} "$@"',
            "postgres": f"{tool('postgres')} -D {self.folder}/postgres -c port={ports['postgres']}"
            f' -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@"',
            "pg_isready": f'{tool("pg_isready")} -h 127.0.0.1 -p {ports["postgres"]} "$@"',
            "valkey-server": f'{self.programs.valkey} "$@" --port {ports["valkey"]} --bind 127.0.0.1'
            f" --dir {self.folder}/valkey",
            "valkey-cli": f"{sys.executable} -c {shlex.quote(answer)}",
        }
        for name, command in wrappers.items():
            file = self.folder / "bin" / name
            file.write_text(f"#!/bin/sh\nexec {command}\n")
            file.chmod(0o755)

    def _cluster(self) -> None:
        """What the image of PostgreSQL does at its first start."""
        settings = self.services["postgres"]["environment"]
        password = self.folder / "password"
        password.write_text(settings["POSTGRES_PASSWORD"])
        for name in ("postgres", "valkey"):
            (self.folder / name).mkdir(mode=0o700)
        if self.account is not None:
            self.account.own(password, self.folder / "postgres", self.folder / "valkey")
        command = [
            *(str(self.programs.tool("initdb")), "-D", str(self.folder / "postgres")),
            *("--username", settings["POSTGRES_USER"], "--pwfile", str(password)),
            *("--auth=scram-sha-256", "--no-sync", "--encoding=UTF8"),
            *settings["POSTGRES_INITDB_ARGS"].split(),
        ]
        subprocess.run(command, check=True, cwd="/", capture_output=True, **self._as_server())
        password.unlink()

    def _as_server(self) -> dict:
        return self.account.spawn_arguments() if self.account else {}

    # ---- commands and environments as the file says ----

    def native(self, text: str, port: int = 0) -> str:
        for name, inside in (("postgres", 5432), ("valkey", 6379)):
            text = text.replace(f"@{name}:{inside}", f"@127.0.0.1:{self.ports[name]}")
        text = text.replace("0.0.0.0:8000", f"127.0.0.1:{port}").replace(
            "127.0.0.1:8000", f"127.0.0.1:{port}"
        )
        return re.sub(r"^(--[\w-]+=)?/(data|tmp)\b", rf"\1{self.folder}/\2", text)

    def environment(self, service: str, **changes: str) -> dict[str, str]:
        settings = self.services[service].get("environment", {})
        given = {name: self.native(str(value)) for name, value in settings.items()}
        image = {} if service in FOREIGN else image_environment()
        path = f"{self.folder}/bin:{os.defpath}"
        return {"PATH": path, "HOME": "/nonexistent", **image, **given, **changes}

    def call(self, service: str, *command: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """A command in the place of the service's own, in its environment."""
        environment = self.environment(service, **changes)
        return subprocess.run(
            command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False, timeout=PATIENCE
        )

    def start(self, service: str, name: str = "", **changes: str) -> subprocess.Popen[bytes]:
        """Start a service; `name` tells several of one kind apart, `changes` are variables set otherwise."""
        name = name or service
        port = self.ports.setdefault(name, free_port())
        command = [self.native(part, port) for part in self.services[service]["command"]]
        as_server = self._as_server() | {"umask": 0o077} if service in FOREIGN else {}
        with self.log(name).open("ab") as output:
            self.running[name] = subprocess.Popen(
                [self.folder / "bin" / command[0] if command[0] != "sh" else "/bin/sh", *command[1:]],
                cwd="/" if service in FOREIGN else ROOT,
                env=self.environment(service, **changes),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGKILL),
                **as_server,
            )
        return self.running[name]

    def healthy(self, service: str, name: str = "") -> bool:
        """Whether the service's health check, as written, is content."""
        kind, *check = self.services[service]["healthcheck"]["test"]
        command = check if kind == "CMD" else ["/bin/sh", "-c", *check]
        port = self.ports.get(name or service, 0)
        return self.call(service, *(self.native(part, port) for part in command)).returncode == 0

    def wait_healthy(self, service: str, name: str = "") -> None:
        name = name or service
        alive = self.running[name]
        assert wait_for(lambda: alive.poll() is not None or self.healthy(service, name), seconds=PATIENCE)
        assert alive.poll() is None, self.log(name).read_text()

    # ---- looking, killing, ending ----

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    def logged(self, *names: str) -> str:
        return "".join(self.log(name).read_text() for name in names)

    def wait_logged(self, words: str, *names: str) -> None:
        assert wait_for(lambda: words in self.logged(*names), seconds=PATIENCE), self.logged(*names)

    def kill(self, name: str) -> None:
        """As a lost host: the process and its children at once, without a word."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self, name: str, number: signal.Signals = signal.SIGTERM) -> int:
        """As `docker compose stop`: the signal to the first process, which ends its children. The exit code."""
        process = self.running.pop(name)
        process.send_signal(number)
        return process.wait(timeout=PATIENCE)

    def left(self) -> list[psutil.Process]:
        """Processes of this stack that still run, whoever started them."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if str(self.folder) in " ".join([*process.cmdline(), process.environ().get("PATH", "")]):
                    found.append(process)
        return found

    def end(self) -> None:
        for process in self.left():
            with contextlib.suppress(psutil.Error):
                process.kill()
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def ended(stack: Stack) -> Iterator[Stack]:
    try:
        yield stack
    finally:
        stack.end()


def until(condition: Callable[[], bool]) -> None:
    assert wait_for(condition, seconds=PATIENCE, pause=0.2)
