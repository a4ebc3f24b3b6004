"""Saving what the quick log holds: one entry, one record a person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction

from cases.actions.clients import NewClient, NewThread, open_thread, register_client
from cases.actions.facts import refresh_case_facts
from cases.actions.merging import present
from cases.actions.notes import index_notes
from cases.actions.timing import Timing, note_timing
from cases.enums import FollowUpKind, Subject
from cases.models import AnonymousThread, Case, Client, Consultation, Draft, FollowUp
from cases.rules import holding_case
from centers.models import BusinessItem, Center, StaffMember, User


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One contact as it enters each record of the group; the fields are those of Consultation."""

    date: date
    method: str
    business_item: BusinessItem
    contents: Sequence[str] = ()
    start_time: time | None = None
    minutes: int | None = None
    direction: str = ""
    counterpart: str = ""
    counterpart_note: str = ""
    place: str = ""
    facts: str = ""
    view: str = ""
    done: str = ""
    counted: bool = True
    uncounted_reason: str = ""
    unanswered: bool = False
    rights_concern: bool = False


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """次の予定 of the writer."""

    due_on: date
    what: str
    kind: str = FollowUpKind.OTHER
    due_at: time | None = None


class OtherWriter(Exception):
    """The token of the entry belongs to somebody else's."""


class AlreadyRecorded(Exception):
    """The entry was saved before, with another text; `records` are those that stand."""

    def __init__(self, records: list[Consultation]):
        super().__init__()
        self.records = records


# What makes a repeated post the same entry, beside the people and the next step. Start and minutes run on while the
# page waits.
_SAME_ENTRY = (
    "date",
    "method",
    "contents",
    "direction",
    "counterpart",
    "counterpart_note",
    "place",
    "facts",
    "view",
    "done",
    "uncounted_reason",
    "unanswered",
    "rights_concern",
)


def record_entry(
    *,
    group: UUID,
    by: User,
    center: Center,
    on: date,
    subject: str,
    contact: Contact,
    clients: Sequence[Client] = (),
    new_client: NewClient | None = None,
    thread: AnonymousThread | None = None,
    new_thread: NewThread | None = None,
    follow_up: NextStep | None = None,
    timing: Timing | None = None,
) -> list[Consultation]:
    """Save one entry: a record for each client (or the one without), in one group, with its next step.

    `group` makes it idempotent: an entry that stands already is returned and nothing is written, also when two
    posts run at once. The draft of the group is gone afterwards. A closed case is not reopened.
    Raises OtherWriter, and AlreadyRecorded when the standing entry says something else.
    """
    who = (clients, new_client, thread, new_thread)
    if standing := _standing(group):
        return _same_entry(standing, by, contact, follow_up, *who)
    try:
        with transaction.atomic():
            people = [
                *present(clients),
                *_registered(new_client, center=center, by=by, on=on, contact=contact),
            ]
            if new_thread:
                thread = open_thread(center=center, by=by, on=on, **vars(new_thread))
            records = _records(group, by, center, subject, people, thread, contact)
            Consultation.unscoped.bulk_create(records)
            index_notes(records)
            if follow_up:
                FollowUp.unscoped.bulk_create(_step(record, follow_up) for record in records)
            if timing:
                note_timing(timing, center=center, day=on)
            Draft.unscoped.filter(group=group, user=by).delete()
            refresh_case_facts(person.pk for person in people)
    except IntegrityError:
        standing = _standing(group)
        if not standing:
            raise
        return _same_entry(standing, by, contact, follow_up, *who)
    return records


def is_first_contact(record: Consultation) -> bool:
    """Whether nothing was recorded of its client, or of its caller without a name, at the center before."""
    if record.subject == Subject.ORGANIZATION:
        return False
    if not (record.client_id or record.thread_id):
        return True
    of = {"client": record.client_id} if record.client_id else {"thread": record.thread_id}
    others = Consultation.unscoped.filter(center=record.center_id, **of)
    return not others.exclude(pk=record.pk).exists()


def _standing(group: UUID) -> list[Consultation]:
    return list(
        Consultation.unscoped.filter(group=group).select_related("client", "thread").order_by("position")
    )


def _same_entry(standing: list[Consultation], by: User, contact: Contact, step: NextStep | None, *who):
    first = standing[0]
    if first.written_by_id != by.pk:
        raise OtherWriter
    said = all(_plain(getattr(first, name)) == _plain(getattr(contact, name)) for name in _SAME_ENTRY)
    item = first.business_item_id == contact.business_item.pk
    if not (said and item and _same_who(standing, *who) and _same_step(first, step)):
        raise AlreadyRecorded(standing)
    return standing


def _same_who(standing: list[Consultation], clients, new_client, thread, new_thread) -> bool:
    """The page that comes back by the Back button carries the same token: another person is another entry."""
    first = standing[0]
    if new_client:
        names = ("family_kana", "given_kana", "family_name", "given_name")
        return bool(first.client) and all(
            getattr(first.client, name) == getattr(new_client, name) for name in names
        )
    if new_thread:
        return first.thread is not None and first.thread.handle == new_thread.handle
    people = [record.client_id for record in standing if record.client_id]
    return people == [client.pk for client in clients] and first.thread_id == (thread and thread.pk)


def _same_step(first: Consultation, step: NextStep | None) -> bool:
    given = [(step.due_on, step.due_at, step.kind, step.what)] if step else []
    steps = FollowUp.unscoped.filter(origin=first).order_by("created_at")[:1]
    return list(steps.values_list("due_on", "due_at", "kind", "what")) == given


def _plain(value):
    """Codes as a list, each once: one marked twice would count twice."""
    return list(dict.fromkeys(value)) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _registered(new_client: NewClient | None, *, center, by, on, contact: Contact) -> list[Client]:
    if not new_client:
        return []
    return [register_client(center=center, by=by, on=on, received_on=contact.date, **vars(new_client))]


def _records(group, by, center, subject, people, thread, contact: Contact) -> list[Consultation]:
    """Unsaved records in the order of the people; one without a client where there are none."""
    cases = _cases(people, center, contact.date)
    staff = getattr(by, "staff_member", None)
    fields = vars(contact) | {"contents": _plain(contact.contents)}
    return [
        Consultation(
            group=group,
            position=position,
            center=center,
            subject=subject,
            client=person,
            case=cases.get(person.pk) if person else None,
            thread=None if person else thread,
            staff=staff,
            written_by=by,
            **fields,
        )
        for position, person in enumerate(people or [None])
    ]


def _cases(people: Sequence[Client], center: Center, on: date) -> dict[UUID, Case | None]:
    """The center's case of each client that holds the day."""
    return {pk: holding_case(cases, on) for pk, cases in cases_of([p.pk for p in people], center).items()}


def cases_of(client_ids: Collection[UUID], center: Center) -> dict[UUID, list[Case]]:
    """All cases that the clients have with the center; one query."""
    cases: dict[UUID, list[Case]] = {}
    for case in Case.unscoped.filter(client__in=client_ids, center=center):
        cases.setdefault(case.client_id, []).append(case)
    return cases


def _step(record: Consultation, step: NextStep) -> FollowUp:
    return step_of(record, step, staff=record.staff, by=record.written_by)


def step_of(record: Consultation, step: NextStep, *, staff: StaffMember | None, by: User) -> FollowUp:
    """A next step that follows from the record, not saved yet."""
    return FollowUp(
        center_id=record.center_id,
        client_id=record.client_id,
        thread_id=record.thread_id,
        origin=record,
        staff=staff,
        written_by=by,
        **vars(step),
    )
