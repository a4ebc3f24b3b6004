from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from centers.enums import FactStatus


class DateRange(Func):
    """daterange(start, end, '[]'): both days belong to it, an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def overlaps(first: date, last: date, *, start: str = "starts_on", end: str = "ends_on") -> Q:
    """Rows whose period shares a day with first..last; all ends inclusive, an empty end is open."""
    return Q(**{f"{start}__lte": last}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": first}))


def in_force(on: date, *, start: str = "starts_on", end: str = "ends_on") -> Q:
    """Rows whose period holds the day."""
    return overlaps(on, on, start=start, end=end)


def no_overlap(
    name: str, *keys: str, message: str, condition: Q | None = None, start="starts_on", end="ends_on"
):
    """Exclusion constraint: rows with equal `keys` never share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((key, RangeOperators.EQUAL) for key in keys),
            (
                DateRange(start, end, RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                RangeOperators.OVERLAPS,
            ),
        ],
        condition=condition,
        violation_error_message=message,
    )


def date_order(name: str, *, start: str = "starts_on", end: str = "ends_on"):
    """Check constraint: the end is not before the start."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        violation_error_message="終わりの日が始まりの日より前です。日付を確かめてください。",
    )


class PeriodQuerySet(models.QuerySet):
    def in_force(self, on: date):
        return self.filter(in_force(on))


class Period(models.Model):
    """Something that holds from a day to a day, both included; an empty end is still running."""

    starts_on = models.DateField("開始日")
    ends_on = models.DateField("終了日", null=True, blank=True)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A fact taken from a document: where it stands there, and how sure it is."""

    status = models.CharField(
        "確かさ", max_length=12, choices=FactStatus.choices, default=FactStatus.CARRIED_OUT
    )
    source = models.CharField("出典", max_length=300)

    class Meta:
        abstract = True

    @property
    def needs_confirmation(self) -> bool:
        return self.status != FactStatus.CARRIED_OUT
