"""事業所とのつながり: which 指定特定相談支援事業所 of a zone a center has helped lately, and which it has not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cases.models import ProviderSupport
from centers.models import Center, Organization
from centers.periods import FiscalYear

NEVER = date.min
# the longest silence first
ORDER = ("last_on", "kana", "pk")


@dataclass(frozen=True)
class Coverage:
    """How a center stands towards the providers of its zone on a day; `silent`: without help since the limit."""

    center: Center
    providers: int
    silent: int
    never: int
    helped: int  # times in the 年度, providers of other zones included


def silent_before(on: date, days: int) -> date:
    """A provider helped last before this day is silent."""
    return on - timedelta(days=days)


def providers_of(center: Center, on: date) -> QuerySet[Organization]:
    """The open providers of the center's zone, each with `last_on` (NEVER for none), `last_by` and `times` in the 年度."""
    given = ProviderSupport.unscoped.standing().filter(center=center, provider=OuterRef("pk"), date__lte=on)
    latest = given.order_by("-date", "-created_at")
    in_year = given.filter(date__gte=FiscalYear.of(on).starts_on).order_by().values("provider")
    return _of_zone(center, on).annotate(
        last_on=Coalesce(Subquery(latest.values("date")[:1]), Value(NEVER), output_field=DateField()),
        last_by=Subquery(latest.annotate(by=Coalesce("staff__name", "written_by__name")).values("by")[:1]),
        times=Coalesce(Subquery(in_year.annotate(number=Count("pk")).values("number")), Value(0)),
    )


def _of_zone(center: Center, on: date) -> QuerySet[Organization]:
    return Organization.objects.open_on(on).filter(kind=Organization.PROVIDER).serving(center.zone)


def coverage_of(centers: Iterable[Center], on: date, days: int) -> list[Coverage]:
    """One line a center. Two statements and one for each center."""
    centers = list(centers)
    given = ProviderSupport.unscoped.standing().filter(center__in=centers, date__lte=on)
    last: dict[Any, dict[Any, date]] = {center.pk: {} for center in centers}
    for row in given.filter(provider__isnull=False).values("center", "provider").annotate(on=Max("date")):
        last[row["center"]][row["provider"]] = row["on"]
    this_year = Q(date__gte=FiscalYear.of(on).starts_on)
    times = dict(given.filter(this_year).values_list("center").annotate(number=Count("pk")).order_by())
    return [_line(center, on, days, last[center.pk], times.get(center.pk, 0)) for center in centers]


def _line(center: Center, on: date, days: int, last: dict[Any, date], times: int) -> Coverage:
    providers = list(_of_zone(center, on).order_by().values_list("pk", flat=True))
    limit = silent_before(on, days)
    return Coverage(
        center=center,
        providers=len(providers),
        silent=sum(last.get(pk, NEVER) < limit for pk in providers),
        never=sum(pk not in last for pk in providers),
        helped=times,
    )
