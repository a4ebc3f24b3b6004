"""Search keys of names and notes. Both sides of a comparison go through the same function."""

import re
import struct
import unicodedata

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
    """What a note is found by: folded_grams of it as it was written, sorted."""
    return sorted(folded_grams(fold(text)))


def folded_grams(folded: str) -> set[int]:
    """The characters of a folded note and its pairs of neighbouring characters.

    Each is packed into a signed 32-bit integer (PostgreSQL int4) as the low 16 bits of the code points. Rare ones
    collide, so hits are checked again by LIKE on ``fold``. Pairs over a space are left out.
    """
    found: set[int] = set()
    for word in folded.split():
        found.update(_pairs(word), _characters(word))
    return found


def term_grams(term: str) -> list[int]:
    """Those of text_grams that every text with the folded term has: its pairs, or its only character."""
    return sorted(set(_pairs(term) or _characters(term)))


def _without_selectors(text: str) -> str:
    return _VARIATION_SELECTORS.sub("", text)


def _with_common_kanji(text: str) -> str:
    return text.translate(FOLD_VARIANTS).lower()


def _pairs(word: str) -> tuple[int, ...]:
    return _packed(word[:-1], word[1:])


def _characters(word: str) -> tuple[int, ...]:
    return _packed(word, "\0" * len(word))


def _packed(firsts: str, seconds: str) -> tuple[int, ...]:
    """Two texts of one length, place by place; all bytes at once, since a note has hundreds of pairs."""
    high, low = (text.encode("utf-32-le", "surrogatepass") for text in (firsts, seconds))
    packed = bytearray(len(high))
    packed[2::4], packed[3::4] = high[0::4], high[1::4]
    packed[0::4], packed[1::4] = low[0::4], low[1::4]
    return struct.unpack(f"<{len(firsts)}i", packed)
