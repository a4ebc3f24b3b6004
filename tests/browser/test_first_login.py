"""The first システム管理者, from the printed link to the own pages."""

import pytest
from django.urls import reverse

from centers.enums import Role
from centers.invitation import invite
from centers.models import RoleGrant, User

PASSWORD = "とびうめ-7月の雨-42"


@pytest.fixture
def link(site, here):
    """Address of the page with a fresh token, on a site without a システム管理者."""
    RoleGrant.objects.filter(role=Role.SYSTEM).delete()
    return f"{site}{reverse('centers:first_login')}?token={invite()}"


def fill(page, again: str) -> None:
    page.get_by_label("ログイン名").fill("tajima")
    page.get_by_label("氏名").fill("田島 恵")
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("input[name=password2]").fill(again)
    page.get_by_role("button", name="登録する").click()


def test_the_link_leads_to_a_login_that_works(page, link, no_axe_violations):
    page.goto(link)
    no_axe_violations()
    fill(page, again="x")
    assert page.locator(".ks-errsum").inner_text().count("1回目と違います") == 1
    assert page.get_by_label("氏名").input_value() == "田島 恵"
    no_axe_violations()
    fill(page, again=PASSWORD)
    page.wait_for_url("**/accounts/login/")
    page.fill("input[name=login]", "tajima")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    assert User.objects.get(username="tajima").grants.get().role == Role.SYSTEM
    page.goto(link)
    assert "このリンクは使えません" in page.inner_text("h1")
    no_axe_violations()
