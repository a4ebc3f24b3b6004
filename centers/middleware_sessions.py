"""How long a login lasts, and what an ended one answers. Sessions go by the real clock, never by SOUDAN_TODAY."""

import time

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

_STARTED, _SEEN = "soudan_started_at", "soudan_seen_at"
# The time of the last request is written at most this often, so the idle limit may come this much early.
_WRITE_EVERY_SECONDS = 60


def is_background(request: HttpRequest) -> bool:
    """Whether a script of the page sent the request, so that a redirect would be lost on it."""
    headers = request.headers
    return headers.get("HX-Request") == "true" or headers.get("X-Requested-With") == "XMLHttpRequest"


class SessionLimitsMiddleware:
    """Ends a session after SOUDAN_IDLE_SECONDS without a request, and after SOUDAN_SESSION_SECONDS in any case."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        if request.user.is_authenticated:
            self._check(request, time.time())
        return self.get_response(request)

    def _check(self, request: HttpRequest, now: float) -> None:
        session = request.session
        started, seen = session.get(_STARTED, now), session.get(_SEEN, now)
        if now - seen >= settings.SOUDAN_IDLE_SECONDS or now - started >= settings.SOUDAN_SESSION_SECONDS:
            logout(request)
            return
        if _SEEN not in session or now - seen >= _WRITE_EVERY_SECONDS:
            session[_STARTED], session[_SEEN] = started, now
            UserSession.objects.create_from_request(request)


class SignInAgainMiddleware:
    """Stands before LoginRequiredMiddleware, whose redirect would lose what a signed-out visitor sent.

    A script gets 401 and an event, on which the page shows the log-in over itself. An ordinary form goes to the
    log-in without `next`, since the address of a form is no page to come back to.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):
        if request.user.is_authenticated or not getattr(view_func, "login_required", True):
            return None
        if is_background(request):
            return HttpResponse(status=401, headers={"HX-Trigger": "soudan:login"})
        if request.method not in ("GET", "HEAD"):
            return HttpResponseRedirect(reverse("account_login"))
        return None


class SecondStepMiddleware:
    """Where SOUDAN_REQUIRE_MFA holds, nobody goes on without a second step: every page leads to its set-up."""

    _open = frozenset(
        {"mfa_activate_totp", "account_reauthenticate", "account_logout", "centers:invitation", "healthz"}
    )

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):
        if not settings.SOUDAN_REQUIRE_MFA or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in self._open or self._has_second_step(request.user):
            return None
        url = reverse("mfa_activate_totp")
        if is_background(request):
            return HttpResponse(status=403, headers={"HX-Redirect": url})
        return HttpResponseRedirect(url)

    @staticmethod
    def _has_second_step(user) -> bool:
        return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
