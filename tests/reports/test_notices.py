import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centers.models import Notice, NoticeRead
from centers.notices import unread_count, visible_notices
from tests.factories import center, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on")]


def notice(zone="nishi", **fields):
    place = {"scope": "center", "center": center(zone)} if zone else {}
    return Notice.objects.create(**{"kind": "x", "title": f"知らせ {zone}"} | place | fields)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("soudan", {"西", "西区", "日々の仕事"}),
        ("kanri", {"西", "西区", "日々の仕事"}),
        ("ku", {"西区"}),
        ("shi", {"西", "東1", "西区", "市"}),
        ("kansa", {"西", "東1", "西区", "市"}),
        ("system", set()),
    ],
)
def test_who_sees_which_notice(role, sees):
    user, other = user_with(role), user_with("soudan")
    notice("nishi", title="西")
    notice("nishi", title="日々の仕事", kind="followup_overdue")
    notice("higashi1", title="東1")
    notice(None, scope="ward", ward=center("nishi").zone.ward, title="西区")
    notice(None, scope="city", title="市")
    notice(None, user=user, title="自分")
    notice(None, user=other, title="ほかの人")
    notice("nishi", role="kinou", title="機能強化員へ")
    assert set(visible_notices(user).values_list("title", flat=True)) == sees | {"自分"}


def test_opening_marks_it_read_for_oneself_alone(sign_in):
    one, (browser, user), colleague = notice(), sign_in("soudan"), user_with("soudan")
    assert unread_count(user) == 1
    for _ in range(2):
        assert browser.post(f"/notices/{one.pk}/open/").headers["Location"] == "/"
    assert (unread_count(user), unread_count(colleague)) == (0, 1)
    assert NoticeRead.objects.count() == 1


def test_the_city_is_led_to_the_center(sign_in):
    browser, _ = sign_in("shi")
    answer = browser.post(f"/notices/{notice().pk}/open/")
    assert answer.headers["Location"] == f"/city/centers/{center('nishi').pk}/"


@pytest.mark.parametrize(
    ("path", "leads_to"), [("/help/", "/help/"), ("//evil.example/", "/"), ("https://e.example", "/")]
)
def test_a_notice_leads_only_into_the_site(sign_in, path, leads_to):
    browser, _ = sign_in("soudan")
    assert browser.post(f"/notices/{notice(path=path).pk}/open/").headers["Location"] == leads_to


def test_a_foreign_notice_is_not_there_and_stays_unread(sign_in):
    browser, _ = sign_in("soudan")
    assert browser.post(f"/notices/{notice('higashi1').pk}/open/").status_code == 404
    assert browser.post(f"/notices/{uuid.uuid4()}/open/").status_code == 404
    assert browser.get(f"/notices/{notice().pk}/open/").status_code == 405
    assert not NoticeRead.objects.exists()


def test_the_list_tells_open_read_and_closed_apart_and_is_paged(sign_in):
    browser, _ = sign_in("soudan")
    many = [notice(title=f"第{number}号") for number in range(51)]
    Notice.objects.filter(pk=many[0].pk).update(closed_at=many[0].created_at)
    first = browser.get("/notices/").content.decode()
    assert first.count("号</button>") == 50
    assert 'rel="next"' not in first
    assert "第0号" in browser.get("/notices/?show=closed").content.decode()
    assert browser.get("/notices/?show=<x>&after=x").status_code == 200
    notice(title="第51号")
    first = browser.get("/notices/").content.decode()
    assert 'rel="next"' in first


def test_the_list_asks_the_same_number_of_questions(sign_in):
    browser, _ = sign_in("soudan")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            browser.get("/notices/")
        return len(queries)

    notice()
    statements()  # the first request of a session notes the session
    one = statements()
    notice()
    notice()
    assert statements() == one
