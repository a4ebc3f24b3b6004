import uuid
from datetime import date

import pytest

from cases.models import FollowUp
from centers.paging import CappedCount, Cursor, capped_count, page_of
from tests.factories import ClientFactory, FollowUpFactory

pytestmark = pytest.mark.django_db

ORDER = ("-due_on", "what", "pk")


@pytest.fixture
def steps():
    client = ClientFactory()
    for number in range(7):
        FollowUpFactory(client=client, due_on=date(2026, 11, 1 + number // 2), what=f"{number % 2}")
    return FollowUp.unscoped.filter(client=client)


def expected(steps) -> list:
    return [step.pk for step in steps.order_by(*ORDER)]


def test_walking_forward_and_back_meets_every_row_once(steps):
    seen, cursor = [], Cursor()
    while True:
        page = page_of(steps, ORDER, cursor, size=3)
        seen += [row.pk for row in page.rows]
        if not page.next:
            break
        cursor = Cursor(after=page.next)
    assert seen == expected(steps)
    back = page_of(steps, ORDER, Cursor(before=page.previous), size=3)
    assert [row.pk for row in back.rows] == expected(steps)[3:6]
    assert back.next == expected(steps)[5]
    first = page_of(steps, ORDER, Cursor(before=back.previous), size=3)
    assert [row.pk for row in first.rows] == expected(steps)[:3]
    assert first.previous is None


def test_a_cursor_that_a_filter_has_dropped_still_leads_on(steps):
    gone = expected(steps)[2]
    left = steps.exclude(pk=gone)
    page = page_of(left, ORDER, Cursor(after=gone), anchors=steps, size=3)
    assert [row.pk for row in page.rows] == expected(steps)[3:6]
    assert page.anchor["due_on"] == steps.get(pk=gone).due_on


def test_an_unknown_or_unreadable_cursor_gives_the_first_page(steps):
    for query in ({"after": str(uuid.uuid4())}, {"after": "x' or 1=1"}, {"before": "\x00"}, {"after": ""}):
        page = page_of(steps, ORDER, Cursor.of(query), size=3)
        assert [row.pk for row in page.rows] == expected(steps)[:3]
        assert page.previous is None


def test_the_address_of_a_cursor_is_the_rows_id(steps):
    sixth = expected(steps)[5]
    page = page_of(steps, ORDER, Cursor.of({"before": str(sixth)}), size=3)
    assert [row.pk for row in page.rows] == expected(steps)[2:5]


def test_the_number_of_queries_stays(steps, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = page_of(steps, ORDER, Cursor(), size=3)
    with django_assert_num_queries(2):
        page_of(steps, ORDER, Cursor(after=page.next), size=3)


def test_a_count_stops_at_a_thousand(steps):
    assert str(capped_count(steps)) == "7件"
    assert str(CappedCount(1_000)) == "1,000件"
    assert str(CappedCount(1_001)) == "1,000件以上"
