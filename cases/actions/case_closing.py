"""終結 of a case: nothing that was promised is left lying."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pghistory
from django.db import transaction
from django.db.models import QuerySet

from cases.actions.casework import CaseMoved, locked_case
from cases.actions.facts import refresh_case_facts
from cases.actions.worker_handover import waiting_of
from cases.enums import CaseState, StepFate
from cases.models import Case, CaseClosing, FollowUp
from centers.models import User

DROPPED, HANDED = "終結のため", "引き継いだ: {to}"


class StepsLeft(Exception):
    """Next steps were put in after the form was opened: they want a decision, too."""


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What is said at the end; `code` of CodeList.CASE_CLOSING, `reason` its words with what was added."""

    closed_on: date
    code: str
    reason: str
    summary: str
    remains: str = ""


def steps_to_decide(case: Case) -> QuerySet[FollowUp]:
    """The open next steps of the person at the case's center, the most urgent first."""
    return (
        FollowUp.unscoped.filter(client=case.client_id, center=case.center_id, done_on__isnull=True)
        .select_related("staff")
        .order_by("due_on", "due_at", "id")
    )


@transaction.atomic
def close_case(
    *, case: Case, by: User, on: date, ending: Ending, fates: Mapping[UUID, tuple[StepFate, str]]
) -> Case:
    """Close the case. `fates`: step → what becomes of it, and to whom a handed over one went.

    Raises CaseMoved when it was closed before or an 引継書 waits, StepsLeft when an open step has no fate.
    """
    with pghistory.context(user=str(by.pk)):
        standing = locked_case(case)
        if waiting_of(standing):
            raise CaseMoved
        steps = list(steps_to_decide(standing).select_related(None).select_for_update())
        if any(step.pk not in fates for step in steps):
            raise StepsLeft
        for step in steps:
            _settle(step, by, on, *fates[step.pk])
        standing.closed_on, standing.state = ending.closed_on, CaseState.CLOSED
        standing.closed_code, standing.closed_reason = ending.code, ending.reason
        standing.save(update_fields=["closed_on", "state", "closed_code", "closed_reason"])
        CaseClosing.unscoped.create(
            case=standing,
            center_id=standing.center_id,
            client_id=standing.client_id,
            summary=ending.summary,
            remains=ending.remains,
            written_by=by,
        )
        refresh_case_facts([standing.client_id])
    return standing


def _settle(step: FollowUp, by: User, on: date, fate: StepFate, to: str) -> None:
    step.done_on, step.done_by = on, by
    step.dropped_reason = {
        StepFate.DONE: "",
        StepFate.DROPPED: DROPPED,
        StepFate.HANDED: HANDED.format(to=to),
    }[fate][:200]
    step.save(update_fields=["done_on", "done_by", "dropped_reason"])
