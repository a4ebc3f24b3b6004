"""Blacking out passages of a text: what is marked is gone from the result, whatever its width or case."""

import unicodedata
from collections.abc import Iterable

BLACK = "■■■"  # always as long, so that nothing tells how long the name was
_VOICED = ("\u3099", "\u309a")


def black_out(text: str, passages: Iterable[str]) -> tuple[str, dict[str, int]]:
    """The text without the passages, and how often each was found.

    Width, case, variation selectors and the space between characters make no difference.
    """
    folded, places = _folded(text)
    spans: list[tuple[int, int]] = []
    found = {}
    for passage in passages:
        hits = list(_places(folded, _folded(passage)[0]))
        found[passage] = len(hits)
        spans += [(places[start], places[end - 1] + 1) for start, end in hits]
    return _without(text, spans), found


def _folded(text: str) -> tuple[str, list[int]]:
    """The characters that tell a difference, taken apart, and where each stands in the text."""
    folded, places = [], []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKD", character).casefold():
            if not (plain.isspace() or _is_selector(plain)):
                folded.append(plain)
                places.append(place)
    return "".join(folded), places


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _places(text: str, passage: str):
    start = text.find(passage) if passage else -1
    while start >= 0:
        end = start + len(passage)
        if text[end : end + 1] not in _VOICED:  # か is not が
            yield start, end
        start = text.find(passage, start + 1)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    parts, last = [], 0
    for start, end in sorted(spans):
        if end <= last:
            continue
        if start >= last:
            parts += [text[last:start], BLACK]
        last = end
    while last and last < len(text) and _is_selector(text[last]):
        last += 1
    return "".join([*parts, text[last:]])
