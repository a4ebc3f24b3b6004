from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from centers.account_forms import login_name
from centers.fields import LineField
from centers.forms import SoudanModelForm
from centers.invitation import AdminExists, accepts, make_first_admin
from centers.models import User
from centers.periods import today
from centers.validators import PASSWORD_HELP


class FirstAdminForm(SoudanModelForm):
    name = LineField(label="氏名", limit=60, help_text="姓と名の間を1字あけます。")
    password1 = forms.CharField(
        label="パスワード",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )
    password2 = forms.CharField(
        label="パスワード(もう一度)",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ["username", "name"]
        labels = {"username": "ログイン名"}
        help_texts = {"username": "半角の英小文字・数字・. _ - が使えます。"}
        error_messages = {
            "username": {
                "unique": "このログイン名は、もう使われています。別のものにしてください。",
                "invalid": "半角の英小文字・数字・. _ - だけを使い、英数字から始めてください。",
            }
        }
        widgets = {
            "username": forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            )
        }

    def clean_username(self) -> str:
        return login_name(self.cleaned_data["username"])

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "1回目と違います。同じものを入れてください。")
        return cleaned

    def _post_clean(self):
        """After the model's own checks, since the password must not hold the names typed beside it."""
        super()._post_clean()
        if password := self.cleaned_data.get("password1"):
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password1", error)


@sensitive_post_parameters("password1", "password2")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_login(request: HttpRequest) -> HttpResponse:
    """The page behind the one-time link (`token`) of soudan_first_admin: makes the first システム管理者.

    A missing, wrong, late or used token are told apart by nothing: 404 with the way to a new link.
    """
    if not accepts(request.GET.get("token", "")):
        return _closed(request)
    form = FirstAdminForm(request.POST or None)
    if not form.is_valid():
        return render(
            request, "centers/first_login.html", {"form": form}, status=422 if form.is_bound else 200
        )
    facts = form.cleaned_data
    try:
        make_first_admin(
            username=facts["username"], name=facts["name"], password=facts["password1"], on=today()
        )
    except AdminExists:
        return _closed(request)
    messages.success(
        request, "システム管理者を登録しました。いま決めたログイン名とパスワードでログインしてください。"
    )
    return redirect("account_login")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "centers/first_login_closed.html", status=404)
