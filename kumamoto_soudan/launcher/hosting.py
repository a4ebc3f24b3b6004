"""One host, many guests: whoever holds ``servers.lock`` runs the servers of a data folder, others join them."""

import contextlib
import fcntl
import math
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from kumamoto_soudan.launcher.credentials import load_or_create
from kumamoto_soudan.launcher.paths import data_dir, prepare_data_dir, server_home_path
from kumamoto_soudan.launcher.process import wait_for
from kumamoto_soudan.launcher.roles import Role
from kumamoto_soudan.launcher.servers import Endpoints, Servers
from kumamoto_soudan.launcher.words import Failure, Stopped

HOST_LOCK = "servers.lock"
GUEST_LOCK = "guests.lock"  # shared by guests; a host takes it alone before it stops the servers
JOIN_SECONDS = 300
THROW_AWAY = "kumamoto_soudan-test-"
# Settings want these; a command that opens no database can do with addresses that lead nowhere.
OFFLINE = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": "used by no running server",
}
FORGOTTEN_AFTER = 24 * 3600  # seconds


class Lock:
    """``flock`` on a file of the data folder; ends with the process, however that ends."""

    def __init__(self, file: Path) -> None:
        self.descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        try:
            fcntl.flock(self.descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def drop(self) -> None:
        os.close(self.descriptor)


@contextlib.contextmanager
def host(
    data: Path, *, durable: bool = True, web_port: int = 0, wait_for_guests: bool = True
) -> Iterator[Servers]:
    """Run the servers for the length of the block. Raises Failure when somebody else runs them already."""
    prepare_data_dir(data)
    lock = Lock(data / HOST_LOCK)
    try:
        if not lock.take():
            raise _busy(data)
        with _running(Servers(data, durable=durable, web_port=web_port), wait_for_guests) as servers:
            yield servers
    finally:
        lock.drop()


@contextlib.contextmanager
def _running(servers: Servers, wait_for_guests: bool) -> Iterator[Servers]:
    guests = Lock(servers.data / GUEST_LOCK)
    try:
        servers.start()
        servers.announce()
        yield servers
    finally:
        try:
            if wait_for_guests:
                with contextlib.suppress(Stopped):
                    wait_for(guests.take, seconds=math.inf)
        finally:
            servers.stop()
            guests.drop()


def refuse_if_running(data: Path) -> None:
    """Raise Failure when somebody runs the servers of this folder."""
    lock = Lock(data / HOST_LOCK)
    free = lock.take()
    lock.drop()
    if not free:
        raise _busy(data)


def _busy(data: Path) -> Failure:
    endpoints = Endpoints.read(data)
    if endpoints and endpoints.web_port:
        return Failure(
            f"もう起動しています(http://127.0.0.1:{endpoints.web_port}/ 、プロセス番号 {endpoints.pid})。",
            "そのまま使うか、先に動いているほうを Ctrl-C で止めてください。",
        )
    return Failure(
        f"別のコマンドがこのデータ {data} を使っています。",
        "そのコマンドが終わってから、もう一度実行してください。",
    )


@contextlib.contextmanager
def join_or_host(data: Path, role: Role) -> Iterator[Mapping[str, str]]:
    """Environment of the servers of ``data``: the running ones, or ones that run for the length of the block."""
    prepare_data_dir(data)
    deadline = time.monotonic() + JOIN_SECONDS
    with contextlib.ExitStack() as stack:
        while (environment := _host(stack, data, role) or _join(stack, data, role)) is None:
            if time.monotonic() > deadline:
                raise _busy(data)
            time.sleep(0.1)
        yield environment


def _host(stack: contextlib.ExitStack, data: Path, role: Role) -> Mapping[str, str] | None:
    lock = Lock(data / HOST_LOCK)
    stack.callback(lock.drop)
    if not lock.take():
        return None
    return stack.enter_context(_running(Servers(data), wait_for_guests=True)).environment(role)


def _join(stack: contextlib.ExitStack, data: Path, role: Role) -> Mapping[str, str] | None:
    guests = Lock(data / GUEST_LOCK)
    # The state counts only with the lock in hand: a host about to stop holds it alone.
    endpoints = Endpoints.read(data) if guests.take(shared=True) else None
    if endpoints is None:
        guests.drop()
        return None
    stack.callback(guests.drop)
    return endpoints.environment(data, load_or_create(data), role)


@contextlib.contextmanager
def ensure_servers(role: Role | None = "app") -> Iterator[None]:
    """Let the block work on the servers of ``SOUDAN_DATA_DIR``: DATABASE_URL, REDIS_URL and SECRET_KEY are set.

    Joins running servers, else starts them for the length of the block. Does nothing when DATABASE_URL is set;
    with ``role=None`` nothing is started, settings load all the same. Raises Failure.
    """
    if os.environ.get("DATABASE_URL"):
        yield
    elif role is None:
        with _variables({name: value for name, value in OFFLINE.items() if not os.environ.get(name)}):
            yield
    else:
        with _orderly_end(), join_or_host(data_dir(), role) as variables, _variables(variables):
            yield


@contextlib.contextmanager
def _variables(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _orderly_end() -> Iterator[None]:
    """SIGTERM and SIGHUP unwind the stack, so that the servers are stopped, instead of killing at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {
        number: signal.signal(number, lambda received, _: sys.exit(128 + received)) for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def throw_away(role: Role) -> Iterator[Mapping[str, str]]:
    """Servers on an empty data folder that is removed afterwards; nothing in it is forced to the disk."""
    _remove_forgotten()
    data = Path(tempfile.mkdtemp(prefix=THROW_AWAY)).resolve()
    data.chmod(0o711)
    try:
        with host(data, durable=False) as servers:
            yield servers.environment(role)
    finally:
        _remove(data)


def _remove(data: Path) -> None:
    shutil.rmtree(server_home_path(data), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


def _remove_forgotten() -> None:
    """Throw-away folders whose command was killed."""
    for data in Path(tempfile.gettempdir()).glob(f"{THROW_AWAY}*"):
        with contextlib.suppress(OSError):
            state = data.stat()
            if state.st_uid == os.geteuid() and time.time() - state.st_mtime > FORGOTTEN_AFTER:
                lock = Lock(data / HOST_LOCK)
                if lock.take():
                    _remove(data)
                lock.drop()
