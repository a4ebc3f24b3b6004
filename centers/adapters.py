"""How the login package behaves here: no sign-up, one kind of redirect, secrets encrypted, words of ours."""

import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from centers.keyring import fernet
from centers.qr import qr_svg

_WRONG_LOGIN = (
    "ログイン名かパスワードが合いません。半角・全角、大文字・小文字を確かめて、もう一度入れてください。"
    "続くときは、センターの管理者か市の担当課に連絡してください。"
)
_TOO_MANY = "続けて合わなかったため、いまは確かめられません。10分ほど待ってから、もう一度入れてください。"
_WRONG_CODE = (
    "時間が過ぎたか、打ち間違いです。アプリに今出ている数字を入れてください。一度使った数字は使えません。"
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG_LOGIN,
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
        "incorrect_password": "パスワードが合いません。もう一度入れてください。",
        "enter_current_password": "いまのパスワードが合いません。もう一度入れてください。",
        "incorrect_code": _WRONG_CODE,
    }
    # Said by the page itself: who signed in stands in the top bar.
    _silent = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}

    def is_open_for_signup(self, request) -> bool:
        return False

    def authenticate(self, request, **credentials):
        """A stopped account is answered like an unknown one."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def is_safe_url(self, url: str) -> bool:
        """Only paths of this site: no host at all, not even our own."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, request) -> bool:
        """There is one way to log in, the form; no JSON beside it."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who has just logged in need not type the password again to set up the second step."""
        records = get_authentication_records(context.request, context.request.user)
        recent = records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("centers:me")

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ):
        if message_template not in self._silent:
            super().add_message(request, level, message_template, message_context, extra_tags, message)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted in the database; their key comes from SECRET_KEY and its fallbacks."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_generate_recovery_codes": "予備コードは、認証アプリを登録した後に作れます。先に登録してください。",
        "unreadable_secret": "登録した端末を確かめられません。センターの管理者か市の担当課に、端末の登録し直しを頼んでください。",
    }

    def encrypt(self, text: str) -> str:
        return fernet("mfa").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return fernet("mfa").decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise self.validation_error("unreadable_secret") from None

    def get_totp_label(self, user) -> str:
        return user.username

    def build_totp_svg(self, url: str) -> SafeString:
        return qr_svg(url, "認証アプリで読み取る四角い符号")
