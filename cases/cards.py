"""The people of an entry as the quick log shows them: who they are, what they have, what was said last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from cases.models import Client, Consultation
from cases.people import Person, latest_cases, people_with_facts


@dataclass(frozen=True)
class Card:
    """`last` is the latest record that the user may read; 地域支援員 often sees none."""

    person: Person
    last: Consultation | None

    @property
    def client(self) -> Client:
        return self.person.client


def cards_of(user, client_ids: Iterable[UUID], *, on: date) -> list[Card]:
    """The cards in the given order; ids that the user may not see are left out. A fixed number of queries."""
    order = list(dict.fromkeys(client_ids))
    if not order:
        return []
    people = {client.pk: client for client in people_with_facts(user, on).filter(pk__in=order)}
    cases, last = latest_cases(user, order), _last_records(user, order)
    return [Card(Person(people[pk], cases.get(pk), user, on), last.get(pk)) for pk in order if pk in people]


def _last_records(user, client_ids: list[UUID]) -> dict[UUID, Consultation]:
    records = Consultation.visible_to(user).standing().filter(client__in=client_ids, unanswered=False)
    latest = records.select_related("written_by").order_by(
        "client_id", "-date", F("start_time").desc(nulls_last=True), "-created_at"
    )
    return {record.client_id: record for record in latest.distinct("client_id")}
