"""成年後見 and 差別解消: begun, changed by one at a time, and moved from stage to stage."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.actions.merging import present
from cases.enums import GuardianshipStage
from cases.models import Client, DiscriminationConsultation, GuardianshipStep, GuardianshipSupport
from cases.scoping import not_handed_over
from centers.access import Right, rights_of
from centers.models import Center, User

Row = TypeVar("Row", GuardianshipSupport, DiscriminationConsultation)


class LastStage(Exception):
    """The only stage that is left cannot be taken back."""


def changeable(model: type[Row], user: User) -> QuerySet[Row]:
    """Rows that the user may change: those they read, of their own centers; not of people who have moved on."""
    rights = rights_of(user)
    here = model.visible_to(user).filter(center__in=rights.center_ids(Right.NOTE_WRITE))
    return here.filter(not_handed_over(rights.on))


@transaction.atomic
def begin_guardianship(
    *,
    pk: UUID,
    client: Client,
    center: Center,
    by: User,
    on: date,
    stage: GuardianshipStage,
    fields: Mapping[str, Any],
) -> GuardianshipSupport:
    """Begin the support in a stage on a day; idempotent by `pk`."""
    (client,) = present([client])  # of two posts of one form the second finds the first
    if standing := GuardianshipSupport.unscoped.filter(pk=pk, written_by=by).first():
        return standing
    with pghistory.context(user=str(by.pk)):
        support = GuardianshipSupport.unscoped.create(
            id=pk, client=client, center=center, written_by=by, stage=stage, stage_on=on, **fields
        )
        GuardianshipStep.unscoped.create(support=support, stage=stage, on=on, written_by=by)
    return support


@transaction.atomic
def enter_stage(
    *, pk: UUID, support: GuardianshipSupport, by: User, stage: GuardianshipStage, on: date, note: str = ""
) -> GuardianshipStep:
    """The support has come to a stage; idempotent by `pk`."""
    standing = GuardianshipSupport.unscoped.select_for_update(of=("self",)).get(pk=support.pk)
    with pghistory.context(user=str(by.pk)):
        step, made = GuardianshipStep.unscoped.get_or_create(
            id=pk, defaults={"support": standing, "stage": stage, "on": on, "note": note, "written_by": by}
        )
        if made:
            _settle(standing)
    return step


@transaction.atomic
def void_stage(*, step: GuardianshipStep, by: User) -> GuardianshipStep:
    """Take a stage back. Raises LastStage for the only one that is left."""
    support = GuardianshipSupport.unscoped.select_for_update(of=("self",)).get(pk=step.support_id)
    left = GuardianshipStep.unscoped.filter(support=support, voided_at__isnull=True)
    if not left.exclude(pk=step.pk).exists():
        raise LastStage
    with pghistory.context(user=str(by.pk)):
        left.filter(pk=step.pk).update(voided_at=timezone.now(), voided_by=by)
        _settle(support)
    return step


@transaction.atomic
def take_discrimination(
    *, pk: UUID, center: Center, by: User, client: Client | None, fields: Mapping[str, Any]
) -> DiscriminationConsultation:
    """Take a 差別解消 consultation, about a client or about nobody registered; idempotent by `pk`."""
    client = present([client])[0] if client else None
    with pghistory.context(user=str(by.pk)):
        row, _ = DiscriminationConsultation.unscoped.get_or_create(
            id=pk, written_by=by, defaults={"center": center, "client": client, **fields}
        )
    return row


def _settle(support: GuardianshipSupport) -> None:
    """The stage of the latest day; of one day, the one entered last."""
    last = GuardianshipStep.unscoped.filter(support=support, voided_at__isnull=True).latest(
        "on", "created_at"
    )
    support.stage, support.stage_on = last.stage, last.on
    support.save(update_fields=["stage", "stage_on"])
