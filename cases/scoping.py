"""Which persons' rows a user sees: own center, shared to it, broken glass; restricted cases only when named."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from cases.enums import PassState, ShareScope
from centers.access import Reach, Right, Rights
from centers.scoping import CenterScopedModel

# What stands as the reason in the read log.
BREAK_GLASS = "緊急閲覧"


@dataclass(frozen=True)
class Exceptions:
    """Clients that a user may or may not see by more than the center they belong to (ids; `opened`: until when).

    `hidden` holds the `conflicted`, too.
    """

    identity: frozenset[UUID]
    notes: frozenset[UUID]
    opened: dict[UUID, datetime]
    hidden: frozenset[UUID]
    conflicted: frozenset[UUID]


def exceptions(rights: Rights) -> Exceptions:
    """What is shared to the user's centers today, opened by break-glass within its minutes (real clock), or hidden.

    Read once for each Rights, as these are once for each request, in one statement. They are few, most often none,
    and named as values: a subquery in every other statement costs more than they do, and in an OR keeps every index
    from use.
    """
    known = rights.__dict__.get("_exceptions")
    if known is None:
        known = _read_exceptions(rights)
        rights.__dict__["_exceptions"] = known
    return known


_EXCEPTIONS = """
SELECT 'share', client_id, to_center_id, scope, NULL::timestamptz FROM cases_sharegrant
WHERE to_center_id = ANY(%(mine)s) AND revoked_at IS NULL
  AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on >= %(on)s)
UNION ALL
SELECT 'opened', client_id, NULL, '', ends_at FROM cases_breakglass
WHERE user_id = %(opener)s AND starts_at <= %(now)s AND ends_at > %(now)s
UNION ALL
SELECT 'hidden', client_id, center_id, '', NULL FROM cases_case c
WHERE restricted AND NOT center_id = ANY(%(all_seen)s)
  AND NOT EXISTS (SELECT FROM cases_casemember m WHERE m.case_id = c.id AND m.user_id = %(user)s)
UNION ALL
SELECT 'conflict', client_id, NULL, '', NULL FROM cases_conflictofinterest
WHERE user_id = %(user)s AND lifted_at IS NULL
"""


def _read_exceptions(rights: Rights) -> Exceptions:
    identity, notes = rights.center_ids(Right.CLIENT_READ), rights.center_ids(Right.NOTE_READ)
    asked: dict[str, Any] = {
        "mine": list(identity | notes),
        "all_seen": list(rights.center_ids(Right.RESTRICTED_READ)),
        "user": rights.user_id,
        "opener": rights.user_id if rights.allowed(Right.GLASS_OPEN) else None,
        "on": rights.on,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXCEPTIONS, asked)
        rows = cursor.fetchall()
    shares = [(client, center, scope) for kind, client, center, scope, _ in rows if kind == "share"]
    beyond = {client for kind, client, *_ in rows if kind in {"share", "opened"}}
    opened = dict(sorted((client, until) for kind, client, *_, until in rows if kind == "opened"))
    rights.read_reasons.update(dict.fromkeys(opened, BREAK_GLASS))
    # the city opens what few may see, too
    seen = opened if rights.city_wide(Right.GLASS_OPEN) else {}
    return Exceptions(
        identity=frozenset(client for client, center, _ in shares if center in identity),
        notes=frozenset(
            client for client, center, scope in shares if center in notes and scope == ShareScope.NOTES
        ),
        opened=opened,
        hidden=frozenset(
            client
            for kind, client, center, *_ in rows
            if kind == "conflict"
            or (kind == "hidden" and (center in identity or client in beyond) and client not in seen)
        ),
        conflicted=frozenset(client for kind, client, *_ in rows if kind == "conflict"),
    )


def shared_clients(rights: Rights, *, notes: bool) -> frozenset[UUID]:
    """Ids of clients shared to the user's centers today (with their notes where asked for)."""
    return exceptions(rights).notes if notes else exceptions(rights).identity


def opened_clients(rights: Rights) -> frozenset[UUID]:
    """Ids of clients that the user has opened by break-glass."""
    return frozenset(exceptions(rights).opened)


def hidden_clients(rights: Rights) -> frozenset[UUID]:
    """Ids of clients that the user may not see although the center may.

    Those with a restricted case in which they are neither named nor センター管理者 (of the own centers, and of what is
    shared or opened: nobody sees others anyway), and those whose records they are not to see for a conflict of
    interest (センター管理者 neither).
    """
    return exceptions(rights).hidden


def not_conflicted(rights: Rights, path: str = "client") -> Q:
    """Condition on rows whose client the user has no conflict of interest with, or who have none."""
    return _outside(exceptions(rights).conflicted, path)


def handovers_done(on: date) -> models.QuerySet:
    """引き継ぎ by which a client is with another center on the day: nobody writes about the old row any more.

    Its center keeps what it wrote, the new one reads it under a share; there the person has a row of their own.
    """
    handovers = apps.get_model("cases", "CenterHandover").unscoped
    return handovers.filter(state=PassState.ACCEPTED, handed_on__lte=on)


def not_handed_over(on: date, path: str = "client") -> Q:
    """Condition on rows that may still be changed: `path` leads to their client, if they have one."""
    return Q(**{f"{path}__isnull": True}) | ~Q(**{f"{path}__in": handovers_done(on).values("client")})


def not_hidden(rights: Rights, path: str) -> Q:
    """Condition on rows whose client stands at `path`, or who have none."""
    return _outside(hidden_clients(rights), path)


def _outside(clients: frozenset[UUID], path: str) -> Q:
    # NOT IN over NULL would drop the rows without a client
    return Q(**{f"{path}__isnull": True}) | ~Q(**{f"{path}__in": clients}) if clients else Q()


def merged_clients() -> models.QuerySet:
    """Ids of stubs: what was merged into another registration of the same person."""
    return apps.get_model("cases", "ClientMerge").unscoped.standing().values("loser")


def visible_clients(rights: Rights, *, path: str, notes: bool) -> Q:
    """Condition on rows whose client stands at `path` ("pk" on Client itself)."""
    center = "center" if path == "pk" else f"{path}__center"
    right = Right.NOTE_READ if notes else Right.CLIENT_READ
    visible = Q(**{f"{center}__in": rights.center_ids(right)})
    if beyond := shared_clients(rights, notes=notes) | opened_clients(rights):
        visible |= Q(**{f"{path}__in": beyond})
    hidden = hidden_clients(rights)
    return visible & ~Q(**{f"{path}__in": hidden}) if hidden else visible


class OpenedModel(CenterScopedModel):
    """A row about a client: also for the city's officer who has opened one by 緊急閲覧, whatever else they read."""

    class Meta(CenterScopedModel.Meta):
        abstract = True

    @classmethod
    def open_to(cls, rights: Rights) -> bool:
        return super().open_to(rights) or (
            rights.city_wide(Right.GLASS_OPEN) and bool(opened_clients(rights))
        )


class ClientScopedModel(OpenedModel):
    """A row about one client (identity, not notes): seen by whoever sees the client."""

    center_path = "client__center"
    client_path = "client"
    read_right = Right.CLIENT_READ

    class Meta(CenterScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return visible_clients(rights, path=cls.client_path, notes=False)


class NoteScopedModel(OpenedModel):
    """A row with notes in it. 地域支援員 sees what they wrote or are responsible for, nothing else."""

    read_right = Right.NOTE_READ
    writer_path = "written_by"
    responsible_path = "case__responsible__user"

    class Meta(CenterScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        visible = Q(center__in=rights.center_ids(Right.NOTE_READ))
        if own := rights.center_ids(Right.NOTE_READ, Reach.OWN):
            mine = Q(**{cls.writer_path: rights.user_id}) | Q(**{cls.responsible_path: rights.user_id})
            visible |= Q(center__in=own) & mine
        if beyond := shared_clients(rights, notes=True) | opened_clients(rights):
            visible |= Q(client__in=beyond)
        return visible & not_hidden(rights, "client")
