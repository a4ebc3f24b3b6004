"""The contacts and persons of a month, as the figures count them.

Counted is what stands (not taken back), is marked 計上する and whose 業務項目 belongs to the city's contacts
(own 計画相談 work does not). The month is that of 相談日 (JST).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from cases.models import ClientDisability, Consultation
from centers.periods import FiscalYear, Month, age_band, age_on

NOBODY_NAMED = "18"  # 匿名・不明: also when nothing was entered, so that the sum is 延べ
ADULT_AGE = 18


@dataclass(frozen=True)
class Contact:
    """One counted record. `birth` may stand for a whole month or year (its first day is taken)."""

    id: UUID
    center: UUID
    date: date
    client: UUID | None
    birth: date | None
    method: str
    contents: tuple[str, ...]
    counterpart: str
    item: str

    @property
    def age(self) -> int | None:
        return age_on(self.birth, self.date) if self.birth else None

    @property
    def age_band(self) -> str:
        return age_band(self.age)


@dataclass(frozen=True)
class Person:
    """A client with at least one contact in the month, as of the first one."""

    client: UUID
    age: int | None
    disabilities: tuple[str, ...]
    first_in_year: bool
    first_ever: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """The codes of the 実人員 table that the person counts in."""
        grown = "age_unknown" if self.age is None else "adults" if self.age >= ADULT_AGE else "children"
        since = (
            ("first_in_fiscal_year", "new" if self.first_ever else "continuing") if self.first_in_year else ()
        )
        return ("month_distinct", grown, *since)


@dataclass(frozen=True)
class MonthOfCenter:
    center: UUID
    month: Month
    contacts: tuple[Contact, ...]
    persons: tuple[Person, ...]

    @cached_property
    def by_client(self) -> dict[UUID, tuple[Contact, ...]]:
        grouped: dict[UUID, list[Contact]] = defaultdict(list)
        for contact in self.contacts:
            if contact.client:
                grouped[contact.client].append(contact)
        return {client: tuple(contacts) for client, contacts in grouped.items()}


def counted_in(centers: Collection[UUID], start: date, end: date) -> QuerySet:
    """Counted records of the centers from a day to a day, both included."""
    rows = Consultation.unscoped.counted().filter(business_item__in_contacts=True)
    return rows.filter(center__in=centers, date__range=(start, end))


def months_of(centers: Collection[UUID], month: Month) -> dict[UUID, MonthOfCenter]:
    """What was counted in the month, by center; three queries however many centers."""
    contacts = list(_contacts(centers, month))
    first: dict[UUID, Contact] = {}
    for contact in contacts:
        if contact.client:
            first.setdefault(contact.client, contact)
    disabilities = _disabilities(first)
    starts = first_days(first, FiscalYear.of(month.starts_on).starts_on)
    people: dict[UUID, list[Person]] = defaultdict(list)
    for client, contact in first.items():
        in_year, ever = starts[client]
        person = Person(client, contact.age, disabilities.get(client, ()), in_year in month, ever in month)
        people[contact.center].append(person)
    grouped: dict[UUID, list[Contact]] = defaultdict(list)
    for contact in contacts:
        grouped[contact.center].append(contact)
    return {
        center: MonthOfCenter(center, month, tuple(grouped[center]), tuple(people[center]))
        for center in centers
    }


def _contacts(centers: Collection[UUID], month: Month) -> Iterable[Contact]:
    rows = counted_in(centers, month.starts_on, month.ends_on).order_by(
        "date", "start_time", "created_at", "id"
    )
    fields = ("id", "center", "date", "client", "client__birth_date", "method", "contents", "counterpart")
    for *plain, contents, counterpart, item in rows.values_list(*fields, "business_item__code"):
        yield Contact(*plain, contents=tuple(contents), counterpart=counterpart or NOBODY_NAMED, item=item)


def _disabilities(first: dict[UUID, Contact]) -> dict[UUID, tuple[str, ...]]:
    """Each person's 障がい種別 on the day of the first contact of the month."""
    rows = ClientDisability.unscoped.filter(client__in=first).order_by("code")
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for client, code, starts, ends in rows.values_list("client", "code", "starts_on", "ends_on"):
        day = first[client].date
        if (starts is None or starts <= day) and (ends is None or ends >= day):
            found[client][code] = None
    return {client: tuple(codes) for client, codes in found.items()}


_FIRST_DAYS = """
WITH RECURSIVE line (client, ancestor, zone) AS (
    SELECT p.id, p.id, c.zone_id FROM cases_client p JOIN centers_center c ON c.id = p.center_id WHERE p.id = ANY(%s)
    UNION
    SELECT line.client, earlier.id, line.zone
    FROM line
    JOIN cases_client p ON p.id = line.ancestor
    JOIN cases_client earlier ON earlier.id = p.previous_id
    JOIN centers_center c ON c.id = earlier.center_id AND c.zone_id = line.zone
)
SELECT line.client, min(k.date) FILTER (WHERE k.date >= %s), min(k.date)
FROM line
JOIN cases_consultation k ON k.client_id = line.ancestor AND k.counted AND k.voided_at IS NULL
JOIN centers_businessitem b ON b.id = k.business_item_id AND b.in_contacts
JOIN centers_center home ON home.id = k.center_id AND home.zone_id = line.zone
GROUP BY line.client
"""


def first_days(clients: Collection[UUID], year_start: date) -> dict[UUID, tuple[date, date]]:
    """client → (first counted day of the 年度, first ever), over the client's earlier selves in the zone."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_DAYS, [list(clients), year_start])
        return {client: (in_year, ever) for client, in_year, ever in cursor.fetchall()}
