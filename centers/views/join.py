"""The page behind a one-time link. Opening it uses nothing up; the token leaves the address at once."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from centers.accounts import closed_because
from centers.actions.invitations import AlreadySettled, NameTaken, NotAllowed, StaffTaken, join, set_password
from centers.actions.links import hash_of
from centers.enums import Purpose
from centers.join_forms import JoinForm, NewPasswordForm, taken
from centers.models import Invitation
from centers.periods import today

# In the session: the keyed hash of the link that was opened last, and whether the steps after it are under way.
OPENED, JOINING = "soudan_link", "soudan_joining"


@sensitive_variables("password")
@sensitive_post_parameters("password1", "password2")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Whatever the link is for: a new account, a new password, the second step anew."""
    if "token" in request.GET:
        return _opened(request)
    link = _link(request)
    if link is None or link.waits:
        return closed(request, "unknown")
    if link.purpose == Purpose.SECOND_STEP and request.user == link.user:
        return redirect("mfa_activate_totp")
    if reason := closed_because(link, now=timezone.now(), on=today()):
        return closed(request, reason)
    if request.user.is_authenticated:
        return render(request, "accounts/signed_in.html", {"link": link})
    return _PAGES[Purpose(link.purpose)](request, link)


def _opened(request: HttpRequest) -> HttpResponse:
    """Remember which link it was, and go on without the token; wrong ones are counted like wrong passwords."""
    counted = {"app": "allauth.account", "action": "invitation", "limit_get": True}
    if not ratelimit.consume(request, dry_run=True, **counted):
        return ratelimit.respond_429(request)
    token_hash = hash_of(request.GET["token"])
    if not Invitation.objects.filter(token_hash=token_hash).exists():
        ratelimit.consume(request, **counted)
        return closed(request, "unknown")
    request.session[OPENED] = token_hash
    return redirect("centers:invitation")


def _link(request: HttpRequest) -> Invitation | None:
    token_hash = request.session.get(OPENED)
    rows = Invitation.objects.select_related(
        "center__zone", "ward", "user", "invited_by", "approved_by", "staff"
    )
    return rows.filter(token_hash=token_hash).first() if token_hash else None


def closed(request: HttpRequest, reason: str) -> HttpResponse:
    """Why the link opens nothing, and what to do."""
    return render(request, "accounts/closed.html", {"reason": reason}, status=404)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    return ratelimit.consume_or_429(request, app="allauth.account", action="login")


def _join(request: HttpRequest, link: Invitation) -> HttpResponse:
    if refused := _too_many(request):
        return refused
    form = JoinForm(request.POST or None, initial={"name": link.name})
    if not form.is_valid():
        return _join_page(request, link, form)
    facts = form.cleaned_data
    try:
        user = join(
            token_hash=link.token_hash,
            username=facts["username"],
            name=facts["name"],
            password=facts["password1"],
            on=today(),
        )
    except AlreadySettled:
        return closed(request, "used")
    except (NotAllowed, StaffTaken):
        return closed(request, "lost")
    except NameTaken:
        form.add_error("username", taken(facts["username"]))
        return _join_page(request, link, form)
    response = perform_password_login(request, {"username": user.username}, Login(user=user))
    request.session.pop(OPENED, None)
    request.session[JOINING] = settings.SOUDAN_REQUIRE_MFA
    return response


def _join_page(request: HttpRequest, link: Invitation, form: JoinForm) -> HttpResponse:
    context = {"link": link, "form": form}
    return render(request, "accounts/join.html", context, status=422 if form.is_bound else 200)


def _new_password(request: HttpRequest, link: Invitation) -> HttpResponse:
    if refused := _too_many(request):
        return refused
    form = NewPasswordForm(request.POST or None, user=link.user)
    if not form.is_valid():
        context = {"link": link, "form": form}
        return render(request, "accounts/new_password.html", context, status=422 if form.is_bound else 200)
    try:
        set_password(token_hash=link.token_hash, password=form.cleaned_data["password1"], on=today())
    except (AlreadySettled, NotAllowed):
        return closed(request, "used")
    request.session.pop(OPENED, None)
    messages.success(request, "新しいパスワードを決めました。いま決めたパスワードでログインしてください。")
    return redirect("account_login")


def _new_second_step(request: HttpRequest, link: Invitation) -> HttpResponse:
    return render(request, "accounts/new_second_step.html", {"link": link})


_PAGES = {
    Purpose.JOIN: _join,
    Purpose.PASSWORD: _new_password,
    Purpose.SECOND_STEP: _new_second_step,
}
