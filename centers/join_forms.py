"""Forms of whoever comes with a one-time link: a new account, a new password."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from centers.account_forms import login_name
from centers.fields import LineField
from centers.forms import SoudanForm, SoudanModelForm
from centers.models import User
from centers.rules import free_variant
from centers.validators import PASSWORD_HELP


def _password_field(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text)


class _TwicePassword(forms.BaseForm):
    """Mixin: both fields alike, and the password not one that is guessed."""

    def clean(self):
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "1回目と違います。同じものを入れてください。")
        return cleaned

    def check_password_for(self, user: User) -> None:
        if password := self.cleaned_data.get("password1"):
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password1", error)


class JoinForm(_TwicePassword, SoudanModelForm):
    name = LineField(label="氏名", limit=60, help_text="姓と名の間を1字あけます。")
    password1 = _password_field("パスワード", PASSWORD_HELP)
    password2 = _password_field("パスワード(もう一度)")

    class Meta:
        model = User
        fields = ["username", "name"]
        labels = {"username": "ログイン名"}
        help_texts = {"username": "半角の英小文字・数字・. _ - が使えます。"}
        error_messages = {
            "username": {"invalid": "半角の英小文字・数字・. _ - だけを使い、英数字から始めてください。"}
        }
        widgets = {
            "username": forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            )
        }

    def clean_username(self) -> str:
        name = login_name(self.cleaned_data["username"])
        if User.objects.filter(username=name).exists():
            raise ValidationError(taken(name))
        return name

    def _post_clean(self):
        """After the model's own checks, since the password must not hold the names typed beside it."""
        super()._post_clean()
        self.check_password_for(self.instance)


class NewPasswordForm(_TwicePassword, SoudanForm):
    password1 = _password_field("新しいパスワード", PASSWORD_HELP)
    password2 = _password_field("新しいパスワード(もう一度)")

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        cleaned = super().clean()
        self.check_password_for(self.user)
        return cleaned


def taken(name: str) -> str:
    """Says that the log-in name is taken, and one that is free."""
    alike = User.objects.filter(username__startswith=name.rstrip("0123456789")).values_list(
        "username", flat=True
    )
    free = free_variant(name, set(alike))
    return f"このログイン名は、もう使われています。「{free}」なら空いています。"
