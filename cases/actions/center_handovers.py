"""引き継ぎ between running centers: proposed, approved, and taken over in one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.actions.clients import open_case
from cases.actions.facts import refresh_case_facts
from cases.actions.followups import finish_follow_up
from cases.actions.merging import present
from cases.actions.passing import Gone, answer_sheet, locked, must_be_open, save_sheet, waiting
from cases.actions.sharing import share
from cases.actions.telling import tell_center
from cases.actions.transfer import register_copy
from cases.actions.worker_handover import withdraw_waiting
from cases.enums import CaseState, PassState, ShareBasis, ShareScope
from cases.models import (
    Case,
    CaseMember,
    CenterHandover,
    Client,
    Consultation,
    FollowUp,
    ShareGrant,
)
from centers.contracts import setting
from centers.enums import Role
from centers.models import Center, StaffMember, User

CLOSED_REASON = "引き継ぎ"
_GIST = 120
_MOST_LINES = 60


class StaleHandover(Exception):
    """Somebody has changed the sheet since it was opened."""


class AlreadyRunning(Exception):
    """A hand-over of the client is under way or done."""


class TooEarly(Exception):
    """The day of the hand-over has not come."""


@transaction.atomic
def propose_handover(
    *, token: UUID, client: Client, center: Center, by: User, on: date, sheet: Mapping[str, Any]
) -> CenterHandover:
    """Write the sheet; `sheet` are the other columns. The same token twice writes once.

    Raises CenterClosed and AlreadyRunning.
    """
    (client,) = present([client])
    standing = CenterHandover.unscoped.filter(pk=token, written_by=by, client=client).first()
    if standing:
        return standing
    must_be_open(sheet["to_center"], max(on, sheet["moves_on"]))
    try:
        with transaction.atomic(), pghistory.context(user=str(by.pk)):
            handover = CenterHandover.unscoped.create(
                pk=token, client=client, center=center, written_by=by, state=PassState.PROPOSED, **sheet
            )
    except IntegrityError:
        raise AlreadyRunning from None
    _tell(
        center,
        handover,
        "引き継ぎの承認",
        "引き継ぎ書ができました。内容を確かめて、承認するか決めてください。",
    )
    return handover


@transaction.atomic
def revise_handover(
    *, handover: CenterHandover, by: User, on: date, version: int, changes: Mapping[str, Any]
) -> CenterHandover:
    """Change the sheet before it is approved. Raises StaleHandover, Gone and CenterClosed."""
    standing = locked(handover)
    if standing.state != PassState.PROPOSED:
        raise Gone
    if standing.version != version:
        raise StaleHandover
    for name, value in changes.items():
        setattr(standing, name, value)
    must_be_open(standing.to_center, max(on, standing.moves_on))
    save_sheet(standing, by)
    return standing


@transaction.atomic
def approve_handover(*, handover: CenterHandover, by: User, on: date, version: int) -> CenterHandover:
    """The sender's センター管理者 sends the sheet, with the last days' records as they stand now.

    Raises StaleHandover when the sheet is not the one that was read, Gone, and CenterClosed.
    """
    standing = locked(handover)
    if standing.state != PassState.PROPOSED:
        raise Gone
    if standing.version != version:
        raise StaleHandover
    must_be_open(standing.to_center, max(on, standing.moves_on))
    standing.state, standing.approved_by, standing.approved_at = PassState.SENT, by, timezone.now()
    standing.digest = digest_of(standing.client, on)
    save_sheet(standing, by)
    body = (
        f"{standing.center}から引き継ぎ書が届いています。引き継ぎ日に受け取るか、理由を添えて断ってください。"
    )
    _tell(standing.to_center, standing, "引き継ぎ書が届きました", body)
    return standing


@transaction.atomic
def accept_handover(
    *,
    handover: CenterHandover,
    by: User,
    on: date,
    existing: Client | None = None,
    responsible: StaffMember | None = None,
) -> CenterHandover:
    """The receiver takes the person over from `on`: client, case, next steps and the look at the old records.

    `existing`: a client of the receiver who is the same person. The old case is closed, and from now on the sender
    reads what it wrote. Raises Gone (also for the second of two), TooEarly and CenterClosed.
    """
    standing = waiting(handover, on)
    if on < standing.moves_on:
        raise TooEarly
    must_be_open(standing.to_center, on)
    old = standing.client
    with pghistory.context(user=str(by.pk)):
        new = existing or register_copy(
            old,
            center=standing.to_center,
            by=by,
            on=on,
            reason=CLOSED_REASON,
            whole=True,
            responsible=responsible,
        )
        if new.previous_id is None:
            new.previous = old
            new.save(update_fields=["previous"])
        _open_records(old, standing, by, on)
        if not Case.unscoped.filter(client=new, closed_on__isnull=True).exists():
            worker = responsible or getattr(by, "staff_member", None)
            open_case(client=new, on=on, reason=CLOSED_REASON, responsible=worker)
        _keep_restricted(old, new, by, responsible)
        _hand_steps(old, new, standing, by, on, responsible)
        withdraw_waiting(client=old, by=by)
        Case.unscoped.filter(client=old, closed_on__isnull=True).update(
            closed_on=on, state=CaseState.CLOSED, closed_reason=CLOSED_REASON
        )
        refresh_case_facts([old.pk, new.pk])
        standing.to_client, standing.handed_on = new, on
        answer_sheet(standing, PassState.ACCEPTED, by, "")
    _tell(
        standing.center,
        standing,
        "引き継ぎが受け取られました",
        f"{standing.to_center}が引き継ぎを受け取りました。",
    )
    return standing


@transaction.atomic
def refuse_handover(*, handover: CenterHandover, by: User, on: date, reason: str) -> CenterHandover:
    """Raises Gone."""
    standing = waiting(handover, on)
    answer_sheet(standing, PassState.REFUSED, by, reason)
    body = f"{standing.to_center}から、引き継ぎを受けられないと返事がありました。理由を確かめてください。"
    _tell(standing.center, standing, "引き継ぎを受けられないとの返事", body)
    return standing


@transaction.atomic
def withdraw_handover(*, handover: CenterHandover, by: User, reason: str) -> CenterHandover:
    """The sender takes it back, approved or not, before it is answered. Raises Gone."""
    standing = locked(handover)
    if standing.state not in (PassState.PROPOSED, PassState.SENT):
        raise Gone
    answer_sheet(standing, PassState.WITHDRAWN, by, reason)
    return standing


def digest_of(client: Client, on: date) -> list[dict[str, Any]]:
    """The center's records of the last days, newest first: day, codes, gist. Those marked 虐待・差別の疑い bring no text."""
    since = on - timedelta(days=setting("handover_digest_days", on))
    records = Consultation.unscoped.standing().filter(client=client, center=client.center_id)
    records = records.filter(date__gt=since, date__lte=on).order_by("-date", "-created_at")[:_MOST_LINES]
    return [
        {
            "date": record.date.isoformat(),
            "method": record.method,
            "contents": list(record.contents),
            "gist": "" if record.rights_concern else record.facts[:_GIST],
            "secret": record.rights_concern,
        }
        for record in records
    ]


def _open_records(old: Client, handover: CenterHandover, by: User, on: date) -> None:
    """The receiver reads the sender's records; what the sender read of former centers goes on with the person."""
    _share(old, handover, by, on)
    earlier = old.previous
    while earlier:
        held = ShareGrant.unscoped.in_force(on).filter(
            client=earlier, to_center=handover.center, basis=ShareBasis.HANDOVER
        )
        if held.update(revoked_at=timezone.now()):
            _share(earlier, handover, by, on)
        earlier = earlier.previous


def _share(client: Client, handover: CenterHandover, by: User, on: date) -> None:
    share(
        client=client,
        to_center=handover.to_center,
        scope=ShareScope.NOTES,
        basis=ShareBasis.HANDOVER,
        by=handover.approved_by or by,
        starts_on=on,
    )


def _keep_restricted(old: Client, new: Client, by: User, responsible: StaffMember | None) -> None:
    """What few may see stays so at the receiver: those who take it over are named on both cases."""
    cases = Case.unscoped.filter(client=old, restricted=True)
    if not cases.exists():
        return
    Case.unscoped.filter(client=new).update(restricted=True)
    users = {by.pk, responsible.user_id if responsible else None} - {None}
    for case in [*cases, *Case.unscoped.filter(client=new, restricted=True)]:
        for user in users:
            CaseMember.unscoped.get_or_create(case=case, user_id=user)


def _hand_steps(
    old: Client, new: Client, handover: CenterHandover, by: User, on: date, responsible: StaffMember | None
) -> None:
    for step in FollowUp.unscoped.filter(client=old, center=handover.center, done_on__isnull=True):
        FollowUp.unscoped.create(
            center=handover.to_center,
            client=new,
            due_on=step.due_on,
            due_at=step.due_at,
            kind=step.kind,
            what=step.what,
            staff=responsible,
            written_by=by,
        )
        finish_follow_up(step=step, by=by, on=on, dropped=CLOSED_REASON)


def _tell(center: Center, handover: CenterHandover, title: str, body: str) -> None:
    path = reverse("cases:handover", args=[handover.pk])
    tell_center(center, [Role.KANRI], title=title, body=body, path=path)
