"""訂正, 取り消し and taking that back. A record is never overwritten and never deleted."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.actions.facts import refresh_case_facts
from cases.actions.notes import index_notes
from cases.models import Consultation, ConsultationVersion
from cases.scoping import not_handed_over
from centers.access import Reach, Right, rights_of
from centers.models import BusinessItem, User


class StaleRecord(Exception):
    """Somebody has changed the record since it was opened; `standing` is what holds now."""

    def __init__(self, standing: Consultation):
        super().__init__()
        self.standing = standing


def correctable_by(user: User) -> QuerySet[Consultation]:
    """Records that the user may correct and take back: those of their centers; 地域支援員 what they wrote."""
    rights = rights_of(user)
    own_center = Q(center__in=rights.center_ids(Right.NOTE_CORRECT))
    own_entry = Q(center__in=rights.center_ids(Right.NOTE_CORRECT, Reach.OWN), written_by=user)
    return Consultation.visible_to(user).filter(own_center | own_entry, not_handed_over(rights.on))


def people_in_entry(consultation: Consultation) -> int:
    """How many records the entry made: one a person, whether or not the asker may read them all."""
    return Consultation.unscoped.filter(group=consultation.group).count()


def snapshot(consultation: Consultation) -> dict[str, Any]:
    """The versioned fields as JSON holds them: days and times in ISO form, the 業務項目 by its code."""
    return {name: _plain(getattr(consultation, name)) for name in Consultation.VERSIONED}


def _plain(value: Any) -> Any:
    match value:
        case date() | time():
            return value.isoformat()
        case BusinessItem():
            return value.code
    return value


@transaction.atomic
def correct_consultation(
    *, consultation: Consultation, by: User, version: int, changes: Mapping[str, Any], reason: str
) -> Consultation:
    """Put the changes of VERSIONED fields in force; the former text becomes a ConsultationVersion.

    `version` is the one that the writer had before them. The 業務項目 is given by its code in the record's catalogue. Nothing to change makes no version.
    Raises StaleRecord when another one holds by now, or when the record has been taken back.
    """
    standing = _locked(consultation)
    if standing.version != version or standing.voided_at:
        raise StaleRecord(standing)
    unknown = set(changes) - set(Consultation.VERSIONED)
    if unknown:
        raise ValueError(f"not versioned: {sorted(unknown)}")
    former = snapshot(standing)
    for name, value in changes.items():
        setattr(standing, name, _item(standing, value) if name == "business_item" else value)
    if snapshot(standing) == former:
        return standing
    ConsultationVersion.unscoped.create(
        consultation=standing, version=standing.version, content=former, reason=reason, replaced_by=by
    )
    standing.version += 1
    _save(standing, by, "version", *changes)
    index_notes([standing])
    return standing


@transaction.atomic
def void_consultation(
    *, consultation: Consultation, by: User, version: int, reason: str, note: str = ""
) -> Consultation:
    """Take the record back: it stays readable, and leaves figures and the case's facts.

    Raises StaleRecord when its text is not the one that was confirmed. Done twice is done once.
    """
    standing = _locked(consultation)
    if standing.voided_at:
        return standing
    if standing.version != version:
        raise StaleRecord(standing)
    standing.voided_at, standing.voided_by = timezone.now(), by
    standing.void_reason, standing.void_note = reason, note
    _save(standing, by, *_VOID)
    return standing


@transaction.atomic
def restore_consultation(*, consultation: Consultation, by: User) -> Consultation:
    """Let a record that was taken back stand again; the change history keeps that it was."""
    standing = _locked(consultation)
    standing.voided_at = standing.voided_by = None
    standing.void_reason = standing.void_note = ""
    _save(standing, by, *_VOID)
    return standing


def _item(standing: Consultation, code: str) -> BusinessItem:
    return BusinessItem.objects.get(catalogue=standing.business_item.catalogue_id, code=code)


_VOID = ("voided_at", "voided_by", "void_reason", "void_note")


def _locked(consultation: Consultation) -> Consultation:
    rows = Consultation.unscoped.select_for_update(of=("self",)).select_related("client", "business_item")
    return rows.get(pk=consultation.pk)


def _save(consultation: Consultation, by: User, *fields: str) -> None:
    with pghistory.context(user=str(by.pk)):
        consultation.save(update_fields=fields)
        if consultation.client_id:
            refresh_case_facts([consultation.client_id])
