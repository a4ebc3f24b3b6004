"""To which 圏域 an address belongs: by its 町丁, else its 校区, else its 区 where that has one 圏域 alone."""

import re
import unicodedata
from datetime import date

from django.db.models import Q

from centers.enums import DistrictKind
from centers.models import DistrictZone, Zone

_KANJI_DIGITS = {kanji: figure for figure, kanji in enumerate("一二三四五六七八九", 1)}
_KANJI_CHOME = re.compile(r"([一二三四五六七八九])?(十)?([一二三四五六七八九])?丁目")
_CHOME = re.compile(r"(.+?)([0-9]+丁目)")
_SCHOOL = re.compile(r"(?:小学校|小)?(?:校区)?$")


def district_key(text: str, kind: DistrictKind = DistrictKind.TOWN) -> str:
    """A 町丁 or 校区 for comparing: 「島崎 三丁目」 is 「島崎3丁目」, 「白川小学校区」 is 「白川」."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if kind == DistrictKind.SCHOOL:
        return _SCHOOL.sub("", plain.removesuffix("区") if plain.endswith("学校区") else plain)
    return _KANJI_CHOME.sub(_in_digits, plain)


def zone_of(*, town: str, address: str, school_district: str, ward_id: str | None, on: date) -> Zone | None:
    """The 圏域 of an address on a day; None where the table does not tell. One query, a second one by the 区.

    A 町 of the table holds for all its 丁目, unless one of them has a row of its own.
    """
    if found := _by_table(_towns(town, address), district_key(school_district, DistrictKind.SCHOOL), on):
        return found
    zones = list(Zone.objects.filter(ward=ward_id)[:2]) if ward_id else []
    return zones[0] if len(zones) == 1 else None


def _towns(town: str, address: str) -> set[str]:
    """The keys by which the town may stand in the table: with its 丁目, wherever it is written, and without."""
    keys = {district_key(town)}
    if match := _CHOME.match(district_key(town + address)):
        keys |= {match[1], match[1] + match[2]}
    return keys - {""} if town else set()


def _by_table(towns: set[str], school: str, on: date) -> Zone | None:
    wanted = Q(kind=DistrictKind.TOWN, key__in=towns)
    if school:
        wanted |= Q(kind=DistrictKind.SCHOOL, key=school)
    rows = DistrictZone.objects.in_force(on).filter(wanted).select_related("zone")
    best = max(rows, key=lambda row: (row.kind == DistrictKind.TOWN, len(row.key)), default=None)
    return best and best.zone


def _in_digits(match: re.Match[str]) -> str:
    """三丁目 → 3丁目, 十二丁目 → 12丁目; a 丁目 in figures stays."""
    before, ten, after = match.groups()
    if not (before or ten):
        return match[0]
    tens = _KANJI_DIGITS.get(before, 1) * 10 if ten else 0
    return f"{tens + _KANJI_DIGITS.get(after if ten else before, 0)}丁目"
