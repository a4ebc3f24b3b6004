from datetime import date, timedelta

import pytest

from centers.access import PAGES, Right, allowed, centers_visible, may_open, rights_of
from centers.models import RoleGrant
from tests.factories import center, user_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(-1, False), (0, True), (10, True), (11, False)],
    ids=["before", "first", "last", "after"],
)
def test_a_grant_holds_on_both_its_days(on, offset, expected):
    user = user_with("soudan", starts_on=on, ends_on=on + timedelta(days=10))
    assert rights_of(user, on=on + timedelta(days=offset)).allowed(Right.CLIENT_READ) is expected


def test_a_closed_center_gives_no_rights_after_its_last_day(on):
    user = user_with("soudan")
    last = center()
    last.closed_on = on
    last.save()
    assert rights_of(user, on=on).allowed(Right.NOTE_READ)
    assert not rights_of(user, on=on + timedelta(days=1)).allowed(Right.NOTE_READ)


def test_a_stopped_account_has_no_rights(on):
    user = user_with("kanri")
    user.is_active = False
    assert not allowed(user, Right.CLIENT_READ)


def test_rights_are_the_union_of_grants(on):
    user = user_with("soudan")
    assert not allowed(user, Right.READ_LOG)
    RoleGrant.objects.create(user=user, role="kanri", center=center(), starts_on=date(2020, 1, 1))
    del user.__dict__["_rights"]
    assert allowed(user, Right.READ_LOG)


def test_rights_are_read_once_per_user_object(on, django_assert_num_queries):
    user = user_with("soudan")
    with django_assert_num_queries(1):
        for page in PAGES:
            may_open(user, page)


def test_an_unknown_page_is_closed_to_everybody(on):
    assert not may_open(user_with("kanri"), "cases:no_such_page")


@pytest.mark.parametrize(
    ("role", "expected"),
    [("soudan", ["西"]), ("shi", None), ("ku", []), ("system", [])],
    ids=["own center", "whole city", "ward without the right", "system"],
)
def test_centers_visible_for_figures(on, role, expected):
    names = [c.zone.name for c in centers_visible(user_with(role), Right.FIGURES_READ)]
    assert names == (
        ["中央1", "中央2", "東1", "東2", "西", "南1", "南2", "北1", "北2"] if expected is None else expected
    )


def test_a_ward_sees_no_staffing_or_plan_findings_of_its_centers(on):
    assert not centers_visible(user_with("ku", "kita1"), Right.FINDING_READ)
    assert rights_of(user_with("ku", "kita1")).ward_ids(Right.WARD_FINDING_READ) == {"kita"}
