"""訂正 and 取り消し as every record that keeps its versions has them. The record is locked before and saved after."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import models
from django.utils import timezone

from cases.models.versioned import FormerVersion, Versioned
from centers.models import BusinessItem, User

VOID = ("voided_at", "voided_by", "void_reason", "void_note")


class StaleRecord(Exception):
    """Somebody has changed the record since it was opened; `standing` is what holds now."""

    def __init__(self, standing: Any):
        super().__init__()
        self.standing = standing


def snapshot(record: Versioned) -> dict[str, Any]:
    """The fields of a version as JSON holds them: days and times in ISO form, the 業務項目 by its code, rows by their id."""
    return {name: _plain(getattr(record, name)) for name in (*record.VERSIONED, *record.KEPT)}


def _plain(value: Any) -> Any:
    match value:
        case date() | time():
            return value.isoformat()
        case BusinessItem():
            return value.code
        case models.Model():
            return str(value.pk)
    return value


def amend(
    standing: Any,
    former: type[FormerVersion],
    link: str,
    *,
    by: User,
    version: int,
    changes: Mapping[str, Any],
    reason: str,
) -> bool:
    """Put the changes on the record; its former text becomes a row of `former`, whose `link` is the record.

    `version` is the one that the writer had before them. The 業務項目 is given by its code in the record's catalogue.
    False where there is nothing to change. Raises StaleRecord when another version holds by now, or when the record
    has been taken back.
    """
    if standing.version != version or standing.voided_at:
        raise StaleRecord(standing)
    unknown = set(changes) - set(standing.VERSIONED)
    if unknown:
        raise ValueError(f"not versioned: {sorted(unknown)}")
    before = snapshot(standing)
    for name, value in changes.items():
        setattr(standing, name, _item(standing, value) if name == "business_item" else value)
    if snapshot(standing) == before:
        return False
    former._default_manager.create(
        **{link: standing}, version=standing.version, content=before, reason=reason, replaced_by=by
    )
    standing.version += 1
    return True


def take_back(standing: Any, *, by: User, version: int, reason: str, note: str) -> bool:
    """Mark the record as taken back; False where it was. Raises StaleRecord for another text than the confirmed one."""
    if standing.voided_at:
        return False
    if standing.version != version:
        raise StaleRecord(standing)
    standing.voided_at, standing.voided_by = timezone.now(), by
    standing.void_reason, standing.void_note = reason, note
    return True


def let_stand(standing: Any) -> None:
    """Take 取り消し off the record; the change history keeps that it was."""
    standing.voided_at = standing.voided_by = None
    standing.void_reason = standing.void_note = ""


def _item(standing: Any, code: str) -> BusinessItem:
    return BusinessItem.objects.get(catalogue=standing.business_item.catalogue_id, code=code)
