"""Headers of every page without an object, signed in and not; what the browser may keep and load."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.architecture.walk import expectations, walker

pytestmark = pytest.mark.django_db
PAGES = [row["page"] for row in expectations() if not row["object"]]
MIGHT = {row["page"]: row for row in expectations()}


@pytest.fixture
def signed_in(on):
    browser = Browser()
    browser.force_login(walker("kanri"))
    return browser


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_is_strict_about_what_it_loads(signed_in, page):
    response = signed_in.get(reverse(page))
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http:" not in policy and "https:" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("page", [page for page in PAGES if MIGHT[page]["anonymous"] == "login"])
def test_no_page_of_a_signed_in_user_is_kept(signed_in, page):
    response = signed_in.get(reverse(page))
    assert "no-store" in response.headers["Cache-Control"]


def test_logging_out_clears_what_the_browser_holds(signed_in):
    response = signed_in.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_not_found_page_is_strict_too(signed_in):
    response = signed_in.get("/no/such/page/")
    assert response.status_code == 404
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_carries_inline_script_or_style(signed_in, page):
    body = signed_in.get(reverse(page)).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", body)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", body)


def test_cookies_of_a_real_installation_are_locked_to_the_host(settings):
    settings.SESSION_COOKIE_SECURE = True
    browser = Browser()
    browser.get(reverse("account_login"), secure=True)
    for cookie in browser.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]
