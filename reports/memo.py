"""Counts that were worked out before, as long as nothing has changed that they hang on.

Every statement that changes a record, a person's birth date, reading, disabilities or link, or a contract term adds
a row of changes to its month (reports/migrations/0001). The stamp of a center's month is their sum over the zone up
to that month: what came before decides who is new. A stamp read before counting is never later than the counts, so
a change made meanwhile makes them count anew.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from django.db.models import Q, Sum

from centers.models import Center
from centers.periods import Month
from reports.counting import Key, counting_text, counts_by_center, matched_persons
from reports.models import MonthLine, MonthMemo
from reports.tables import Figures

CITY = "city"


def remembered_counts(centers: Iterable[Center], month: Month) -> dict[UUID, dict[Key, int]]:
    """What `counts_by_center` gives. Two statements when all is known; the zones of the centers must be loaded."""
    centers = list(centers)
    stamps = _stamps_of_zones(centers, month)
    known = _known([str(center.pk) for center in centers], month)
    found = {
        center.pk: _keyed(memo.counts)
        for center in centers
        if (memo := known.get(str(center.pk))) and memo.stamp == stamps[center.zone_id]
    }
    unknown = [center for center in centers if center.pk not in found]
    if unknown:
        counted = counts_by_center(unknown, month)
        _remember(
            [_memo(str(one.pk), month, stamps[one.zone_id], _plain(counted[one.pk])) for one in unknown]
        )
        found |= counted
    return found


def remembered_matches(centers: Sequence[Center], month: Month) -> Figures:
    """What `matched_persons` gives for the centers of the month. Two statements when it is known."""
    stamp = sum(_stamps(Q(), month).values())
    known = _known([CITY], month).get(CITY)
    if known and known.stamp == stamp:
        return known.counts
    matched = matched_persons(centers, month)
    _remember([_memo(CITY, month, stamp, matched)])
    return matched


def wrong_memos(centers: Iterable[Center], month: Month) -> list[Center]:
    """Centers whose memo holds by its stamp and is not what is counted live: none, unless a change went unnoticed."""
    centers = list(centers)
    said, counted = remembered_counts(centers, month), counts_by_center(centers, month)
    return [center for center in centers if said[center.pk] != counted[center.pk]]


def forget() -> None:
    """Count everything anew."""
    MonthMemo.unscoped.all().delete()


@cache
def _definition() -> str:
    """Another text of the statements is another definition; it does not change while the program runs."""
    return hashlib.sha256(counting_text().encode()).hexdigest()


def _known(scopes: Sequence[str], month: Month) -> dict[str, MonthMemo]:
    memos = MonthMemo.unscoped.filter(scope__in=scopes, month=month.starts_on, definition=_definition())
    return {memo.scope: memo for memo in memos}


def _stamps_of_zones(centers: Sequence[Center], month: Month) -> dict[str, int]:
    """Zone → changes of its centers, former ones included, up to the month."""
    zones = {center.zone_id for center in centers}
    stamps = dict.fromkeys(zones, 0)
    for (zone, _), number in _stamps(Q(center__zone__in=zones), month).items():
        stamps[zone] += number
    return stamps


def _stamps(of: Q, month: Month) -> dict[tuple[str, UUID], int]:
    rows = MonthLine.unscoped.filter(of, figures="changes", month__lte=month.starts_on)
    summed = rows.values_list("center__zone", "center").annotate(sum=Sum("number")).order_by()
    return {(zone, center): number for zone, center, number in summed}


def _memo(scope: str, month: Month, stamp: int, counts: dict) -> MonthMemo:
    return MonthMemo(scope=scope, month=month.starts_on, definition=_definition(), stamp=stamp, counts=counts)


def _remember(memos: list[MonthMemo]) -> None:
    MonthMemo.unscoped.bulk_create(
        memos,
        update_conflicts=True,
        unique_fields=["scope", "month"],
        update_fields=["definition", "stamp", "counts"],
    )


def _plain(counts: dict[Key, int]) -> dict[str, dict[str, int]]:
    """As JSON holds it: table → code → number."""
    plain: dict[str, dict[str, int]] = {}
    for (table, code), number in counts.items():
        plain.setdefault(table, {})[code] = number
    return plain


def _keyed(plain: dict[str, dict[str, int]]) -> dict[Key, int]:
    return {(table, code): number for table, codes in plain.items() for code, number in codes.items()}
