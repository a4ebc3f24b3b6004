"""支援の目標と計画: each change is a version of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

import pghistory
from django.db import transaction

from cases.actions.casework import locked_case
from cases.actions.facts import refresh_case_facts
from cases.models import Case, CaseGoal, CasePlan
from centers.models import User


class StalePlan(Exception):
    """Somebody has written a newer version since the form was opened; `standing` is it."""

    def __init__(self, standing: CasePlan | None):
        super().__init__()
        self.standing = standing


@transaction.atomic
def write_plan(
    *, case: Case, by: User, version: int, fields: Mapping[str, Any], goals: Sequence[Mapping[str, Any]]
) -> CasePlan:
    """The next version. `version` is the one that the writer had before them, 0 for none.

    Raises StalePlan, and CaseMoved when the case was closed.
    """
    with pghistory.context(user=str(by.pk)):
        standing = locked_case(case)
        last = latest_plan(standing)
        if (last.version if last else 0) != version:
            raise StalePlan(last)
        plan = CasePlan.unscoped.create(
            center_id=standing.center_id,
            client_id=standing.client_id,
            case=standing,
            version=version + 1,
            written_by=by,
            **fields,
        )
        CaseGoal.unscoped.bulk_create(
            CaseGoal(plan=plan, position=position, **goal) for position, goal in enumerate(goals)
        )
        refresh_case_facts([standing.client_id])
    return plan


def latest_plan(case: Case) -> CasePlan | None:
    return CasePlan.unscoped.filter(case=case).select_related("written_by").order_by("-version").first()
