from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from centers.invitation import AdminExists, accepts, make_first_admin
from centers.join_forms import JoinForm
from centers.periods import today


@sensitive_post_parameters("password1", "password2")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_login(request: HttpRequest) -> HttpResponse:
    """The page behind the one-time link (`token`) of soudan_first_admin: makes the first システム管理者 or 市.

    A missing, wrong, late or used token are told apart by nothing: 404 with the way to a new link.
    """
    role = accepts(request.GET.get("token", ""))
    if role is None:
        return _closed(request)
    form = JoinForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "role": role}
        return render(request, "centers/first_login.html", context, status=422 if form.is_bound else 200)
    facts = form.cleaned_data
    try:
        make_first_admin(
            username=facts["username"],
            name=facts["name"],
            password=facts["password1"],
            on=today(),
            role=role,
        )
    except AdminExists:
        return _closed(request)
    messages.success(
        request, f"{role.label}を登録しました。いま決めたログイン名とパスワードでログインしてください。"
    )
    return redirect("account_login")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "centers/first_login_closed.html", status=404)
