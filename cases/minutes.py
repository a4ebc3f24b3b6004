"""What one 会議録 holds, and what each 訂正 of it changed: the former words beside the next ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from cases.enums import ConferencePlace, SharingBasis, TookPart
from cases.models import CaseConference, ConferenceAttendee, ConferenceVersion
from centers.enums import CodeList
from centers.models import Organization, StaffMember
from centers.periods import wareki_short


@dataclass(frozen=True, kw_only=True)
class Attendee:
    name: str = ""
    post: str = ""
    organization: Organization | None = None
    organization_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`key` names the row that it stands in already; a `due_on` makes it a next step of the first person."""

    what: str
    staff: StaffMember | None = None
    who: str = ""
    due_on: date | None = None
    key: UUID | None = None

    @property
    def doer(self) -> str:
        return "・".join(part for part in (self.staff.name if self.staff else "", self.who) if part)

    @property
    def line(self) -> str:
        """・見学の日程を決める(本田 彩、R8.12.1まで)"""
        due = f"{wareki_short(self.due_on)}まで" if self.due_on else ""
        note = "、".join(part for part in (self.doer, due) if part)
        return f"・{self.what}({note})" if note else f"・{self.what}"


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """What one form holds: `fields` are CaseConference.VERSIONED, `kind_label` the words of the kind."""

    fields: Mapping[str, Any]
    kind_label: str
    attendees: Sequence[Attendee] = ()
    decisions: Sequence[Decision] = ()

    @property
    def record(self) -> dict[str, Any]:
        """The fields of each person's 相談記録 that follow from it."""
        return {
            "date": self.fields["held_on"],
            "start_time": self.fields["starts_at"],
            "minutes": self.fields["minutes"],
            "contents": self.fields["contents"],
            "place": self.fields["place"],
            "facts": f"{self.kind_label}: {self.fields['purpose']}\n{self.fields['discussion']}",
            "done": "\n".join(decision.line for decision in self.decisions),
        }


def attendee_line(row: ConferenceAttendee | Attendee) -> str:
    """中央区福祉課 主査 橋本"""
    place = row.organization.name if row.organization else row.organization_name
    return " ".join(part for part in (place, row.post, row.name) if part)


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
