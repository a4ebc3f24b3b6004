"""権限の履歴 of one account: who gave, changed and took what, when. Read from the change history itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Q

from centers.accounts import RESETS
from centers.enums import Purpose, Role
from centers.models import AccountStop, Invitation, User
from centers.periods import wareki_short

MOST = 50
UNKNOWN = "サーバーでの操作"


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str


def history_of(user: User) -> list[Line]:
    """Newest first, at most MOST lines. Four statements."""
    lines = [*_grants(user), *_stops(user), *_links(user)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:MOST]


def _grants(user: User) -> Iterable[Line]:
    events = list(
        apps.get_model("centers", "RoleGrantEvent")
        .objects.filter(user=user.pk)
        .select_related("pgh_context", "center__zone", "ward", "granted_by")
        .order_by("pgh_id")
    )
    names = _names(events)
    for event in events:
        role = f"{Role(event.role).label}({event.center or event.ward or '市'})"
        who = names.get(_actor(event), UNKNOWN)
        if event.pgh_label == "insert":
            giver = event.granted_by.name if event.granted_by else who
            yield Line(event.pgh_created_at, giver, f"{role}を{_span(event)}で付けた")
        elif event.pgh_label == "delete":
            yield Line(event.pgh_created_at, who, f"{role}を始まる前に取りやめた")
        elif event.ends_on:
            yield Line(event.pgh_created_at, who, f"{role}を{wareki_short(event.ends_on)}までにした")
        else:
            yield Line(event.pgh_created_at, who, f"{role}の終わりをなくした")


def _span(event) -> str:
    end = wareki_short(event.ends_on) if event.ends_on else ""
    return f"{wareki_short(event.starts_on)}〜{end}"


def _actor(event) -> str:
    return (event.pgh_context.metadata.get("user") or "") if event.pgh_context else ""


def _names(events) -> dict[str, str]:
    keys = {key for event in events if (key := _actor(event))}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}


def _name(user: User | None) -> str:
    return user.name if user else UNKNOWN


def _stops(user: User) -> Iterable[Line]:
    for stop in AccountStop.objects.filter(user=user).select_related("stopped_by", "started_by"):
        who = stop.stopped_by.name if stop.stopped_by else "定期検査"
        yield Line(stop.stopped_at, who, f"停止した: {stop.reason}")
        if stop.started_at:
            yield Line(stop.started_at, _name(stop.started_by), "また使えるようにした")


def _links(user: User) -> Iterable[Line]:
    of_the_account = Q(purpose__in=(*RESETS, Purpose.JOIN))
    for link in Invitation.objects.filter(of_the_account, user=user).select_related(
        "invited_by", "approved_by", "cancelled_by"
    ):
        reason = f": {link.reason}" if link.reason else ""
        yield Line(
            link.created_at, link.invited_by.name, f"{link.get_purpose_display()}のリンクを作った{reason}"
        )
        if link.approved_at:
            yield Line(link.approved_at, _name(link.approved_by), f"{link.get_purpose_display()}を承認した")
        if link.used_at:
            yield Line(link.used_at, user.name, f"{link.get_purpose_display()}のリンクを使った")
        elif link.cancelled_at:
            yield Line(
                link.cancelled_at,
                _name(link.cancelled_by),
                f"{link.get_purpose_display()}のリンクを取り消した",
            )
