"""次の予定: put in, done, dropped with a reason, and opened again."""

from datetime import date, time

from django.db import transaction
from django.db.models import QuerySet

from cases.actions.facts import refresh_case_facts
from cases.actions.merging import present
from cases.enums import FollowUpKind
from cases.models import Client, FollowUp
from cases.scoping import not_handed_over
from centers.access import Right, rights_of
from centers.models import Center, StaffMember, User


def writable_steps(user: User) -> QuerySet[FollowUp]:
    """Next steps that the user may finish: those they may read, of their own centers."""
    rights = rights_of(user)
    own = FollowUp.visible_to(user).filter(center__in=rights.center_ids(Right.FOLLOWUP_WRITE))
    return own.filter(not_handed_over(rights.on))


@transaction.atomic
def add_follow_up(
    *,
    client: Client,
    by: User,
    center: Center,
    due_on: date,
    what: str,
    kind: str = FollowUpKind.OTHER,
    due_at: time | None = None,
    staff: StaffMember | None = None,
) -> FollowUp:
    """A next step for the client in the center's name; `staff` is who does it."""
    (client,) = present([client])
    step = FollowUp.unscoped.create(
        center=center,
        client=client,
        due_on=due_on,
        due_at=due_at,
        kind=kind,
        what=what,
        staff=staff,
        written_by=by,
    )
    refresh_case_facts([client.pk])
    return step


@transaction.atomic
def finish_follow_up(*, step: FollowUp, by: User, on: date, dropped: str = "") -> FollowUp:
    """済み on the day, or しないことにした with the reason `dropped`. Who was first stands: done twice is done once."""
    standing = _locked(step)
    if standing.done_on is None:
        standing.done_on, standing.done_by, standing.dropped_reason = on, by, dropped
        _save(standing)
    return standing


@transaction.atomic
def reopen_follow_up(*, step: FollowUp, by: User) -> FollowUp:
    """Take 済み back; the change history keeps who did."""
    standing = _locked(step)
    standing.done_on, standing.done_by, standing.dropped_reason = None, None, ""
    _save(standing)
    return standing


def _locked(step: FollowUp) -> FollowUp:
    return FollowUp.unscoped.select_for_update(of=("self",)).get(pk=step.pk)


def _save(step: FollowUp) -> None:
    step.save(update_fields=["done_on", "done_by", "dropped_reason"])
    if step.client_id:
        refresh_case_facts([step.client_id])
