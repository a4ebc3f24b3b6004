"""What stands around every page."""

import re

import pytest
from django.urls import reverse

from kumamoto_soudan.context import SHORTCUTS
from tests.factories import user_with

pytestmark = pytest.mark.django_db
HELP = "/help/"


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("role", ["soudan", "kinou", "chiiki", "kanri", "shi", "ku", "system", "kansa"])
def test_every_role_sees_the_frame(sign_in, role):
    client, user = sign_in(role)
    page = words(client.get(HELP))
    assert user.name in page
    assert "操作の手引き" in page


def test_who_works_for_which_center_stands_in_the_top_bar(sign_in):
    client, _ = sign_in("soudan", "chuo2")
    place = client.get(HELP).context["place"]
    assert "中央2" in place
    assert place.endswith("相談員")


def test_a_page_one_may_not_open_is_not_in_the_navigation(sign_in):
    client, _ = sign_in("soudan")
    labels = [link.label for link in client.get(HELP).context["nav"]]
    assert "契約・配置" not in labels


def test_the_open_page_is_marked_in_the_navigation(sign_in):
    client, _ = sign_in("kansa")
    current = [link for link in client.get(reverse("centers:contracts")).context["nav"] if link.current]
    assert [link.key for link in current] == ["centers:contracts"]


def test_shortcuts_are_unlike(sign_in):
    assert len(set(SHORTCUTS.values())) == len(SHORTCUTS)


def test_the_title_names_the_page_and_no_person(sign_in):
    client, user = sign_in("soudan")
    title = re.search(r"<title>(.*?)</title>", words(client.get(HELP)))[1]
    assert title == "操作の手引き | 熊本市 障がい者相談支援 記録システム"
    assert user.name not in title


def test_the_print_head_names_page_person_and_care(sign_in):
    client, user = sign_in("soudan")
    head = re.search(r'<p class="ks-print-head">(.*?)</p>', words(client.get(HELP)))[1]
    assert re.fullmatch(
        rf".+ / 操作の手引き / 印刷: 令和\d+年\d+月\d+日 \d\d:\d\d {user.name} / 取扱注意", head
    )


@pytest.mark.parametrize("demo", [True, False])
def test_invented_data_say_so(sign_in, settings, demo):
    settings.SOUDAN_DEMO = demo
    client, _ = sign_in("soudan")
    assert ("架空のサンプルです" in words(client.get(HELP))) is demo


def test_a_fixed_day_is_told(sign_in, on):
    client, _ = sign_in("soudan")
    assert "画面の日付は令和8年11月20日に固定されています" in words(client.get(HELP))


def test_no_second_step_is_told_only_where_none_is_asked(sign_in, settings):
    client, _ = sign_in("soudan")
    settings.SOUDAN_REQUIRE_MFA = False
    assert "2段階目(確認コード)を求めていません" in words(client.get(HELP))


def test_the_frame_asks_the_database_a_fixed_number_of_times(sign_in, django_assert_num_queries):
    """Session, user, grants, unread notices, the request's savepoint; the center is remembered."""
    client, _ = sign_in("kanri")
    page = reverse("centers:keys")
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)


def test_keys_alone_for_the_dialog(sign_in):
    client, _ = sign_in("soudan")
    fragment = words(client.get(reverse("centers:keys"), HTTP_HX_REQUEST="true"))
    assert "<kbd>N</kbd>" in fragment
    assert "<html" not in fragment
    assert "<html" in words(client.get(reverse("centers:keys")))


def test_unknown_page_and_closed_page_have_the_same_body(sign_in):
    client, _ = sign_in("soudan")
    unknown, closed = client.get("/nothing/"), client.get(reverse("centers:contracts"))
    assert unknown.status_code == closed.status_code == 404
    assert unknown.content == closed.content
    assert "このページはありません。" in words(unknown)


def test_a_refused_token_says_what_to_do(user_without_token):
    response = user_without_token.post("/me/", {"single_keys": "on"})
    assert response.status_code == 403
    assert "画面を開き直して" in words(response)


@pytest.fixture
def user_without_token(client):
    client.handler.enforce_csrf_checks = True
    client.force_login(user_with("soudan"))
    return client


def test_an_error_page_needs_no_database(rf, django_db_blocker):
    from django.views.defaults import server_error  # the page as the handler makes it

    with django_db_blocker.block():
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "うまく動きませんでした。" in words(response)
