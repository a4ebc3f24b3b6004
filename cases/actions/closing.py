"""Records of a month that is closed: the figures went to the city, so that only センター管理者 changes them."""

from collections.abc import Iterable
from datetime import date

from cases.models import ClosedMonth
from centers.access import Right, rights_of
from centers.models import Center, User
from centers.periods import Month


class MonthIsClosed(Exception):
    """The change touches a closed month, and the user is not センター管理者 of the center."""

    def __init__(self, month: Month):
        super().__init__()
        self.month = month

    def __str__(self) -> str:
        return (
            f"{self.month.month}月分は締めてあります。この記録を直せるのはセンター管理者です。"
            "直すところをセンター管理者に伝えてください。直すと「締め後の変更」に載ります。"
        )


def closed_among(center: Center, days: Iterable[date]) -> list[Month]:
    """The closed months in which the days lie, in order. One query."""
    firsts = {day.replace(day=1) for day in days}
    closed = ClosedMonth.unscoped.filter(center=center, month__in=firsts).order_by("month")
    return [Month.of(month) for month in closed.values_list("month", flat=True)]


def require_changeable(by: User, center: Center, days: Iterable[date]) -> None:
    """Raises MonthIsClosed where the user may not change the center's records of these days."""
    if center.pk in rights_of(by).center_ids(Right.MONTH_CLOSE):
        return
    if closed := closed_among(center, days):
        raise MonthIsClosed(closed[0])
