from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centers.access import Right, may_open, rights_of
from centers.account_history import history_of
from centers.accounts import (
    Account,
    is_here,
    may_give,
    may_manage,
    open_invitations,
    roles_to_give,
    visible_accounts,
    with_facts,
)
from centers.enums import AccountState, Purpose
from centers.models import RoleGrant, User
from centers.paging import Cursor, page_of
from centers.periods import today
from centers.views.accounts.common import account_of

VIEWS = (("", "使えるもの"), ("stopped", "停止中"), ("ended", "権限の終わったもの"), ("all", "すべて"))
ORDER = ("name", "pk")
MOST_OPEN = 50
CHIPS = {
    AccountState.USABLE: ("ok", "check"),
    AccountState.WAITING: ("key", "clock"),
    AccountState.ENDED: ("mute", "close"),
    AccountState.STOPPED: ("warn", "lock"),
}


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """アカウント: those in the user's reach, and the invitations and proposals that still wait."""
    on, show = today(), request.GET.get("view", "")
    show = show if show in dict(VIEWS) else ""
    seen = visible_accounts(request.user)
    page = page_of(with_facts(_narrowed(seen, show, on)), ORDER, Cursor.of(request.GET), anchors=seen)
    waiting = list(open_invitations(request.user, now=timezone.now())[:MOST_OPEN])
    context = {
        "views": [(name, label, name == show) for name, label in VIEWS],
        "page": page,
        "rows": [(account, CHIPS[account.state]) for account in (Account(user, on) for user in page.rows)],
        "query_text": f"view={show}" if show else "",
        "on": on,
        "proposals": [one for one in waiting if one.waits],
        "moves": [one for one in waiting if one.purpose == Purpose.MOVE],
        "invitations": [one for one in waiting if not one.waits and one.purpose == Purpose.JOIN],
        "may_invite": may_open(request.user, "centers:account_invite") and roles_to_give(request.user),
        "two_persons": rights_of(request.user).city_wide(Right.ACCOUNT_READ),
    }
    return render(request, "accounts/list.html", context)


def _narrowed(accounts: QuerySet[User], show: str, on) -> QuerySet[User]:
    live = Exists(RoleGrant.objects.filter(user=OuterRef("pk")).exclude(ends_on__lt=on))
    if show == "stopped":
        return accounts.filter(is_active=False)
    if show == "ended":
        return accounts.filter(~live, is_active=True)
    return accounts if show == "all" else accounts.filter(live, is_active=True)


@require_safe
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: what it may do where and until when, its second step and sessions, and how all that came to be."""
    shown = account_of(request, pk)
    own = shown.user.pk == request.user.pk
    manages = may_manage(request.user, shown.user, on=shown.on)
    grants = [
        (
            grant,
            not own
            and (grant.ends_on is None or grant.ends_on > shown.on)
            and may_give(request.user, grant.role, center=grant.center, ward=grant.ward),
        )
        for grant in shown.user.roles_held
    ]
    may_change = may_open(request.user, "centers:account_grant") and not own and shown.user.is_active
    context = {
        "account": shown,
        "own": own,
        "chip": CHIPS[shown.state],
        "grants": grants,
        "sessions": shown.user.usersession_set.count(),
        "staff": getattr(shown.user, "staff_member", None),
        "manages": manages,
        "may_grant": may_change and roles_to_give(request.user),
        "may_move": may_open(request.user, "centers:account_move") and any(ends for _, ends in grants),
        "here": (here := is_here(request.user, shown)),
        "lines": history_of(shown.user) if here else [],
    }
    return render(request, "accounts/account.html", context)
