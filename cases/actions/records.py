"""訂正, 取り消し and taking that back. A record is never overwritten and never deleted."""

from collections.abc import Mapping
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q, QuerySet

from cases.actions.closing import require_changeable
from cases.actions.facts import refresh_case_facts
from cases.actions.notes import index_notes
from cases.actions.versioned import VOID, StaleRecord, amend, let_stand, snapshot, take_back
from cases.models import Consultation, ConsultationVersion
from cases.scoping import not_handed_over
from centers.access import Reach, Right, rights_of
from centers.models import User

__all__ = [
    "StaleRecord",
    "correct_consultation",
    "correctable_by",
    "people_in_entry",
    "restore_consultation",
    "snapshot",
    "void_consultation",
]


def correctable_by(user: User) -> QuerySet[Consultation]:
    """Records that the user may correct and take back: those of their centers; 地域支援員 what they wrote."""
    rights = rights_of(user)
    own_center = Q(center__in=rights.center_ids(Right.NOTE_CORRECT))
    own_entry = Q(center__in=rights.center_ids(Right.NOTE_CORRECT, Reach.OWN), written_by=user)
    return Consultation.visible_to(user).filter(own_center | own_entry, not_handed_over(rights.on))


def people_in_entry(consultation: Consultation) -> int:
    """How many records the entry made: one a person, whether or not the asker may read them all."""
    return Consultation.unscoped.filter(group=consultation.group).count()


@transaction.atomic
def correct_consultation(
    *, consultation: Consultation, by: User, version: int, changes: Mapping[str, Any], reason: str
) -> Consultation:
    """Put the changes of VERSIONED fields in force; the former text becomes a ConsultationVersion.

    `version` is the one that the writer had before them. Nothing to change makes no version. Raises what amend raises,
    and MonthIsClosed.
    """
    standing = _locked(consultation)
    require_changeable(by, standing.center, {standing.date, changes.get("date", standing.date)})
    if amend(
        standing,
        ConsultationVersion,
        "consultation",
        by=by,
        version=version,
        changes=changes,
        reason=reason,
    ):
        _save(standing, by, "version", *changes)
        index_notes([standing])
    return standing


def version_of(
    consultation: Consultation, former: Mapping[str, Any], *, by: User, reason: str
) -> ConsultationVersion:
    """What stood in the record's present version, not saved yet."""
    return ConsultationVersion(
        consultation=consultation,
        version=consultation.version,
        content=former,
        reason=reason,
        replaced_by=by,
    )


@transaction.atomic
def void_consultation(
    *, consultation: Consultation, by: User, version: int, reason: str, note: str = ""
) -> Consultation:
    """Take the record back: it stays readable, and leaves figures and the case's facts.

    Raises StaleRecord when its text is not the one that was confirmed; MonthIsClosed. Done twice is done once.
    """
    standing = _locked(consultation)
    if not standing.voided_at:
        require_changeable(by, standing.center, [standing.date])
    if take_back(standing, by=by, version=version, reason=reason, note=note):
        _save(standing, by, *VOID)
    return standing


@transaction.atomic
def restore_consultation(*, consultation: Consultation, by: User) -> Consultation:
    """Let a record that was taken back stand again; the change history keeps that it was. Raises MonthIsClosed."""
    standing = _locked(consultation)
    require_changeable(by, standing.center, [standing.date])
    let_stand(standing)
    _save(standing, by, *VOID)
    return standing


def _locked(consultation: Consultation) -> Consultation:
    rows = Consultation.unscoped.select_for_update(of=("self",)).select_related(
        "client", "business_item", "center"
    )
    return rows.get(pk=consultation.pk)


def _save(consultation: Consultation, by: User, *fields: str) -> None:
    with pghistory.context(user=str(by.pk)):
        consultation.save(update_fields=fields)
        if consultation.client_id:
            refresh_case_facts([consultation.client_id])
