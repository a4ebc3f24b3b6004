"""The records behind a figure: exactly those that were counted (see reports.counting)."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from cases.models import Client, Consultation
from centers.models import Center
from centers.paging import Cursor, Page, page_of
from centers.periods import Month, age_band, age_on
from reports.counting import contact_ids, person_ids
from reports.tables import Table
from reports.vocabulary import Code, Vocabulary, vocabulary_of

NEWEST_FIRST = ("-date", "-pk")


@dataclass(frozen=True)
class Line:
    """One line of one table in a center's month: a figure of the report."""

    center: Center
    month: Month
    table: Table
    code: Code
    vocabulary: Vocabulary

    @property
    def title(self) -> str:
        """支援の方法・電話相談; 相談件数(延べ)"""
        return self.code.label if self.table == Table.CONTACTS else f"{self.table.label}・{self.code.label}"

    def contacts(self) -> Q:
        """Condition on Consultation; for a table of persons the contacts in the month of its persons."""
        ids = contact_ids(self.center, self.month, self.table, self.code.code)
        # center and days say nothing new, but let the list's own index be used
        days = (self.month.starts_on, self.month.ends_on)
        return Q(center=self.center, date__range=days, pk__in=ids)

    def persons(self) -> Q:
        """Condition on Client; for tables of persons."""
        return Q(pk__in=person_ids(self.center, self.month, self.table, self.code.code))


@dataclass(frozen=True)
class Nameless:
    """A contact without anything that tells who: what the city sees of it. Codes, not labels."""

    pk: UUID
    date: date
    method: str
    contents: tuple[str, ...]
    business_item: str
    age_band: str


def line_of(center: Center, month: Month, table: str, code: str) -> Line | None:
    """The line that an address names; None where the month's report has no such line. Three statements."""
    if table not in Table:
        return None
    vocabulary = vocabulary_of([center], month)
    found = vocabulary.find(Table(table), code, center)
    return Line(center, month, Table(table), found, vocabulary) if found else None


def size(line: Line) -> tuple[int, int]:
    """Contacts and persons behind the figure, also those that the reader may not open."""
    contacts = Consultation.unscoped.filter(line.contacts())
    found = contacts.aggregate(contacts=Count("pk"), persons=Count("client", distinct=True))
    return found["contacts"], found["persons"]


def contacts_of_each(line: Line, clients: list[Client]) -> dict[UUID, int]:
    """How many contacts of the month each client has, also those that the reader may not open."""
    contacts = Consultation.unscoped.filter(line.contacts(), client__in=clients).order_by()
    return dict(contacts.values_list("client").annotate(Count("pk")))


def nameless(line: Line, cursor: Cursor) -> Page:
    """A page of Nameless behind the figure, newest first. Two queries, one on the first page."""
    contacts = Consultation.unscoped.filter(line.contacts()).select_related("business_item", "client")
    shown = ("date", "method", "contents", "business_item__code", "client__birth_date")
    page = page_of(contacts.only(*shown), NEWEST_FIRST, cursor)
    return replace(page, rows=[_without_name(contact) for contact in page.rows])


def _without_name(contact: Consultation) -> Nameless:
    birth = contact.client.birth_date if contact.client else None
    return Nameless(
        pk=contact.pk,
        date=contact.date,
        method=contact.method,
        contents=tuple(contact.contents),
        business_item=contact.business_item.code,
        age_band=age_band(age_on(birth, contact.date) if birth else None),
    )
