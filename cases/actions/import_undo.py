"""Taking an import back as a whole, while nobody has built on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pghistory
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from cases.actions.facts import refresh_case_facts
from cases.actions.imports import LINKS, lock_imports
from cases.enums import ImportKind
from cases.models import (
    Case,
    Client,
    ClientDisability,
    ClientPhone,
    Consent,
    Consultation,
    Handbook,
    ImportBatch,
    ImportedRow,
    NoteIndex,
    PlanCase,
)
from centers.models import User

# What an import makes, in the order in which it can be deleted.
_MADE: dict[str, tuple[tuple[type[models.Model], str], ...]] = {
    ImportKind.CLIENTS: (
        (Consent, "client"),
        (Handbook, "client"),
        (ClientDisability, "client"),
        (ClientPhone, "client"),
        (Case, "client"),
        (Client, "pk"),
    ),
    ImportKind.CONSULTATIONS: ((NoteIndex, "consultation"), (Consultation, "pk")),
    ImportKind.PLAN_CASES: ((PlanCase, "pk"),),
}


@dataclass(frozen=True)
class Obstacle:
    """Something that hangs on a row of the batch, or has changed it."""

    line: int
    what: str


class AlreadyUndone(Exception):
    """The batch was taken back before."""


class BuiltOn(Exception):
    """Others have gone on with what the batch brought."""

    def __init__(self, obstacles: list[Obstacle]):
        super().__init__()
        self.obstacles = obstacles


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: User, reason: str = "") -> ImportBatch:
    """Delete what the batch brought; the batch stays, and the change history keeps the trail.

    A fixed number of statements. Raises AlreadyUndone, and BuiltOn when a row was changed or is referred to by
    anything that the batch did not bring.
    """
    lock_imports(batch.center)
    standing = ImportBatch.unscoped.select_for_update(of=("self",)).select_related("center").get(pk=batch.pk)
    if standing.undone_at:
        raise AlreadyUndone
    # locked, so that nobody can hang anything on them while the obstacles are looked for
    made = list(_main(standing).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if obstacles := sorted(_obstacles(standing), key=lambda obstacle: (obstacle.line, obstacle.what)):
        raise BuiltOn(obstacles)
    clients = _clients_concerned(standing)
    with pghistory.context(user=str(by.pk)):
        ImportedRow.unscoped.filter(batch=standing).delete()
        for model, path in _MADE[standing.kind]:
            model._default_manager.filter(**{f"{path}__in": made}).delete()
        refresh_case_facts(clients)
        standing.undone_at, standing.undone_by, standing.undo_reason = timezone.now(), by, reason
        standing.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    return standing


def _main(batch: ImportBatch) -> models.QuerySet:
    """The objects that the rows of the batch became."""
    model, _ = _MADE[batch.kind][-1]
    return model._default_manager.filter(imported_rows__batch=batch)


def _clients_concerned(batch: ImportBatch) -> set:
    if batch.kind != ImportKind.CONSULTATIONS:
        return set()
    return set(_main(batch).exclude(client=None).values_list("client", flat=True))


def _obstacles(batch: ImportBatch) -> Iterator[Obstacle]:
    for model, path in _MADE[batch.kind]:
        if path == "pk" or model is Case:
            yield from _changes(batch, model, path)
            yield from _references(batch, model, path)


def _lines(batch: ImportBatch) -> dict:
    rows = ImportedRow.unscoped.filter(batch=batch)
    return dict(rows.values_list(LINKS[ImportKind(batch.kind)], "line"))


def _of_batch(batch: ImportBatch, model: type[models.Model], path: str) -> models.QuerySet:
    return model._default_manager.filter(**{f"{path}__in": _main(batch).values("pk")})


def _changes(batch: ImportBatch, model: type[models.Model], path: str) -> Iterator[Obstacle]:
    """Rows of the model that the change history knows an update of; roll-ups make none."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects
    own = _of_batch(batch, model, path)
    changed = events.filter(pgh_obj__in=own.values("pk"), pgh_label="update")
    if model is Case:
        changed = changed.filter(pgh_id__in=_beyond_state(events, changed))
    lines = _lines(batch)
    owner = "pgh_obj" if path == "pk" else path
    for pk in changed.order_by(owner).values_list(owner, flat=True).distinct():
        yield Obstacle(lines[pk], f"{_name(model)}が変更されています")


def _beyond_state(events, changed: models.QuerySet) -> list[int]:
    """Updates of cases that changed more than their state, which follows from what hangs on them by itself."""
    first = {
        row["pgh_obj_id"]: row
        for row in events.filter(pgh_label="insert", pgh_obj__in=changed.values("pgh_obj")).values()
    }
    return [
        row["pgh_id"]
        for row in changed.values()
        if any(
            value != first[row["pgh_obj_id"]][name]
            for name, value in row.items()
            if name != "state" and not name.startswith("pgh_")
        )
    ]


def _references(batch: ImportBatch, model: type[models.Model], path: str) -> Iterator[Obstacle]:
    """Rows of any model that refer to the model's, but for those that the batch brought itself."""
    own = {made for made, _ in _MADE[batch.kind] if made is not model} | {ImportedRow}
    lines = _lines(batch)
    for other, name in _referring(model):
        if other in own:
            continue
        to_owner = name if path == "pk" else f"{name}__{path}"
        found = other._default_manager.filter(**{f"{name}__in": _of_batch(batch, model, path).values("pk")})
        counted = found.order_by().values(to_owner).annotate(number=models.Count("pk"))
        for owner, number in counted.values_list(to_owner, "number"):
            yield Obstacle(lines[owner], f"{_name(other)} {number}件")


def _referring(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    """Models with a foreign key to the model, and its name; the change history aside."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and not hasattr(
            relation.related_model, "pgh_tracked_model"
        ):
            yield relation.related_model, relation.field.name


_NAMES = {
    "client": "利用者の基本情報",
    "case": "ケース",
    "consultation": "相談記録",
    "consultationversion": "訂正",
    "plancase": "計画相談",
    "followup": "次の予定",
    "anonymousthread": "匿名の相談者",
    "sharegrant": "共有",
    "breakglass": "緊急閲覧",
    "casemember": "閲覧できる人",
    "draft": "下書き",
    "sheetsection": "フェイスシート",
    "sheetdate": "期限の日",
    "clientaddress": "住所",
    "grantedservice": "支給決定",
    "relatedperson": "家族・関係者",
    "supporter": "支援者",
    "attachment": "添付ファイル",
    "paperoriginal": "紙の控え",
    "clientmerge": "統合",
    "disclosure": "開示請求",
    "identification": "だれかわかった記録",
    "intake": "相談受付票",
    "assessment": "アセスメント",
    "workerhandover": "引継書",
    "caseplan": "支援の計画",
    "caseclosing": "終結の記録",
    "conflictofinterest": "記録を見ない決め",
    "pin": "ピン留め",
}


def _name(model: type[models.Model]) -> str:
    return _NAMES.get(model._meta.model_name or "", str(model._meta.verbose_name))
