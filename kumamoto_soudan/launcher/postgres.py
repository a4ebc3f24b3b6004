"""The embedded PostgreSQL: one cluster of ours, reached over a Unix socket or a free loopback port."""

import locale
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg2

from kumamoto_soudan.launcher.credentials import Credentials
from kumamoto_soudan.launcher.database import ADMIN, Server, provision
from kumamoto_soudan.launcher.home import ServerHome
from kumamoto_soudan.launcher.paths import write_private
from kumamoto_soudan.launcher.process import call, ended_on_error, spawn, tail, wait_for
from kumamoto_soudan.launcher.words import Failure

STOP_SIGNAL = signal.SIGINT  # "fast": ends sessions, then a clean checkpoint
SERVER_ENV = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
SOCKET_PATH_LIMIT = 103  # bytes, macOS; 107 on Linux
SOCKET_PORT = 5432  # only part of the socket's file name
RETRY_SECONDS = 15  # after a crash the old process holds its locks for some seconds
RECOVERY_SECONDS = 600
SETTINGS = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "60",
    "unix_socket_permissions": "0700",
    # What was refused, its statement and details carry people's data: they stay out of the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] ",
}
THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def utf8_ctype() -> str:
    """A character type of this system that knows Japanese letters; with "C" pg_trgm would see none.

    Comparing and sorting come from PostgreSQL's builtin C.UTF-8 all the same.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "ja_JP.UTF-8", "UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
                return name
            except locale.Error:
                continue
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise Failure(
        "この機械には UTF-8 のロケールがありません。",
        "Debian・Ubuntu では `apt install locales` のあと `locale-gen C.UTF-8 en_US.UTF-8` を実行してください。",
    )


class Postgres:
    """``durable=False`` only for throw-away data: no write is forced to the disk."""

    def __init__(self, home: ServerHome, credentials: Credentials, *, durable: bool = True) -> None:
        self.home = home
        self.credentials = credentials
        self.durable = durable
        self.log = home.log("postgres")
        longest = os.fsencode(home.sockets / f".s.PGSQL.{SOCKET_PORT}.lock")
        self.by_socket = len(longest) <= SOCKET_PATH_LIMIT
        self.port = SOCKET_PORT

    @property
    def server(self) -> Server:
        return Server(str(self.home.sockets) if self.by_socket else "127.0.0.1", self.port)

    def initialise(self) -> None:
        """Make the cluster unless it exists. A half-made one from an interrupted start is thrown away."""
        if self.home.cluster.exists():
            self._check_version()
            return
        fresh = self.home.path / "postgres.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        self.home.own_folder(fresh)
        password = fresh.with_suffix(".password")
        write_private(password, self.credentials.admin_password)
        if self.home.account is not None:
            self.home.account.own(password)
        try:
            self._initdb(fresh, password)
        finally:
            password.unlink()
        fresh.rename(self.home.cluster)

    def _initdb(self, cluster: Path, password: Path) -> None:
        command = [
            str(self.home.programs.tool("initdb")),
            f"--pgdata={cluster}",
            f"--username={ADMIN}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            f"--lc-ctype={utf8_ctype()}",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ]
        if not self.durable:
            command.append("--no-sync")
        if call(command, log=self.log, env=SERVER_ENV, account=self.home.account):
            raise Failure(
                f"データベースを作れませんでした。\n{tail(self.log)}",
                f"ディスクの空きと {self.home.path} の持ち主を確かめてから、もう一度実行してください。",
            )

    def _check_version(self) -> None:
        made_by = (self.home.cluster / "PG_VERSION").read_text().strip()
        if made_by != "18":
            raise Failure(
                f"データは PostgreSQL {made_by} で作られています。入っているのは PostgreSQL 18 です。",
                "元の版の requirements.txt に戻すか、バックアップを新しいデータフォルダーに戻してください。",
            )

    def spawn(self) -> subprocess.Popen[bytes]:
        settings = SETTINGS | ({} if self.durable else THROW_AWAY) | {"port": str(self.port)}
        if self.by_socket:
            settings |= {"listen_addresses": "", "unix_socket_directories": f'"{self.home.sockets}"'}
        else:
            settings |= {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        command = [str(self.home.programs.tool("postgres")), "-D", str(self.home.cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return spawn(
            command, log=self.log, env=SERVER_ENV, stop_signal=STOP_SIGNAL, account=self.home.account
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start and wait until it answers. Tries again for a while after a crash. Raises Failure."""
        self.home.own_folder(self.home.sockets)
        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            if not self.by_socket:
                self.port = free_port()
            process = self.spawn()
            with ended_on_error(process, STOP_SIGNAL):
                if self.wait_ready(process):
                    provision(self.server, self.credentials)
                    return process
            if time.monotonic() > deadline:
                raise Failure(
                    f"データベースを起動できませんでした。\n{tail(self.log)}",
                    f"くわしい記録は {self.log} にあります。ディスクの空きを確かめて、もう一度実行してください。",
                )
            time.sleep(0.5)

    def wait_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """True once it answers, False when the process ended first."""
        wait_for(lambda: process.poll() is not None or self._answers(), seconds=RECOVERY_SECONDS)
        return process.poll() is None

    def _answers(self) -> bool:
        try:
            self.server.connect(ADMIN, self.credentials.admin_password, "postgres").close()
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Failure(
                    "データベースの鍵が合いません。",
                    f"{self.home.data / 'secrets.json'} を、このデータと同じ時のバックアップから戻してください。",
                ) from None
            return False
        return True
