"""Which persons' rows a user sees: own center, shared to it, broken glass; restricted cases only when named."""

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import BooleanField, F, Func, Q
from django.utils import timezone

from cases.enums import ShareScope
from centers.access import Reach, Right, Rights
from centers.models.base import in_force
from centers.scoping import CenterScopedModel


def shared_clients(rights: Rights, *, notes: bool) -> models.QuerySet:
    """Ids of clients shared to the user's centers today (with their notes where asked for)."""
    share = apps.get_model("cases", "ShareGrant")
    right = Right.NOTE_READ if notes else Right.CLIENT_READ
    shared = share.unscoped.filter(in_force(rights.on), to_center__in=rights.center_ids(right))
    if notes:
        shared = shared.filter(scope=ShareScope.NOTES)
    return shared.values("client")


def opened_clients(rights: Rights) -> models.QuerySet:
    """Ids of clients that the user has opened by break-glass within its minutes (real clock)."""
    now = timezone.now()
    broken = apps.get_model("cases", "BreakGlass")
    return broken.unscoped.filter(user=rights.user_id, starts_at__lte=now, ends_at__gt=now).values("client")


def hidden_clients(rights: Rights) -> models.QuerySet:
    """Ids of clients with a restricted case in which the user is neither named nor センター管理者."""
    case = apps.get_model("cases", "Case")
    named = apps.get_model("cases", "CaseMember").unscoped.filter(user=rights.user_id).values("case")
    restricted = case.unscoped.filter(restricted=True).exclude(
        center__in=rights.center_ids(Right.RESTRICTED_READ)
    )
    return restricted.exclude(pk__in=named).values("client")


class _Among(Func):
    """left = ANY(array)"""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = BooleanField()


def _among(path: str, ids: models.QuerySet) -> Q:
    """`path` is one of few `ids`, read first: within an OR, IN with a subquery would keep every index from use."""
    return Q(_Among(F(path), ArraySubquery(ids)))


def visible_clients(rights: Rights, *, path: str, notes: bool) -> Q:
    """Condition on rows whose client stands at `path` ("pk" on Client itself)."""
    center = "center" if path == "pk" else f"{path}__center"
    right = Right.NOTE_READ if notes else Right.CLIENT_READ
    own = Q(**{f"{center}__in": rights.center_ids(right)})
    shared = _among(path, shared_clients(rights, notes=notes))
    opened = _among(path, opened_clients(rights))
    return (own | shared | opened) & ~Q(**{f"{path}__in": hidden_clients(rights)})


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
        own_center = Q(center__in=rights.center_ids(Right.NOTE_READ))
        mine = Q(**{cls.writer_path: rights.user_id}) | Q(**{cls.responsible_path: rights.user_id})
        own_entries = Q(center__in=rights.center_ids(Right.NOTE_READ, Reach.OWN)) & mine
        shared = _among("client", shared_clients(rights, notes=True))
        visible = own_center | own_entries | shared | _among("client", opened_clients(rights))
        # `client__in` is never true for rows without a client, and NOT IN over NULL would drop them
        return visible & (Q(client__isnull=True) | ~Q(client__in=hidden_clients(rights)))
