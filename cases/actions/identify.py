"""匿名 becomes known: the records of a caller, or a single one, get their client; and back, as a whole."""

from collections.abc import Sequence

import pghistory
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.actions.closing import require_changeable
from cases.actions.entries import cases_of
from cases.actions.facts import refresh_case_facts
from cases.actions.merging import present
from cases.actions.records import snapshot, version_of
from cases.enums import Subject
from cases.models import (
    AnonymousThread,
    Client,
    Consultation,
    ConsultationVersion,
    FollowUp,
    Identification,
)
from cases.rules import holding_case
from cases.scoping import not_handed_over
from centers.access import Right, rights_of
from centers.models import User

_CHANGED = ("subject", "client", "case", "identification", "version")


class AlreadyKnown(Exception):
    """Somebody has said who it is before."""


def identifiable_threads(user: User) -> QuerySet[AnonymousThread]:
    """Callers without a name of whom the user may say who they are."""
    return AnonymousThread.visible_to(user).filter(_own(user), client=None)


def identifiable_records(user: User) -> QuerySet[Consultation]:
    """Single records without a name; those of a caller change with the caller."""
    single = Q(subject=Subject.ANONYMOUS, thread=None, voided_at=None)
    return Consultation.visible_to(user).filter(_own(user), single)


def undoable(user: User) -> QuerySet[Identification]:
    standing = Identification.visible_to(user).filter(_own(user), undone_at=None)
    return standing.filter(not_handed_over(rights_of(user).on))


def _own(user: User) -> Q:
    return Q(center__in=rights_of(user).center_ids(Right.CLIENT_EDIT))


@transaction.atomic
def identify_thread(*, thread: AnonymousThread, client: Client, by: User, basis: str) -> Identification:
    """All records and next steps of the caller are the client's from now on. Raises AlreadyKnown, MonthIsClosed."""
    standing = AnonymousThread.unscoped.select_for_update(of=("self",)).get(pk=thread.pk)
    if standing.client_id:
        raise AlreadyKnown
    records = Consultation.unscoped.filter(thread=standing, client=None)
    made = _identify(records, standing, client, by, basis, Q(thread=standing))
    with pghistory.context(user=str(by.pk)):
        standing.client = made.client
        standing.save(update_fields=["client"])
    return made


@transaction.atomic
def identify_record(*, record: Consultation, client: Client, by: User, basis: str) -> Identification:
    """One record without a caller is the client's from now on. Raises AlreadyKnown, MonthIsClosed."""
    records = Consultation.unscoped.filter(pk=record.pk, subject=Subject.ANONYMOUS, thread=None)
    return _identify(records, None, client, by, basis, Q(origin=record))


@transaction.atomic
def undo_identification(*, identification: Identification, by: User, reason: str) -> Identification:
    """The records are without a name again. Done twice is done once. Raises MonthIsClosed."""
    standing = Identification.unscoped.select_for_update(of=("self",)).get(pk=identification.pk)
    if standing.undone_at:
        return standing
    records = _locked(Consultation.unscoped.filter(identification=standing))
    require_changeable(by, standing.center, (record.date for record in records))
    with pghistory.context(user=str(by.pk)):
        _rewrite(records, by, f"結び付けの取り消し: {reason}", None, None)
        of_these = Q(origin__in=[record.pk for record in records])
        if standing.thread_id:
            of_these |= Q(thread=standing.thread_id)
            AnonymousThread.unscoped.filter(pk=standing.thread_id).update(client=None)
        FollowUp.unscoped.filter(of_these, client=standing.client_id).update(client=None)
        standing.undone_by, standing.undone_at, standing.undo_reason = by, timezone.now(), reason
        standing.save(update_fields=["undone_by", "undone_at", "undo_reason"])
        refresh_case_facts([standing.client_id])
    return standing


def _identify(
    records: QuerySet[Consultation],
    thread: AnonymousThread | None,
    client: Client,
    by: User,
    basis: str,
    steps: Q,
) -> Identification:
    found = _locked(records)
    if not found and thread is None:
        raise AlreadyKnown
    center = thread.center if thread else found[0].center
    require_changeable(by, center, (record.date for record in found))
    (client,) = present([client])
    with pghistory.context(user=str(by.pk)):
        made = Identification.unscoped.create(
            center=center, thread=thread, client=client, basis=basis, identified_by=by
        )
        _rewrite(found, by, f"だれかわかった: {basis}", client, made)
        FollowUp.unscoped.filter(steps, client=None).update(client=client)
        refresh_case_facts([client.pk])
    return made


def _locked(records: QuerySet[Consultation]) -> list[Consultation]:
    rows = records.select_for_update(of=("self",)).select_related("center", "business_item")
    return list(rows.order_by("pk"))


def _rewrite(
    records: Sequence[Consultation],
    by: User,
    reason: str,
    client: Client | None,
    identification: Identification | None,
) -> None:
    """Who the records are about, each with a new version. Their words, and so the text search, stay."""
    cases = cases_of([client.pk], records[0].center).get(client.pk, ()) if client and records else ()
    former = [version_of(record, snapshot(record), by=by, reason=reason[:200]) for record in records]
    for record in records:
        record.subject = Subject.CLIENT if client else Subject.ANONYMOUS
        record.client, record.identification = client, identification
        record.case = holding_case(cases, record.date)
        record.version += 1
    ConsultationVersion.unscoped.bulk_create(former)
    Consultation.unscoped.bulk_update(records, _CHANGED, batch_size=500)
