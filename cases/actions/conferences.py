"""個別支援会議録: recorded together with the 相談記録 of its people, corrected with versions, taken back."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.actions.entries import Contact, OtherWriter, record_entry
from cases.actions.facts import refresh_case_facts
from cases.actions.records import correct_consultation, void_consultation
from cases.enums import FollowUpKind, Subject, VoidReason
from cases.minutes import Attendee, Decision, Minutes, attendee_line
from cases.models import (
    CaseConference,
    Client,
    ConferenceAttendee,
    ConferenceDecision,
    ConferenceVersion,
    Consultation,
    FollowUp,
    RegionalIssueProposal,
)
from cases.rules import MEETING
from cases.scoping import handovers_done
from centers.access import Reach, Right, rights_of
from centers.models import BusinessItem, Center, User

TAKEN_OUT = "会議録の訂正で、決定からなくなったため"


class StaleConference(Exception):
    """Somebody has changed the record since it was opened; `standing` is what holds now."""

    def __init__(self, standing: CaseConference):
        super().__init__()
        self.standing = standing


def editable_conferences(user: User) -> QuerySet[CaseConference]:
    """Those that the user may correct and take back; 地域支援員 what they wrote.

    Not where one of its people has moved on: the records of all of them would change with it.
    """
    rights = rights_of(user)
    own = Q(center__in=rights.center_ids(Right.NOTE_CORRECT, Reach.OWN), written_by=user)
    moved = Consultation.unscoped.filter(client__in=handovers_done(rights.on).values("client"))
    here = CaseConference.visible_to(user).filter(Q(center__in=rights.center_ids(Right.NOTE_CORRECT)) | own)
    return here.exclude(pk__in=moved.values("group"))


def record_conference(
    *,
    pk: UUID,
    by: User,
    center: Center,
    on: date,
    clients: Sequence[Client],
    item: BusinessItem,
    minutes: Minutes,
    issue: tuple[str, str] | None = None,
) -> CaseConference:
    """Save the conference, a 相談記録 (支援方法 6) for each client, the next steps, and the 地域課題 (title, text).

    `pk` makes it idempotent, also when two posts run at once. Raises OtherWriter.
    """
    if known := _known(pk, by):
        return known
    try:
        with transaction.atomic(), pghistory.context(user=str(by.pk)):
            conference = CaseConference.unscoped.create(pk=pk, center=center, written_by=by, **minutes.fields)
            contact = Contact(method=MEETING, business_item=item, **minutes.record)
            records = record_entry(
                group=pk,
                by=by,
                center=center,
                on=on,
                subject=Subject.CLIENT,
                contact=contact,
                clients=clients,
            )
            _set_attendees(conference, minutes.attendees)
            _set_decisions(conference, minutes.decisions, by=by, on=on, first=records[0])
            if issue:
                RegionalIssueProposal.unscoped.create(
                    center=center,
                    conference=conference,
                    title=issue[0],
                    text=issue[1],
                    raised_by=by,
                    raised_on=on,
                )
    except IntegrityError:
        if known := _known(pk, by):
            return known
        raise
    return conference


def _known(pk: UUID, by: User) -> CaseConference | None:
    known = CaseConference.unscoped.filter(pk=pk).first()
    if known and known.written_by_id != by.pk:
        raise OtherWriter
    return known


@transaction.atomic
def correct_conference(
    *, conference: CaseConference, by: User, on: date, version: int, minutes: Minutes, reason: str
) -> CaseConference:
    """訂正: the former text becomes a ConferenceVersion, and the records of its people are corrected with it.

    Its people stay. Raises StaleConference when `version` is no longer the standing one.
    """
    with pghistory.context(user=str(by.pk)):
        standing = _locked(conference)
        if standing.version != version or standing.voided_at:
            raise StaleConference(standing)
        ConferenceVersion.unscoped.create(
            conference=standing, version=version, content=snapshot(standing), reason=reason, replaced_by=by
        )
        for name, value in minutes.fields.items():
            setattr(standing, name, value)
        standing.version += 1
        standing.save()
        records = _records(standing)
        ConferenceAttendee.unscoped.filter(conference=standing).delete()
        _set_attendees(standing, minutes.attendees)
        _set_decisions(standing, minutes.decisions, by=by, on=on, first=records[0] if records else None)
        for record in records:
            correct_consultation(
                consultation=record, by=by, version=record.version, changes=minutes.record, reason=reason
            )
    return standing


@transaction.atomic
def void_conference(*, conference: CaseConference, by: User, version: int, reason: str) -> CaseConference:
    """Take the conference and the records that it made back; the next steps stay. Raises StaleConference."""
    with pghistory.context(user=str(by.pk)):
        standing = _locked(conference)
        if standing.voided_at:
            return standing
        if standing.version != version:
            raise StaleConference(standing)
        standing.voided_at, standing.voided_by, standing.void_reason = timezone.now(), by, reason
        standing.save(update_fields=["voided_at", "voided_by", "void_reason"])
        for record in _records(standing):
            void_consultation(
                consultation=record, by=by, version=record.version, reason=VoidReason.OTHER, note=reason
            )
    return standing


def snapshot(conference: CaseConference) -> dict[str, Any]:
    """The conference as JSON holds it: its versioned fields, attendees and decisions."""
    content = {name: _plain(getattr(conference, name)) for name in CaseConference.VERSIONED}
    attendees = ConferenceAttendee.unscoped.filter(conference=conference).select_related("organization")
    decisions = ConferenceDecision.unscoped.filter(conference=conference).select_related("staff")
    return content | {
        "attendees": [attendee_line(row) for row in attendees],
        "decisions": [
            Decision(what=row.what, staff=row.staff, who=row.who, due_on=row.due_on).line for row in decisions
        ],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _locked(conference: CaseConference) -> CaseConference:
    return CaseConference.unscoped.select_for_update(of=("self",)).get(pk=conference.pk)


def _records(conference: CaseConference) -> list[Consultation]:
    """The standing records of the conference's people."""
    return list(
        Consultation.unscoped.standing()
        .filter(group=conference.pk)
        .select_related("client")
        .order_by("position")
    )


def _set_attendees(conference: CaseConference, attendees: Sequence[Attendee]) -> None:
    ConferenceAttendee.unscoped.bulk_create(
        ConferenceAttendee(conference=conference, position=position, **vars(attendee))
        for position, attendee in enumerate(attendees)
    )


def _set_decisions(
    conference: CaseConference,
    decisions: Sequence[Decision],
    *,
    by: User,
    on: date,
    first: Consultation | None,
) -> None:
    """Bring the rows and their open next steps in line; a step that is done already stays as it was done."""
    rows = ConferenceDecision.unscoped.filter(conference=conference).select_related("follow_up")
    known: dict[UUID | None, ConferenceDecision] = {row.pk: row for row in rows}
    kept = {decision.key for decision in decisions}
    for pk, row in known.items():
        if pk not in kept:
            _drop_step(row.follow_up, by, on)
            row.delete()
    for position, decision in enumerate(decisions):
        row = known.get(decision.key) or ConferenceDecision(conference=conference)
        row.position, row.what, row.who = position, decision.what, decision.who
        row.staff, row.due_on = decision.staff, decision.due_on
        row.follow_up = _step(row, decision, by=by, on=on, first=first)
        row.save()
    if first and first.client_id:
        refresh_case_facts([first.client_id])


def _step(row, decision: Decision, *, by: User, on: date, first: Consultation | None) -> FollowUp | None:
    step = row.follow_up
    if step and step.done_on:
        return step
    if decision.due_on is None or first is None:
        _drop_step(step, by, on)
        return step
    step = step or FollowUp(
        center_id=first.center_id,
        client_id=first.client_id,
        origin=first,
        written_by=by,
        kind=FollowUpKind.OTHER,
    )
    who = f"{decision.who}: " if decision.who else ""
    step.what, step.due_on, step.staff = f"{who}{decision.what}"[:200], decision.due_on, decision.staff
    step.save()
    return step


def _drop_step(step: FollowUp | None, by: User, on: date) -> None:
    if step and step.done_on is None:
        step.done_on, step.done_by, step.dropped_reason = on, by, TAKEN_OUT
        step.save(update_fields=["done_on", "done_by", "dropped_reason"])
