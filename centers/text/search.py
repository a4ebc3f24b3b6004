"""What a person typed into the one search box may mean."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from centers.characters import ONE_HYPHEN
from centers.periods import Birth, DateInputError, parse_birth, parse_month_day
from centers.text.digits import phone_tail
from centers.text.kana import is_kana_key, kana_key
from centers.text.keys import name_key

KINDS = ("number", "birth", "birthday", "phone_tail", "kana", "name")
MAX_LENGTH = 100

_FIGURE = re.compile(r"[0-9]")
_FOUR_FIGURES = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[A-Z]{0,3}[0-9]{1,10}|[A-Z]{0,3}[0-9]*-[0-9]+")
_PHONE = re.compile(r"[0-9]{4}|(?:0[0-9]{1,4}-)?[0-9]{1,4}-[0-9]{4}|0[0-9]{9,10}")
_BRACKETS = str.maketrans({"(": "", ")": "-"})


@dataclass(frozen=True)
class SearchQuery:
    """The readings of one query; a reading that does not apply is empty.

    ``name`` and ``kana`` are keys (name_key, kana_key), ``birthday`` is a month and a day
    without a year, ``number`` is upper case with plain hyphens.
    """

    name: str = ""
    kana: str = ""
    birth: Birth | None = None
    birthday: tuple[int, int] | None = None
    phone_tail: str = ""
    number: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The readings that apply, the most exact first."""
        return tuple(kind for kind in KINDS if getattr(self, kind))


def classify(text: str, on: date) -> SearchQuery:
    """Read a query of person search. Never fails: what fits nothing has no kinds.

    1118 is a phone's tail, a birthday and a number; C2-00418 a number; S60.5.10 a birth;
    ひらがな and カタカナ a reading. Only the first MAX_LENGTH characters count.
    """
    plain = _plain(text)
    birth = _birth(plain, on)
    if birth or _FIGURE.search(plain):
        return SearchQuery(
            birth=birth,
            birthday=_birthday(plain),
            phone_tail=_phone_tail(plain),
            number=_number(plain),
        )
    kana = kana_key(plain)
    return SearchQuery(kana=kana) if is_kana_key(kana) else SearchQuery(name=name_key(plain))


def _plain(text: str) -> str:
    """Half width, and blanks for what no name holds and no database takes."""
    plain = unicodedata.normalize("NFKC", text[:MAX_LENGTH])
    kept = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in plain)
    return " ".join("".join(kept).split())


def _birth(plain: str, on: date) -> Birth | None:
    if _FOUR_FIGURES.fullmatch(plain):  # a year would match hundreds of people
        return None
    try:
        return parse_birth(plain, on)
    except DateInputError:
        return None


def _birthday(plain: str) -> tuple[int, int] | None:
    try:
        return parse_month_day(plain)
    except DateInputError:
        return None


def _number(plain: str) -> str:
    number = plain.translate(ONE_HYPHEN).replace(" ", "").upper()
    return number if _NUMBER.fullmatch(number) else ""


def _phone_tail(plain: str) -> str:
    phone = plain.translate(ONE_HYPHEN).replace(" ", "").translate(_BRACKETS)
    return phone_tail(phone) if _PHONE.fullmatch(phone) else ""
