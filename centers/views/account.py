"""The login package's pages where ours differ a little: nothing to show leads back, one session can be ended."""

from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

_LONGEST_NUMBER = 20


def with_second_step(view):
    """Pages about the second step; whoever has none is led to the overview, where it is set up."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not Authenticator.objects.filter(user_id=request.user.pk).exists():
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapped


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
