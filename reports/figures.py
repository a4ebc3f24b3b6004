"""Monthly figures of a center and of the city (interfaces 5): as they were closed, else live from the records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from centers.models import Center
from centers.periods import Month
from reports.counting import Key
from reports.frozen import counts_of, latest_reports, support_of
from reports.memo import remembered_counts, remembered_matches
from reports.models import MonthlyReport
from reports.places import centers_in
from reports.reconcile import Identity, broken, reconcile
from reports.supports import NO_SUPPORT, SupportFigures, support_figures
from reports.tables import TOTAL, Control, Counts, Figures, PersonFigure, Table
from reports.vocabulary import Vocabulary, vocabulary_of

_OF_THE_CITY = (Table.METHODS, Table.CONTENTS, Table.AGES, Table.COUNTERPARTS, Table.BUSINESS_ITEMS)


@dataclass(frozen=True)
class MonthlyFigures:
    """One center's month. `report` is its latest closed version; None while the figures are live."""

    center: Center
    month: Month
    vocabulary: Vocabulary
    counts: Counts
    identities: tuple[Identity, ...]
    report: MonthlyReport | None = None
    support: SupportFigures = NO_SUPPORT

    @property
    def version(self) -> int | None:
        return self.report.version if self.report else None

    @property
    def definition(self) -> str:
        return self.report.definition if self.report else self.vocabulary.definition

    def table(self, table: Table) -> Figures:
        if table == Table.CONTACTS:
            return {TOTAL: self.counts.contacts}
        return getattr(self.counts, table.value)

    def as_json(self) -> dict:
        return {
            "center": self.center.zone.name,
            "center_id": str(self.center.pk),
            "corporation": self.center.corporation.name,
            "month": str(self.month),
            "version": self.version,
            "definition": self.definition,
            "contacts": self.counts.contacts,
            "persons": self.counts.persons,
            **{
                table.value: self.table(table)
                for table in Table
                if table not in {Table.CONTACTS, Table.PERSONS}
            },
            "provider_support": self.support.as_json(),
            "reconciliation": [
                {"name": identity.name, "message": identity.sentence} for identity in broken(self.identities)
            ],
        }


@dataclass(frozen=True)
class CityFigures:
    """The month of all centers. `matched` counts a person known at several centers once."""

    month: Month
    centers: tuple[MonthlyFigures, ...]
    matched: Figures
    support: SupportFigures = NO_SUPPORT

    @property
    def contacts(self) -> int:
        return sum(center.counts.contacts for center in self.centers)

    def total(self, table: Table) -> Figures:
        """Sum over the centers, line by line."""
        totals: Figures = {}
        for center in self.centers:
            for code, number in center.table(table).items():
                totals[code] = totals.get(code, 0) + number
        return totals

    def as_json(self) -> dict:
        persons = {"sum_of_centers": self.total(Table.PERSONS), "matched": self.matched}
        tables = {table.value: self.total(table) for table in _OF_THE_CITY}
        return {
            "month": str(self.month),
            "centers": [center.as_json() for center in self.centers],
            "city": {
                "contacts": self.contacts,
                "persons": persons,
                **tables,
                "provider_support": self.support.as_json(),
            },
        }


def monthly_figures(center: Center, month: Month) -> MonthlyFigures:
    """The figures of one center: of its latest closed version, else live.

    Five statements when it is closed; else seven, nine when something has changed since they were last asked for.
    """
    figures, _ = _figures([center], month)
    return figures[0]


def live_figures(center: Center, month: Month) -> MonthlyFigures:
    """The figures of one center by its records as they stand, closed or not. Six to eight statements."""
    vocabulary = vocabulary_of([center], month)
    supports, _ = support_figures([center], month, vocabulary)
    return _live([center], month, vocabulary, supports)[center.pk]


def city_figures(month: Month) -> CityFigures:
    """The figures of every center that ran in the month, and of the city. Ten statements, fourteen after a change."""
    centers = list(centers_in(month))
    matched = remembered_matches(centers, month) if centers else {}
    figures, support = _figures(centers, month) if centers else ([], NO_SUPPORT)
    return CityFigures(
        month=month,
        centers=tuple(figures),
        matched={figure.value: matched.get(figure.value, 0) for figure in PersonFigure},
        support=support,
    )


def live_of(city: CityFigures) -> dict[UUID, MonthlyFigures]:
    """Center → its figures by the records as they stand, without 後方支援. Two statements, none where nothing is closed."""
    closed = [figures.center for figures in city.centers if figures.report]
    live = {figures.center.pk: figures for figures in city.centers if not figures.report}
    return live | _live(closed, city.month, city.centers[0].vocabulary, {}) if closed else live


def _figures(centers: Iterable[Center], month: Month) -> tuple[list[MonthlyFigures], SupportFigures]:
    """Those of each center, and the 後方支援 of all together, which is always live."""
    centers = list(centers)
    vocabulary = vocabulary_of(centers, month)
    closed = latest_reports(centers, month)
    supports, together = support_figures(centers, month, vocabulary)
    live = _live([center for center in centers if center.pk not in closed], month, vocabulary, supports)
    figures = [
        frozen_figures(center, month, vocabulary, closed[center.pk])
        if center.pk in closed
        else live[center.pk]
        for center in centers
    ]
    return figures, together


def _live(
    centers: list[Center], month: Month, vocabulary: Vocabulary, supports: Mapping[UUID, SupportFigures]
) -> dict[UUID, MonthlyFigures]:
    found = remembered_counts(centers, month) if centers else {}
    return {
        center.pk: _of_center(
            center, month, vocabulary, found[center.pk], supports.get(center.pk, NO_SUPPORT)
        )
        for center in centers
    }


def frozen_figures(
    center: Center, month: Month, vocabulary: Vocabulary, report: MonthlyReport
) -> MonthlyFigures:
    """The figures of one closed version."""
    counts = counts_of(report)
    return MonthlyFigures(
        center, month, vocabulary, counts, reconcile(counts), report, support=support_of(report)
    )


def _of_center(
    center: Center, month: Month, vocabulary: Vocabulary, found: dict[Key, int], support: SupportFigures
) -> MonthlyFigures:
    """Each table with the lines of its list, zeros included; what has no line shows in the reconciliation."""
    tables = {
        table.value: {
            code.code: found.get((table.value, code.code), 0) for code in vocabulary.codes(table, center)
        }
        for table in Table
        if table != Table.CONTACTS
    }
    controls = {control.value: found.get(("controls", control.value), 0) for control in Control}
    counts = Counts(contacts=found.get((Table.CONTACTS.value, TOTAL), 0), controls=controls, **tables)
    return MonthlyFigures(center, month, vocabulary, counts, reconcile(counts), support=support)
