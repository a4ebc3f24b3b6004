"""後方支援: recorded once for each form, corrected and taken back as any record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction
from django.db.models import QuerySet

from cases.actions.entries import OtherWriter, cases_of
from cases.actions.facts import refresh_case_facts
from cases.actions.merging import present
from cases.actions.versioned import VOID, amend, let_stand, take_back
from cases.enums import FollowUpKind
from cases.models import Client, FollowUp, ProviderSupport, ProviderSupportVersion
from cases.rules import holding_case
from cases.scoping import not_handed_over
from centers.access import Right, rights_of
from centers.models import BusinessItem, Center, Organization, OrganizationPerson, User


@dataclass(frozen=True, kw_only=True)
class Help:
    """What was done, for whom and how; the fields are those of ProviderSupport."""

    date: date
    provider: Organization | None
    provider_name: str
    method: str
    contents: Sequence[str]
    business_item: BusinessItem
    minutes: int | None = None
    person: OrganizationPerson | None = None
    person_name: str = ""
    facts: str = ""
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class SupportStep:
    """What the writer does next about it."""

    due_on: date
    what: str
    due_at: time | None = None
    kind: str = FollowUpKind.OTHER


def writable_supports(user: User) -> QuerySet[ProviderSupport]:
    """Those of the centers for which the user may write 後方支援; not about people who have moved on."""
    rights = rights_of(user)
    here = ProviderSupport.visible_to(user).filter(center__in=rights.center_ids(Right.SUPPORT_WRITE))
    return here.filter(not_handed_over(rights.on))


@transaction.atomic
def record_support(
    *,
    token: UUID,
    by: User,
    center: Center,
    given: Help,
    client: Client | None = None,
    follow_up: SupportStep | None = None,
) -> ProviderSupport:
    """Save one 後方支援 with its next step. `token` becomes its id: posted again it is the one that stands.

    Raises OtherWriter when the token is somebody else's.
    """
    client = present([client])[0] if client else None
    with pghistory.context(user=str(by.pk)):
        support, new = ProviderSupport.unscoped.get_or_create(
            pk=token,
            defaults={
                **vars(given),
                "center": center,
                "client": client,
                "case": _case(client, center, given.date),
                "staff": getattr(by, "staff_member", None),
                "written_by": by,
            },
        )
        if support.written_by_id != by.pk:
            raise OtherWriter
        if new and follow_up:
            support.next_step = _step(support, follow_up)
            support.save(update_fields=["next_step"])
    return support


def _case(client: Client | None, center: Center, on: date):
    return holding_case(cases_of([client.pk], center).get(client.pk, []), on) if client else None


def _step(support: ProviderSupport, step: SupportStep) -> FollowUp:
    made = FollowUp.unscoped.create(
        center_id=support.center_id,
        client_id=support.client_id,
        staff_id=support.staff_id,
        written_by_id=support.written_by_id,
        **vars(step),
    )
    if support.client_id:
        refresh_case_facts([support.client_id])
    return made


@transaction.atomic
def correct_support(
    *, support: ProviderSupport, by: User, version: int, changes: Mapping[str, Any], reason: str
) -> ProviderSupport:
    """Put the changes in force; the former text becomes a ProviderSupportVersion. Raises what amend raises."""
    standing = _locked(support)
    if amend(
        standing,
        ProviderSupportVersion,
        "support",
        by=by,
        version=version,
        changes=changes,
        reason=reason,
    ):
        _save(standing, by, "version", *changes)
    return standing


@transaction.atomic
def void_support(
    *, support: ProviderSupport, by: User, version: int, reason: str, note: str = ""
) -> ProviderSupport:
    """Take it back: it stays readable and leaves every figure. Raises what take_back raises; done twice is once."""
    standing = _locked(support)
    if take_back(standing, by=by, version=version, reason=reason, note=note):
        _save(standing, by, *VOID)
    return standing


@transaction.atomic
def restore_support(*, support: ProviderSupport, by: User) -> ProviderSupport:
    """Let one that was taken back stand again."""
    standing = _locked(support)
    let_stand(standing)
    _save(standing, by, *VOID)
    return standing


def _locked(support: ProviderSupport) -> ProviderSupport:
    rows = ProviderSupport.unscoped.select_for_update(of=("self",)).select_related("business_item")
    return rows.get(pk=support.pk)


def _save(support: ProviderSupport, by: User, *fields: str) -> None:
    with pghistory.context(user=str(by.pk)):
        support.save(update_fields=fields)
