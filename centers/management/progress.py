"""How far a long command is: a bar on a terminal, now and then a line elsewhere."""

from collections.abc import Callable
from time import monotonic

from django.core.management.base import OutputWrapper

_WIDTH = 30
_ON_TERMINAL, _ELSEWHERE = 0.2, 10.0  # seconds between two writings


class ProgressBar:
    """Call it with (done, of), as often as you like; `done == of` writes the last word.

    Percent, rows and the time that is left, by the pace so far. Elsewhere than on a terminal a line every ten seconds
    and one at the end.
    """

    def __init__(
        self, stream: OutputWrapper, label: str, unit: str = "件", clock: Callable[[], float] = monotonic
    ):
        self.stream, self.label, self.unit, self.clock = stream, label, unit, clock
        self.terminal = stream.isatty()
        self.began = self.wrote = clock()

    def __call__(self, done: int, of: int) -> None:
        now, finished = self.clock(), done >= of
        if not finished and now - self.wrote < (_ON_TERMINAL if self.terminal else _ELSEWHERE):
            return
        self.wrote = now
        text = f"{done:,} / {of:,}{self.unit} {self._time(done, of, now - self.began)}"
        percent = 100 if finished else 100 * done // of
        if self.terminal:
            bar = "█" * (_WIDTH * percent // 100)
            self.stream.write(f"\r\x1b[K{self.label} {bar:░<{_WIDTH}} {percent}% {text}", ending="")
            self.stream.write("\n" if finished else "", ending="")
        else:
            self.stream.write(f"{self.label} {percent}% {text}")
        self.stream.flush()

    @staticmethod
    def _time(done: int, of: int, spent: float) -> str:
        if done >= of:
            return f"({_minutes(spent)}かかりました)"
        return f"残りおよそ{_minutes(spent * (of - done) / done)}" if done else ""


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}分{rest:02}秒" if minutes else f"{rest}秒"
