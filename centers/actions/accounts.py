"""What is done to accounts: roles given and ended, stop and start, moves. Who may is asked by centers.accounts."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.access import Right, rights_of
from centers.accounts import NEVER_NONE, left_without
from centers.enums import TWO_PERSON_ROLES, Purpose, Role, Scope, Severity
from centers.models import AccountStop, Center, Notice, RoleGrant, StaffAssignment, User, Ward

_TOLD = {
    Purpose.PASSWORD: "パスワードを決め直すリンクが作られました",
    Purpose.SECOND_STEP: "ログインの2段階目が登録し直しになりました",
}


class LastOne(Exception):
    """Nobody else holds this role, and nobody could give it again."""


def end_sessions(*, user: User) -> int:
    """Log the user out everywhere, at their next click; returns how many sessions that were."""
    sessions = list(UserSession.objects.filter(user_id=user.pk))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def give_role(
    *,
    user: User,
    role: Role | str,
    starts_on: date,
    by: User,
    ends_on: date | None = None,
    center: Center | None = None,
    ward: Ward | None = None,
) -> RoleGrant:
    """A role from a day on. Raises ValidationError where the same role runs already or the days are turned round."""
    lock_account(user.pk)
    grant = RoleGrant(
        user=user, role=role, center=center, ward=ward, starts_on=starts_on, ends_on=ends_on, granted_by=by
    )
    grant.full_clean()
    grant.save(force_insert=True)
    if center and center.pk not in rights_of(by).center_ids(Right.ROLE_GIVE_MANAGER):
        _tell_of_role(grant, center)
    return grant


def _tell_of_role(grant: RoleGrant, center: Center) -> None:
    """Nobody from outside a center lets anybody in unseen."""
    title = f"センターの外から権限が付きました: {center}・{Role(grant.role).label}"
    _tell_watchers([center], "account_role", title, grant.user_id)


def _tell_watchers(centers: Iterable[Center], kind: str, title: str, user_id: UUID) -> None:
    """To the centers' own センター管理者, and to 監査."""
    facts = {
        "kind": kind,
        "icon": "key",
        "severity": Severity.WARN,
        "title": title,
        "body": "だれのアカウントかを確かめてください。覚えがないときは、すぐに市の担当課か監査の担当へ連絡してください。",
        "path": reverse("centers:account", args=[user_id]),
    }
    Notice.objects.bulk_create(
        [Notice(scope=Scope.CENTER, center=center, role=Role.KANRI, **facts) for center in centers]
        + [Notice(scope=Scope.CITY, role=Role.KANSA, **facts)]
    )


@transaction.atomic
def end_role(*, grant: RoleGrant, last_day: date) -> None:
    """The role holds to the end of the day; one that would begin later is taken back, none gets longer by it.

    Raises LastOne.
    """
    lock_account(grant.user_id)
    _keep_one(grant.user, grant.role, on=last_day)
    if grant.ends_on is None or last_day < grant.ends_on:
        end_rows([grant], last_day)


@transaction.atomic
def stop_account(*, user: User, by: User | None, on: date, reason: str) -> AccountStop | None:
    """Shut the account: no log-in, every session ends at once, its roles end today. `by` is None for a check.

    Returns the stop, None when it was stopped already. Raises LastOne for the last システム管理者 or 市.
    """
    account = lock_account(user.pk)
    if not account.is_active:
        return None
    for role in NEVER_NONE:
        _keep_one(account, role, on=on)
    live = list(live_after(account.grants.all(), on))
    kept = [
        {
            "id": str(grant.pk),
            "role": grant.role,
            "center": str(grant.center_id) if grant.center_id else None,
            "ward": grant.ward_id,
            "starts_on": grant.starts_on.isoformat(),
            "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
        }
        for grant in live
    ]
    end_rows(live, on)
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(user=account)
    return AccountStop.objects.create(user=account, on=on, reason=reason, grants=kept, stopped_by=by)


@transaction.atomic
def start_account(*, user: User, by: User, on: date) -> bool:
    """Open a stopped account again with the roles that the stop ended, as far as they would still run.

    On the day of the stop the roles simply go on; later they begin anew on `on`. False when it was not stopped.
    """
    account = lock_account(user.pk)
    if account.is_active:
        return False
    account.is_active = True
    account.save(update_fields=["is_active"])
    stop = AccountStop.objects.filter(user=account, started_at=None).first()
    if stop:
        for kept in stop.grants:
            _restore(account, kept, by=by, on=on, same_day=stop.on == on)
        stop.started_at, stop.started_by = timezone.now(), by
        stop.save()
    return True


def _restore(user: User, kept: dict, *, by: User, on: date, same_day: bool) -> None:
    ends_on = date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None
    if ends_on and ends_on < on:
        return
    if same_day and RoleGrant.objects.filter(pk=kept["id"], ends_on=on).update(ends_on=ends_on):
        return
    give_role(
        user=user,
        role=kept["role"],
        center=Center.objects.get(pk=kept["center"]) if kept["center"] else None,
        ward=Ward.objects.get(pk=kept["ward"]) if kept["ward"] else None,
        starts_on=max(on, date.fromisoformat(kept["starts_on"])),
        ends_on=ends_on,
        by=by,
    )


def tell_of_reset(*, user: User, purpose: Purpose, by: User) -> None:
    """To the user; from outside their center, or for a role that two persons give, to those who watch as well.

    Whoever resets both steps could take the account over, and its own notices with it.
    """
    Notice.objects.create(
        user=user,
        kind="account",
        icon="key",
        severity=Severity.WARN,
        title=_TOLD[purpose],
        body="頼んだ覚えがないときは、すぐにセンターの管理者か市の担当課へ連絡してください。",
        path="/me/",
    )
    rights = rights_of(by)
    grants = user.grants.exclude(ends_on__lt=rights.on).select_related("center__zone")
    own = rights.center_ids(Right.ACCOUNT_MANAGE)
    outside = {grant.center for grant in grants if grant.center and grant.center_id not in own}
    if outside or any(grant.role in TWO_PERSON_ROLES for grant in grants):
        title = f"ログインの再設定のリンクが作られました: {Purpose(purpose).label}"
        _tell_watchers(outside, "account_reset", title, user.pk)


def lock_account(pk: UUID) -> User:
    """The account's row, under a lock and without what was worked out for it before.

    Rows that name the account as the one who acted may still be written meanwhile.
    """
    return User.objects.select_for_update(no_key=True).get(pk=pk)


def _keep_one(user: User, role: str, *, on: date) -> None:
    """Under a lock of all holders, so that the last two are not ended at the same moment."""
    if role not in NEVER_NONE:
        return
    list(RoleGrant.objects.select_for_update().filter(role=role).order_by("pk").values_list("pk"))
    if any(grant.role == role for grant in left_without(user, on=on)):
        raise LastOne(role)


def live_after(rows: QuerySet, on: date) -> QuerySet:
    """Rows of dated things that would go on after the day."""
    return rows.exclude(ends_on__lte=on)


def end_rows(rows: Iterable[RoleGrant | StaffAssignment], last_day: date) -> None:
    """Give each its last day; what has not begun by then is taken back."""
    for row in rows:
        if row.starts_on > last_day:
            row.delete()
        else:
            row.ends_on = last_day
            row.save(update_fields=["ends_on"])
