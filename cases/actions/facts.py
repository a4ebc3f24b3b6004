"""What a case has from its facts: the roll-up columns (last contact, next step) and its state."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cases.enums import CaseState
from cases.models import Case, CasePlan, Consultation, FollowUp, WorkerHandover
from cases.rules import case_state


def refresh_case_facts(client_ids: Iterable[UUID]) -> int:
    """Bring last_contact_on, last_contact_method, next_due_on and the state of the clients' cases up to date.

    Three statements, however many clients, and one for each state that a case changes to; returns the number of
    cases. Call it in the transaction that changes a record, a follow-up, a plan, an 引継書 or the case itself. Only
    the case's own center counts. 不在 is no contact.
    """
    cases = Case.unscoped.filter(client__in=set(client_ids))
    # Locked first and in one order: what another writer has just saved is seen, and nobody waits in a circle.
    list(cases.order_by("pk").select_for_update().values_list("pk"))
    number = cases.update(**_facts())
    _refresh_states(cases)
    return number


def _refresh_states(cases: QuerySet[Case]) -> None:
    """The one place that writes the state of a case."""
    waiting = WorkerHandover.unscoped.filter(
        case=OuterRef("pk"), received_at__isnull=True, withdrawn_at__isnull=True
    )
    plans = CasePlan.unscoped.filter(case=OuterRef("pk"))
    still_open = cases.filter(closed_on__isnull=True).values("pk", "state", *_READ_BY_RULE)
    changed: dict[CaseState, list[UUID]] = {}
    for row in still_open.annotate(handing_over=Exists(waiting), planned=Exists(plans)).iterator():
        pk, state, watch_until = row.pop("pk"), row.pop("state"), row.pop("watch_until")
        now = case_state(**row, watched=watch_until is not None)
        if now != state:
            changed.setdefault(now, []).append(pk)
    for state, ids in changed.items():
        Case.unscoped.filter(pk__in=ids).update(state=state)


_READ_BY_RULE = ("opened_on", "closed_on", "watch_until", "last_contact_on")


def stale_case_facts() -> QuerySet[Case]:
    """Cases whose roll-up columns are not what records and follow-ups say."""
    live = Case.unscoped.annotate(**{f"live_{name}": value for name, value in _facts().items()})
    same = Q(last_contact_method=F("live_last_contact_method"))
    for name in ("last_contact_on", "next_due_on"):
        same &= Q(**{name: F(f"live_{name}")}) | Q(**{f"{name}__isnull": True, f"live_{name}__isnull": True})
    return live.exclude(pk__in=live.filter(same).values("pk"))


def _facts() -> dict:
    """The roll-up columns as they stand by the records of the outer case."""
    last = _latest_contact()
    return {
        "last_contact_on": Subquery(last.values("date")[:1]),
        "last_contact_method": Coalesce(Subquery(last.values("method")[:1]), Value("")),
        "next_due_on": Subquery(_open_steps().values("due_on")[:1]),
    }


def _latest_contact() -> QuerySet[Consultation]:
    contacts = Consultation.unscoped.standing().filter(
        client=OuterRef("client"), center=OuterRef("center"), unanswered=False
    )
    return contacts.order_by("-date", F("start_time").desc(nulls_last=True), "-created_at")


def _open_steps() -> QuerySet[FollowUp]:
    steps = FollowUp.unscoped.filter(
        client=OuterRef("client"), center=OuterRef("center"), done_on__isnull=True
    )
    return steps.order_by("due_on")
