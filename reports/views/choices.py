"""The month that a dashboard shows, taken from the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.http import HttpRequest

from centers.models import Center
from centers.periods import Month
from centers.periods.dates import DateInputError

MONTHS_OFFERED = 24


@dataclass(frozen=True)
class MonthChoice:
    """The chosen month, the months offered, and what to say where the address names no usable month."""

    month: Month
    offered: list[Month]
    problem: str = ""

    @property
    def context(self) -> dict:
        """For the templates of the month form."""
        return {"month": self.month, "months": self.offered, "problem": self.problem}


def chosen_month(request: HttpRequest, *, today: date, running: bool = False) -> MonthChoice:
    """?month=2026-10; unless named the last full month, or the running one where that is asked for."""
    last = Month.of(today)
    month, problem = last if running else last.previous(), ""
    if text := request.GET.get("month"):
        try:
            month = _begun(Month.parse(text), last)
        except DateInputError as refusal:
            problem = f"{refusal}{month.label}を表示しています。"
    offered = [last.shift(-back) for back in range(MONTHS_OFFERED)]
    return MonthChoice(month, offered if month in offered else [*offered, month], problem)


def _begun(month: Month, last: Month) -> Month:
    if month > last:
        raise DateInputError(f"{month.label}はまだ来ていません。")
    opened_on = Center.objects.aggregate(first=Min("opened_on"))["first"]
    if opened_on and month < Month.of(opened_on):
        raise DateInputError(f"{month.label}には、まだセンターがありません。")
    return month
