"""What each 訂正 changed: the former text beside the next one, differences marked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import SequenceMatcher
from typing import Any

from cases.enums import Direction, Subject
from cases.models import Consultation, ConsultationVersion
from centers.enums import CodeList
from centers.periods import wareki

TEXTS = ("facts", "view", "done")
SAME, OUT, IN = "same", "out", "in"

# a sentence, or a rest without an end
_SENTENCE = re.compile(r"[^。、\n]*[。、\n]|[^。、\n]+")


@dataclass(frozen=True)
class Change:
    """One field; `pieces` are (same, out or in, text) for a text, `before` and `after` say it for the others."""

    label: str
    before: str
    after: str
    pieces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Correction:
    """One 訂正: the version that it made, by whom, when and why."""

    version: int
    by: str
    at: datetime
    reason: str
    changes: tuple[Change, ...]


def corrections(
    record: Consultation, former: Iterable[ConsultationVersion], labels, items: Mapping[str, str]
) -> list[Correction]:
    """The corrections of a record, the latest first; `former` in that order, `labels` of code_labels, `items`: code
    of the 業務項目 → its words.
    """
    after, found = values_of(record), []
    for version in former:
        before = _read(version.content)
        changes = tuple(
            _change(name, before[name], after[name], labels, items) for name in _changed(before, after)
        )
        found.append(
            Correction(
                version.version + 1, version.replaced_by.name, version.replaced_at, version.reason, changes
            )
        )
        after = after | before
    return found


def item_labels(record: Consultation) -> dict[str, str]:
    """Code → mark and label of the 業務項目 of the record's catalogue, in its order. One query."""
    return {item.code: str(item) for item in record.business_item.catalogue.items.order_by("position")}


def values_of(record: Consultation) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in Consultation.TRAIL}
    return values | {"business_item": record.business_item.code}


def _read(content: Mapping[str, Any]) -> dict[str, Any]:
    """A stored content as values. It holds no field that was not versioned yet."""
    values = {name: content[name] for name in Consultation.TRAIL if name in content}
    if values.get("date"):
        values["date"] = date.fromisoformat(values["date"])
    if values.get("start_time"):
        values["start_time"] = time.fromisoformat(values["start_time"])
    return values


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def _change(name: str, before: Any, after: Any, labels, items: Mapping[str, str]) -> Change:
    label = str(Consultation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if name == "business_item":
        return Change(label, items.get(before, before), items.get(after, after))
    if name in TEXTS:
        return Change(label, before or "", after or "", tuple(pieces(before or "", after or "")))
    return Change(label, _words(name, before, labels), _words(name, after, labels))


def pieces(before: str, after: str) -> Iterable[tuple[str, str]]:
    """(same, out or in, text) in their order: sentences of the one that the other lacks are out, or in."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield SAME, "".join(old[a:b])
            continue
        if b > a:
            yield OUT, "".join(old[a:b])
        if d > c:
            yield IN, "".join(new[c:d])


_LISTS = {"method": CodeList.METHOD, "contents": CodeList.CONTENT, "counterpart": CodeList.COUNTERPART}


def _words(name: str, value: Any, labels) -> str:
    if value is None or value in ("", []):
        return "—"
    if name in _LISTS:
        codes = value if isinstance(value, list) else [value]
        entries = labels[_LISTS[name]]
        return "、".join(entries[code].short_label if code in entries else code for code in codes)
    if name == "direction":
        return Direction(value).label
    if name == "subject":
        return Subject(value).label
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "はい" if value else "いいえ"
        case date():
            return wareki(value, weekday=True)
        case time():
            return f"{value:%H:%M}"
    return str(value)
