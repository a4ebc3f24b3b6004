"""Invitations and proposals: made, approved, withdrawn, taken up. Each in one transaction, under a lock of its row."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone

from centers.accounts import may_decide, may_give, still_stands
from centers.actions.accounts import end_sessions, give_role, lock_account, tell_of_reset
from centers.actions.links import issue, proposal_lapses
from centers.enums import CENTER_ROLES, TWO_PERSON_ROLES, Purpose
from centers.models import Invitation, StaffMember, User


class NotAllowed(Exception):
    """The one who acts may not do this (any more)."""


class AccountStopped(NotAllowed):
    """The account that it is for is stopped."""


class AlreadySettled(Exception):
    """Somebody else used, cancelled or approved it first, or its time is over."""


class NameTaken(Exception):
    """The log-in name was taken in the meantime."""


class StaffTaken(Exception):
    """The staff member has a log-in already."""


@transaction.atomic
def invite(*, key: UUID, by: User, facts: Mapping, user: User | None = None) -> tuple[Invitation, str]:
    """A new invitation and its token, or "" for one that waits for a second person.

    key: the id it gets, so that a form sent twice makes one. facts: role, center, ward, starts_on, ends_on, name,
    email, staff as far as they are known. user: propose the role for this account instead of a new one.
    Raises NotAllowed, AlreadySettled (the key was used).
    """
    invitation = Invitation(
        id=key, purpose=Purpose.GRANT if user else Purpose.JOIN, user=user, invited_by=by, **facts
    )
    if not may_give(by, invitation.role, center=invitation.center, ward=invitation.ward):
        raise NotAllowed
    invitation.expires_at = proposal_lapses()
    token = "" if invitation.waits else issue(invitation)
    invitation.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise AlreadySettled from None
    return invitation, token


@transaction.atomic
def approve(*, invitation: Invitation, by: User) -> tuple[Invitation, str]:
    """The second person's yes: a role for an account begins, a new person's link comes to be (its token is returned).

    Raises NotAllowed, AccountStopped, AlreadySettled.
    """
    standing = hold_open(invitation.pk)
    if not standing.waits:
        raise AlreadySettled
    if standing.user and not lock_account(standing.user.pk).is_active:
        raise AccountStopped
    if not may_decide(by, standing) or not still_stands(standing, on=standing.first_day):
        raise NotAllowed
    standing.approved_by, standing.approved_at = by, timezone.now()
    if standing.user:
        give_role(
            user=standing.user,
            role=standing.role,
            starts_on=standing.first_day,
            ends_on=standing.ends_on,
            by=standing.invited_by,
        )
        standing.used_at = timezone.now()
        standing.save()
        return standing, ""
    token = issue(standing)
    standing.save()
    return standing, token


@transaction.atomic
def cancel(*, invitation: Invitation, by: User) -> None:
    """Withdraw an invitation, proposal or password link. Raises AlreadySettled when it is used or cancelled."""
    standing = _unsettled(invitation.pk)
    standing.cancelled_by, standing.cancelled_at = by, timezone.now()
    standing.save()


@transaction.atomic
def new_link(*, invitation: Invitation, by: User) -> tuple[Invitation, str]:
    """Another link in place of one that was lost or is too old. Raises AlreadySettled.

    For a role of two persons by one who may say yes to it: who proposed it alone never holds the link (NotAllowed).
    """
    standing = _unsettled(invitation.pk)
    if standing.waits or standing.purpose in (Purpose.GRANT, Purpose.MOVE):
        raise AlreadySettled
    if standing.role in TWO_PERSON_ROLES and not may_decide(by, standing):
        raise NotAllowed
    if standing.role not in TWO_PERSON_ROLES:
        standing.invited_by = by
    token = issue(standing)
    standing.save()
    return standing, token


@transaction.atomic
def reset(*, user: User, purpose: Purpose, by: User, reason: str) -> tuple[Invitation, str]:
    """A link for a new password or second step; older ones of the kind are cancelled.

    A second step is taken away at once and every session ends; whoever knows the password alone gets no further
    than to a page that asks for the link.
    """
    lock_account(user.pk)
    older = Invitation.objects.filter(user=user, purpose=purpose, used_at=None, cancelled_at=None)
    older.update(cancelled_by=by, cancelled_at=timezone.now())
    link = Invitation(purpose=purpose, user=user, invited_by=by, reason=reason)
    token = issue(link)
    link.save(force_insert=True)
    if purpose == Purpose.SECOND_STEP:
        Authenticator.objects.filter(user_id=user.pk).delete()
        end_sessions(user=user)
    tell_of_reset(user=user, purpose=purpose, by=by)
    return link, token


@transaction.atomic
def join(*, token_hash: str, username: str, name: str, password: str, on: date) -> User:
    """Take up an invitation: the account, its role, its staff member. Of two at once one succeeds.

    Raises AlreadySettled, NotAllowed (who invited may not any more), NameTaken, StaffTaken.
    """
    invitation = _by_token(token_hash, Purpose.JOIN, on=on)
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password, name=name, email=invitation.email)
    except IntegrityError:
        raise NameTaken from None
    give_role(
        user=user,
        role=invitation.role,
        center=invitation.center,
        ward=invitation.ward,
        starts_on=max(invitation.first_day, on),
        ends_on=invitation.ends_on,
        by=invitation.invited_by,
    )
    if invitation.role in CENTER_ROLES:
        _link_staff(invitation.staff_id, user)
    invitation.user, invitation.used_at = user, timezone.now()
    invitation.save()
    return user


def _link_staff(staff_id: UUID | None, user: User) -> None:
    if staff_id is None:
        StaffMember.objects.create(name=user.name, user=user)
        return
    staff = StaffMember.objects.select_for_update().get(pk=staff_id)
    if staff.user_id:
        raise StaffTaken
    staff.user = user
    staff.save()


@transaction.atomic
def set_password(*, token_hash: str, password: str, on: date) -> User:
    """Use a password link; every session of the account ends. Raises AlreadySettled, NotAllowed."""
    invitation = _by_token(token_hash, Purpose.PASSWORD, on=on)
    user = invitation.account
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user=user)
    invitation.used_at = timezone.now()
    invitation.save()
    return user


@transaction.atomic
def second_step_done(*, token_hash: str, user: User, on: date) -> None:
    """The second step was set up anew by this link. Raises AlreadySettled, NotAllowed."""
    invitation = _by_token(token_hash, Purpose.SECOND_STEP, on=on)
    if invitation.user_id != user.pk:
        raise NotAllowed
    invitation.used_at = timezone.now()
    invitation.save()


def second_step_needs_link(user: User) -> bool:
    """Whether a second step was taken away by a manager and not set up since; the link's age does not matter."""
    return Invitation.objects.filter(
        user=user, purpose=Purpose.SECOND_STEP, used_at=None, cancelled_at=None
    ).exists()


def _by_token(token_hash: str, purpose: Purpose, *, on: date) -> Invitation:
    pk = (
        Invitation.objects.filter(token_hash=token_hash, purpose=purpose).values_list("pk", flat=True).first()
    )
    if pk is None:
        raise AlreadySettled
    invitation = hold_open(pk)
    over = invitation.ends_on is not None and invitation.ends_on < on
    if invitation.token_hash != token_hash or invitation.waits or over:
        raise AlreadySettled
    if not still_stands(invitation, on=on):
        raise NotAllowed
    return invitation


def hold_open(pk: UUID) -> Invitation:
    """The row under a lock, while it waits. Raises AlreadySettled when it was used or cancelled, or is too old."""
    invitation = _unsettled(pk)
    if invitation.expires_at <= timezone.now():
        raise AlreadySettled
    return invitation


def _unsettled(pk: UUID) -> Invitation:
    """The row under a lock, so that of two who act at once the second finds what the first did."""
    row = Invitation.objects.select_for_update(of=["self"]).get(pk=pk)
    if row.used_at or row.cancelled_at:
        raise AlreadySettled
    return row
