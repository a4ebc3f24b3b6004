"""How far a long import has come, on standard error: a line that is rewritten on a terminal, else one now and then."""

from time import monotonic
from typing import TextIO

from django.core.management.base import OutputWrapper

EVERY_SECONDS = 5.0


class ProgressLine:
    def __init__(self, out: OutputWrapper | TextIO, what: str):
        self.out, self.what = out, what
        self.on_terminal = out.isatty()
        self.told_at = monotonic()

    def __call__(self, done: int, of: int) -> None:
        if not self.on_terminal and monotonic() - self.told_at < EVERY_SECONDS:
            return
        self.told_at = monotonic()
        line = f"{self.what} {100 * done // of}%({done:,}/{of:,}行)"
        if self.on_terminal:
            self.out.write(f"\r{line}" + ("\n" if done == of else ""))
        else:
            self.out.write(f"{line}\n")
        self.out.flush()
