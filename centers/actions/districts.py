"""町丁・校区 → 圏域: rows are added and ended, never changed, so that an earlier day keeps its answer."""

from collections.abc import Sequence
from datetime import date, timedelta

import pghistory
from django.db import transaction

from centers.districts import district_key
from centers.enums import DistrictKind, FactStatus
from centers.locks import wait_for_turn
from centers.models import DistrictZone, User, Zone
from centers.models.base import overlaps


class AlreadyPlaced(Exception):
    """Some of the names stand in the table on one of the days; `rows` are those."""

    def __init__(self, rows: Sequence[DistrictZone]):
        super().__init__()
        self.rows = rows


@transaction.atomic
def place_districts(
    *,
    kind: DistrictKind,
    names: Sequence[str],
    zone: Zone,
    starts_on: date,
    source: str,
    by: User,
    replace: bool = False,
) -> int:
    """Put the names into the 圏域 from the day on; returns how many rows that made.

    With `replace` a row that runs ends on the day before; without it, and for a row that begins on the day or
    later, AlreadyPlaced. A name that already stands in this 圏域 on the day is left alone.
    """
    wait_for_turn("districts")
    wanted = {district_key(name, kind): name for name in names}
    rows = DistrictZone.objects.filter(overlaps(starts_on, date.max), kind=kind, key__in=wanted)
    there = {
        row.key for row in rows if row.zone_id == zone.pk and row.starts_on <= starts_on and not row.ends_on
    }
    standing = [row for row in rows if row.key not in there]
    if refused := [row for row in standing if not replace or row.starts_on >= starts_on]:
        raise AlreadyPlaced(refused)
    with pghistory.context(user=str(by.pk)):
        DistrictZone.objects.filter(pk__in=[row.pk for row in standing]).update(
            ends_on=starts_on - timedelta(days=1)
        )
        made = [
            DistrictZone(
                kind=kind,
                name=name,
                key=key,
                zone=zone,
                starts_on=starts_on,
                source=source,
                status=FactStatus.CARRIED_OUT,
            )
            for key, name in wanted.items()
            if key not in there
        ]
        return len(DistrictZone.objects.bulk_create(made))


@transaction.atomic
def end_district(*, row: DistrictZone, last_day: date, by: User) -> None:
    """The row holds up to the day. Raises ValueError when that is before its first one."""
    standing = DistrictZone.objects.select_for_update().get(pk=row.pk)
    if last_day < standing.starts_on:
        raise ValueError("終わりの日が始まりの日より前です。日付を確かめてください。")
    standing.ends_on = last_day
    with pghistory.context(user=str(by.pk)):
        standing.save(update_fields=["ends_on"])
