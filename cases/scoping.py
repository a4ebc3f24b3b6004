"""Which persons' rows a user sees: own center, shared to it, broken glass; restricted cases only when named."""

from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import ShareScope
from centers.access import Reach, Right, Rights
from centers.scoping import CenterScopedModel


@dataclass(frozen=True)
class Elsewhere:
    """Ids of the clients beyond the own centers that a user may see."""

    identity: frozenset[UUID]
    notes: frozenset[UUID]
    opened: frozenset[UUID]


def elsewhere(rights: Rights) -> Elsewhere:
    """What is shared to the user's centers today, and opened by break-glass within its minutes (real clock).

    Read once for each Rights, as these are once for each request. They are few, most often none, and named as values:
    an OR with a subquery would keep every index from use.
    """
    known = rights.__dict__.get("_elsewhere")
    if known is None:
        known = _read_elsewhere(rights)
        rights.__dict__["_elsewhere"] = known
    return known


def _read_elsewhere(rights: Rights) -> Elsewhere:
    now = timezone.now()
    broken = apps.get_model("cases", "BreakGlass").unscoped
    opened = broken.filter(user=rights.user_id, starts_at__lte=now, ends_at__gt=now)
    identity, notes = rights.center_ids(Right.CLIENT_READ), rights.center_ids(Right.NOTE_READ)
    shares = _shares(rights, identity | notes)
    return Elsewhere(
        identity=frozenset(client for client, center, _ in shares if center in identity),
        notes=frozenset(
            client for client, center, scope in shares if center in notes and scope == ShareScope.NOTES
        ),
        opened=frozenset(opened.values_list("client", flat=True)),
    )


def _shares(rights: Rights, centers: frozenset) -> list[tuple]:
    """Client, receiving center and scope of each share in force to the centers."""
    if not centers:
        return []
    shares = apps.get_model("cases", "ShareGrant").unscoped.in_force(rights.on).filter(to_center__in=centers)
    return list(shares.values_list("client", "to_center", "scope"))


def shared_clients(rights: Rights, *, notes: bool) -> frozenset[UUID]:
    """Ids of clients shared to the user's centers today (with their notes where asked for)."""
    return elsewhere(rights).notes if notes else elsewhere(rights).identity


def opened_clients(rights: Rights) -> frozenset[UUID]:
    """Ids of clients that the user has opened by break-glass."""
    return elsewhere(rights).opened


def hidden_clients(rights: Rights) -> models.QuerySet:
    """Ids of clients that the user may not see although the center may: with a restricted case in which they are
    neither named nor センター管理者, or with a conflict of interest (from センター管理者, too). One statement with the rows.
    """
    case = apps.get_model("cases", "Case")
    named = apps.get_model("cases", "CaseMember").unscoped.filter(user=rights.user_id).values("case")
    restricted = case.unscoped.filter(restricted=True).exclude(
        center__in=rights.center_ids(Right.RESTRICTED_READ)
    )
    conflicts = apps.get_model("cases", "ConflictOfInterest").unscoped
    own_conflicts = conflicts.filter(user=rights.user_id, lifted_at__isnull=True)
    return (
        restricted.exclude(pk__in=named)
        .values_list("client")
        .union(own_conflicts.values_list("client"), all=True)
    )


def visible_clients(rights: Rights, *, path: str, notes: bool) -> Q:
    """Condition on rows whose client stands at `path` ("pk" on Client itself)."""
    center = "center" if path == "pk" else f"{path}__center"
    right = Right.NOTE_READ if notes else Right.CLIENT_READ
    visible = Q(**{f"{center}__in": rights.center_ids(right)})
    if beyond := shared_clients(rights, notes=notes) | opened_clients(rights):
        visible |= Q(**{f"{path}__in": beyond})
    return visible & ~Q(**{f"{path}__in": hidden_clients(rights)})


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
        # `client__in` is never true for rows without a client, and NOT IN over NULL would drop them
        return visible & (Q(client__isnull=True) | ~Q(client__in=hidden_clients(rights)))
