from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from centers.access import may_open
from centers.accounts import (
    RESETS,
    centers_to_give,
    closed_because,
    may_decide,
    may_give,
    may_manage,
    roles_to_give,
    visible_invitations,
)
from centers.actions.invitations import (
    AccountStopped,
    AlreadySettled,
    NotAllowed,
    approve,
    cancel,
    invite,
    new_link,
)
from centers.actions.moves import take_over
from centers.enums import TWO_PERSON_ROLES, Purpose
from centers.grant_forms import GrantForm, InviteForm
from centers.models import Invitation, User
from centers.periods import today
from centers.views.accounts.common import hand_over

SETTLED = "この件は、先に扱いが決まっているか、期限を過ぎています。いまの状態を確かめてください。"
SENT_TWICE = "この招待は、もう作ってあります。リンクは作ったときに1回だけ出ます。なくしたときは、新しいリンクを作ってください。"
STOPPED = "停止中のアカウントです。先に、また使えるようにしてください。"
NOT_YOURS = "いまの権限では、これを決められません。もう1人の市の担当者に頼んでください。"


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_invite(request: HttpRequest) -> HttpResponse:
    """招待: the form, and in answer to it the link, shown this once."""
    if not roles_to_give(request.user):
        raise Http404
    form = InviteForm(request.POST or None, on=today(), by=request.user, initial={"starts_on": today()})
    if not form.is_valid():
        return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        invitation, token = invite(key=form.cleaned_data["key"], by=request.user, facts=form.facts())
    except AlreadySettled:
        messages.warning(request, SENT_TWICE)
        return redirect("centers:accounts")
    if token:
        return hand_over(request, invitation, token)
    messages.success(request, "提案しました。市のほかの担当者が承認すると、招待のリンクが作れます。")
    return redirect("centers:account_invitation", invitation.pk)


@sensitive_variables("token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One invitation or proposal. POST `do`: approve, cancel, link (a new one) or take (a person who moves here)."""
    rows = visible_invitations(request.user).select_related(
        "center__zone", "ward", "user", "invited_by", "approved_by", "cancelled_by"
    )
    invitation = get_object_or_404(rows, pk=pk)
    can = _deeds(request.user, invitation)
    do = request.POST.get("do", "")
    form = _taking(request, invitation) if "take" in can else None
    if do and do not in can:
        messages.warning(request, NOT_YOURS if do == "approve" else SETTLED)
        return redirect("centers:account_invitation", pk)
    if do in _DEEDS:
        try:
            return _DEEDS[do](request, invitation)
        except (AlreadySettled, ValidationError):
            messages.warning(request, SETTLED)
        except AccountStopped:
            messages.warning(request, STOPPED)
        except NotAllowed:
            messages.warning(request, NOT_YOURS)
        return redirect("centers:account_invitation", pk)
    if do == "take" and form.is_valid() and (taken := _take(request, invitation, form)):
        return taken
    context = {
        "invitation": invitation,
        "can": can,
        "form": form,
        "closed": closed_because(invitation, now=timezone.now(), on=today()),
    }
    return render(request, "accounts/invitation.html", context, status=422 if form and form.is_bound else 200)


def _deeds(user: User, invitation: Invitation) -> set[str]:
    """What the user may do with it now."""
    if invitation.used_at or invitation.cancelled_at or not may_open(user, "centers:account_invite"):
        return set()
    late = invitation.expires_at <= timezone.now()
    if invitation.purpose in RESETS:
        mine = may_manage(user, invitation.user, on=today())
        may_cancel = invitation.purpose == Purpose.PASSWORD
        return ({"link", "cancel"} if may_cancel else {"link"}) if mine else set()
    if invitation.purpose == Purpose.MOVE:
        takes = not late and centers_to_give(user, today()).filter(pk=invitation.center_id).exists()
        return ({"take"} if takes and user.pk != invitation.user_id else set()) | (
            {"cancel"} if takes or user.pk == invitation.invited_by_id else set()
        )
    gives = may_give(user, invitation.role, center=invitation.center, ward=invitation.ward)
    deeds = {"cancel"} if gives else set()
    if invitation.waits:
        return deeds | ({"approve"} if not late and may_decide(user, invitation) else set())
    hands_over = may_decide(user, invitation) if invitation.role in TWO_PERSON_ROLES else gives
    return deeds | ({"link"} if hands_over and invitation.purpose == Purpose.JOIN else set())


def _approve(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    approved, token = approve(invitation=invitation, by=request.user)
    if token:
        return hand_over(request, approved, token)
    messages.success(request, "承認しました。権限が付きました。")
    return redirect("centers:accounts")


def _cancel(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    cancel(invitation=invitation, by=request.user)
    messages.success(request, "取り消しました。リンクはもう使えません。")
    return redirect("centers:accounts")


def _new_link(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    return hand_over(request, *new_link(invitation=invitation, by=request.user))


_DEEDS = {"approve": _approve, "cancel": _cancel, "link": _new_link}


def _taking(request: HttpRequest, invitation: Invitation) -> GrantForm:
    data = request.POST if request.POST.get("do") == "take" else None
    start = max(today(), invitation.first_day)
    return GrantForm(data, on=today(), by=request.user, at=invitation.center, initial={"starts_on": start})


def _take(request: HttpRequest, invitation: Invitation, form: GrantForm) -> HttpResponse | None:
    """None where the form has to be mended."""
    try:
        take_over(invitation=invitation, by=request.user, **form.grant())
    except AccountStopped:
        messages.warning(request, STOPPED)
        return redirect("centers:accounts")
    except AlreadySettled:
        messages.warning(request, SETTLED)
        return redirect("centers:account_invitation", invitation.pk)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(request, "受け入れました。権限が付きました。")
    return redirect("centers:account", invitation.user_id)
