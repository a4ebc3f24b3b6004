"""Deadlines in calendar hours: pure rules on moments, without database and clock.

The hours run over week-ends, holidays and midnight (48時間 of 安全確認: an operational standard of the handbooks for
虐待対応, the hours are dated settings). Every moment is aware; lengths are measured on the absolute time line, so a
change of the wall clock would not move a deadline.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

_HOUR = timedelta(hours=1)


class ClockState(StrEnum):
    RUNNING = "running"
    OVER = "over"
    MET = "met"
    LATE = "late"  # done, after the deadline


@dataclass(frozen=True)
class Clock:
    """One deadline: `hours` after `started_at`; `done_at` is None while it runs. `reminders` are hours after the start."""

    started_at: datetime
    hours: int
    done_at: datetime | None = None
    reminders: Sequence[int] = ()

    @property
    def due_at(self) -> datetime:
        """In the time zone of the start."""
        due = self.started_at.astimezone(UTC) + self.hours * _HOUR
        return due.astimezone(self.started_at.tzinfo)

    @property
    def taken(self) -> timedelta | None:
        """From the start to the deed; nothing while it is open, zero where the deed came first."""
        return max(_between(self.started_at, self.done_at), timedelta()) if self.done_at else None

    def left(self, now: datetime) -> timedelta:
        """Until the deadline; negative when it is past."""
        return _between(now, self.due_at)

    def state(self, now: datetime) -> ClockState:
        """The very moment of the deadline is still in time."""
        if self.done_at:
            return ClockState.MET if self.done_at <= self.due_at else ClockState.LATE
        return ClockState.RUNNING if now <= self.due_at else ClockState.OVER

    def reminder(self, now: datetime) -> int | None:
        """Hours of the latest reminder that is due, the deadline itself as the last one; None while nothing is."""
        if self.done_at:
            return None
        passed = _between(self.started_at, now)
        return max(
            (hours for hours in (*self.reminders, self.hours) if passed >= hours * _HOUR), default=None
        )

    def words(self, now: datetime) -> str:
        """あと 17時間, 期限を 3時間過ぎています, 達成 17時間50分"""
        match self.state(now):
            case ClockState.MET:
                return f"達成 {duration_words(self.taken)}"
            case ClockState.LATE:
                return f"期限の後に実施 {duration_words(self.taken)}"
            case ClockState.RUNNING:
                return f"あと {_rough(self.left(now))}"
            case _:
                return f"期限を {_rough(-self.left(now))}過ぎています"


def duration_words(length: timedelta | None) -> str:
    """17時間50分, 2時間, 5分; whole minutes, the rest is dropped."""
    minutes = int((length or timedelta()).total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    return "".join(
        part for part in (f"{hours}時間" if hours else "", f"{rest}分" if rest or not hours else "")
    )


def _rough(length: timedelta) -> str:
    """Whole hours once there are two of them, so that the text does not change with every look."""
    whole = length // _HOUR
    return f"{whole}時間" if whole >= 2 else duration_words(length)


def _between(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)
