"""The checks of cases without movement and of overdue next steps: numbers of each center, no persons."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centers.memory import forget
from reports.checks import casework
from tests.factories import CaseFactory, FollowUpFactory, UserFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def test_cases_without_movement_by_priority():
    for days, priority, state in [
        (90, "normal", "active"),
        (91, "normal", "watch"),
        (31, "high", "active"),
        (30, "high", "active"),
        (200, "low", "active"),
    ]:
        CaseFactory(last_contact_on=ago(days), priority=priority, state=state)
    CaseFactory(opened_on=ago(95))  # never a contact
    CaseFactory(last_contact_on=ago(200), state="closed", closed_on=ago(100))
    (fact,) = [one for one in casework.find(ON) if one.kind == "case_inactive"]
    assert fact.figures == {"cases": 4, "high": 1, "days": 90, "days_high": 30}
    assert (fact.target, fact.since, fact.period) == ("西", ago(200) + timedelta(days=91), "令和8年度")
    assert "動きのないケースが4件あります(うち優先度 高 1件)" in fact.message


def test_next_steps_that_are_overdue():
    FollowUpFactory(due_on=ago(3)), FollowUpFactory(due_on=ago(1)), FollowUpFactory(due_on=ON)
    FollowUpFactory(due_on=ago(9), done_on=ON, done_by=UserFactory())
    (fact,) = [one for one in casework.find(ON) if one.kind == "followup_overdue"]
    assert fact.figures == {"steps": 2, "oldest": ago(3).isoformat()} and fact.since == ago(2)


def test_the_number_of_statements_does_not_grow():
    def statements() -> int:
        forget()
        with CaptureQueriesContext(connection) as queries:
            casework.find(ON)
        return len(queries)

    CaseFactory(last_contact_on=ago(100))
    FollowUpFactory(due_on=ago(3))
    one = statements()
    CaseFactory.create_batch(3, last_contact_on=ago(100))
    assert statements() == one == 5
