"""Closed months as they were stored: which version holds, and its figures."""

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from centers.models import Center
from centers.periods import Month
from reports.models import MonthlyReport
from reports.supports import SupportFigures
from reports.tables import Counts


def latest_reports(centers: Iterable[Center], month: Month) -> dict[UUID, MonthlyReport]:
    """Center → its latest version of the month, where it is closed; without the records. One statement."""
    reports = MonthlyReport.unscoped.filter(
        center__in=[center.pk for center in centers], month=month.starts_on
    )
    latest = reports.order_by("center_id", "-version").distinct("center_id").defer("records")
    return {report.center_id: report for report in latest.select_related("closed_by")}


def versions_of(center: Center, month: Month) -> list[MonthlyReport]:
    """All versions with their records, the latest first."""
    reports = MonthlyReport.unscoped.filter(center=center, month=month.starts_on)
    return list(reports.select_related("closed_by").order_by("-version"))


_SUPPORT = "support"  # beside the tables of Counts


def stored(counts: Counts, support: SupportFigures) -> dict:
    """As MonthlyReport.figures holds them."""
    return asdict(counts) | {_SUPPORT: support.as_json()}


def counts_of(report: MonthlyReport) -> Counts:
    return Counts(**{table: figures for table, figures in report.figures.items() if table != _SUPPORT})


def support_of(report: MonthlyReport) -> SupportFigures:
    return SupportFigures(**report.figures[_SUPPORT])
