"""相談受付票 as its pages show it: its fields in words, and what each change altered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.enums import Aware, CallBack, Priority
from cases.models import Intake, IntakeVersion
from cases.versions import Change, Correction, pieces
from centers.enums import CodeList
from centers.models import Organization, StaffMember
from centers.paging import Cursor, Page, page_of

MINE, WAITING, ALL = "mine", "waiting", "all"
VIEWS = {WAITING: "承認待ち", MINE: "自分の", ALL: "すべて"}
NEWEST_FIRST = ("-received_on", "-pk")

_TEXTS = ("complaint", "services")
_LISTS = {"route": CodeList.ROUTE, "risks": CodeList.RISK, "plan": CodeList.INTAKE_PLAN}
_CHOICES = {"urgency": Priority, "aware": Aware, "call_back": CallBack}


def intakes_page(intakes, cursor: Cursor, *, anchors) -> Page:
    """A page of 受付票, newest first, with whom they are about. Two queries, one on the first page."""
    listed = intakes.select_related("consultation__client", "consultation__thread", "staff", "written_by")
    return page_of(listed, NEWEST_FIRST, cursor, anchors=anchors)


@dataclass(frozen=True)
class _Words:
    """The words of stored contents. `names`: id of a 職員 or 関係機関 → name."""

    labels: Mapping[CodeList, Mapping[str, Any]]
    names: Mapping[str, str]

    def of(self, name: str, value: Any) -> str:
        if not value:
            return "—"
        if name in _LISTS:
            entries = self.labels[_LISTS[name]]
            codes = value if isinstance(value, list) else [value]
            return "、".join(entries[code].short_label if code in entries else code for code in codes)
        if name in _CHOICES:
            return str(_CHOICES[name](value).label)
        return self.names.get(value, value)


def changes_of(
    intake: Intake, now: Mapping[str, Any], former: Iterable[IntakeVersion], labels
) -> list[Correction]:
    """What each change altered, the latest first; `former` in that order, `now` is the standing content."""
    former = list(former)
    words = _Words(labels, _names([now, *(version.content for version in former)]))
    after, found = now, []
    for version in former:
        changed = tuple(
            _change(name, version.content.get(name), after.get(name), words)
            for name in Intake.VERSIONED
            if version.content.get(name) != after.get(name)
        )
        found.append(
            Correction(
                version.version + 1, version.replaced_by.name, version.replaced_at, version.reason, changed
            )
        )
        after = version.content
    return found


def _change(name: str, before: Any, after: Any, words: _Words) -> Change:
    label = str(Intake._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    if name in _TEXTS:
        return Change(label, before or "", after or "", tuple(pieces(before or "", after or "")))
    return Change(label, words.of(name, before), words.of(name, after))


def _names(contents: list[Mapping[str, Any]]) -> dict[str, str]:
    """Two queries, none where nobody was changed."""
    if len(contents) < 2:
        return {}
    staff = {content["staff"] for content in contents if content.get("staff")}
    places = {content["referred_to"] for content in contents if content.get("referred_to")}
    rows = [*StaffMember.objects.filter(pk__in=staff), *Organization.objects.filter(pk__in=places)]
    return {str(row.pk): row.name for row in rows}
