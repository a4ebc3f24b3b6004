"""Counts over time and by kind for the dashboards, of the contacts that the monthly figures count. No persons."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Func
from django.db.models.functions import Coalesce, TruncMonth

from cases.models import Consultation
from centers.periods import FiscalYear, Month


@dataclass(frozen=True)
class Series:
    """Contacts by center and month; a pair that is not there counts zero."""

    counts: Mapping[tuple[UUID, Month], int] = field(default_factory=dict)

    def of(self, center_id: UUID, month: Month) -> int:
        return self.counts.get((center_id, month), 0)

    def total(self, month: Month) -> int:
        """All centers together."""
        return sum(number for (_, when), number in self.counts.items() if when == month)


@dataclass(frozen=True)
class Split:
    """Contacts of one month by center and code."""

    counts: Mapping[tuple[UUID, str], int] = field(default_factory=dict)

    def of(self, center_id: UUID, code: str) -> int:
        return self.counts.get((center_id, code), 0)

    def totals(self) -> dict[str, int]:
        """All centers together, by code."""
        total: dict[str, int] = {}
        for (_, code), number in self.counts.items():
            total[code] = total.get(code, 0) + number
        return total


def contacts_by_month(center_ids: Collection[UUID], years: Iterable[FiscalYear]) -> Series:
    """延べ件数 of each center in each month of the 年度, which follow each other. One statement."""
    years = sorted(years)
    rows = _contacts(center_ids, years[0].starts_on, years[-1].ends_on)
    counted = (
        rows.annotate(month=TruncMonth("date")).values_list("center", "month").annotate(number=Count("pk"))
    )
    return Series({(center, Month.of(day)): number for center, day, number in counted.order_by()})


def contacts_by_method(center_ids: Collection[UUID], month: Month) -> Split:
    """延べ件数 by code of 支援方法. One statement."""
    return _split(_contacts(center_ids, month.starts_on, month.ends_on), "method")


def contacts_by_content(center_ids: Collection[UUID], month: Month) -> Split:
    """Marks by code of 支援内容; a contact may have several. One statement."""
    rows = _contacts(center_ids, month.starts_on, month.ends_on)
    return _split(rows.annotate(content=Func(F("contents"), function="unnest")), "content")


def contacts_by_part(center_ids: Collection[UUID], month: Month) -> Split:
    """延べ件数 by the name of the 業務の区分. One statement."""
    return _split(_contacts(center_ids, month.starts_on, month.ends_on), "business_item__part_label")


def records_by_worker(center_id: UUID, start: date, end: date) -> list[tuple[str, int]]:
    """Records from a day to a day that stand, counted or not, by who did them; most first. One statement.

    Who wrote a record stands for its worker where none is named.
    """
    rows = Consultation.unscoped.standing().filter(center=center_id, date__range=(start, end))
    worker = rows.annotate(worker=Coalesce("staff__name", "written_by__name")).values_list("worker")
    return sorted(worker.annotate(number=Count("pk")).order_by(), key=lambda row: (-row[1], row[0]))


def _contacts(center_ids: Collection[UUID], start: date, end: date):
    """The centers' contacts from a day to a day, both included."""
    return Consultation.unscoped.contacts().filter(center__in=center_ids, date__range=(start, end))


def _split(rows, key: str) -> Split:
    counted = rows.values_list("center", key).annotate(number=Count("pk")).order_by()
    return Split({(center, code): number for center, code, number in counted})
