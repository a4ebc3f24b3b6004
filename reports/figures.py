"""Monthly figures of a center and of the city (interfaces 5), live from the records."""

from collections.abc import Iterable
from dataclasses import dataclass

from centers.models import Center
from centers.periods import Month
from reports.counting import Key
from reports.memo import remembered_counts, remembered_matches
from reports.places import centers_in
from reports.reconcile import Identity, broken, reconcile
from reports.supports import NO_SUPPORT, SupportFigures, support_figures
from reports.tables import TOTAL, Control, Counts, Figures, PersonFigure, Table
from reports.vocabulary import Vocabulary, vocabulary_of

_OF_THE_CITY = (Table.METHODS, Table.CONTENTS, Table.AGES, Table.COUNTERPARTS, Table.BUSINESS_ITEMS)


@dataclass(frozen=True)
class MonthlyFigures:
    """One center's month. `version` is the number of the closed version; None while the figures are live."""

    center: Center
    month: Month
    vocabulary: Vocabulary
    counts: Counts
    identities: tuple[Identity, ...]
    version: int | None = None
    support: SupportFigures = NO_SUPPORT

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
            "definition": self.vocabulary.definition,
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
    """The figures of one center. Six statements, eight when something has changed since they were last asked for."""
    figures, _ = _figures([center], month)
    return figures[0]


def city_figures(month: Month) -> CityFigures:
    """The figures of every center that ran in the month, and of the city. Nine statements, thirteen after a change."""
    centers = list(centers_in(month))
    matched = remembered_matches(centers, month) if centers else {}
    figures, support = _figures(centers, month) if centers else ([], NO_SUPPORT)
    return CityFigures(
        month=month,
        centers=tuple(figures),
        matched={figure.value: matched.get(figure.value, 0) for figure in PersonFigure},
        support=support,
    )


def _figures(centers: Iterable[Center], month: Month) -> tuple[list[MonthlyFigures], SupportFigures]:
    """Those of each center, and the 後方支援 of all together."""
    vocabulary = vocabulary_of(centers, month)
    found = remembered_counts(centers, month)
    supports, together = support_figures(centers, month, vocabulary)
    figures = [
        _of_center(center, month, vocabulary, found[center.pk], supports[center.pk]) for center in centers
    ]
    return figures, together


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
