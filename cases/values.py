"""What single values of a person or a contact may be: one rule each for the forms and for the import.

Each reads a text as people type it and raises ValueError, whose text says in Japanese what is wrong and how to mend it.
"""

from collections.abc import Collection
from datetime import date

from centers.periods import wareki_short
from centers.text import digits

POSTAL_DIGITS = 7
RECIPIENT_DIGITS = 10
SUPPORT_LEVELS = ("非該当", *map(str, range(1, 7)))
NO_TERM = "この日に有効な契約条件がありません。日付を確かめてください。"


def split_name(name: str) -> tuple[str, str]:
    """Family and given name, apart at the first space."""
    family, _, given = " ".join(name.split()).partition(" ")
    return family, given


def postal_code(text: str) -> str:
    """郵便番号 as seven digits; "" for an empty text."""
    code = digits(text)
    if text and len(code) != POSTAL_DIGITS:
        raise ValueError("郵便番号は7桁です。860-0801 のように入れてください。")
    return code


def recipient_number(text: str) -> str:
    """受給者証番号 as its figures; a shorter one is taken, for the caller to warn of."""
    number = digits(text)
    if len(number) != len("".join(text.replace("-", "").split())):
        raise ValueError("受給者証番号に数字でない文字があります。数字だけで入れてください。")
    if len(number) > RECIPIENT_DIGITS:
        raise ValueError(f"受給者証番号は10桁です。いまは{len(number)}桁です。確かめてください。")
    return number


def contact_day(day: date, *, opened_on: date, items: Collection) -> date:
    """A day of a contact: since the center opened, and under a contract term, which gives its 業務項目."""
    if day < opened_on:
        raise ValueError(
            f"センターの開所日({wareki_short(opened_on)})より前の日付です。日付を確かめてください。"
        )
    if not items:
        raise ValueError(NO_TERM)
    return day
