"""移り変わり of a person's cases, from the change history: who changed what, when, from what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps

from cases.enums import CaseState, Priority
from cases.models import Case, Client
from centers.models import StaffMember, User
from centers.periods import wareki_short

MOST_EVENTS = 200
MOST_SHOWN = 30
# Column → how the page calls it; in the order in which one change names them.
_SHOWN = {
    "state": "状態",
    "responsible_id": "担当",
    "priority": "優先度",
    "watch_until": "見守りを見直す日",
    "restricted": "閲覧",
    "closed_on": "終結日",
}


@dataclass(frozen=True)
class Turn:
    """One change of one column; `before` is empty where the case began with it."""

    at: datetime
    by: str
    label: str
    before: str
    after: str


def trail_of(client: Client) -> list[Turn]:
    """The latest MOST_SHOWN changes of the client's cases, newest first; three statements.

    The caller has asked whether the user sees the client.
    """
    events = apps.get_model("cases", "CaseEvent").objects.filter(client=client.pk)
    rows = list(events.select_related("pgh_context").order_by("-pgh_id")[:MOST_EVENTS])[::-1]
    names = _names(rows)
    turns: list[Turn] = []
    last: dict[UUID, Any] = {}
    for row in rows:
        former = last.get(row.pgh_obj_id)
        turns += _turns(row, former, names)
        last[row.pgh_obj_id] = row
    return turns[::-1][:MOST_SHOWN]


def _turns(row, former, names: Mapping) -> Iterable[Turn]:
    by = names.get(_writer(row), "自動")
    if former is None:
        yield Turn(row.pgh_created_at, by, "ケースを開いた", "", wareki_short(row.opened_on))
    for column, label in _SHOWN.items():
        before, after = getattr(former, column, None), getattr(row, column)
        if former is not None and before != after:
            yield Turn(
                row.pgh_created_at, by, label, _words(column, before, names), _words(column, after, names)
            )


def _words(column: str, value: Any, names: Mapping) -> str:
    if column == "restricted":
        return "限った" if value else "限らない"
    if value in (None, ""):
        return "なし"
    match column:
        case "state":
            return CaseState(value).label
        case "priority":
            return Priority(value).label
        case "responsible_id":
            return names.get(value, "—")
    return wareki_short(value) if isinstance(value, date) else str(value)


def _writer(row) -> UUID | None:
    given = row.pgh_context.metadata.get("user") if row.pgh_context else None
    return UUID(str(given)) if given else None


def _names(rows: list) -> dict[UUID | None, str]:
    users = {_writer(row) for row in rows} - {None}
    staff = {row.responsible_id for row in rows if row.responsible_id}
    found: dict[UUID | None, str] = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    return found | dict(StaffMember.objects.filter(pk__in=staff).values_list("pk", "name"))


def earlier_cases(user, client: Client, current: Case | None) -> list[Case]:
    """The client's other cases that the user sees, the latest first."""
    cases = Case.visible_to(user).filter(client=client).select_related("responsible")
    return list(cases.exclude(pk=current.pk if current else None).order_by("-opened_on")[:20])
