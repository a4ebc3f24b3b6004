"""Texts as people type them: cleaned for storing, folded for finding.

Names are stored as written. Keys fold widths, kana and variant kanji, and serve search only.
"""

from centers.text.clean import TextInputError, clean_line, clean_text
from centers.text.digits import digits, phone_tail
from centers.text.kana import KanaInputError, kana_key, to_katakana
from centers.text.keys import fold, folded_grams, name_key, term_grams, text_grams
from centers.text.search import SearchQuery, classify

__all__ = [
    "KanaInputError",
    "SearchQuery",
    "TextInputError",
    "classify",
    "clean_line",
    "clean_text",
    "digits",
    "fold",
    "folded_grams",
    "kana_key",
    "name_key",
    "phone_tail",
    "term_grams",
    "text_grams",
    "to_katakana",
]
