"""The course of a case: opened, opened again, given to a worker, its priority and 見守り."""

from datetime import date

import pghistory
from django.db import transaction
from django.urls import reverse

from cases.actions.facts import refresh_case_facts
from cases.models import Case, CaseMember, Client
from centers.models import StaffMember, User
from centers.notices import tell_user

ASSIGNED = "case_assigned"


class CaseMoved(Exception):
    """The case is no longer what the page showed: somebody opened, closed or handed it over first."""


@transaction.atomic
def open_case(
    *,
    client: Client,
    by: User,
    on: date,
    opened_on: date,
    reason: str,
    priority: str,
    responsible: StaffMember | None,
) -> Case:
    """A case for a client who has none open. After a closed one it is linked to it, and as restricted as it was.

    Raises CaseMoved when one is open already.
    """
    with pghistory.context(user=str(by.pk)):
        earlier = list(Case.unscoped.select_for_update().filter(client=client).order_by("opened_on"))
        if any(case.closed_on is None for case in earlier):
            raise CaseMoved
        previous = earlier[-1] if earlier else None
        case = Case.unscoped.create(
            center_id=client.center_id,
            client=client,
            opened_on=opened_on,
            reason=reason,
            priority=priority,
            responsible=responsible,
            previous=previous,
            restricted=bool(previous and previous.restricted),
            restricted_reason=previous.restricted_reason if previous else "",
        )
        if previous:
            _copy_members(previous, case)
        refresh_case_facts([client.pk])
        _tell(case, by)
    return case


def _copy_members(previous: Case, case: Case) -> None:
    CaseMember.unscoped.bulk_create(
        CaseMember(case=case, user_id=user)
        for user in CaseMember.unscoped.filter(case=previous).values_list("user", flat=True)
    )


@transaction.atomic
def assign_case(*, case: Case, by: User, staff: StaffMember) -> Case:
    """Give a case that nobody answers for to somebody. Raises CaseMoved when somebody does, or it was closed."""
    with pghistory.context(user=str(by.pk)):
        standing = locked_case(case)
        if standing.responsible_id:
            raise CaseMoved
        standing.responsible = staff
        standing.save(update_fields=["responsible"])
        _tell(standing, by)
    return standing


@transaction.atomic
def set_course(*, case: Case, by: User, priority: str, watch: tuple[str, date] | None) -> Case:
    """Priority, and 見守り as (reason, day to look again) or none. Raises CaseMoved when the case was closed."""
    with pghistory.context(user=str(by.pk)):
        standing = locked_case(case)
        standing.priority = priority
        standing.watch_reason, standing.watch_until = watch or ("", None)
        standing.save(update_fields=["priority", "watch_reason", "watch_until"])
        refresh_case_facts([standing.client_id])
    standing.refresh_from_db()
    return standing


def locked_case(case: Case) -> Case:
    """The case as it stands, open, for the rest of the transaction. Raises CaseMoved when it was closed."""
    standing = Case.unscoped.select_for_update(of=("self",)).get(pk=case.pk)
    if standing.closed_on:
        raise CaseMoved
    return standing


def _tell(case: Case, by: User) -> None:
    """The worker who was given the case by somebody else; without a name or number."""
    user = case.responsible and case.responsible.user
    if user and user.pk != by.pk:
        tell_user(
            user,
            kind=ASSIGNED,
            icon="swap",
            title="担当のケースが決まりました",
            body="あなたが担当になったケースがあります。",
            path=reverse("cases:case", args=[case.client_id]),
        )
