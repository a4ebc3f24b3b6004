"""引継書 for a change of worker: written, received by the new worker, taken back."""

from datetime import date
from uuid import UUID

import pghistory
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.actions.casework import CaseMoved, locked_case
from cases.actions.facts import refresh_case_facts
from cases.models import Case, Client, FollowUp, WorkerHandover
from centers.models import StaffMember, User
from centers.notices import close_told, tell_user

KIND = "worker_handover"
_WAITING = {"received_at__isnull": True, "withdrawn_at__isnull": True}


class NotVisible(Exception):
    """The new worker may not see the person: the case is restricted, or they have a conflict of interest."""


class AlreadyEnded(Exception):
    """The 引継書 was received or taken back before; `standing` is what holds."""

    def __init__(self, standing: WorkerHandover):
        super().__init__()
        self.standing = standing


@transaction.atomic
def write_handover(
    *, pk: UUID, case: Case, by: User, to_staff: StaffMember, starts_on: date, **texts
) -> WorkerHandover:
    """Ask the new worker to take the case over; until the receipt the present one answers for it.

    `pk` is the form's token: posted twice is written once. `texts`: the other columns of WorkerHandover.
    Raises NotVisible, and CaseMoved when the case is closed, has no worker, is theirs, or waits already.
    """
    user = to_staff.user
    if user is None or not Client.visible_to(user).filter(pk=case.client_id).exists():
        raise NotVisible
    with pghistory.context(user=str(by.pk)):
        standing = locked_case(case)
        if known := WorkerHandover.unscoped.filter(pk=pk, case=case, written_by=by).first():
            return known
        if standing.responsible_id in (None, to_staff.pk) or waiting_of(standing):
            raise CaseMoved
        note = WorkerHandover.unscoped.create(
            pk=pk,
            center_id=standing.center_id,
            client_id=standing.client_id,
            case=standing,
            from_staff_id=standing.responsible_id,
            to_staff=to_staff,
            starts_on=starts_on,
            written_by=by,
            **texts,
        )
        refresh_case_facts([standing.client_id])
        tell_handover(note, user)
    return note


def tell_handover(note: WorkerHandover, user: User) -> None:
    """The notice to the new worker, without a name or number; closed when the note is received or taken back."""
    tell_user(
        user,
        kind=KIND,
        icon="swap",
        title="引継書が届きました",
        body="担当が替わるケースの引継書です。読んで、受け取ってください。",
        path=_page(note),
    )


@transaction.atomic
def receive_handover(*, note: WorkerHandover, by: User) -> WorkerHandover:
    """The new worker takes the case over, and with it the open steps of the former one. Received twice is once.

    Raises AlreadyEnded when it was taken back meanwhile, CaseMoved when the case was closed.
    """
    with pghistory.context(user=str(by.pk)):
        standing = _locked(note)
        if standing.received_at:
            return standing
        if standing.withdrawn_at:
            raise AlreadyEnded(standing)
        locked_case(standing.case)
        standing.received_at, standing.received_by = timezone.now(), by
        standing.save(update_fields=["received_at", "received_by"])
        Case.unscoped.filter(pk=standing.case_id).update(responsible=standing.to_staff_id)
        FollowUp.unscoped.filter(
            client=standing.client_id,
            center=standing.center_id,
            staff=standing.from_staff_id,
            done_on__isnull=True,
        ).update(staff=standing.to_staff_id)
        refresh_case_facts([standing.client_id])
        close_told([KIND], standing.pk)
    return standing


@transaction.atomic
def withdraw_handover(*, note: WorkerHandover, by: User) -> WorkerHandover:
    """Take it back before it was received; the case stays with the present worker. Raises AlreadyEnded."""
    with pghistory.context(user=str(by.pk)):
        standing = _locked(note)
        if standing.withdrawn_at:
            return standing
        if standing.received_at:
            raise AlreadyEnded(standing)
        standing.withdrawn_at, standing.withdrawn_by = timezone.now(), by
        standing.save(update_fields=["withdrawn_at", "withdrawn_by"])
        refresh_case_facts([standing.client_id])
        close_told([KIND], standing.pk)
    return standing


def withdraw_waiting(*, client: Client, by: User) -> None:
    """Take back whatever waits for a client whose case ends elsewhere. To be called in a transaction."""
    for note in WorkerHandover.unscoped.filter(client=client, **_WAITING):
        withdraw_handover(note=note, by=by)


def waiting_of(case: Case) -> WorkerHandover | None:
    """The 引継書 of the case that waits for its receipt."""
    return WorkerHandover.unscoped.filter(case=case, **_WAITING).first()


def _locked(note: WorkerHandover) -> WorkerHandover:
    rows = WorkerHandover.unscoped.select_for_update(of=("self",)).select_related("to_staff", "case")
    return rows.get(pk=note.pk)


def _page(note: WorkerHandover) -> str:
    return reverse("cases:worker_handover", args=[note.pk])
