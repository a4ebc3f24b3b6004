"""Starting, waiting for and ending child processes so that none outlives the launcher."""

import contextlib
import ctypes
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, cast

import psutil

from kumamoto_soudan.launcher.account import Account
from kumamoto_soudan.launcher.paths import ROOT, write_private
from kumamoto_soudan.launcher.words import Stopped

LOG_LIMIT = 5_000_000  # bytes; one older file is kept beside it
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class StopRequests:
    """Counts SIGINT, SIGTERM and SIGHUP. Handlers never raise: work checks between its steps."""

    def __init__(self) -> None:
        self.signals: list[tuple[int, float]] = []
        self.stopping = False

    def install(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, _frame: self.signals.append((received, time.monotonic())))

    def check(self) -> None:
        """Raise Stopped once a signal has come, except while already stopping."""
        if self.signals and not self.stopping:
            raise Stopped

    @property
    def hurry(self) -> bool:
        """Asked again after a second: a shell and make may both pass on the first signal."""
        return bool(self.signals) and self.signals[-1][1] - self.signals[0][1] > 1


STOP = StopRequests()


def end_with_parent(number: int) -> Callable[[], None] | None:
    """For ``preexec_fn``: the kernel sends the signal to the child when its parent is gone (Linux only)."""
    if _LIBC is None:
        return None
    parent = os.getpid()

    def prepare() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def rotate(log: Path, limit: int = LOG_LIMIT) -> None:
    """Move a log that grew too big aside. Writers append, so they go on in the emptied file."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > limit:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            log.with_suffix(".log.1").chmod(0o600)
            os.truncate(log, 0)


def open_log(log: Path) -> IO[bytes]:
    rotate(log)
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def tail(log: Path, lines: int = 12) -> str:
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return ""


def spawn(
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str],
    stop_signal: int = signal.SIGTERM,
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C reaches the launcher alone), output appended to ``log``."""
    with open_log(log) as output:
        return subprocess.Popen(
            command,
            env=env,
            cwd="/" if account else ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent(stop_signal),
            **(account.spawn_arguments() | {"umask": 0o077} if account else {}),
        )


def wait_for(ready: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Ask again and again until ready; False after ``seconds``. Raises Stopped when asked to end."""
    deadline = time.monotonic() + seconds
    while not ready():
        STOP.check()
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def call(command: Sequence[str], *, log: Path, env: Mapping[str, str], account: Account | None = None) -> int:
    """Run a child to its end and give back its exit code; when asked to stop it is killed, and Stopped raised."""
    process = spawn(command, log=log, env=env, account=account)
    try:
        wait_for(lambda: process.poll() is not None, seconds=math.inf)
        return process.returncode
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def ended_on_error(process: subprocess.Popen[bytes], stop_signal: int) -> Iterator[None]:
    """A child that is not yet in anybody's care goes when its start fails or is broken off."""
    try:
        yield
    except BaseException:
        process.send_signal(stop_signal)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


class Ledger:
    """Notes the running children in a file, so that the next start can end what a killed launcher left."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.entries: dict[str, dict[str, object]] = {}

    def note(self, name: str, process: subprocess.Popen[bytes], stop_signal: int) -> None:
        command = cast(Sequence[str], process.args)
        self.entries[name] = {"pid": process.pid, "command": list(command), "signal": int(stop_signal)}
        write_private(self.file, json.dumps(self.entries))

    def clear(self) -> None:
        self.entries = {}
        self.file.unlink(missing_ok=True)

    def end_leftovers(self, *, seconds: float = 30) -> None:
        """End the noted processes that still run the noted command."""
        try:
            entries = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        left = []
        for entry in entries.values():
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(entry["pid"])
                if process.cmdline() == entry["command"]:
                    process.send_signal(entry["signal"])
                    left.append(process)
        _gone, alive = psutil.wait_procs(left, timeout=seconds)
        for process in alive:
            with contextlib.suppress(psutil.Error, ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        psutil.wait_procs(alive, timeout=5)
        self.clear()
