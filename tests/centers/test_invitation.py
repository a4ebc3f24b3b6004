"""The one-time link for the first システム管理者."""

import time
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from centers.access import Right, rights_of
from centers.enums import Role
from centers.invitation import LIFETIME, AdminExists, accepts, invite, make_first_admin
from centers.models import RoleGrant, User
from tests.factories import UserFactory, user_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PASSWORD = "とびうめ-7月の雨-42"
ANSWERS = {"username": "tajima", "name": "田島 恵", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def link(client, on):
    """link() → address of the page with a fresh token; link(token="…") with another."""
    return lambda token=None: f"{reverse('centers:first_login')}?token={token or invite()}"


def is_closed(answer) -> bool:
    return answer.status_code == 404 and "このリンクは使えません" in answer.content.decode()


def test_the_link_makes_the_first_admin_who_can_sign_in(client, link):
    address = link()
    assert "最初のシステム管理者を登録します" in client.get(address).content.decode()
    answer = client.post(address, ANSWERS)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    user = User.objects.get()
    assert (user.username, user.name) == ("tajima", "田島 恵") and user.check_password(PASSWORD)
    grant = RoleGrant.objects.get()
    assert (grant.role, grant.starts_on, grant.ends_on, grant.center, grant.ward) == (
        "system",
        TODAY,
        None,
        None,
        None,
    )
    assert "システム管理者を登録しました" in client.get(answer["Location"]).content.decode()
    client.post(reverse("account_login"), {"login": "tajima", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_first_admin_sees_no_person_and_no_note(on):
    rights = rights_of(make_first_admin(username="tajima", name="田島 恵", password=PASSWORD, on=TODAY))
    assert rights.roles == (Role.SYSTEM,)
    assert rights.allowed(Right.CONTRACT_READ)
    assert not any(
        rights.allowed(right) for right in (Right.CLIENT_READ, Right.NOTE_READ, Right.FIGURES_READ)
    )


def test_a_used_link_is_closed(client, link):
    address = link()
    client.post(address, ANSWERS)
    assert is_closed(client.get(address))
    assert is_closed(client.post(address, ANSWERS | {"username": "second"}))
    assert User.objects.count() == 1


def test_an_older_link_is_closed_as_well_once_there_is_an_admin(client, link):
    older = link()
    client.post(link(), ANSWERS)
    assert is_closed(client.post(older, ANSWERS | {"username": "second"}))


def test_a_former_admin_keeps_the_link_closed(client, link):
    address = link()
    user_with("system", ends_on=date(2020, 3, 31))
    assert is_closed(client.get(address))
    with pytest.raises(AdminExists):
        invite()


@pytest.mark.parametrize("after", [LIFETIME.total_seconds() + 1, 10 * LIFETIME.total_seconds()])
def test_a_late_link_is_closed(client, link, monkeypatch, after):
    address = link()
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + after)
    assert is_closed(client.get(address)) and is_closed(client.post(address, ANSWERS))
    assert not User.objects.exists()


def test_a_link_holds_until_its_last_minute(client, link, monkeypatch):
    address = link()
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + LIFETIME.total_seconds() - 60)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "first-admin:1:1",
        signing.TimestampSigner(salt="other").sign("first-admin"),
        signing.TimestampSigner(salt="centers.invitation").sign("something-else"),
        signing.TimestampSigner(key="another installation's secret", salt="centers.invitation").sign(
            "first-admin"
        ),
        "%00",
    ],
    ids=["noise", "shape", "salt", "purpose", "key", "NUL"],
)
def test_a_token_of_another_making_is_closed(client, link, token):
    assert is_closed(client.get(link(token=token)))
    assert is_closed(client.post(link(token=token), ANSWERS))
    assert not User.objects.exists()


def test_without_a_token_it_is_closed(client, on):
    assert is_closed(client.get(reverse("centers:first_login")))


def test_a_wrong_and_a_used_link_answer_alike(client, link):
    wrong = client.get(link(token="x")).content
    address = link()
    user_with("system")
    assert client.get(address).content == wrong


BAD = {
    "empty": ({"username": ""}, "ログイン名が空です"),
    "kanji": ({"username": "田島"}, "半角の英小文字"),
    "space inside": ({"username": "ta jima"}, "半角の英小文字"),
    "control": ({"name": "田島\x00恵"}, "使えない文字"),
    "no name": ({"name": " "}, "氏名が空です"),
    "too long": ({"name": "田" * 61}, "60字まで"),
    "short": ({"password1": "みじかい", "password2": "みじかい"}, "パスワードが短すぎます(4文字)"),
    "common": ({"password1": "1q2w3e4r5t6y", "password2": "1q2w3e4r5t6y"}, "よく使われるパスワード"),
    "place": (
        {"password1": "kumamoto-2026-11", "password2": "kumamoto-2026-11"},
        "「kumamoto」が入っています",
    ),
    "own name": (
        {"password1": "tajima-no-hibi-1", "password2": "tajima-no-hibi-1"},
        "「tajima」が入っています",
    ),
    "differ": ({"password2": PASSWORD + "x"}, "1回目と違います"),
    "missing": ({"password2": ""}, "が空です"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_and_makes_nothing(case, client, link):
    changes, told = BAD[case]
    answer = client.post(link(), ANSWERS | changes)
    body = answer.content.decode()
    assert answer.status_code == 422 and told in body
    assert PASSWORD not in body and not User.objects.exists() and not RoleGrant.objects.exists()


def test_what_was_typed_stays_but_for_the_passwords(client, link):
    body = client.post(link(), ANSWERS | {"password2": "x"}).content.decode()
    assert 'value="tajima"' in body and 'value="田島 恵"' in body and PASSWORD not in body


def test_a_login_name_that_is_taken_is_refused(client, link):
    UserFactory(username="tajima")
    answer = client.post(link(), ANSWERS)
    assert answer.status_code == 422 and "もう使われています" in answer.content.decode()
    assert not RoleGrant.objects.exists()


def test_the_login_name_is_read_as_the_login_page_reads_it(client, link):
    client.post(link(), ANSWERS | {"username": " Tajima.M "})
    assert User.objects.get().username == "tajima.m"


def test_the_form_cannot_name_another_role_or_center(client, link):
    extra = {"role": "kanri", "center": "nishi", "is_active": "", "starts_on": "2015-04-01"}
    client.post(link(), ANSWERS | extra)
    grant = RoleGrant.objects.get()
    assert (grant.role, grant.starts_on) == ("system", TODAY) and grant.user.is_active


def test_the_page_is_kept_nowhere_and_needs_its_form(link, on):
    strict = Browser(enforce_csrf_checks=True)
    address = link()
    assert "no-store" in strict.get(address)["Cache-Control"]
    assert strict.post(address, ANSWERS).status_code == 403 and not User.objects.exists()


def test_two_at_the_same_time_wait_for_each_other():
    """While another connection is in the middle of it, nobody gets through to look whether there is an admin."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('soudan_first_admin'))")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            make_first_admin(username="second", name="田島 恵", password=PASSWORD, on=TODAY)
    finally:
        other.close()
    assert make_first_admin(username="second", name="田島 恵", password=PASSWORD, on=TODAY).pk


# ---- the command ----


def link_of(output: str) -> str:
    return next(word for word in output.split() if word.startswith("http"))


def test_the_command_prints_a_link_that_opens(client, on, capsys):
    call_command("soudan_first_admin", site="https://soudan.example.jp/")
    link = link_of(capsys.readouterr().out)
    assert link.startswith("https://soudan.example.jp/first-login/?token=")
    assert accepts(parse_qs(urlsplit(link).query)["token"][0])
    assert client.get(link.removeprefix("https://soudan.example.jp")).status_code == 200


def test_the_command_refuses_when_there_is_an_admin():
    user_with("system")
    with pytest.raises(CommandError) as refused:
        call_command("soudan_first_admin")
    assert refused.value.returncode == 2 and "もういます" in str(refused.value)


def test_the_command_is_silent_where_no_link_is_needed(capsys):
    user_with("system")
    call_command("soudan_first_admin", if_needed=True)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "site", ["soudan.example.jp", "javascript:alert(1)", "https://", "https://x.jp/?a=1", ""]
)
def test_an_address_that_is_none_is_refused(site):
    with pytest.raises(CommandError) as refused:
        call_command("soudan_first_admin", site=site)
    assert refused.value.returncode == 2
