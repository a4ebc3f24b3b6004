"""利用者番号 and the numbers of anonymous callers: given once, without gaps."""

from enum import StrEnum

from django.db.models import Max

from centers.models import Center, NumberSequence


class Series(StrEnum):
    CLIENT = "client"
    THREAD = "thread"


_SHAPES = {Series.CLIENT: "{prefix}-{number:05}", Series.THREAD: "{prefix}-A{number:04}"}


def take_number(center: Center, series: Series) -> str:
    """The next number of the center: C2-00418 for a client, C2-A0031 for an anonymous caller.

    Call it inside a transaction: the sequence stays locked until its end. The numbers of a zone go on under a new
    contractor, so that one number never means two people of a zone.
    """
    sequence, _ = NumberSequence.objects.select_for_update().get_or_create(
        center=center, series=series, defaults={"last": _last_of_zone(center, series)}
    )
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return _SHAPES[series].format(prefix=center.zone.number_prefix, number=sequence.last)


def _last_of_zone(center: Center, series: Series) -> int:
    earlier = NumberSequence.objects.filter(center__zone=center.zone_id, series=series)
    return earlier.aggregate(last=Max("last"))["last"] or 0
