"""The login package's forms with our labels; what they check stays the package's."""

import unicodedata

from allauth.account import forms as account
from allauth.mfa import app_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import TOTP
from django import forms
from django.core.cache import cache

from centers.forms import Worded
from centers.validators import PASSWORD_HELP

# A code of the app is taken in its own step and in those around it.
CODE_SECONDS = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


def _halfwidth(text: str) -> str:
    """Letters and figures typed with the Japanese keyboard switched on."""
    return unicodedata.normalize("NFKC", text).strip()


def login_name(typed: str) -> str:
    """A log-in name as it is stored: in capitals or full width it is the same."""
    return _halfwidth(typed).lower()


class _Labelled(Worded):
    """labels and helps by field name; ids of their own, because the form may be shown over another page."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="signin-%s", **kwargs)

    def prepare_field(self, name: str, field: forms.Field) -> None:
        field.label = self.labels[name]
        field.help_text = self.helps.get(name, "")
        field.widget.attrs.pop("placeholder", None)
        super().prepare_field(name, field)


class LoginForm(_Labelled, account.LoginForm):
    labels = {"login": "ログイン名", "password": "パスワード"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocapitalize": "none",
            "spellcheck": "false",
            "inputmode": "email",
        }

    def clean_login(self) -> str:
        return login_name(super().clean_login())


class ReauthenticateForm(_Labelled, account.ReauthenticateForm):
    labels = {"password": "パスワード"}


class ChangePasswordForm(_Labelled, account.ChangePasswordForm):
    labels = {
        "oldpassword": "いまのパスワード",
        "password1": "新しいパスワード",
        "password2": "新しいパスワード(もう一度)",
    }
    helps = {"password1": PASSWORD_HELP}

    def clean(self):
        cleaned = super().clean()
        if "password2" in self.errors and self.cleaned_data.get("password1"):
            self.errors["password2"] = self.error_class(["1回目と違います。同じものを入れてください。"])
        return cleaned


class _CodeForm(_Labelled):
    labels = {"code": "確認コード"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "ks-code"}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = _halfwidth(self.cleaned_data["code"])
        code = super().clean_code()
        self._use_up(code)
        return code

    def _use_up(self, code: str) -> None:
        """A used code is remembered for as long as it would be taken; the package forgets it after one step."""
        app = TOTP(Authenticator(user=self.user))
        app._mark_code_used(code)
        cache.touch(app._get_used_cache_key(code), CODE_SECONDS)


class AuthenticateForm(_CodeForm, mfa.AuthenticateForm):
    helps = {"code": "数字6桁。30秒ごとに変わります。"}


class ReauthenticateCodeForm(_CodeForm, mfa.ReauthenticateForm):
    helps = {"code": "数字6桁。30秒ごとに変わります。"}


class ActivateTOTPForm(_CodeForm, totp.ActivateTOTPForm):
    helps = {"code": "アプリに出た6桁の数字を入れてください。"}
