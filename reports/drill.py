"""The records behind a figure: exactly those that were counted (see reports.counting)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cases.models import Client, Consultation
from centers.models import Center
from centers.periods import Month, age_band, age_on
from reports.counting import contact_ids, person_ids
from reports.tables import Table
from reports.vocabulary import Code, Vocabulary, vocabulary_of


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
        return Q(pk__in=contact_ids(self.center, self.month, self.table, self.code.code))

    def persons(self) -> Q:
        """Condition on Client; for tables of persons."""
        return Q(pk__in=person_ids(self.center, self.month, self.table, self.code.code))


@dataclass(frozen=True)
class Nameless:
    """A contact without anything that tells who: what the city sees of it."""

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


def nameless(line: Line, *, after: UUID | None, limit: int) -> list[Nameless]:
    """Contacts behind the figure without identity or text, newest first. Codes, not labels."""
    contacts = older_than(Consultation.unscoped.filter(line.contacts()), after)
    rows = contacts.values_list(
        "pk", "date", "method", "contents", "business_item__code", "client__birth_date"
    )[:limit]
    return [
        Nameless(pk, day, method, tuple(contents), item, age_band(age_on(birth, day) if birth else None))
        for pk, day, method, contents, item, birth in rows
    ]


def older_than(contacts: QuerySet[Consultation], after: UUID | None) -> QuerySet[Consultation]:
    """Newest first, going on behind one of them (from the start where it is not among them)."""
    contacts = contacts.order_by("-date", "-pk")
    day = contacts.filter(pk=after).values_list("date", flat=True).first() if after else None
    return contacts.filter(Q(date__lt=day) | Q(date=day, pk__lt=after)) if day else contacts


def by_number(clients: QuerySet[Client], after: UUID | None) -> QuerySet[Client]:
    """By 利用者番号, going on behind one of them."""
    clients = clients.order_by("number", "pk")
    number = clients.filter(pk=after).values_list("number", flat=True).first() if after else None
    return clients.filter(number__gt=number) if number else clients
