"""関係機関: what one is found by, which ones a text may mean, and who changed one when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from centers.contracts import setting
from centers.models import Center, Organization, User
from centers.text import fold

MOST_FOUND = 8
MOST_TOLD = 12
# Fields of a change that tell nothing by themselves.
_MARKS = {"search_key", "checked_by", "changed_by", "changed_for", "version"}


def organization_key(text: str) -> str:
    """A name, reading or number for comparing: centers.text.fold without any space."""
    return fold(text.replace("\x00", "")).replace(" ", "")


def search_key_of(values: Mapping[str, Any]) -> str:
    """What the row is found by; the name comes first. Cut to its column: a character like ㍿ is several in a key."""
    texts = (values.get(name) or "" for name in ("name", "kana", "corporation", "office_number"))
    key = " ".join(filter(None, map(organization_key, texts)))
    return key[: Organization._meta.get_field("search_key").max_length]


def found_by(words: str, rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """The rows that have every word in their name, reading, corporation or number."""
    for word in words.split():
        if key := organization_key(word):
            rows = rows.filter(search_key__contains=key)
    return rows


def named(name: str, rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """The rows with this very name, width and kana aside."""
    key = organization_key(name)
    if not key:
        return rows.none()
    return rows.filter(Q(search_key=key) | Q(search_key__startswith=f"{key} "))


def candidates(words: str, *, kind: str = "", on: date) -> list[Organization]:
    """Open organizations that the words may mean, at most MOST_FOUND. One query."""
    if not organization_key(words):
        return []
    rows = found_by(words, Organization.objects.open_on(on))
    rows = rows.filter(kind=kind) if kind else rows
    return list(rows.select_related("ward")[:MOST_FOUND])


def twins_of(*, name: str, office_number: str, but: Any = None) -> list[Organization]:
    """Organizations, closed ones too, with the same name or the same office number; `but` is the id of one to leave out."""
    rows = Organization.objects.exclude(pk=but)
    same = named(name, rows)
    if office_number:
        same = same | rows.filter(office_number=office_number)
    return list(same.select_related("ward")[:MOST_FOUND])


def stale_before(on: date) -> date:
    """Whatever was looked into before this day is 要確認."""
    return on - timedelta(days=setting("organization_stale_days", on))


@dataclass(frozen=True)
class Change:
    """One line of an organization's history: who, for which center, when, and what."""

    at: datetime
    by: User | None
    center: Center | None
    what: str


def changes_of(organization: Organization) -> list[Change]:
    """The latest changes first, at most MOST_TOLD. One query."""
    events = apps.get_model("centers", "OrganizationEvent").objects.filter(pgh_obj=organization.pk)
    rows = list(events.select_related("changed_by", "changed_for__zone").order_by("-pgh_id")[: MOST_TOLD + 1])
    told = [
        Change(row.pgh_created_at, row.changed_by, row.changed_for, _what(row, former))
        for row, former in zip(rows, [*rows[1:], None], strict=True)
    ]
    return told[:MOST_TOLD]


def _what(row: Any, former: Any) -> str:
    if former is None:
        return "登録した"
    names = [
        field.name
        for field in Organization._meta.concrete_fields
        if field.name not in _MARKS and getattr(row, field.attname) != getattr(former, field.attname)
    ]
    if names == ["closed_on"]:
        return "閉じたことにした" if row.closed_on else "閉じたことを取り消した"
    if names in (["checked_on"], []):
        return "いまの情報で合っていると確かめた"
    labels = [
        str(field.verbose_name)
        for field in Organization._meta.concrete_fields
        if field.name in names and field.name != "checked_on"
    ]
    return f"直した: {'、'.join(labels)}"
