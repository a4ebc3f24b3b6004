"""An account's whole life in two browsers: invited, set up in three steps, at work, stopped."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe

from centers.enums import Role
from centers.models import User
from tests.browser.conftest import WIDTHS, served
from tests.factories import PASSWORD, user_with

NEW = "とびうめ-7月の雨-42"
SECRET = "JBSWY3DPEHPK3PXP"
ZONE = "kita2"


@pytest.fixture
def strict_site(site_database, tmp_path_factory):
    """Like `site`, where the second step is required."""
    with served(site_database, tmp_path_factory.mktemp("strict"), SOUDAN_REQUIRE_MFA="1") as address:
        yield address


def code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def faults(page) -> list[str]:
    """What axe finds, and sideways scroll, at the three widths."""
    told = []
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        told += [
            f"{page.url} {name} {v['id']}: {v['nodes'][0]['html'][:120]}"
            for v in Axe().run(page).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            told.append(f"{page.url} {name}: wider than the window")
    width, height = WIDTHS["desk"]
    page.set_viewport_size({"width": width, "height": height})
    return told


def sign_in(page, site: str, user: User) -> None:
    totp.TOTP.activate(user, SECRET)
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/login/code/")
    page.fill("input[name=code]", code(SECRET))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def test_invited_set_up_at_work_and_stopped(strict_site, here, page, browser, browser_context_args):
    manager = user_with(Role.KANRI, ZONE)
    wrong: list[str] = []
    sign_in(page, strict_site, manager)
    page.goto(f"{strict_site}/members/invite/")
    wrong += faults(page)
    page.get_by_label("氏名").fill("田島 恵")
    page.get_by_text("相談員", exact=True).click()
    page.get_by_role("button", name="招待する").click()
    link = page.get_by_label("リンク", exact=True).input_value()
    wrong += faults(page)

    newcomer = browser.new_context(**browser_context_args)
    there = newcomer.new_page()
    there.goto(link)
    assert "token" not in there.url and "1/3 パスワード" in there.inner_text(".ks-path .cur")
    wrong += faults(there)
    there.get_by_label("ログイン名").fill("tajima.browser")
    there.fill("input[name=password1]", NEW)
    there.fill("input[name=password2]", NEW)
    there.get_by_role("button", name="次へ").click()
    assert "2/3 認証アプリ" in there.inner_text(".ks-path .cur")
    wrong += faults(there)
    there.fill("input[name=code]", code(there.inner_text(".ks-secret").strip()))
    there.get_by_role("button", name="登録する").click()
    assert "3/3 予備コード" in there.inner_text(".ks-path .cur")
    codes = there.locator(".ks-codes li").all_inner_texts()
    assert len(codes) == 10 and all(re.fullmatch(r"\d{8}", one) for one in codes)
    wrong += faults(there)
    there.get_by_role("link", name="控えました。ホームへ").click()
    there.wait_for_url(f"{strict_site}/")
    assert "田島 恵" in there.inner_text(".who")

    page.goto(f"{strict_site}/members/")
    wrong += faults(page)
    page.get_by_role("link", name="田島 恵").click()
    wrong += faults(page)
    for name in ("異動・退職", "パスワードの再設定", "2段階目の再設定", "停止する"):
        page.get_by_role("link", name=name).click()
        wrong += faults(page)
        if name != "停止する":
            page.go_back()
    page.get_by_label("理由").fill("退職")
    page.get_by_role("button", name="停止する").click()
    page.get_by_text("停止中").first.wait_for()
    there.get_by_role("link", name="利用者・ケース").first.click()
    there.wait_for_url("**/accounts/login/**")
    there.goto(link)
    assert "もう使われています" in there.inner_text("main")
    wrong += faults(there)
    newcomer.close()
    assert not wrong
