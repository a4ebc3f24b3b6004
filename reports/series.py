"""Counts over time and by kind for the dashboards, of the contacts that the monthly figures count. No persons."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from cases.models import Consultation
from centers.models import BusinessItem
from centers.periods import FiscalYear, Month
from reports.models import MonthLine


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
    rows = _lines(["contacts"], center_ids, years[0].starts_on, years[-1].ends_on)
    counted = rows.values_list("center", "month").annotate(sum=Sum("number")).exclude(sum=0).order_by()
    return Series({(center, Month.of(day)): number for center, day, number in counted})


def contacts_by_kind(center_ids: Collection[UUID], month: Month) -> dict[str, Split]:
    """Contacts of the month by code of 支援方法 (methods) and 支援内容 (contents; a contact may have several), and by
    the name of the 業務の区分 (parts). Two statements.
    """
    rows = _lines(["methods", "contents", "items"], center_ids, month.starts_on, month.starts_on)
    lines = rows.values_list("figures", "center", "code")
    counted = lines.annotate(sum=Sum("number")).exclude(sum=0).order_by()
    parts = {str(pk): part for pk, part in BusinessItem.objects.values_list("pk", "part_label")}
    found: dict[str, Counter] = {"methods": Counter(), "contents": Counter(), "parts": Counter()}
    for figures, center, code, number in counted:
        table, line = ("parts", parts[code]) if figures == "items" else (figures, code)
        found[table][center, line] += number
    return {table: Split(counts) for table, counts in found.items()}


def records_by_worker(center_id: UUID, start: date, end: date) -> list[tuple[str, int]]:
    """Records from a day to a day that stand, counted or not, by who did them; most first. One statement.

    Who wrote a record stands for its worker where none is named.
    """
    rows = Consultation.unscoped.standing().filter(center=center_id, date__range=(start, end))
    worker = rows.annotate(worker=Coalesce("staff__name", "written_by__name")).values_list("worker")
    return sorted(worker.annotate(number=Count("pk")).order_by(), key=lambda row: (-row[1], row[0]))


def _lines(figures: Sequence[str], center_ids: Collection[UUID], first: date, last: date):
    """Rolled-up lines of the months that begin from a day to a day, both included."""
    return MonthLine.unscoped.filter(figures__in=figures, center__in=center_ids, month__range=(first, last))
