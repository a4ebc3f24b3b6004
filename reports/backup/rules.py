"""Which backups are kept. No database, no clock."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime

from centers.periods import JST


def kept(moments: Iterable[datetime], *, days: int, months: int) -> set[datetime]:
    """The latest of each of the last `days` days and of each of the last `months` months that have one.

    Days and months are those of Japan. The count is of days with a backup, not of days gone by: after a pause the
    old ones stay until as many new ones stand in their place.
    """
    latest_first = sorted(moments, reverse=True)
    return {
        *_latest_of_each(latest_first, lambda day: day, days),
        *_latest_of_each(latest_first, lambda day: (day.year, day.month), months),
    }


def _latest_of_each(
    latest_first: list[datetime], stretch: Callable[[date], Hashable], most: int
) -> list[datetime]:
    latest: dict[Hashable, datetime] = {}
    for moment in latest_first:
        latest.setdefault(stretch(moment.astimezone(JST).date()), moment)
    return list(latest.values())[:most]
