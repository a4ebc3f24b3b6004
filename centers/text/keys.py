"""Search keys of names and notes. Both sides of a comparison go through the same function."""

import re
import unicodedata
from itertools import pairwise

from centers.text.kana import with_katakana
from centers.text.variants import FOLD_VARIANTS

_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# The city writes 障がい, laws write 障害, some organisations 障碍: search takes them for one.
_DISABILITY = re.compile("障(?:ガイ|碍|礙)")


def name_key(text: str) -> str:
    """A name for comparing (domain rule: 外字・異体字): 「渡邉 髙子」 and 「渡辺高子」 are one.

    NFKC, variation selectors removed, variant kanji folded, spaces removed, lower case.
    """
    plain = unicodedata.normalize("NFKC", _without_selectors(text))
    return "".join(_with_common_kanji(plain).split())


def fold(text: str) -> str:
    """A note or a query for substring search: as name_key, hiragana as katakana besides.

    White space becomes one space, and 障がい, 障碍 become 障害.
    """
    plain = _with_common_kanji(with_katakana(_without_selectors(text)))
    return " ".join(_DISABILITY.sub("障害", plain).split())


def text_grams(text: str) -> list[int]:
    """What a note is found by: its characters and its pairs of neighbouring characters, folded, sorted, each once.

    Each is packed into a signed 32-bit integer (PostgreSQL int4) as the low 16 bits of the code points. Rare ones
    collide, so hits are checked again by LIKE on ``fold``. Pairs over a space are left out.
    """
    words = fold(text).split()
    pairs = {_packed(ord(first), ord(second)) for word in words for first, second in pairwise(word)}
    return sorted(pairs | {_packed(ord(character), 0) for word in words for character in word})


def term_grams(term: str) -> list[int]:
    """Those of text_grams that every text with the folded term has: its pairs, or its only character."""
    pairs = {_packed(ord(first), ord(second)) for first, second in pairwise(term)}
    return sorted(pairs or {_packed(ord(term), 0)})


def _without_selectors(text: str) -> str:
    return _VARIATION_SELECTORS.sub("", text)


def _with_common_kanji(text: str) -> str:
    return text.translate(FOLD_VARIANTS).lower()


def _packed(first: int, second: int) -> int:
    pair = (first & 0xFFFF) << 16 | second & 0xFFFF
    return pair - (1 << 32) if pair >> 31 else pair
