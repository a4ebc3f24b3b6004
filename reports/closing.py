"""月次の締め: the figures of a month are frozen as a version. The records go on; what changes them is shown beside."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.db import connection, transaction

from cases.models import ClosedMonth, Consultation
from centers.models import Center, User
from centers.periods import Month
from reports.counting import lines_of_contacts
from reports.figures import MonthlyFigures, live_figures
from reports.frozen import stored, versions_of
from reports.models import MonthlyReport

Lines = dict[str, list[str]]  # table → codes
VERSION = "version"  # beside the tables: which version of the record it was


class NotOver(Exception):
    """The month still runs."""


class StaleClosing(Exception):
    """Somebody has closed the month, or made another version, since the page was opened."""


class NothingChanged(Exception):
    """A 訂正版 would say what the version before says."""


@transaction.atomic
def close_month(
    *, center: Center, month: Month, by: User, on: date, version: int, reason: str = ""
) -> MonthlyReport:
    """Freeze the month's figures as the version, which must be the next one; from the second on with a reason.

    Nobody writes a record meanwhile. Raises NotOver, StaleClosing, NothingChanged.
    """
    if month.ends_on >= on:
        raise NotOver
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_consultation IN SHARE MODE")
        cursor.execute("SELECT 1 FROM centers_center WHERE id = %s FOR NO KEY UPDATE", [center.pk])
    former = next(iter(versions_of(center, month)), None)
    if version != (former.version if former else 0) + 1:
        raise StaleClosing
    if former and not reason:
        raise ValueError("a 訂正版 needs a reason")
    figures, records = live_figures(center, month), records_of(center, month)
    counted = stored(figures.counts, figures.support)
    if former and (counted, records) == (former.figures, former.records):
        raise NothingChanged
    ClosedMonth.unscoped.get_or_create(center=center, month=month.starts_on)
    return MonthlyReport.unscoped.create(
        center=center,
        month=month.starts_on,
        version=version,
        definition=figures.vocabulary.definition,
        figures=counted,
        records=records,
        reason=reason,
        closed_by=by,
    )


def records_of(center: Center, month: Month) -> dict[str, Lines]:
    """What each contact of the month stands for now: id → table → codes, its client and its version with them."""
    found: dict[str, Lines] = {}
    for pk, table, code in lines_of_contacts(center, month):
        found.setdefault(str(pk), {}).setdefault(table, []).append(code)
    versions = Consultation.unscoped.filter(pk__in=found).values_list("pk", "version")
    for pk, version in versions:
        found[str(pk)][VERSION] = [str(version)]
    return {pk: {table: sorted(codes) for table, codes in lines.items()} for pk, lines in found.items()}


def changed_records(before: Mapping[str, Lines], after: Mapping[str, Lines]) -> list[str]:
    """Ids of the records that came, went, or stand for something else."""
    return [pk for pk in {**before, **after} if before.get(pk) != after.get(pk)]


def days_of(pks: list[str]) -> dict[str, date]:
    """The day of each record, wherever it lies by now."""
    days = Consultation.unscoped.filter(pk__in=pks).values_list("pk", "date")
    return {str(pk): day for pk, day in days}


def changes_since_closing(figures: MonthlyFigures) -> int:
    """How many records have changed since the version of the figures; 0 while nothing is closed."""
    if figures.report is None:
        return 0
    return len(changed_records(figures.report.records, records_of(figures.center, figures.month)))


def differing(before: MonthlyFigures, after: MonthlyFigures) -> list[tuple[str, str]]:
    """Table and code of each printed figure on which the two differ."""
    one, other = asdict(before.counts), asdict(after.counts)
    found = [("contacts", "all")] if one["contacts"] != other["contacts"] else []
    for table, figures in other.items():
        if table in {"contacts", "controls"}:
            continue
        codes = {**one[table], **figures}
        found += [(table, code) for code in codes if one[table].get(code, 0) != figures.get(code, 0)]
    return found
