"""相談受付票: made from a 相談記録, changed, approved or sent back."""

from collections.abc import Mapping
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.actions.clients import open_case
from cases.actions.entries import NextStep, step_of
from cases.actions.facts import refresh_case_facts
from cases.actions.numbers import Series, take_number
from cases.enums import IntakeState
from cases.models import Case, Consultation, Intake, IntakeVersion
from cases.rules import OPENS_A_CASE
from cases.scoping import not_handed_over
from centers.access import Reach, Right, rights_of
from centers.models import User
from centers.periods import FiscalYear


class StaleIntake(Exception):
    """Somebody has changed or judged the 受付票 since it was opened; `standing` is what holds now."""

    def __init__(self, standing: Intake):
        super().__init__()
        self.standing = standing


class IntakeExists(Exception):
    """The record has its 受付票 already."""

    def __init__(self, standing: Intake):
        super().__init__()
        self.standing = standing


class NobodyToOpenFor(Exception):
    """ケースにする, but the record has no client."""


def editable_intakes(user: User) -> QuerySet[Intake]:
    """Those of the user's centers; 地域支援員 what they wrote."""
    rights = rights_of(user)
    own_center = Q(center__in=rights.center_ids(Right.NOTE_CORRECT))
    own = Q(center__in=rights.center_ids(Right.NOTE_CORRECT, Reach.OWN), written_by=user)
    return Intake.visible_to(user).filter(
        own_center | own, not_handed_over(rights.on, "consultation__client")
    )


def approvable_intakes(user: User) -> QuerySet[Intake]:
    """Those of the centers in which the user approves."""
    rights = rights_of(user)
    here = Intake.visible_to(user).filter(center__in=rights.center_ids(Right.INTAKE_APPROVE))
    return here.filter(not_handed_over(rights.on, "consultation__client"))


@transaction.atomic
def open_intake(
    *,
    consultation: Consultation,
    by: User,
    answers: Mapping[str, Any],
    follow_up: NextStep | None = None,
) -> Intake:
    """Make the 受付票 of a record, waiting for approval. `answers` are Intake.VERSIONED.

    Raises IntakeExists. The number runs by center and 年度 of the contact, without gaps.
    """
    record = (
        Consultation.unscoped.select_for_update(of=("self",))
        .select_related("center__zone")
        .get(pk=consultation.pk)
    )
    if standing := Intake.unscoped.filter(consultation=record).first():
        raise IntakeExists(standing)
    with pghistory.context(user=str(by.pk)):
        intake = Intake.unscoped.create(
            consultation=record,
            center=record.center,
            received_on=record.date,
            number=take_number(record.center, Series.INTAKE, year=FiscalYear.of(record.date)),
            written_by=by,
            **{name: answers[name] for name in Intake.VERSIONED},
        )
        if follow_up:
            step_of(record, follow_up, staff=intake.staff, by=by).save()
            if record.client_id:
                refresh_case_facts([record.client_id])
    return intake


@transaction.atomic
def revise_intake(
    *, intake: Intake, by: User, version: int, changes: Mapping[str, Any], reason: str = ""
) -> Intake:
    """Put the changes in force and ask for approval again; the former text becomes an IntakeVersion.

    What was approved needs a reason. Raises StaleIntake.
    """
    standing = _locked(intake)
    if standing.version != version:
        raise StaleIntake(standing)
    approved = standing.approved
    if approved and not reason:
        raise ValueError("an approved 受付票 is changed with a reason")
    former = content_of(standing)
    for name in Intake.VERSIONED:
        setattr(standing, name, changes.get(name, getattr(standing, name)))
    if content_of(standing) == former and standing.state != IntakeState.RETURNED:
        return standing
    with pghistory.context(user=str(by.pk)):
        IntakeVersion.unscoped.create(
            intake=standing,
            version=standing.version,
            content=former,
            approved=approved,
            reason=reason,
            replaced_by=by,
        )
        standing.version += 1
        standing.state, standing.decided_by, standing.decided_at = IntakeState.WAITING, None, None
        standing.decision_note = ""
        standing.save()
    return standing


@transaction.atomic
def decide_intake(*, intake: Intake, by: User, version: int, approve: bool, note: str = "") -> Intake:
    """承認, or 差し戻し with a note. An approved ケースにする opens the case, or takes an open one up.

    Raises StaleIntake when it was changed or judged since, NobodyToOpenFor.
    """
    standing = _locked(intake)
    if standing.version != version or not standing.waiting:
        raise StaleIntake(standing)
    standing.state = IntakeState.APPROVED if approve else IntakeState.RETURNED
    standing.decided_by, standing.decided_at = by, timezone.now()
    standing.decision_note = "" if approve else note
    with pghistory.context(user=str(by.pk)):
        standing.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
        if approve and standing.plan == OPENS_A_CASE:
            _take_up(standing)
    return standing


def content_of(intake: Intake) -> dict[str, Any]:
    """Intake.VERSIONED as JSON holds them: rows by their ids."""
    return {name: _plain(getattr(intake, name)) for name in Intake.VERSIONED}


def _plain(value: Any) -> Any:
    return str(value.pk) if isinstance(value, models.Model) else value


def _take_up(intake: Intake) -> None:
    record = intake.consultation
    if record.client is None:
        raise NobodyToOpenFor
    case = Case.unscoped.select_for_update().filter(client=record.client, closed_on=None).first()
    if case is None:
        case = open_case(
            client=record.client,
            on=intake.received_on,
            reason=f"相談受付票 {intake.number}",
            responsible=intake.staff,
        )
    else:
        case.responsible = case.responsible or intake.staff
    case.save()
    if record.case_id is None:
        record.case = case
        record.save(update_fields=["case"])
    refresh_case_facts([record.client.pk])


def _locked(intake: Intake) -> Intake:
    rows = Intake.unscoped.select_for_update(of=("self",))
    return rows.select_related("consultation__client__center", "center", "staff", "referred_to").get(
        pk=intake.pk
    )
