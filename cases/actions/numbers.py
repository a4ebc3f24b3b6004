"""利用者番号, the numbers of anonymous callers, of imports and of 受付票: given once, without gaps."""

import re
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Max

from centers.models import Center, NumberSequence
from centers.periods import FiscalYear


class Series(StrEnum):
    CLIENT = "client"
    THREAD = "thread"
    IMPORT = "import"
    INTAKE = "intake"
    ABUSE = "abuse"


_SHAPES = {
    Series.CLIENT: "{prefix}-{number:05}",
    Series.THREAD: "{prefix}-A{number:04}",
    Series.IMPORT: "{prefix}-I{number:04}",
    Series.INTAKE: "{prefix}-{year}-{number:04}",
    Series.ABUSE: "{prefix}-G{number:04}",
}

# Longer ones cannot be gone on from: the column would not hold them.
LONGEST_NUMBER = 9


def take_number(center: Center, series: Series, *, year: FiscalYear | None = None) -> str:
    """The next number of the center: C2-00418 for a client, C2-A0031 for an anonymous caller.

    A series that begins anew with each `year` (相談受付票): C2-R8-0007.
    Call it inside a transaction: the sequence stays locked until its end. The numbers of a zone go on under a new
    contractor, so that one number never means two people of a zone.
    """
    sequence = lock_series(center, f"{series}-{year.year}" if year else series)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return _SHAPES[series].format(
        prefix=center.zone.number_prefix, year=year.short if year else "", number=sequence.last
    )


def leave_out(center: Center, series: Series, numbers: Iterable[str]) -> None:
    """Let the series go on after numbers of its own shape that came from elsewhere."""
    shape = re.compile(rf"{re.escape(center.zone.number_prefix)}-([0-9]{{1,{LONGEST_NUMBER}}})")
    given = [int(match[1]) for match in map(shape.fullmatch, numbers) if match]
    sequence = lock_series(center, series)
    if given and max(given) > sequence.last:
        sequence.last = max(given)
        sequence.save(update_fields=["last"])


def lock_series(center: Center, series: str) -> NumberSequence:
    """Nobody else takes a number of the series until the transaction is over."""
    sequence, _ = NumberSequence.objects.select_for_update().get_or_create(
        center=center, series=series, defaults={"last": _last_of_zone(center, series)}
    )
    return sequence


def _last_of_zone(center: Center, series: str) -> int:
    earlier = NumberSequence.objects.filter(center__zone=center.zone_id, series=series)
    return earlier.aggregate(last=Max("last"))["last"] or 0
