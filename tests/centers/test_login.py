import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password
from django.core.cache.backends import db
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from centers.access import PAGES
from centers.models import User
from tests.factories import PASSWORD, UserFactory, user_with

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
HELP = "/help/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def user():
    return user_with("soudan")


@pytest.fixture
def second_step(user, monkeypatch):
    """The user has an authenticator app; the clock of the codes stands still. Returns the code of this moment."""
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    totp.TOTP.activate(user, SECRET)
    return code()


def code(counter: int = 7) -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, counter))


def log_in(browser: Browser, username: str, password: str = PASSWORD, **extra):
    return browser.post(LOGIN, {"login": username, "password": password, **extra})


def signed_in(browser: Browser) -> bool:
    return browser.get(HELP).status_code == 200


def words(response) -> str:
    return response.content.decode()


# ---- password ----


def test_login_leads_to_the_home(client, user):
    response = log_in(client, user.username)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client)


def test_login_name_may_be_typed_in_full_width_and_capitals(client, user):
    user.username = "nishi.soudan"
    user.save()
    assert log_in(client, " ＮＩＳＨＩ．soudan ").status_code == 302


def test_wrong_password_says_what_to_do(client, user):
    response = log_in(client, user.username, "wrong")
    assert "ログイン名かパスワードが合いません" in words(response)
    assert user.username in words(response)
    assert "wrong" not in words(response)
    assert not signed_in(client)


def test_unknown_and_stopped_accounts_are_answered_like_a_wrong_password(client, user):
    stopped = UserFactory(username="stopped", is_active=False)
    answers = {
        name: log_in(Browser(), name, password)
        for name, password in ((user.username, "wrong"), ("nobody", PASSWORD), (stopped.username, PASSWORD))
    }
    errors = {tuple(answer.context["form"].non_field_errors()) for answer in answers.values()}
    assert len(errors) == 1
    assert {answer.status_code for answer in answers.values()} == {200}


def test_empty_fields_say_what_to_do(client):
    page = words(log_in(client, "", ""))
    assert "ログイン名が空です。入れてください。" in page
    assert "パスワードが空です。入れてください。" in page


def test_after_five_misses_even_the_right_password_is_not_hashed(client, user, monkeypatch):
    for _ in range(5):
        log_in(client, user.username, "wrong")

    def refuse(*args, **kwargs):
        raise AssertionError("a password was hashed")

    monkeypatch.setattr(User, "check_password", refuse)
    monkeypatch.setattr(User, "set_password", refuse)
    page = words(log_in(client, user.username))
    assert "10分ほど待ってから" in page


def test_misses_of_one_account_do_not_stop_another(client, user):
    for _ in range(5):
        log_in(client, "somebody.else", "wrong")
    assert log_in(client, user.username).status_code == 302


def test_misses_of_one_address_are_counted_over_all_accounts(client, user, monkeypatch):
    monkeypatch.setattr(User, "set_password", lambda *_: None)  # what a miss of an unknown account costs
    for number in range(30):
        log_in(client, f"guess{number}", "wrong")
    assert "10分ほど待ってから" in words(log_in(client, user.username))


def test_a_right_password_between_does_not_reset_the_count(client, user):
    for _ in range(4):
        log_in(Browser(), user.username, "wrong")
    log_in(Browser(), user.username)
    log_in(Browser(), user.username, "wrong")
    assert "10分ほど待ってから" in words(log_in(Browser(), user.username))


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "http:evil.example",
        "//evil.example/x",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:///evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "//testserver/help/",
        "http://localhost/help/",
        "javascript:alert(1)",
        "data:text/html,x",
        "help/",
    ],
)
def test_login_leads_to_no_other_site(client, user, target):
    response = log_in(client, user.username, next=target)
    assert response["Location"] == "/"


def test_login_leads_back_to_the_page_asked_for(client, user):
    response = client.get("/me/")
    assert response["Location"] == f"{LOGIN}?next=/me/"
    assert log_in(client, user.username, next="/me/")["Location"] == "/me/"


def test_there_is_no_json_login(client, user):
    response = client.post(
        LOGIN, {"login": user.username, "password": "wrong"}, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
    )
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "email/", "login/code/confirm/x", "inactive/"]
)
def test_unused_pages_of_the_login_package_are_not_there(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_new_session_key_at_login(client, user):
    client.get(LOGIN)
    before = client.session.session_key
    log_in(client, user.username)
    assert client.session.session_key != before


# ---- second step ----


def test_second_step(client, user, second_step):
    response = log_in(client, user.username, next=HELP)
    assert response["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    response = client.post(reverse("mfa_authenticate"), {"code": second_step})
    assert response["Location"] == HELP
    assert signed_in(client)


def test_second_step_takes_full_width_figures(client, user, second_step):
    log_in(client, user.username)
    wide = second_step.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert client.post(reverse("mfa_authenticate"), {"code": f" {wide} "}).status_code == 302


def test_wrong_code_says_what_to_do(client, user, second_step):
    log_in(client, user.username)
    response = client.post(reverse("mfa_authenticate"), {"code": code(9)})
    assert "アプリに今出ている数字を入れてください" in words(response)
    assert not signed_in(client)


def test_codes_are_limited(client, user, second_step):
    log_in(client, user.username)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": second_step})
    assert "10分ほど待ってから" in words(response)


def test_a_used_code_is_refused(user, second_step):
    for browser, status in ((Browser(), 302), (Browser(), 200)):
        log_in(browser, user.username)
        assert browser.post(reverse("mfa_authenticate"), {"code": second_step}).status_code == status


def test_a_code_stays_used_while_it_would_be_taken(user, second_step, monkeypatch):
    log_in(browser := Browser(), user.username)
    assert browser.post(reverse("mfa_authenticate"), {"code": second_step}).status_code == 302
    later = timezone.now() + timedelta(seconds=85)
    monkeypatch.setattr(db, "tz_now", lambda: later)
    log_in(browser := Browser(), user.username)
    assert browser.post(reverse("mfa_authenticate"), {"code": second_step}).status_code == 200


def test_a_code_that_changed_while_it_was_typed_is_taken(user):
    totp.TOTP.activate(user, SECRET)
    log_in(browser := Browser(), user.username)
    the_one_before = code(int(time.time()) // 30 - 1)
    assert browser.post(reverse("mfa_authenticate"), {"code": the_one_before}).status_code == 302


def test_a_code_of_two_steps_ago_is_refused(user):
    totp.TOTP.activate(user, SECRET)
    log_in(browser := Browser(), user.username)
    long_ago = code(int(time.time()) // 30 - 3)
    assert browser.post(reverse("mfa_authenticate"), {"code": long_ago}).status_code == 200


def test_a_recovery_code_works_once(user, second_step):
    codes = Authenticator.objects.create(
        user=user, type="recovery_codes", data={"seed": _sealed("0" * 80), "used_mask": 0}
    )
    spare = codes.wrap().get_unused_codes()[0]
    for browser, status in ((Browser(), 302), (Browser(), 200)):
        log_in(browser, user.username)
        assert browser.post(reverse("mfa_authenticate"), {"code": spare}).status_code == status


def test_second_step_without_the_first_leads_to_the_login(client):
    assert client.get(reverse("mfa_authenticate"))["Location"] == LOGIN


def _sealed(text: str) -> str:
    from centers.adapters import MFAAdapter  # needs the apps

    return MFAAdapter().encrypt(text)


def test_the_secret_lies_encrypted(user, second_step):
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert SECRET not in stored
    assert stored.startswith("gAAAA")


def test_an_older_key_still_reads_the_secret(client, user, second_step, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key of enough length for this test"
    log_in(client, user.username)
    assert client.post(reverse("mfa_authenticate"), {"code": second_step}).status_code == 302


def test_a_lost_key_is_told_of(client, user, second_step, settings):
    settings.SECRET_KEY = "a new key of enough length for this test"
    log_in(client, user.username)
    response = client.post(reverse("mfa_authenticate"), {"code": second_step})
    assert "端末の登録し直しを頼んでください" in words(response)


def test_set_up_by_code_and_recovery_codes_after_it(client, user, monkeypatch):
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    log_in(client, user.username)
    page = client.get(reverse("mfa_activate_totp"))
    assert '<svg class="ks-qr"' in words(page)
    assert "data:image" not in words(page)
    secret = client.session[totp.SECRET_SESSION_KEY]
    answer = totp.format_hotp_value(totp.hotp_value(secret, 7))
    response = client.post(reverse("mfa_activate_totp"), {"code": answer})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert words(client.get(response["Location"])).count("<li>") >= 10
    assert client.get(reverse("mfa_download_recovery_codes")).content.count(b"\n") >= 10


def test_the_code_of_the_set_up_does_not_log_in(client, user, monkeypatch):
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    log_in(client, user.username)
    client.get(reverse("mfa_activate_totp"))
    code = totp.format_hotp_value(totp.hotp_value(client.session[totp.SECRET_SESSION_KEY], 7))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    other = Browser()
    log_in(other, user.username)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert not signed_in(other)


def test_without_a_second_step_its_pages_lead_to_the_overview(client, user):
    log_in(client, user.username)
    for page in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        assert client.get(reverse(page))["Location"] == reverse("mfa_index")


def test_changing_the_second_step_long_after_login_asks_for_the_password(client, user, second_step):
    log_in(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": second_step})
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 1000
    session.save()
    response = client.get(reverse("mfa_deactivate_totp"))
    assert urlsplit(response["Location"]).path == reverse("account_reauthenticate")
    again = client.post(response["Location"], {"password": PASSWORD, "next": reverse("mfa_deactivate_totp")})
    assert again["Location"] == reverse("mfa_deactivate_totp")
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()


# ---- second step required ----

OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_authenticate",
    "centers:invitation",
    "healthz",
}


def plain_pages() -> list[str]:
    """Every page of the access table that has an address without arguments."""
    pages = []
    for page in PAGES:
        try:
            pages.append(reverse(page))
        except NoReverseMatch:
            continue
    return pages


def test_where_it_is_required_every_page_leads_to_the_set_up(client, user, settings):
    settings.SOUDAN_REQUIRE_MFA = True
    log_in(client, user.username)
    allowed = {reverse(page) for page in OPEN}
    pages = [page for page in plain_pages() if page not in allowed]
    assert len(pages) > 5
    for page in pages:
        for method in ("GET", "POST"):
            response = client.generic(method, page)
            assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp")), page


def test_where_it_is_required_a_script_is_led_there_too(client, user, settings):
    settings.SOUDAN_REQUIRE_MFA = True
    log_in(client, user.username)
    response = client.get(HELP, HTTP_HX_REQUEST="true")
    assert (response.status_code, response["HX-Redirect"]) == (403, reverse("mfa_activate_totp"))


def test_where_it_is_required_and_set_up_pages_open(client, user, second_step, settings):
    settings.SOUDAN_REQUIRE_MFA = True
    log_in(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": second_step})
    assert signed_in(client)


# ---- how long a login lasts ----


def age(browser: Browser, **seconds) -> None:
    """Move the session's start or last request into the past."""
    session = browser.session
    for key, by in seconds.items():
        session[f"soudan_{key}_at"] -= by
    session.save()


@pytest.fixture
def at_work(client, user):
    log_in(client, user.username)
    assert signed_in(client)
    return client


def test_idle_limit(at_work, settings):
    age(at_work, seen=settings.SOUDAN_IDLE_SECONDS - 5)
    assert signed_in(at_work)
    age(at_work, seen=settings.SOUDAN_IDLE_SECONDS)
    assert not signed_in(at_work)


def test_a_request_begins_the_idle_time_anew(at_work, settings):
    for _ in range(3):
        age(at_work, seen=settings.SOUDAN_IDLE_SECONDS - 100)
        assert signed_in(at_work)


def test_absolute_limit_holds_for_the_busiest(at_work, settings):
    age(at_work, started=settings.SOUDAN_SESSION_SECONDS)
    assert not signed_in(at_work)


def test_the_limits_go_by_the_real_clock(at_work, on):
    assert signed_in(at_work)


def test_an_ended_session_leaves_nothing_behind(at_work, settings):
    key = at_work.session.session_key
    age(at_work, seen=settings.SOUDAN_IDLE_SECONDS)
    at_work.get(HELP)
    assert not at_work.session.exists(key)


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_script_gets_401_and_no_redirect(at_work, settings, headers, method):
    age(at_work, seen=settings.SOUDAN_IDLE_SECONDS)
    response = at_work.generic(method, "/me/", headers=headers)
    assert (response.status_code, response["HX-Trigger"]) == (401, "soudan:login")
    assert "Location" not in response


def test_a_form_goes_to_the_login_without_an_address_to_come_back_to(client):
    response = client.post("/me/", {"single_keys": "on"})
    assert response["Location"] == LOGIN


def test_a_page_comes_back_after_the_login(client):
    query = parse_qs(urlsplit(client.get("/help/keys/")["Location"]).query)
    assert query == {"next": ["/help/keys/"]}


# ---- log out, sessions, password ----


def test_log_out_needs_a_post_and_clears_the_browser(at_work):
    assert "ログアウトしますか" in words(at_work.get(reverse("account_logout")))
    assert signed_in(at_work)
    response = at_work.post(reverse("account_logout"))
    assert response["Location"] == LOGIN
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not signed_in(at_work)


def test_log_out_of_an_ended_session_asks_nothing(client):
    assert client.post(reverse("account_logout"))["Location"] == LOGIN


def test_the_list_ends_another_session_of_ones_own(at_work, user):
    other = Browser(HTTP_USER_AGENT="Mozilla/5.0 (iPad) Safari/605")
    log_in(other, user.username)
    assert signed_in(other)
    page = at_work.get(reverse("usersessions_list"))
    assert "iPad の Safari" in words(page)
    number = UserSession.objects.get(user=user, user_agent__contains="iPad").pk
    at_work.post(reverse("usersessions_list"), {"session": number})
    assert not signed_in(other)
    assert signed_in(at_work)


def test_the_list_ends_all_others(at_work, user):
    others = [Browser(), Browser()]
    for other in others:
        log_in(other, user.username)
    at_work.post(reverse("usersessions_list"))
    assert [signed_in(other) for other in others] == [False, False]
    assert signed_in(at_work)


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 40, "9" * 5000])
def test_a_session_that_is_not_there(at_work, number):
    assert at_work.post(reverse("usersessions_list"), {"session": number}).status_code == 404


def test_nobody_ends_the_session_of_somebody_else(at_work):
    colleague, browser = user_with("soudan"), Browser()
    log_in(browser, colleague.username)
    number = UserSession.objects.get(user=colleague).pk
    assert at_work.post(reverse("usersessions_list"), {"session": number}).status_code == 404
    assert signed_in(browser)


def change(browser: Browser, old: str, new: str, again: str | None = None):
    data = {"oldpassword": old, "password1": new, "password2": new if again is None else again}
    return browser.post(reverse("account_change_password"), data)


def test_a_new_password_ends_the_other_sessions(at_work, user):
    other = Browser()
    log_in(other, user.username)
    response = change(at_work, PASSWORD, "hasamigiku to mikan 7")
    assert response["Location"] == reverse("centers:me")
    assert signed_in(at_work)
    assert not signed_in(other)
    user.refresh_from_db()
    assert check_password("hasamigiku to mikan 7", user.password)


@pytest.mark.parametrize(
    ("new", "again", "message"),
    [
        ("mikan7", None, "12文字以上にしてください"),
        ("qwerty123456", None, "推測されます"),
        ("ＫＵＭＡＭＯＴＯ mikan 7", None, "「kumamoto」が入っています"),
        ("ウィズ みかん みかん みかん", None, "「ウィズ」が入っています"),
        ("hasamigiku to mikan 7", "hasamigiku to mikan 8", "1回目と違います"),
        ("x" * 129, None, "128文字までにしてください"),
    ],
)
def test_a_password_is_refused_with_words(at_work, user, new, again, message):
    response = change(at_work, PASSWORD, new, again)
    assert message in words(response)
    user.refresh_from_db()
    assert check_password(PASSWORD, user.password)


def test_a_password_with_ones_own_name_is_refused(at_work, user):
    response = change(at_work, PASSWORD, f"{user.username} mikan mikan")
    assert "自分の名前を使わない" in words(response)


def test_the_old_password_is_asked_for(at_work):
    assert "いまのパスワードが合いません" in words(change(at_work, "wrong", "hasamigiku to mikan 7"))


# ---- settings ----


def test_single_keys_can_be_switched_off(at_work, user):
    assert 'data-single-keys="on"' in words(at_work.get(HELP))
    at_work.post("/me/", {})
    assert 'data-single-keys="off"' in words(at_work.get(HELP))


def test_the_settings_change_nothing_else(at_work, user):
    at_work.post("/me/", {"single_keys": "on", "name": "別の人", "username": "other", "is_active": ""})
    changed = User.objects.get(pk=user.pk)
    assert (changed.name, changed.username, changed.is_active) == (user.name, user.username, True)
