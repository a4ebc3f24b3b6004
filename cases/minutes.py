"""What each 訂正 of a 会議録 changed: the former words beside the next ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.enums import ConferencePlace, SharingBasis, TookPart
from cases.models import CaseConference, ConferenceVersion
from centers.enums import CodeList
from centers.periods import wareki_short

_ROWS = {"attendees": "出席者", "decisions": "決めたこと"}
_CHOICES = {"place_kind": ConferencePlace, "took_part": TookPart, "basis": SharingBasis}


@dataclass(frozen=True)
class MinutesChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class MinutesCorrection:
    """One 訂正: the version that it made, by whom, when and why."""

    version: int
    by: str
    at: datetime
    reason: str
    changes: tuple[MinutesChange, ...]


def minutes_corrections(
    standing: Mapping[str, Any], former: Iterable[ConferenceVersion], labels
) -> list[MinutesCorrection]:
    """The corrections, the latest first. `standing` is the snapshot that holds, `former` in falling order."""
    after, found = standing, []
    for version in former:
        before = version.content
        changes = tuple(
            MinutesChange(_label(name), _words(name, before[name], labels), _words(name, after[name], labels))
            for name in before
            if before[name] != after.get(name)
        )
        found.append(
            MinutesCorrection(
                version.version + 1, version.replaced_by.name, version.replaced_at, version.reason, changes
            )
        )
        after = before
    return found


def _label(name: str) -> str:
    if name in _ROWS:
        return _ROWS[name]
    return str(CaseConference._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _words(name: str, value: Any, labels) -> str:
    if value in (None, "", []):
        return "—"
    if name in _ROWS:
        return "\n".join(value)
    if name in _CHOICES:
        return _CHOICES[name](value).label
    if name == "kind":
        return _coded(labels[CodeList.CONFERENCE], value)
    if name == "contents":
        return "、".join(_coded(labels[CodeList.CONTENT], code) for code in value)
    if name in ("held_on", "next_on"):
        return wareki_short(date.fromisoformat(value))
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value)


def _coded(entries, code: str) -> str:
    return entries[code].short_label if code in entries else code
