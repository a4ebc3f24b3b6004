"""The embedded Valkey: the broker, on a free loopback port with a password, its data on disk."""

import signal
import subprocess

import redis

from kumamoto_soudan.launcher.credentials import Credentials
from kumamoto_soudan.launcher.home import ServerHome
from kumamoto_soudan.launcher.paths import write_private
from kumamoto_soudan.launcher.postgres import SERVER_ENV, free_port
from kumamoto_soudan.launcher.process import ended_on_error, spawn, tail, wait_for
from kumamoto_soudan.launcher.words import Failure

STOP_SIGNAL = signal.SIGTERM
TRIES = 5
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
set-proc-title no
loglevel warning
"""


def quoted(text: str) -> str:
    """A value in Valkey's configuration language; bytes outside ASCII stay as they are."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Valkey:
    def __init__(self, home: ServerHome, credentials: Credentials) -> None:
        self.home = home
        self.credentials = credentials
        self.log = home.log("valkey")
        self.port = 0

    def url(self) -> str:
        return f"redis://:{self.credentials.broker_password}@127.0.0.1:{self.port}/0"

    def spawn(self) -> subprocess.Popen[bytes]:
        """The password stands in a file of the server's account, not on the command line that all can read."""
        file = self.home.path / "valkey.conf"
        folder = quoted(str(self.home.broker))
        write_private(
            file,
            CONFIGURATION.format(port=self.port, password=self.credentials.broker_password, folder=folder),
        )
        if self.home.account is not None:
            self.home.account.own(file)
        command = [str(self.home.programs.valkey), str(file)]
        return spawn(
            command, log=self.log, env=SERVER_ENV, stop_signal=STOP_SIGNAL, account=self.home.account
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start and wait until it answers; another port when somebody else took the first one."""
        self.home.own_folder(self.home.broker)
        for _ in range(TRIES):
            self.port = free_port()
            process = self.spawn()
            with ended_on_error(process, STOP_SIGNAL):
                if self.wait_ready(process):
                    return process
        raise Failure(
            f"待ち行列のサーバー(Valkey)を起動できませんでした。\n{tail(self.log)}",
            f"くわしい記録は {self.log} にあります。ディスクの空きを確かめて、もう一度実行してください。",
        )

    def wait_ready(self, process: subprocess.Popen[bytes]) -> bool:
        with redis.Redis.from_url(self.url(), socket_timeout=2) as client:

            def answers() -> bool:
                try:
                    return bool(client.ping())
                except redis.RedisError:
                    return False

            wait_for(lambda: process.poll() is not None or answers(), seconds=60)
        return process.poll() is None
