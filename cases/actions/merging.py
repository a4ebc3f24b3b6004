"""統合 of two registrations of one center, and taking it back as a whole."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pghistory
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from cases.actions.addresses import correct_running
from cases.actions.clients import search_keys
from cases.actions.facts import refresh_case_facts
from cases.enums import CaseState
from cases.merges import Relation, choosable, columns_of_choice, following
from cases.models import Case, Client, ClientMerge, ConflictOfInterest, Draft
from centers.models import User

CLOSED_BY_MERGE = "統合"
_encode = DjangoJSONEncoder().default
# "app.Model" → id → column → [before, after]
Former = dict[str, dict[str, dict[str, list]]]


class AlreadyMerged(Exception):
    """One of the two is a stub already, or the merge was taken back before."""


class MergedOn(Exception):
    """The registration that stayed was itself merged into another since; that is to be taken back first."""


class ChangedMeanwhile(Exception):
    """The basic data of one of the two are no longer those that were compared."""


def present(clients: Sequence[Client]) -> list[Client]:
    """The clients as they stand: who was merged meanwhile gives way to the registration that stays.

    Holds them until the transaction is over, so that a merge waits for what is being written. Two statements.
    """
    if not clients:
        return []
    ids = [client.pk for client in clients]
    list(Client.unscoped.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    merges = ClientMerge.unscoped.standing().filter(loser__in=ids).select_related("winner__center")
    winners = {merge.loser_id: merge.winner for merge in merges}
    standing = {client.pk: client for client in (winners.get(one.pk, one) for one in clients)}
    return list(standing.values())


@transaction.atomic
def merge_clients(
    *,
    pk: UUID,
    winner: Client,
    loser: Client,
    by: User,
    on: date,
    reason: str,
    taken: Collection[str] = (),
    versions: tuple[int, int] | None = None,
) -> ClientMerge:
    """All that hangs on the loser goes to the winner, who takes over the columns named in `taken` (merges.choosable).

    `pk` is the form's token: sent twice is done once. Both rows are locked in one order. Where both have an open
    case, the loser's is closed on the day. A row that is in the way of the winner's own (a second handbook of one
    kind) stays with the stub. Raises AlreadyMerged; ChangedMeanwhile when `versions` (winner's, loser's) are old.
    """
    winner, loser = _locked(winner.pk, loser.pk)
    if done := ClientMerge.unscoped.standing().filter(pk=pk, winner=winner, loser=loser).first():
        return done
    if ClientMerge.unscoped.standing().filter(loser__in=[winner.pk, loser.pk]).exists():
        raise AlreadyMerged
    if versions and versions != (winner.version, loser.version):
        raise ChangedMeanwhile
    if winner.center_id != loser.center_id or winner.pk == loser.pk:
        raise ValueError("two registrations of one center are merged")
    with pghistory.context(user=str(by.pk)):
        former: Former = {}
        _close_second_case(winner, loser, on, former)
        moved = {relation.key: _move(relation, loser, winner) for relation in following()}
        _rename_in_drafts(moved["cases.Draft.client"], loser, winner)
        _take_columns(winner, loser, taken, former)
        Client.unscoped.filter(pk__in=[winner.pk, loser.pk]).update(version=F("version") + 1)
        for client in Client.unscoped.filter(pk__in=[winner.pk, loser.pk]):
            correct_running(client)
        refresh_case_facts([winner.pk, loser.pk])
        return ClientMerge.unscoped.create(
            id=pk,
            center=winner.center,
            winner=winner,
            loser=loser,
            reason=reason,
            moved={key: ids for key, ids in moved.items() if ids},
            former=former,
            merged_by=by,
        )


@transaction.atomic
def undo_merge(*, merge: ClientMerge, by: User, reason: str) -> ClientMerge:
    """Take the merge back as a whole: what went over goes back, columns and the case are as they were before.

    What was changed by hand since stays as it was changed, what was added since stays with the winner.
    Raises AlreadyMerged when it was taken back before, and MergedOn.
    """
    winner, loser = _locked(merge.winner_id, merge.loser_id)
    standing = ClientMerge.unscoped.select_for_update(of=("self",)).get(pk=merge.pk)
    if standing.undone_at:
        raise AlreadyMerged
    if ClientMerge.unscoped.standing().filter(loser=winner).exists():
        raise MergedOn
    with pghistory.context(user=str(by.pk)):
        for relation in following():
            ids = standing.moved.get(relation.key, [])
            back = relation.rows.filter(pk__in=ids, **{relation.field: winner})
            back.update(**{relation.field: loser})
        _keep_conflicts(standing, by)
        _rename_in_drafts(standing.moved.get("cases.Draft.client", []), winner, loser)
        _put_back(standing.former)
        Client.unscoped.filter(pk__in=[winner.pk, loser.pk]).update(version=F("version") + 1)
        for client in Client.unscoped.filter(pk__in=[winner.pk, loser.pk]):
            correct_running(client)
        refresh_case_facts([winner.pk, loser.pk])
        standing.undone_at, standing.undone_by, standing.undo_reason = timezone.now(), by, reason
        standing.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    return standing


def _locked(*pks: UUID) -> list[Client]:
    """The clients in the order asked for, locked in the order of their ids."""
    rows = Client.unscoped.filter(pk__in=pks).select_related("center").order_by("pk")
    found = {client.pk: client for client in rows.select_for_update(of=("self",))}
    return [found[pk] for pk in pks]


def _close_second_case(winner: Client, loser: Client, on: date, former: Former) -> None:
    cases = Case.unscoped.filter(client__in=[winner, loser], closed_on__isnull=True)
    found = {case.client_id: case for case in cases.order_by("pk").select_for_update(of=("self",))}
    if len(found) < 2:
        return
    case = found[loser.pk]
    closed = {
        "state": CaseState.CLOSED,
        "closed_on": max(on, case.opened_on),
        "closed_reason": CLOSED_BY_MERGE,
    }
    _note(former, case, closed)
    Case.unscoped.filter(pk=case.pk).update(**closed)


def _move(relation: Relation, loser: Client, winner: Client) -> list:
    """Ids of the rows that went over, as JSON holds them."""
    rows = relation.rows.filter(**{relation.field: loser}).exclude(**_itself(relation, winner))
    ids = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    if relation.may_collide:
        ids = [pk for pk in ids if _moved_alone(relation, pk, winner)]
    elif ids:
        relation.rows.filter(pk__in=ids).update(**{relation.field: winner})
    return [pk if isinstance(pk, int) else str(pk) for pk in ids]


def _itself(relation: Relation, winner: Client) -> dict[str, Any]:
    """The winner is no predecessor of itself."""
    return {"pk": winner.pk} if relation.model is Client else {"pk__in": []}


def _moved_alone(relation: Relation, pk, winner: Client) -> bool:
    try:
        with transaction.atomic():
            relation.rows.filter(pk=pk).update(**{relation.field: winner})
    except IntegrityError:
        return False
    return True


def _keep_conflicts(merge: ClientMerge, by: User) -> None:
    """Who is not to see the winner since the merge was not to see the loser either: nobody knew which of the two."""
    since = ConflictOfInterest.unscoped.filter(lifted_at=None, declared_at__gte=merge.merged_at)
    for conflict in since.filter(client=merge.winner_id):
        ConflictOfInterest.unscoped.get_or_create(
            client_id=merge.loser_id,
            user_id=conflict.user_id,
            lifted_at=None,
            defaults={"reason": conflict.reason, "declared_by": by},
        )


def _rename_in_drafts(ids: Iterable, one: Client, other: Client) -> None:
    """What is typed in a draft names its people too."""
    for draft in Draft.unscoped.filter(pk__in=list(ids)):
        people = draft.content.get("clients", [])
        draft.content["clients"] = [str(other.pk) if pk == str(one.pk) else pk for pk in people]
        Draft.unscoped.filter(pk=draft.pk).update(content=draft.content)


def _take_columns(winner: Client, loser: Client, taken: Collection[str], former: Former) -> None:
    names = [field.name for field in choosable() if field.name in taken]
    values: dict[str, Any] = {
        column: getattr(loser, column) for name in names for column in columns_of_choice(name)
    }
    if winner.previous_id is None and loser.previous_id not in (None, winner.pk):
        values["previous"] = loser.previous
    if not values:
        return
    told = Client.unscoped.get(pk=winner.pk)
    for column, value in values.items():
        setattr(told, column, value)
    values |= search_keys(told)
    _note(former, winner, values)
    Client.unscoped.filter(pk=winner.pk).update(**values)


def _note(former: Former, row: models.Model, values: dict[str, Any]) -> None:
    """What stands in the row before the values are put there."""
    columns = {}
    for name, value in values.items():
        column = _attname(row, name)
        after = value.pk if isinstance(value, models.Model) else value
        columns[name] = [_plain(getattr(row, column)), _plain(after)]
    former.setdefault(row._meta.label, {})[str(row.pk)] = columns


def _attname(row: models.Model, name: str) -> str:
    return row._meta.get_field(name).attname  # type: ignore[union-attr]  # columns alone are asked for


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | list) else _encode(value)


def _put_back(former: Former) -> None:
    """Each column as it was, unless somebody has changed it since."""
    for model in (Case, Client):
        for pk, columns in former.get(model._meta.label, {}).items():
            row = model._base_manager.get(pk=pk)
            untouched = {
                _attname(row, name): before
                for name, (before, after) in columns.items()
                if _plain(getattr(row, _attname(row, name))) == after
            }
            if model is Case and len(untouched) < len(columns):
                continue  # reopened or closed anew by hand: its state is one thing
            model._base_manager.filter(pk=pk).update(**untouched)


def added_since(merge: ClientMerge) -> int:
    """How many records, steps and papers of the winner were written since."""
    number = 0
    for relation in following():
        for stamp in ("created_at", "added_at"):
            if any(field.name == stamp for field in relation.model._meta.local_fields):
                rows = relation.rows.filter(
                    **{relation.field: merge.winner_id, f"{stamp}__gt": merge.merged_at}
                )
                number += rows.count()
    return number
