"""Passwords: 12 characters, not a common one, no word of this place. No rules on kinds of characters (ASVS 6.2)."""

import re
import unicodedata

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from centers.models import Center, Zone

MINIMUM = 12
LONGEST = 128
PASSWORD_HELP = (
    f"{MINIMUM}文字以上。熊本・センター・自分の名前、よく使われるものは使えません。"
    "記号や大文字は無くてもかまいません。"
)
# Shorter parts of names would refuse too much.
_SHORTEST_WORD = 3
_PLACE = ("熊本", "くまもと", "クマモト", "kumamoto", "相談支援", "soudan")


class LengthValidator:
    def validate(self, password: str, user=None) -> None:
        if len(password) < MINIMUM:
            raise ValidationError(
                f"パスワードが短すぎます({len(password)}文字)。{MINIMUM}文字以上にしてください。"
            )
        if len(password) > LONGEST:
            raise ValidationError(
                f"パスワードが長すぎます({len(password)}文字)。{LONGEST}文字までにしてください。"
            )

    def get_help_text(self) -> str:
        return f"{MINIMUM}文字以上にしてください。"


class CommonValidator(CommonPasswordValidator):
    def validate(self, password: str, user=None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(
                "よく使われるパスワードなので、推測されます。別のものにしてください。"
            ) from None

    def get_help_text(self) -> str:
        return "よく使われるパスワードは使えません。"


class LocalWordsValidator:
    """No name of the city, of a zone, a center or the account: these are guessed first."""

    def validate(self, password: str, user=None) -> None:
        folded = _fold(password)
        for word in _words(user):
            if _fold(word) in folded:
                raise ValidationError(
                    f"「{word}」が入っています。熊本・センター・自分の名前を使わないものにしてください。"
                )

    def get_help_text(self) -> str:
        return "熊本・センター・自分の名前は使えません。"


def _words(user) -> list[str]:
    names = [
        *_PLACE,
        *Center.objects.values_list("name", flat=True),
        *Zone.objects.values_list("code", flat=True),
    ]
    if user is not None:
        names += re.split(r"[\s._-]+", f"{user.username} {user.name}")
    return [name for name in names if len(name) >= _SHORTEST_WORD or not name.isascii()]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
