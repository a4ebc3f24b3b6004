"""Figures out of numbers that people write in many ways."""

import re
import unicodedata

_NOT_A_DIGIT = re.compile(r"[^0-9]")


def digits(text: str) -> str:
    """The figures alone, half width: 「０９６(123)-4567」 gives 0961234567."""
    return _NOT_A_DIGIT.sub("", unicodedata.normalize("NFKC", text))


def phone_tail(text: str) -> str:
    """The last four figures of a phone number; "" when it has fewer."""
    figures = digits(text)
    return figures[-4:] if len(figures) >= 4 else ""
