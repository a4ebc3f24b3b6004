"""Which persons' rows a user sees: own center, shared to it, broken glass; restricted cases only when named."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from cases.enums import ShareScope
from centers.access import Reach, Right, Rights
from centers.scoping import CenterScopedModel


@dataclass(frozen=True)
class Exceptions:
    """Clients that a user may or may not see by more than the center they belong to (ids)."""

    identity: frozenset[UUID]
    notes: frozenset[UUID]
    opened: frozenset[UUID]
    hidden: frozenset[UUID]


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
SELECT 'share', client_id, to_center_id, scope FROM cases_sharegrant
WHERE to_center_id = ANY(%(mine)s) AND revoked_at IS NULL
  AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on >= %(on)s)
UNION ALL
SELECT 'opened', client_id, NULL, '' FROM cases_breakglass
WHERE user_id = %(user)s AND starts_at <= %(now)s AND ends_at > %(now)s
UNION ALL
SELECT 'hidden', client_id, center_id, '' FROM cases_case c
WHERE restricted AND NOT center_id = ANY(%(all_seen)s)
  AND NOT EXISTS (SELECT FROM cases_casemember m WHERE m.case_id = c.id AND m.user_id = %(user)s)
"""


def _read_exceptions(rights: Rights) -> Exceptions:
    identity, notes = rights.center_ids(Right.CLIENT_READ), rights.center_ids(Right.NOTE_READ)
    asked = {
        "mine": list(identity | notes),
        "all_seen": list(rights.center_ids(Right.RESTRICTED_READ)),
        "user": rights.user_id,
        "on": rights.on,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EXCEPTIONS, asked)
        rows = cursor.fetchall()
    shares = [(client, center, scope) for kind, client, center, scope in rows if kind == "share"]
    beyond = {client for kind, client, _, _ in rows if kind != "hidden"}
    return Exceptions(
        identity=frozenset(client for client, center, _ in shares if center in identity),
        notes=frozenset(
            client for client, center, scope in shares if center in notes and scope == ShareScope.NOTES
        ),
        opened=frozenset(client for kind, client, _, _ in rows if kind == "opened"),
        hidden=frozenset(
            client
            for kind, client, center, _ in rows
            if kind == "hidden" and (center in identity or client in beyond)
        ),
    )


def shared_clients(rights: Rights, *, notes: bool) -> frozenset[UUID]:
    """Ids of clients shared to the user's centers today (with their notes where asked for)."""
    return exceptions(rights).notes if notes else exceptions(rights).identity


def opened_clients(rights: Rights) -> frozenset[UUID]:
    """Ids of clients that the user has opened by break-glass."""
    return exceptions(rights).opened


def hidden_clients(rights: Rights) -> frozenset[UUID]:
    """Ids of clients with a restricted case in which the user is neither named nor センター管理者.

    Of the own centers, and of what is shared or opened: nobody sees others anyway.
    """
    return exceptions(rights).hidden


def not_hidden(rights: Rights, path: str) -> Q:
    """Condition on rows whose client stands at `path`, or who have none."""
    hidden = hidden_clients(rights)
    # NOT IN over NULL would drop the rows without a client
    return Q(**{f"{path}__isnull": True}) | ~Q(**{f"{path}__in": hidden}) if hidden else Q()


def visible_clients(rights: Rights, *, path: str, notes: bool) -> Q:
    """Condition on rows whose client stands at `path` ("pk" on Client itself)."""
    center = "center" if path == "pk" else f"{path}__center"
    right = Right.NOTE_READ if notes else Right.CLIENT_READ
    visible = Q(**{f"{center}__in": rights.center_ids(right)})
    if beyond := shared_clients(rights, notes=notes) | opened_clients(rights):
        visible |= Q(**{f"{path}__in": beyond})
    hidden = hidden_clients(rights)
    return visible & ~Q(**{f"{path}__in": hidden}) if hidden else visible


class ClientScopedModel(CenterScopedModel):
    """A row about one client (identity, not notes): seen by whoever sees the client."""

    center_path = "client__center"
    client_path = "client"
    read_right = Right.CLIENT_READ

    class Meta(CenterScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return visible_clients(rights, path=cls.client_path, notes=False)


class NoteScopedModel(CenterScopedModel):
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
