"""The login package's pages where ours differ a little: nothing to show leads back, one session can be ended."""

from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from centers.actions.invitations import AlreadySettled, NotAllowed, second_step_done, second_step_needs_link
from centers.periods import today
from centers.views.join import JOINING, OPENED

_LONGEST_NUMBER = 20


def with_second_step(view):
    """Pages about the second step; whoever has none is led to the overview, where it is set up."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not Authenticator.objects.filter(user_id=request.user.pk).exists():
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapped


class SetUpSecondStep(ActivateTOTPView):
    """Setting up the second step. After a manager took it away, only with the link that the manager gave.

    So a stolen password alone sets up nothing.
    """

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        self.needs_link = second_step_needs_link(request.user)
        if self.needs_link and OPENED not in request.session:
            return self._ask_for_link()
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        if self.needs_link:
            try:
                token_hash = self.request.session.pop(OPENED)
                second_step_done(token_hash=token_hash, user=self.request.user, on=today())
            except (AlreadySettled, NotAllowed):
                return self._ask_for_link()
        return super().form_valid(form)

    def _ask_for_link(self) -> HttpResponse:
        return render(self.request, "accounts/needs_link.html", status=403)


class RecoveryCodes(ViewRecoveryCodesView):
    """The codes; for somebody who has just joined, the last of the steps."""

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        return context | {"joining": self.request.session.pop(JOINING, False)}


class SessionList(ListUserSessionsView):
    """ログイン中の端末: the user's own sessions; POST ends the one named by `session`, or all others."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        number = request.POST.get("session", "")
        if not number:
            flows.end_other_sessions(request, request.user)
            messages.success(request, "ほかの端末をすべて終わらせました。")
            return redirect(self.success_url)
        own = UserSession.objects.filter(user_id=request.user.pk)
        session = get_object_or_404(
            own, pk=int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else 0
        )
        flows.end_sessions(request, [session])
        messages.success(request, "端末を1つ終わらせました。")
        return redirect(self.success_url)
