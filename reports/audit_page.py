"""閲覧・操作の記録 for the auditor: who did what, where and how often. Clients appear neither by name nor by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from cases.models import BreakGlass
from centers.enums import AccessVerb
from centers.models import AccessLog, ReadAlarm, ReadSampling, User
from centers.pages import page_name
from centers.periods import JST, Month
from centers.read_samples import noted_in, with_counts

NO_CENTER = "センターなし"


@dataclass(frozen=True)
class Counts:
    """One line of a table: how often each kind of deed was noted."""

    label: str
    by_verb: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.by_verb)


@dataclass(frozen=True)
class Entry:
    """One noted deed, without the person it was about."""

    row: AccessLog

    @property
    def page(self) -> str:
        return page_name(self.row.page)

    @property
    def center(self) -> str:
        return str(self.row.center) if self.row.center else "—"


def by_center(month: Month) -> list[Counts]:
    """Centers in the order of their zones, then what concerns none. One statement."""
    key = ("center__zone__position", "center__zone__name", "center__name")
    rows = noted_in(month).values_list(*key).annotate(**_per_verb()).order_by("center__zone__position")
    return [Counts(f"{zone} {name}" if zone else NO_CENTER, numbers) for _, zone, name, *numbers in rows]


def by_day(month: Month) -> list[Counts]:
    """Days with anything noted, newest first. One statement."""
    rows = (
        noted_in(month).annotate(day=TruncDate("at", tzinfo=JST)).values_list("day").annotate(**_per_verb())
    )
    return [Counts(f"{day.month}/{day.day}", numbers) for day, *numbers in rows.order_by("-day")]


@dataclass(frozen=True)
class GlassCount:
    """緊急閲覧 of all centers: how many wait for a judgement, and how many of these past their last day."""

    waiting: int
    late: int


def glass_count(user: User, on: date) -> GlassCount:
    """One statement."""
    late = Count("pk", filter=Q(judge_by__lt=on))
    waiting = BreakGlass.visible_to(user).filter(verdict="").aggregate(waiting=Count("pk"), late=late)
    return GlassCount(**waiting)


def glass_rows(user: User, on: date, *, late: bool) -> QuerySet[BreakGlass]:
    """緊急閲覧 of all centers, or those whose judgement is late."""
    rows = BreakGlass.visible_to(user).select_related(
        "client__center__zone", "user", "for_center__zone", "judged_by"
    )
    return rows.filter(verdict="", judge_by__lt=on) if late else rows


def _per_verb() -> dict[str, Count]:
    return {f"n_{verb}": Count("pk", filter=Q(verb=verb)) for verb in AccessVerb.values}


def samples_of(month: Month) -> QuerySet[ReadSampling]:
    """サンプル確認 of the month's reads, center by center, with its counts. One statement."""
    rows = with_counts(ReadSampling.objects.filter(month=month.starts_on)).select_related("center__zone")
    return rows.order_by("center__zone__position")


def alarms_in(month: Month) -> QuerySet[ReadAlarm]:
    """Who opened too many persons on a day of the month. One statement."""
    return ReadAlarm.objects.filter(day__range=(month.starts_on, month.ends_on)).select_related("user")
