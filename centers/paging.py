"""Keyset paging: a page of a list begins after a row, so page 200 costs what page 1 costs and nothing is counted.

The address names the row by its id alone; what the row is ordered by is looked up, so no name or reading stands in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

PAGE_SIZE = 50
COUNT_LIMIT = 1_000


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after the row of this id, or before one; neither is the first page."""

    after: Any = None
    before: Any = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Cursor":
        """From a query string: `after` or `before`."""
        return cls(query.get("after"), query.get("before"))


@dataclass(frozen=True)
class Page:
    """`previous` and `next` are the ids to go on from, none at the ends; `anchor` holds the keys of the cursor's row."""

    rows: list
    previous: Any = None
    next: Any = None
    anchor: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class CappedCount:
    """A number of rows that is exact up to COUNT_LIMIT."""

    number: int

    def __str__(self) -> str:
        return f"{COUNT_LIMIT:,}件以上" if self.number > COUNT_LIMIT else f"{self.number:,}件"

    @property
    def short(self) -> str:
        """For a badge: 42, 1,000+."""
        return f"{COUNT_LIMIT:,}+" if self.number > COUNT_LIMIT else f"{self.number:,}"


def capped_count(rows: QuerySet) -> CappedCount:
    return CappedCount(rows.order_by()[: COUNT_LIMIT + 1].count())


def page_of(
    rows: QuerySet,
    order: Sequence[str],
    cursor: Cursor,
    *,
    anchors: QuerySet | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of `rows` in `order`: names of fields that are never NULL, "-" for descending, the last one "pk".

    `anchors` are the rows among which the cursor's row is looked up, where a filter may have dropped it since.
    A cursor that is not among them, or is no id at all, gives the first page. Two queries, one on the first page.
    """
    anchor = _anchor(rows if anchors is None else anchors, order, cursor)
    back = bool(anchor and not cursor.after)
    if anchor:
        rows = rows.filter(_beyond(order, anchor, back=back))
    found = list(rows.order_by(*(_turned(key) if back else key for key in order))[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_previous, has_next = (more, True) if back else (bool(anchor), more)
    return Page(
        rows=found,
        previous=found[0].pk if found and has_previous else None,
        next=found[-1].pk if found and has_next else None,
        anchor=anchor,
    )


def _anchor(rows: QuerySet, order: Sequence[str], cursor: Cursor) -> dict[str, Any]:
    try:
        pk = rows.model._meta.pk.to_python(cursor.after or cursor.before)
    except ValidationError:
        return {}
    if pk is None:
        return {}
    return rows.filter(pk=pk).order_by().values(*(key.lstrip("-") for key in order)).first() or {}


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _beyond(order: Sequence[str], anchor: dict[str, Any], *, back: bool) -> Q:
    """Rows on the far side of the anchor: the first key that differs decides."""
    beyond, equal = Q(), Q()
    for key in order:
        name = key.lstrip("-")
        falling = key.startswith("-") != back
        beyond |= equal & Q(**{f"{name}__{'lt' if falling else 'gt'}": anchor[name]})
        equal &= Q(**{name: anchor[name]})
    first = order[0].lstrip("-")
    falling = order[0].startswith("-") != back
    # said once more by itself, so that an index on the first key can be entered there
    return Q(**{f"{first}__{'lte' if falling else 'gte'}": anchor[first]}) & beyond
