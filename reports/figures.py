"""月次の数 of a center: every table counts one thing by one key, and the same key opens the records behind a figure.

Definitions: 障害者相談支援事業の実施状況等の調査 (codes), product rules of counting (help page 計上のきまり).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from centers.contracts import business_items_by_center, code_labels, setting
from centers.enums import CodeList
from centers.models import Center
from centers.periods import AGE_BANDS, Month
from centers.periods.ages import UNKNOWN_AGE
from reports.contacts import Contact, MonthOfCenter, Person, months_of
from reports.reconcile import broken_identities

PERSON_KINDS = {
    "month_distinct": "月実人員",
    "first_in_fiscal_year": "年度内初回",
    "new": "うち新規",
    "continuing": "うち継続",
    "adults": "障がい者(18歳以上)",
    "children": "障がい児(18歳未満)",
    "age_unknown": "年齢不明",
}
AGE_LABELS = {"0-17": "0〜17歳", "18-39": "18〜39歳", "40-64": "40〜64歳", "65+": "65歳以上", "unknown": "不明"}

# table → the codes that a contact (or a person) counts in
CONTACT_KEYS: Mapping[str, Callable[[Contact], Iterable[str]]] = {
    "contacts": lambda contact: ("all",),
    "methods": lambda contact: (contact.method,),
    "contents": lambda contact: contact.contents,
    "ages": lambda contact: (contact.age_band,),
    "counterparts": lambda contact: (contact.counterpart,),
    "business_items": lambda contact: (contact.item,),
}
PERSON_KEYS: Mapping[str, Callable[[Person], Iterable[str]]] = {
    "persons": lambda person: person.kinds,
    "disabilities": lambda person: person.disabilities,
}
TABLES = (*CONTACT_KEYS, *PERSON_KEYS)


@dataclass(frozen=True)
class Codes:
    """The codes of every table in force, each with its label, in national order."""

    tables: Mapping[str, Mapping[str, str]]

    def __getitem__(self, table: str) -> Mapping[str, str]:
        return self.tables[table]


@dataclass(frozen=True)
class MonthlyFigures:
    """The figures of one center and month, live from the records (no closed version yet)."""

    center: Center
    data: MonthOfCenter
    codes: Codes
    definition: str

    @property
    def month(self) -> Month:
        return self.data.month

    @property
    def contacts(self) -> int:
        return len(self.data.contacts)

    @cached_property
    def tables(self) -> dict[str, dict[str, int]]:
        """table → code → figure; every code in force is present, zeros included."""
        return {table: self._count(table) for table in TABLES}

    def _count(self, table: str) -> dict[str, int]:
        keys, things = self._keyed(table)
        counted = Counter(code for thing in things for code in keys(thing))
        return {code: counted.pop(code, 0) for code in self.codes[table]} | dict(sorted(counted.items()))

    def _keyed(self, table: str):
        if table in CONTACT_KEYS:
            return CONTACT_KEYS[table], self.data.contacts
        return PERSON_KEYS[table], self.data.persons

    def records(self, table: str, code: str) -> list[UUID]:
        """Ids of exactly the records behind a figure; behind a count of persons, these persons' contacts."""
        keys, things = self._keyed(table)
        chosen = [thing for thing in things if code in keys(thing)]
        if table in CONTACT_KEYS:
            return [contact.id for contact in chosen]
        return [contact.id for person in chosen for contact in self.data.by_client[person.client]]

    @cached_property
    def reconciliation(self) -> list[str]:
        return broken_identities(self)

    def as_json(self) -> dict:
        """The shape that other offices rely on (soudan_monthly_report --json)."""
        tables = {table: self.tables[table] for table in TABLES if table != "contacts"}
        return {
            "center": self.center.zone.name,
            "center_id": str(self.center.pk),
            "corporation": self.center.corporation.name,
            "month": str(self.month),
            "version": None,
            "definition": self.definition,
            "contacts": self.contacts,
            **tables,
            "reconciliation": self.reconciliation,
        }


def monthly_figures(centers: Collection[Center], month: Month) -> list[MonthlyFigures]:
    """The figures of the centers (with zone and corporation fetched), in their order; few queries in all."""
    data = months_of([center.pk for center in centers], month)
    labels = code_labels(month.ends_on)
    items = business_items_by_center(centers, month.ends_on)
    definition = setting("monthly_definition", month.ends_on)
    return [
        MonthlyFigures(center, data[center.pk], _codes(labels, items.get(center.pk, [])), definition)
        for center in centers
    ]


def _codes(labels, items) -> Codes:
    def table(list_: CodeList) -> dict[str, str]:
        return {code: entry.label for code, entry in labels[list_].items()}

    return Codes(
        {
            "contacts": {"all": "延べ件数"},
            "persons": PERSON_KINDS,
            "methods": table(CodeList.METHOD),
            "contents": table(CodeList.CONTENT),
            "ages": {band: AGE_LABELS[band] for band in (*(code for code, _ in AGE_BANDS), UNKNOWN_AGE)},
            "disabilities": table(CodeList.DISABILITY),
            "counterparts": table(CodeList.COUNTERPART),
            "business_items": {item.code: f"{item.mark} {item.short_label}" for item in items if item.in_contacts},
        }
    )
