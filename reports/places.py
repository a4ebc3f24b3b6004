"""Centers as people name them on a command line."""

import unicodedata
from datetime import date
from uuid import UUID

from centers.models import Center, Zone
from centers.models.base import overlaps
from centers.periods import Month, wareki_short


class UnknownCenter(ValueError):
    """Said to the person who typed it, in Japanese."""


def zone_named(text: str) -> Zone:
    """A zone by name (中央1, 中央１) or code (chuo1)."""
    wanted = unicodedata.normalize("NFKC", text).strip()
    for zone in Zone.objects.all():
        if wanted in {zone.name, zone.code}:
            return zone
    names = " ".join(Zone.objects.values_list("name", flat=True))
    raise UnknownCenter(f"圏域「{text}」はありません。次のどれかを入れてください: {names}")


def center_on(zone: Zone, on: date) -> Center:
    """The center that runs the zone on the day."""
    center = Center.objects.open_on(on).filter(zone=zone).select_related("zone").first()
    if center is None:
        raise UnknownCenter(f"{zone.name}には、{wareki_short(on)}に開いているセンターがありません。")
    return center


def center_with_id(text: str) -> Center:
    try:
        return Center.objects.select_related("zone", "corporation").get(pk=UUID(text))
    except (ValueError, Center.DoesNotExist):
        raise UnknownCenter(
            f"--center-id の「{text}」のセンターはありません。番号を確かめてください。"
        ) from None


def centers_in(month: Month):
    """Centers open on at least one day of the month, in zone order, with zone and corporation."""
    ran = overlaps(month.starts_on, month.ends_on, start="opened_on", end="closed_on")
    return (
        Center.objects.filter(ran)
        .select_related("zone", "corporation")
        .order_by("zone__position", "opened_on")
    )


def ran_in(center: Center, month: Month) -> bool:
    """Whether the center was open on a day of the month."""
    return center.opened_on <= month.ends_on and (
        center.closed_on is None or center.closed_on >= month.starts_on
    )


def center_in(zone: Zone, month: Month) -> Center:
    """The one center of the zone in the month; two of them need to be told apart by id."""
    found = list(centers_in(month).filter(zone=zone))
    if not found:
        raise UnknownCenter(
            f"{zone.name}には、{month.label}に開いているセンターがありません。月を確かめてください。"
        )
    if len(found) > 1:
        told = "、".join(f"{center.name} {center.pk}" for center in found)
        raise UnknownCenter(
            f"{zone.name}には、{month.label}に2つのセンターがあります。--center-id で選んでください: {told}"
        )
    return found[0]
