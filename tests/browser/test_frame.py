"""The frame of every page in a real browser: log in, help, keys, settings, and the log-in over a page."""

import pytest
from django.contrib.sessions.models import Session
from django.template.loader import render_to_string

from centers.models import User
from tests.factories import PASSWORD, user_with

MINUTE = 60_000


@pytest.fixture
def troubles(page):
    """What the browser complains of: scripts that fail, anything that the Content-Security-Policy stops."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "console", lambda message: told.append(message.text) if "Security Policy" in message.text else None
    )
    return told


def open_at(page, address: str) -> None:
    response = page.goto(address)
    assert response.status == 200, address


def test_login_page(site, here, page, no_axe_violations, troubles):
    page.goto(f"{site}/accounts/login/")
    no_axe_violations()
    page.fill("input[name=login]", "nobody")
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    page.wait_for_selector(".ks-errsum:focus")
    no_axe_violations()
    assert not troubles


@pytest.mark.parametrize(
    "path",
    [
        "help/",
        "help/guide/soudan/",
        "help/keys/",
        "help/counting/",
        "me/",
        "accounts/password/",
        "accounts/second-step/",
        "accounts/sessions/",
    ],
)
def test_pages_of_the_frame(site, login, page, no_axe_violations, troubles, path):
    login("soudan")
    open_at(page, f"{site}/{path}")
    assert "架空" in page.inner_text("main")
    no_axe_violations()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not troubles


def test_set_up_of_the_second_step(site, login, page, no_axe_violations, troubles):
    login("soudan")
    open_at(page, f"{site}/accounts/second-step/app/")
    assert page.locator("svg.ks-qr path").count() == 1
    no_axe_violations()
    assert not troubles


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages(site, page, no_axe_violations, troubles, name):
    """The site of these tests runs with DEBUG, whose own pages stand in the way; so the page is put in its place."""
    body = render_to_string(f"{name}.html")
    page.route("**/nothing/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{site}/nothing/")
    assert page.is_visible("h1")
    no_axe_violations()
    assert not troubles


def test_phone_menu_closes_on_escape(site, login, page, no_axe_violations):
    login("soudan")
    page.set_viewport_size({"width": 390, "height": 844})
    open_at(page, f"{site}/help/")
    page.click("summary:has-text('メニュー')")
    assert page.is_visible("text=ログアウト(")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=ログアウト(")


def test_question_mark_shows_the_keys_over_the_page(site, login, page, no_axe_violations):
    login("soudan")
    open_at(page, f"{site}/me/")
    page.keyboard.press("?")
    page.wait_for_selector("#keys-dialog[open] table")
    no_axe_violations()
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys-dialog", state="hidden")
    assert page.url == f"{site}/me/"


def test_the_help_opens_at_the_chapter_of_the_page_beside_it(site, login, page):
    login("soudan")
    open_at(page, f"{site}/followups/")
    page.keyboard.press("g")
    with page.expect_popup() as opened:
        page.keyboard.press("?")
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{site}/help/guide/soudan/#followups"
    heading = opened.value.locator("#followups > h2").bounding_box()
    assert 0 < heading["y"] < page.viewport_size["height"] / 2
    assert page.url == f"{site}/followups/"


def test_the_list_of_keys_leads_to_the_chapter_too(site, login, page):
    login("soudan")
    open_at(page, f"{site}/me/")
    page.keyboard.press("?")
    page.wait_for_selector("#keys-dialog[open] table")
    assert page.evaluate("document.activeElement.textContent").startswith("この画面の手引き")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{site}/help/guide/soudan/#login"


def test_single_keys_are_silent_when_switched_off(site, login, page):
    user = login("soudan")
    User.objects.filter(pk=user.pk).update(single_keys=False)
    open_at(page, f"{site}/me/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("?")
    page.keyboard.press("/")
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert not [address for address in asked if "/help/keys/" in address]
    assert not page.is_visible("#keys-dialog")


def sign_in_over_the_page(page, user) -> None:
    page.wait_for_selector("#relogin[open] input[name=login]")
    page.fill("#relogin input[name=login]", user.username)
    page.fill("#relogin input[name=password]", PASSWORD)
    page.press("#relogin input[name=password]", "Enter")


def test_an_ended_session_signs_in_over_the_page_and_sends_the_form(
    site, login, page, troubles, no_axe_violations
):
    page.clock.install()
    user = login("soudan")
    open_at(page, f"{site}/me/")
    page.uncheck("input[name=single_keys]")
    Session.objects.all().delete()
    page.clock.fast_forward(2 * MINUTE)
    page.click("main button[type=submit]")
    page.wait_for_selector("#relogin[open] input[name=login]")
    no_axe_violations()
    assert not page.is_checked("input[name=single_keys]")
    sign_in_over_the_page(page, user)
    page.wait_for_selector(".ks-toast")
    assert User.objects.get(pk=user.pk).single_keys is False
    assert not troubles


def test_a_script_that_is_refused_is_sent_again_after_the_login(site, login, page):
    """As autosave does it: an htmx form gets 401, and its request goes out again with what is in the page then."""
    user = login("soudan")
    open_at(page, f"{site}/me/")
    page.evaluate("""() => {
        const form = document.querySelector("main form");
        form.setAttribute("hx-post", form.action);
        form.setAttribute("hx-swap", "none");
        htmx.process(form);
    }""")
    page.uncheck("input[name=single_keys]")
    Session.objects.all().delete()
    page.click("main button[type=submit]")
    with page.expect_response(lambda answer: answer.url.endswith("/me/") and answer.status == 200):
        sign_in_over_the_page(page, user)
    assert User.objects.get(pk=user.pk).single_keys is False
    page.wait_for_selector("#relogin", state="hidden")


def test_the_keys_of_an_ended_session_do_not_cover_the_login(site, login, page):
    login("soudan")
    open_at(page, f"{site}/me/")
    Session.objects.all().delete()
    page.keyboard.press("?")
    page.wait_for_selector("#relogin[open] input[name=login]")
    assert not page.is_visible("#keys-dialog")


def test_a_wrong_password_over_the_page_can_be_mended(site, login, page):
    page.clock.install()
    user = login("soudan")
    open_at(page, f"{site}/me/")
    Session.objects.all().delete()
    page.clock.fast_forward(2 * MINUTE)
    page.click("main button[type=submit]")
    page.wait_for_selector("#relogin[open] input[name=login]")
    page.fill("#relogin input[name=login]", user.username)
    page.fill("#relogin input[name=password]", "wrong")
    page.press("#relogin input[name=password]", "Enter")
    page.wait_for_selector("#relogin .ks-errsum")
    sign_in_over_the_page(page, user)
    page.wait_for_selector(".ks-toast")


def test_somebody_else_does_not_send_the_page(site, login, page):
    page.clock.install()
    user = login("soudan")
    other = user_with("soudan", "higashi1")
    open_at(page, f"{site}/me/")
    page.uncheck("input[name=single_keys]")
    Session.objects.all().delete()
    page.clock.fast_forward(2 * MINUTE)
    page.click("main button[type=submit]")
    sign_in_over_the_page(page, other)
    page.wait_for_selector("#relogin >> text=別の人がログインしました")
    assert User.objects.get(pk=user.pk).single_keys
    assert User.objects.get(pk=other.pk).single_keys


def test_the_page_is_hidden_after_the_idle_time(site, login, page):
    page.clock.install()
    user = login("soudan")
    open_at(page, f"{site}/me/")
    Session.objects.all().delete()
    page.clock.fast_forward(16 * MINUTE)
    page.wait_for_selector("#relogin[open] input[name=login]")
    assert not page.is_visible("main h1")
    page.keyboard.press("Escape")
    assert page.is_visible("#relogin")
    sign_in_over_the_page(page, user)
    page.wait_for_selector("#relogin", state="hidden")
    assert page.is_visible("main h1")


def test_print_has_its_head_line_and_no_frame(site, login, page):
    user = login("soudan")
    open_at(page, f"{site}/help/")
    page.emulate_media(media="print")
    head = page.inner_text(".ks-print-head")
    assert "操作の手引き" in head
    assert user.name in head
    assert "取扱注意" in head
    assert page.is_visible(".ks-sample")
    assert not page.is_visible(".ks-top")
    assert not page.is_visible(".ks-side")
