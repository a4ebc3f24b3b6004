"""Text search over the records: terms of one character and more, widths, kana and variant kanji taken for one."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from cases.models import Client, Consultation
from cases.scoping import opened_clients, shared_clients
from cases.timeline import TimelineFilter
from centers.access import Reach, Right, Rights, rights_of
from centers.paging import Cursor, Page, page_of
from centers.text import fold, term_grams

PAGE_SIZE = 20
MAX_TERMS = 5
ORDER = ("-date", "-pk")
_NEAR = timedelta(days=60)
_SLACK = 3  # the written characters before a folded one that it may have been made of
_AROUND = 45  # characters shown before and after the first hit


def salted(grams: Iterable[int], *, center_id: UUID) -> list[int]:
    """The grams as they stand for one center: XOR with its salt, so they stay signed 32-bit integers."""
    salt = int.from_bytes(center_id.bytes[:4], signed=True)
    return sorted([gram ^ salt for gram in grams])


def terms_of(text: str) -> list[str]:
    """The folded words of a query, each once, at most MAX_TERMS; every one must be found."""
    return list(dict.fromkeys(fold(text).split()))[:MAX_TERMS]


def find_notes(user, terms: list[str]) -> QuerySet[Consultation]:
    """The records that the user may read and that hold every term; those taken back are left out."""
    found = Consultation.visible_to(user).filter(_grams_of(terms, rights_of(user)), voided_at__isnull=True)
    for term in terms:
        found = found.filter(note_index__folded__contains=term)
    return found


def notes_page(found: QuerySet[Consultation], wanted: TimelineFilter, cursor: Cursor, *, on: date) -> Page:
    """A page of records, newest first.

    A common word fills its page from the last weeks, so those are looked through by day first; a rare word is sought
    by its grams in all there is. At most five queries.
    """
    rows = wanted.apply(found).select_related("client__center__zone", "center__zone", "thread", "written_by")
    if not cursor.before:
        near = rows.filter(date__gte=_day_of(cursor.after, found, on) - _NEAR)
        page = page_of(near, ORDER, cursor, anchors=found, size=PAGE_SIZE)
        if page.next:
            return page
    return page_of(rows, ORDER, cursor, anchors=found, size=PAGE_SIZE)


def _day_of(pk, found: QuerySet[Consultation], on: date) -> date:
    """The day from which the page goes back: of the record that it begins after, else the day's own."""
    try:
        day = found.filter(pk=pk).values_list("date", flat=True).first() if pk else None
    except ValidationError:
        day = None
    return day or on


def _grams_of(terms: list[str], rights: Rights) -> Q:
    """Records of the readable centers whose grams hold those of the terms."""
    grams = {gram for term in terms for gram in term_grams(term)}
    condition = Q(pk__in=[])
    for center_id in _readable_centers(rights):
        condition |= Q(note_index__grams__contains=salted(grams, center_id=center_id))
    return condition


def _readable_centers(rights: Rights) -> set[UUID]:
    """Centers of which the user may read a record: the own ones, and those of persons shared or opened to them."""
    own = rights.center_ids(Right.NOTE_READ) | rights.center_ids(Right.NOTE_READ, Reach.OWN)
    others = Client.unscoped.filter(
        Q(pk__in=shared_clients(rights, notes=True)) | Q(pk__in=opened_clients(rights))
    )
    return {*own, *others.values_list("center", flat=True).distinct()}


# ---- what is shown of a hit ----


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet; `hit` is to be marked."""

    text: str
    hit: bool


def snippet(record: Consultation, terms: list[str]) -> list[Piece]:
    """The surroundings of the first hit in the record's texts, its hits marked; the beginning where none is seen."""
    texts = [text for text in (record.facts, record.done, record.view) if text]
    for text in texts:
        if spans := list(_spans(text, terms, _first_hit(text, terms))):
            return _cut(text, spans)
    return [Piece(_start(texts[0]), False)] if texts else []


def _start(text: str) -> str:
    return " ".join(text[: 2 * _AROUND].split()) + ("…" if len(text) > 2 * _AROUND else "")


def _first_hit(text: str, terms: list[str]) -> int:
    """About where the first term stands in the text as written; its length where none does."""
    folded = fold(text)
    places = [place for term in terms if (place := folded.find(term)) >= 0]
    if not places:
        return len(text)
    return bisect_right(range(len(text)), min(places), key=lambda index: len(fold(text[: index + 1])))


def _spans(text: str, terms: list[str], first: int) -> Iterator[tuple[int, int]]:
    """Where terms stand in the text as written, from left to right, not overlapping.

    From `first`, as far as a snippet shows: the marking costs the same however long the text is.
    """
    start, last = max(0, first - _SLACK), min(len(text), first + _AROUND)
    shown = False
    while start < last:
        if length := max((_length_at(text, start, term) for term in terms), default=0):
            if not shown:
                shown, last = True, min(len(text), start + length + _AROUND)
            yield start, start + length
        start += length or 1


def _length_at(text: str, start: int, term: str) -> int:
    """Number of characters as written from `start` that fold to the term; 0 where they do not.

    One character may fold to several (㈱) and several to one (ｶﾞ, 障がい).
    """
    if term[0] not in {_first(text[start]), _first(text[start : start + 2])} and term[0] != _first(
        text[start : start + 3]
    ):
        return 0
    if not fold(text[start : start + 2 * len(term) + 2]).startswith(term):
        return 0
    for length in range(1, 2 * len(term) + 3):
        written = text[start : start + length]
        if fold(written) == term and not written[-1].isspace() and not written[0].isspace():
            return length
    return 0


@lru_cache(maxsize=20_000)
def _first(written: str) -> str:
    return fold(written)[:1]


def _cut(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    first, last = max(0, spans[0][0] - _AROUND), min(len(text), spans[0][1] + _AROUND)
    pieces, at = [Piece("…" if first else "", False)], first
    for start, end in spans:
        if end > last:
            break
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:last] + ("…" if last < len(text) else ""), False))
    return [Piece(re.sub(r"\s+", " ", piece.text), piece.hit) for piece in pieces if piece.text]
