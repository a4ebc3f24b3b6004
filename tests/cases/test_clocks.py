"""Deadlines in calendar hours: the edges of a week-end, a holiday, midnight and the deadline itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.clocks import Clock, ClockState, duration_words
from centers.periods import JST, is_holiday

FRIDAY = datetime(2026, 11, 20, 16, 40, tzinfo=JST)
REMINDERS = (24, 40)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


def safety(done=None, start=FRIDAY) -> Clock:
    return Clock(start, 48, done, REMINDERS)


def test_the_limit_runs_over_a_week_end_and_a_holiday():
    assert safety().due_at == at(22, 16, 40) and at(22, 0).isoweekday() == 7
    assert is_holiday(at(23, 0).date())
    assert safety(start=at(22, 9)).due_at == at(24, 9)


def test_a_minute_before_midnight_and_the_turn_of_the_year():
    assert safety(start=at(20, 23, 59)).due_at == at(22, 23, 59)
    start = datetime(2026, 12, 30, 23, 59, tzinfo=JST)
    assert safety(start=start).due_at == datetime(2027, 1, 1, 23, 59, tzinfo=JST)


def test_a_change_of_the_wall_clock_moves_no_deadline():
    """Japan has none; elsewhere the night of the change has an hour more, and the limit 48 hours all the same."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 24, 12, 0, tzinfo=berlin)
    due = safety(start=start).due_at
    assert due.timestamp() - start.timestamp() == 48 * 3600
    assert due.hour == 11


@pytest.mark.parametrize(
    ("day", "hour", "minute", "reached", "state", "words"),
    [
        (20, 16, 40, None, ClockState.RUNNING, "あと 48時間"),
        (21, 16, 39, None, ClockState.RUNNING, "あと 24時間"),
        (21, 16, 40, 24, ClockState.RUNNING, "あと 24時間"),
        (22, 8, 39, 24, ClockState.RUNNING, "あと 8時間"),
        (22, 8, 40, 40, ClockState.RUNNING, "あと 8時間"),
        (22, 15, 10, 40, ClockState.RUNNING, "あと 1時間30分"),
        (22, 16, 40, 48, ClockState.RUNNING, "あと 0分"),
        (22, 16, 41, 48, ClockState.OVER, "期限を 1分過ぎています"),
        (23, 9, 0, 48, ClockState.OVER, "期限を 16時間過ぎています"),
    ],
)
def test_reminders_and_words_while_it_runs(day, hour, minute, reached, state, words):
    now = at(day, hour, minute)
    assert (safety().reminder(now), safety().state(now), safety().words(now)) == (reached, state, words)


def test_done_in_time_late_and_before_the_start():
    done = safety(at(21, 10, 30))
    assert (done.state(at(23, 0)), done.words(at(23, 0)), done.reminder(at(23, 0))) == (
        ClockState.MET,
        "達成 17時間50分",
        None,
    )
    assert safety(at(22, 16, 40)).state(at(23, 0)) == ClockState.MET
    assert safety(at(22, 17, 0)).words(at(23, 0)) == "期限の後に実施 48時間20分"
    assert safety(FRIDAY - timedelta(hours=1)).taken == timedelta()


def test_the_notice_to_the_city_has_its_deadline_as_its_only_reminder():
    notice = Clock(FRIDAY, 1)
    assert [notice.reminder(at(20, 17, minute)) for minute in (39, 40)] == [None, 1]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0分"), (59, "59分"), (60, "1時間"), (1070, "17時間50分")]
)
def test_lengths_in_words(minutes, words):
    assert duration_words(timedelta(minutes=minutes, seconds=59)) == words
