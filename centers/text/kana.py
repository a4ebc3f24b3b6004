"""フリガナ: stored as full-width katakana, compared by a key."""

import re
import unicodedata

import jaconv

from centers.characters import HYPHENS

_KATAKANA = "ァ-ヺーヽヾㇰ-ㇿ"
_NOT_STORABLE = re.compile(rf"[^{_KATAKANA}・ ]")
_KEY = re.compile(rf"[{_KATAKANA}]+")
# NFKC would tear the free-standing marks off their kana with a space.
_FREE_MARKS = str.maketrans("゛゜", "\u3099\u309a")
_SMALL_TO_LARGE = str.maketrans(
    "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
    "アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ",
)
_LONG_MARKS = str.maketrans(dict.fromkeys(HYPHENS, "ー"))


class KanaInputError(ValueError):
    """A reading that is not kana; the text says in Japanese which character and what to do."""


def to_katakana(text: str) -> str:
    """Hiragana and half-width kana as full katakana, with one space between words.

    ー and ・ stay. Raises KanaInputError naming the first character that has no katakana.
    """
    katakana = " ".join(with_katakana(text).split())
    if found := _NOT_STORABLE.search(katakana):
        raise KanaInputError(_refusal(found[0]))
    return katakana


def kana_key(text: str) -> str:
    """The form in which two readings are compared (domain rule: フリガナの検索キー).

    NFKC, katakana, one long mark, small kana made large, voiced marks kept, spaces and
    middle dots removed. The key of a beginning is the beginning of the key.
    """
    key = with_katakana(text).translate(_LONG_MARKS).translate(_SMALL_TO_LARGE)
    return "".join(key.replace("・", "").split())


def with_katakana(text: str) -> str:
    """NFKC with all kana as katakana; whatever is no kana stays."""
    katakana = jaconv.hira2kata(unicodedata.normalize("NFKC", text.translate(_FREE_MARKS)))
    return unicodedata.normalize("NFKC", katakana)  # ヺ exists, a voiced を does not


def is_kana_key(key: str) -> bool:
    """Whether the key is of kana alone, so that its text was a reading."""
    return bool(_KEY.fullmatch(key))


def _refusal(character: str) -> str:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    if character in HYPHENS:
        return f"『{shown}』はカタカナに直せません。のばす音は『ー』、区切りは『・』で入れてください。"
    return f"『{shown}』はカタカナに直せません。読みで入れてください。"
