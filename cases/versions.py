"""What each 訂正 changed: the former text beside the next one, differences marked."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import SequenceMatcher
from typing import Any

from cases.enums import Direction, Subject
from cases.models.versioned import FormerVersion, Versioned
from centers.periods import wareki

TEXTS = ("facts", "view", "done", "result")
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
    record: Versioned,
    former: Iterable[FormerVersion],
    labels,
    items: Mapping[str, str],
    hidden: Collection[str] = (),
) -> list[Correction]:
    """The corrections of a record, the latest first; `former` in that order, `labels` of code_labels, `items`: code
    of the 業務項目 → its words; `hidden`: fields that say nothing to a reader.
    """
    after, found = values_of(record), []
    for version in former:
        before = _read(record, version.content)
        changes = tuple(
            _change(record, name, before[name], after[name], labels, items)
            for name in _changed(before, after)
            if name not in hidden
        )
        found.append(
            Correction(
                version.version + 1, version.replaced_by.name, version.replaced_at, version.reason, changes
            )
        )
        after = after | before
    return found


def item_labels(record: Any) -> dict[str, str]:
    """Code → mark and label of the 業務項目 of the record's catalogue, in its order. One query."""
    return {item.code: str(item) for item in record.business_item.catalogue.items.order_by("position")}


def values_of(record: Any) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in (*record.VERSIONED, *record.KEPT)}
    return values | {"business_item": record.business_item.code}


def _read(record: Versioned, content: Mapping[str, Any]) -> dict[str, Any]:
    """A stored content as values. It holds no field that was not versioned yet."""
    values = {name: content[name] for name in (*record.VERSIONED, *record.KEPT) if name in content}
    if values.get("date"):
        values["date"] = date.fromisoformat(values["date"])
    if values.get("start_time"):
        values["start_time"] = time.fromisoformat(values["start_time"])
    return values


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def _change(
    record: Versioned, name: str, before: Any, after: Any, labels, items: Mapping[str, str]
) -> Change:
    label = str(record._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if name == "business_item":
        return Change(label, items.get(before, before), items.get(after, after))
    if name in TEXTS:
        return Change(label, before or "", after or "", tuple(pieces(before or "", after or "")))
    entries = labels[record.CODE_LISTS[name]] if name in record.CODE_LISTS else None
    return Change(label, _words(name, before, entries), _words(name, after, entries))


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


def _words(name: str, value: Any, entries) -> str:
    """`entries`: the code list of the field, where it holds codes."""
    if value is None or value in ("", []):
        return "—"
    if entries is not None:
        codes = value if isinstance(value, list) else [value]
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
