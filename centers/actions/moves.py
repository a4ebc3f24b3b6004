"""異動: a person leaves one center and is taken by another."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from centers.accounts import may_give
from centers.actions.accounts import end_rows, give_role, live_after, lock_account
from centers.actions.invitations import AccountStopped, NotAllowed, hold_open
from centers.actions.links import proposal_lapses
from centers.enums import Purpose, Role
from centers.models import Center, Invitation, RoleGrant, StaffAssignment, StaffMember, User, Ward


@transaction.atomic
def move_away(
    *, user: User, center_ids: Iterable[UUID], last_day: date, to: Center | None, by: User
) -> Invitation | None:
    """Roles and posts in the centers end with the day; `to` is asked to take the person from the day after.

    Returns what waits at the other center.
    """
    lock_account(user.pk)
    end_rows(live_after(user.grants.filter(center__in=center_ids), last_day), last_day)
    posts = StaffAssignment.objects.filter(staff__user=user, center__in=center_ids)
    end_rows(live_after(posts, last_day), last_day)
    if to is None:
        return None
    return Invitation.objects.create(
        purpose=Purpose.MOVE,
        user=user,
        name=user.name,
        center=to,
        starts_on=last_day + timedelta(days=1),
        invited_by=by,
        expires_at=proposal_lapses(),
    )


@transaction.atomic
def take_over(
    *,
    invitation: Invitation,
    role: Role | str,
    center: Center,
    starts_on: date,
    by: User,
    ends_on: date | None = None,
    ward: Ward | None = None,
) -> RoleGrant:
    """The other center's yes: a role there for the account that comes over.

    Raises AlreadySettled, NotAllowed, AccountStopped.
    """
    standing = hold_open(invitation.pk)
    if center.pk != standing.center_id or not may_give(by, role, center=center):
        raise NotAllowed
    user = lock_account(standing.account.pk)
    if not user.is_active:
        raise AccountStopped
    grant = give_role(user=user, role=role, center=center, starts_on=starts_on, ends_on=ends_on, by=by)
    StaffMember.objects.get_or_create(user=user, defaults={"name": user.name})
    standing.approved_by, standing.approved_at, standing.used_at = by, timezone.now(), timezone.now()
    standing.save()
    return grant
