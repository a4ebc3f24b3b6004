"""The city's figures: sums of the centers, and persons once where two centers know the same one (名寄せ)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.enums import DatePrecision
from cases.models import Client
from centers.models import Center
from centers.periods import FiscalYear, Month
from reports.contacts import Person, first_days
from reports.figures import PERSON_KINDS, MonthlyFigures, monthly_figures

SUMMED = ("methods", "contents", "ages", "counterparts", "business_items")


@dataclass(frozen=True)
class CityFigures:
    month: Month
    centers: Sequence[MonthlyFigures]
    matched: dict[str, int]

    @property
    def contacts(self) -> int:
        return sum(figures.contacts for figures in self.centers)

    def summed(self, table: str) -> dict[str, int]:
        """The centers' figures added up, code by code in the order of the first center that has it."""
        total: dict[str, int] = {}
        for figures in self.centers:
            for code, figure in figures.tables[table].items():
                total[code] = total.get(code, 0) + figure
        return total

    def as_json(self) -> dict:
        """The shape of soudan_monthly_report --center all --json."""
        persons = {"sum_of_centers": self.summed("persons"), "matched": self.matched}
        return {
            "month": str(self.month),
            "centers": [figures.as_json() for figures in self.centers],
            "city": {
                "contacts": self.contacts,
                "persons": persons,
                **{table: self.summed(table) for table in SUMMED},
            },
        }


def city_figures(centers: Collection[Center], month: Month) -> CityFigures:
    """All centers in one pass (a fixed number of queries), with persons matched over the centers."""
    figures = monthly_figures(centers, month)
    return CityFigures(month, figures, _matched(figures, month))


def _matched(centers: Sequence[MonthlyFigures], month: Month) -> dict[str, int]:
    """Persons once: the same kana and the same full birth date are taken for one person.

    A count only; no row of one center is shown to another.
    """
    found = {person.client: person for figures in centers for person in figures.data.persons}
    identity = _identities(found)
    starts = _city_first_days(identity, FiscalYear.of(month.starts_on).starts_on)
    first_contact = {
        person.client: figures.data.by_client[person.client][0].date
        for figures in centers
        for person in figures.data.persons
    }
    earliest: dict[Hashable, Person] = {}
    for client in sorted(found, key=lambda client: (first_contact[client], str(client))):
        earliest.setdefault(identity[client], found[client])
    counted = Counter(
        kind
        for key, person in earliest.items()
        for kind in Person(
            person.client, person.age, (), starts[key][0] in month, starts[key][1] in month
        ).kinds
    )
    return {kind: counted[kind] for kind in PERSON_KINDS}


def _identities(persons: Collection[UUID]) -> dict[UUID, Hashable]:
    """client → what makes it the same person elsewhere; itself where the birth date is not fully known.

    Holds besides the month's clients every client of the city with the same kana and birth date.
    """
    known = Client.unscoped.filter(birth_date__isnull=False, birth_precision=DatePrecision.DAY)
    names = dict.fromkeys(persons)
    rows = known.filter(pk__in=persons).values_list("pk", "kana_key", "birth_date")
    names |= {client: (kana, birth) for client, kana, birth in rows}
    wanted = {name for name in names.values() if name}
    twins = known.filter(
        kana_key__in={kana for kana, _ in wanted}, birth_date__in={birth for _, birth in wanted}
    )
    for client, kana, birth in twins.values_list("pk", "kana_key", "birth_date"):
        if (kana, birth) in wanted:
            names[client] = (kana, birth)
    return {client: name or client for client, name in names.items()}


def _city_first_days(identity: dict[UUID, Hashable], year_start: date) -> dict[Hashable, tuple[date, date]]:
    days: dict[Hashable, list[tuple[date | None, date]]] = defaultdict(list)
    for client, pair in first_days(identity, year_start).items():
        days[identity[client]].append(pair)
    return {
        key: (min(year for year, _ in pairs if year), min(ever for _, ever in pairs))
        for key, pairs in days.items()
        if any(year for year, _ in pairs)
    }
