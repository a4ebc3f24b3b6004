"""What is done to one account: stop, start, resets, roles, moves."""

from uuid import UUID, uuid4

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from centers.access import Right, may_open, rights_of
from centers.accounts import NEVER_NONE, left_without, may_give, roles_to_give, visible_accounts
from centers.actions.accounts import (
    LastOne,
    end_role,
    end_sessions,
    give_role,
    start_account,
    stop_account,
)
from centers.actions.invitations import invite, reset
from centers.actions.moves import move_away
from centers.enums import TWO_PERSON_ROLES, Purpose
from centers.grant_forms import GrantForm, LastDayForm, MoveForm, ReasonForm, StopForm
from centers.models import RoleGrant
from centers.periods import today
from centers.views.accounts.common import account_of, hand_over, managed
from centers.work import open_work

LAST_ONE = (
    "この人がいなくなると、同じ権限を持つ人がだれもいなくなり、権限を付け直せる人もいなくなります。"
    "先に、ほかの人に同じ権限を付けてください。"
)


def _refused(form) -> int:
    return 422 if form.errors else 200


@require_http_methods(["GET", "HEAD", "POST"])
def account_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """停止: log-in shut, sessions ended, roles to their end; the page says what is lost by it."""
    shown = managed(request, pk)
    left = left_without(shown.user, on=shown.on)
    form = StopForm(request.POST or None, on=shown.on, left=bool(left))
    if request.method == "POST" and form.is_valid():
        try:
            stop_account(user=shown.user, by=request.user, on=shown.on, reason=form.cleaned_data["reason"])
        except LastOne:
            form.add_error(None, LAST_ONE)
        else:
            messages.success(request, "停止しました。ログイン中の端末もすべて終わりました。")
            return redirect("centers:account", pk)
    context = {
        "account": shown,
        "form": form,
        "left": left,
        "refused": any(grant.role in NEVER_NONE for grant in left),
        **_work(request, shown),
    }
    return render(request, "accounts/stop.html", context, status=_refused(form))


@require_http_methods(["GET", "HEAD", "POST"])
def account_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """また使えるようにする: with the roles that the stop ended."""
    shown = managed(request, pk)
    if request.method == "POST":
        if start_account(user=shown.user, by=request.user, on=shown.on):
            messages.success(request, "また使えるようになりました。権限を確かめてください。")
        return redirect("centers:account", pk)
    return render(request, "accounts/start.html", {"account": shown})


@require_POST
def account_sessions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End every session of the account."""
    shown = managed(request, pk)
    number = end_sessions(user=shown.user)
    messages.success(request, f"ログイン中の端末{number}台を終わらせました。")
    return redirect("centers:account", pk)


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """パスワードの再設定: a link that sets a new password and nothing else."""
    shown = managed(request, pk)
    return _reset(request, shown, Purpose.PASSWORD, "accounts/password.html")


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_second_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """2段階目の再設定: after the manager has proved to be themselves."""
    shown = managed(request, pk)
    return _second_step(request, shown)


@reauthentication_required(app="centers")
def _second_step(request: HttpRequest, shown) -> HttpResponse:
    return _reset(request, shown, Purpose.SECOND_STEP, "accounts/second_step.html")


def _reset(request: HttpRequest, shown, purpose: Purpose, template: str) -> HttpResponse:
    if not shown.user.is_active:
        messages.warning(request, "停止中のアカウントです。先に、また使えるようにしてください。")
        return redirect("centers:account", shown.user.pk)
    form = ReasonForm(request.POST or None, on=shown.on)
    if request.method == "POST" and form.is_valid():
        made = reset(user=shown.user, purpose=purpose, by=request.user, reason=form.cleaned_data["reason"])
        return hand_over(request, *made)
    return render(request, template, {"account": shown, "form": form}, status=_refused(form))


@require_http_methods(["GET", "HEAD", "POST"])
def account_grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """権限を加える: at once, or as a proposal for the roles of two persons."""
    shown = account_of(request, pk)
    if shown.user.pk == request.user.pk or not roles_to_give(request.user) or not shown.user.is_active:
        raise Http404
    form = GrantForm(request.POST or None, on=shown.on, by=request.user, initial={"starts_on": shown.on})
    if request.method == "POST" and form.is_valid():
        given = form.grant()
        if given["role"] in TWO_PERSON_ROLES:
            proposal, _ = invite(
                key=uuid4(), by=request.user, user=shown.user, facts=given | {"name": shown.user.name}
            )
            messages.success(request, "提案しました。市のほかの担当者が承認すると、権限が付きます。")
            return redirect("centers:account_invitation", proposal.pk)
        try:
            give_role(user=shown.user, by=request.user, **given)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "権限を付けました。")
            return redirect("centers:account", pk)
    return render(request, "accounts/grant.html", {"account": shown, "form": form}, status=_refused(form))


@require_http_methods(["GET", "HEAD", "POST"])
def account_grant_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """権限を終える: the role's last day."""
    seen = visible_accounts(request.user).exclude(pk=request.user.pk)
    on = today()
    rows = RoleGrant.objects.filter(user__in=seen).exclude(ends_on__lt=on)
    grant = get_object_or_404(rows.select_related("user", "center__zone", "ward"), pk=pk)
    if not may_give(request.user, grant.role, center=grant.center, ward=grant.ward):
        raise Http404
    form = LastDayForm(request.POST or None, on=on, first=on, last=grant.ends_on, initial={"last_day": on})
    if request.method == "POST" and form.is_valid():
        try:
            end_role(grant=grant, last_day=form.cleaned_data["last_day"])
        except LastOne:
            form.add_error(None, LAST_ONE)
        else:
            messages.success(request, "最後の日を決めました。")
            return redirect("centers:account", grant.user_id)
    return render(request, "accounts/grant_end.html", {"grant": grant, "form": form}, status=_refused(form))


@require_http_methods(["GET", "HEAD", "POST"])
def account_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """異動: the roles and posts in the own centers end, and another center may be asked to take the person."""
    shown = account_of(request, pk)
    here = _centers_left(request, shown)
    if not here or shown.user.pk == request.user.pk:
        raise Http404
    form = MoveForm(
        request.POST or None, on=shown.on, first=shown.on, here=here, initial={"last_day": shown.on}
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        waiting = move_away(
            user=shown.user, center_ids=here, last_day=facts["last_day"], to=facts["to"], by=request.user
        )
        told = "異動先のセンターに知らせました。" if waiting else ""
        messages.success(request, f"最後の日を決めました。{told}残っている担当を引き継いでください。")
        return redirect("centers:account", pk)
    context = {
        "account": shown,
        "form": form,
        "left": left_without(shown.user, on=shown.on),
        **_work(request, shown),
    }
    return render(request, "accounts/move.html", context, status=_refused(form))


def _centers_left(request: HttpRequest, shown) -> frozenset:
    """The user's own centers in which the account has a role now or later."""
    own = rights_of(request.user).center_ids(Right.ROLE_GIVE_STAFF)
    return frozenset(
        grant.center_id
        for grant in shown.user.roles_held
        if grant.center_id in own and (grant.ends_on is None or grant.ends_on >= shown.on)
    )


def _work(request: HttpRequest, shown) -> dict:
    """What the person has open, and which of its lists the user may open."""
    staff = getattr(shown.user, "staff_member", None)
    work = open_work(staff, {grant.center_id for grant in shown.grants if grant.center_id})
    return {"work": work, "open_pages": [line.page for line in work if may_open(request.user, line.page)]}
