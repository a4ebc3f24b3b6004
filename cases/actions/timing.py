"""The quick log's own measure: the goal is a median under 60 seconds from opening to saving."""

from dataclasses import dataclass
from datetime import date

from cases.models import LogTiming
from centers.models import Center

# Beyond this the form was left open, not filled in.
LONGEST_SECONDS = 60 * 60


@dataclass(frozen=True)
class Timing:
    """Seconds from opening the form, and how it was opened (LogVia)."""

    seconds: float
    via: str


def note_timing(timing: Timing, *, center: Center, day: date) -> None:
    if 0 <= timing.seconds <= LONGEST_SECONDS:
        LogTiming.unscoped.create(center=center, day=day, seconds=round(timing.seconds), via=timing.via)
