"""Accounts that nobody uses are stopped after the きまり's number of days, with warnings before.

Judged by the real clock, as log-ins are. Works from the database alone: a run that was missed is made good by the
next, a second one changes nothing. Nobody is stopped who was not warned at least the last warning's days before,
and never the last システム管理者, for whom a finding is opened instead (reports.checks.accounts).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from centers.actions.accounts import LastOne, stop_account
from centers.contracts import setting
from centers.enums import CENTER_ROLES, Role, Severity
from centers.locks import wait_for_turn
from centers.models import IdleWarning, Notice, RoleGrant, User
from centers.models.base import in_force
from centers.notices import tell_role
from centers.periods import JST

WARNED, STOPPED = "account_idle", "account_stopped"


@dataclass(frozen=True)
class Idle:
    """An account with the days until it is due to be stopped (0 or less: due)."""

    user: User
    last_used: date
    days_left: int


@dataclass(frozen=True)
class Addressee:
    """Who is told of an account: those with a role in a center, or in the city."""

    role: Role
    center_id: UUID | None = None


@dataclass(frozen=True)
class Result:
    warned: int
    stopped: int


def warning_due(days_left: int, warnings: Sequence[int], told: Iterable[int]) -> int | None:
    """The nearest warning day reached and not told yet; one told hides the earlier ones. Pure."""
    reached = [day for day in warnings if days_left <= day]
    if not reached or any(day <= min(reached) for day in told):
        return None
    return min(reached)


def idle_accounts(on: date) -> list[Idle]:
    """Active accounts within the first warning's days of being stopped, the longest unused first."""
    days, warnings = _rules(on)
    before = on - timedelta(days=days - max(warnings, default=0))
    accounts = []
    users = User.objects.filter(is_active=True).annotate(started_at=Max("stops__started_at"))
    for user in users.order_by("pk"):
        last = max(
            timezone.localdate(at, JST) for at in (user.last_login, user.created_at, user.started_at) if at
        )
        if last <= before:
            accounts.append(Idle(user, last, (last - on).days + days))
    return sorted(accounts, key=lambda one: one.last_used)


def kept_admin(on: date) -> Idle | None:
    """The システム管理者 who is due to be stopped but stays, since no other one could log in."""
    due = {one.user.pk: one for one in idle_accounts(on) if one.days_left <= 0}
    admins = set(_admins(on))
    return (
        max((due[pk] for pk in admins), key=lambda one: one.last_used)
        if admins <= set(due) and admins
        else None
    )


@transaction.atomic
def stop_idle_accounts(*, on: date) -> Result:
    """Warn and stop what is due on the day."""
    wait_for_turn("soudan_idle_accounts")
    accounts, kept = idle_accounts(on), kept_admin(on)
    due = [one for one in accounts if _may_stop(one, on) and (kept is None or one.user != kept.user)]
    stopped = [one for one in due if _stop(one, on)]
    gone = {one.user.pk for one in stopped}
    warned = [(one, day) for one in accounts if one.user.pk not in gone and (day := _warn(one, on))]
    _tell_stopped(stopped, on)
    _tell_warned(warned, on)
    _close_settled(accounts, gone, on)
    return Result(len(warned), len(stopped))


def _rules(on: date) -> tuple[int, list[int]]:
    return setting("account_idle_days", on), setting("account_idle_warnings", on)


def _may_stop(one: Idle, on: date) -> bool:
    warnings = _rules(on)[1]
    told_by = on - timedelta(days=min(warnings, default=0))
    warned = one.user.idle_warnings.filter(last_used=one.last_used, told_on__lte=told_by)
    return one.days_left <= 0 and (not warnings or warned.exists())


def _stop(one: Idle, on: date) -> bool:
    """False for the last one of a role that nobody could give again."""
    try:
        return bool(stop_account(user=one.user, by=None, on=on, reason=f"{_rules(on)[0]}日使われていない"))
    except LastOne:
        return False


def _warn(one: Idle, on: date) -> int | None:
    told = one.user.idle_warnings.filter(last_used=one.last_used).values_list("days_left", flat=True)
    day = warning_due(one.days_left, _rules(on)[1], list(told))
    if day is not None:
        IdleWarning.objects.create(user=one.user, last_used=one.last_used, days_left=day, told_on=on)
    return day


def _admins(on: date) -> list:
    grants = RoleGrant.objects.in_force(on).filter(role=Role.SYSTEM, user__is_active=True)
    return list(grants.values_list("user", flat=True))


def _addressees(user: User, on: date) -> set[Addressee]:
    """センター管理者 for their staff; 市 for them, itself and the wards; システム管理者 for all others."""
    found = set()
    for grant in user.grants.filter(in_force(on)):
        role = Role(grant.role)
        if role in CENTER_ROLES:
            found.add(Addressee(Role.KANRI, grant.center_id))
        if role in (Role.KANRI, Role.SHI, Role.KU):
            found.add(Addressee(Role.SHI))
        if role in (Role.SYSTEM, Role.KANSA):
            found.add(Addressee(Role.SYSTEM))
    return found or {Addressee(Role.SYSTEM)}


def _tell_warned(warned: list[tuple[Idle, int]], on: date) -> None:
    last_warning = min(_rules(on)[1], default=0)
    days = Counter(
        (addressee, max(one.days_left, last_warning))
        for one, _ in warned
        for addressee in _addressees(one.user, on)
    )
    for (addressee, left), number in days.items():
        title = f"{number}件のアカウントが、使われないまま{left}日後に止まります"
        _notice(addressee, WARNED, title, "続けて使うときは、それまでにログインしてもらってください。")


def _tell_stopped(stopped: list[Idle], on: date) -> None:
    days = _rules(on)[0]
    numbers = Counter(addressee for one in stopped for addressee in _addressees(one.user, on))
    for addressee, number in numbers.items():
        title = f"{number}件のアカウントを止めました({days}日使われていません)"
        _notice(addressee, STOPPED, title, "また使うときは、アカウントの画面で戻してください。")


def _notice(addressee: Addressee, kind: str, title: str, body: str) -> None:
    tell_role(
        addressee.role,
        center_id=addressee.center_id,
        kind=kind,
        icon="people",
        severity=Severity.WARN if kind == WARNED else Severity.INFO,
        title=title,
        body=body,
        path=reverse("centers:accounts"),
    )


def _close_settled(accounts: list[Idle], gone: set, on: date) -> None:
    """Close warnings where no account waits any more, and old news of stopped ones."""
    waiting = {place for one in accounts if one.user.pk not in gone for place in _addressees(one.user, on)}
    still = Q(pk__in=[])
    for place in waiting:
        still |= Q(role=place.role, center_id=place.center_id)
    open_notices = Notice.objects.filter(closed_at__isnull=True)
    open_notices.filter(kind=WARNED).exclude(still).update(closed_at=timezone.now())
    old = timezone.now() - timedelta(days=_rules(on)[0])
    open_notices.filter(kind=STOPPED, created_at__lt=old).update(closed_at=timezone.now())
