"""The launcher's children: noted, kept running, and ended in order."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kumamoto_soudan.launcher.process import STOP, Ledger, wait_for
from kumamoto_soudan.launcher.words import say

SERVERS, APPLICATION = range(2)  # stages: a later stage needs the earlier ones and ends first
BACK_OFF = (0.5, 1, 1, 2, 2, 4, 4, 8, 15, 30)  # seconds before the next try
STEADY = 60  # seconds after which a child counts as running well again


@dataclass
class Child:
    """One process to keep running. ``stop_signals`` are sent in turn, ``patience`` seconds apart."""

    name: str
    label: str
    spawn: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]
    stage: int
    stop_signals: tuple[signal.Signals, ...]
    patience: float = 10
    deaths: int = 0
    started: float = 0
    retry_at: float = 0

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


class Family:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.children: list[Child] = []

    def add(self, child: Child) -> None:
        child.started = time.monotonic()
        self.children.append(child)
        self._note(child)

    def _note(self, child: Child) -> None:
        self.ledger.note(child.name, child.process, child.stop_signals[0])

    def tend(self) -> None:
        """Start again what died, later and later when it keeps dying. Call it a few times a second."""
        now = time.monotonic()
        for child in self.children:
            if child.alive:
                continue
            if not child.retry_at:
                child.deaths = 1 if now - child.started > STEADY else child.deaths + 1
                pause = BACK_OFF[min(child.deaths, len(BACK_OFF)) - 1]
                child.retry_at = now + pause
                say(f"・{child.label}が止まりました。{pause:g}秒後にもう一度起動します({child.deaths}回目)")
            elif now >= child.retry_at:
                _kill_group(child)
                child.process, child.started, child.retry_at = child.spawn(), now, 0
                self._note(child)

    def stop(self) -> None:
        """End every child, the application before the servers, by force where asking does not help."""
        STOP.stopping = True
        for stage in (APPLICATION, SERVERS):
            _stop_together([child for child in self.children if child.stage == stage])
        self.children.clear()
        self.ledger.clear()


def _stop_together(children: list[Child]) -> None:
    for number in range(max((len(child.stop_signals) for child in children), default=0)):
        left = [child for child in children if child.alive]
        for child in left:
            child.process.send_signal(child.stop_signals[min(number, len(child.stop_signals) - 1)])
        patience = max((child.patience for child in left), default=0)
        wait_for(partial(_gone_or_hurried, left), seconds=patience)
    for child in children:
        _kill_group(child)
        child.process.wait()


def _gone_or_hurried(children: list[Child]) -> bool:
    return STOP.hurry or not any(child.alive for child in children)


def _kill_group(child: Child) -> None:
    """What a child left of its own children goes with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)
