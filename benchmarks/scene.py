"""What the works need to know of the data: a center, its people, somebody with many records, where lists go on."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Q

from cases.actions.facts import refresh_case_facts
from cases.actions.notes import index_notes
from cases.caselist import CaseFilter, CaseList, QuietDays
from cases.models import Client, ClientPhone, Consultation
from cases.timeline import TimelineFilter, records_of, timeline_page
from centers.models import Center, User
from centers.paging import Cursor
from centers.periods import Month, wareki_short

ZONE = "nishi"
WRITER, MANAGER, CITY = f"{ZONE}.soudan", f"{ZONE}.kanri", "shi.tanto"
LONG, FAR = 500, 200
SAMPLE = 50


@dataclass
class Scene:
    on: date
    center: Center
    month: Month
    clients: list[Client]
    long_client: UUID
    long_parts: list[UUID]
    list_page: int
    list_after: UUID | None
    records: int
    people: int
    phones: list[str] = field(default_factory=list)

    @property
    def births(self) -> list[str]:
        return [wareki_short(client.birth_date) for client in self.clients if client.birth_date]


def survey(on: date) -> Scene:
    """Look around in a demo; adds records to one person until there are LONG of them."""
    center = Center.objects.select_related("zone").get(zone=ZONE, closed_on=None)
    user = User.objects.get(username=WRITER)
    own = Client.unscoped.filter(center=center, cases__closed_on=None, cases__restricted=False)
    long_client = _long_client(center)
    page, after = _far_page(user, on)
    return Scene(
        on=on,
        center=center,
        month=Month.of(on).previous(),
        clients=list(own.exclude(pk=long_client.pk).order_by("pk")[:SAMPLE]),
        long_client=long_client.pk,
        long_parts=_parts(user, long_client),
        list_page=page,
        list_after=after,
        records=Consultation.unscoped.count(),
        people=Client.unscoped.count(),
        phones=list(
            ClientPhone.unscoped.filter(client__center=center).values_list("tail", flat=True)[:SAMPLE]
        ),
    )


@transaction.atomic
def _long_client(center: Center) -> Client:
    """The person with most records up to LONG, given copies of their own to have LONG."""
    open_people = Client.unscoped.filter(center=center, cases__restricted=False)
    counted = open_people.annotate(
        records=Count("consultations", distinct=True), hidden=Count("cases", Q(cases__restricted=True))
    )
    client = counted.filter(records__range=(1, LONG), hidden=0).order_by("-records", "pk")[0]
    records = list(Consultation.unscoped.filter(client=client).order_by("date", "pk"))
    more = [_copy(records[number % len(records)], number) for number in range(LONG - len(records))]
    Consultation.unscoped.bulk_create(more)
    index_notes(more)
    refresh_case_facts([client.pk])
    return client


def _copy(record: Consultation, number: int) -> Consultation:
    other = copy(record)
    other.pk, other.group = uuid4(), uuid4()
    other.date = record.date - timedelta(days=number % 28)
    return other


def _parts(user: User, client: Client) -> list[UUID]:
    """The records after which the parts of the timeline go on."""
    parts, cursor = [], Cursor()
    while following := timeline_page(records_of(user, client), TimelineFilter(), cursor).next:
        parts.append(following)
        cursor = Cursor(after=following)
    return parts


def _far_page(user: User, on: date) -> tuple[int, UUID | None]:
    """Page FAR of the case list, or the last one there is: its number, and the row before it."""
    cases = CaseList(user, on=on, quiet=QuietDays.on(on))
    listed, after = cases.of_view("all", CaseFilter(state="any")), None
    for number in range(1, FAR):
        following = cases.page(listed, "due", Cursor(after=after)).next
        if following is None:
            return number, after
        after = following
    return FAR, after
