"""What the launcher says: one plain Japanese line a step, and for a failure what to do about it."""

import contextlib
import sys
import time
from collections.abc import Iterator


class Failure(Exception):
    """Something a person has to mend. ``str()`` says what happened, ``remedy`` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy

    def lines(self) -> str:
        return f"{self}\n→ {self.remedy}"


class Stopped(Exception):
    """A person or the system asked the launcher to end."""


def say(text: str = "") -> None:
    print(text, flush=True)


def complain(failure: Failure) -> None:
    print(failure.lines(), file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Frame a piece of work: 「・データベースの用意 … 済み(0.8秒)」."""
    print(f"・{text} … ", end="", flush=True)
    started = time.monotonic()
    try:
        yield
    except Stopped:
        say("やめました")
        raise
    except BaseException:
        say("できませんでした")
        raise
    say(f"済み({time.monotonic() - started:.1f}秒)")
