"""Variables that a person mistypes stop the start with a sentence that says what to mend."""

import pytest

from kumamoto_soudan.env import BadEnvironment, env_mail, env_seconds, env_site

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def complete(monkeypatch):
    monkeypatch.setenv("FROM", "soudan@example.jp")
    monkeypatch.setenv("SITE", "https://soudan.example.jp")


def mail(monkeypatch, value):
    monkeypatch.setenv("MAIL", value)
    return env_mail("MAIL", sender="FROM", site="SITE")


def test_without_a_server_no_mail(monkeypatch):
    assert mail(monkeypatch, "") is None


@pytest.mark.parametrize(
    ("value", "port", "tls", "ssl"),
    [
        ("smtp://u:p%40ss@mail.example.jp:587?tls=1", 587, True, False),
        ("smtp://u:p%40ss@mail.example.jp?tls=1", 587, True, False),
        ("smtps://u:p%40ss@mail.example.jp", 465, False, True),
    ],
)
def test_a_server_with_tls(monkeypatch, value, port, tls, ssl):
    facts = mail(monkeypatch, value)
    assert (facts["EMAIL_BACKEND"], facts["EMAIL_HOST"]) == (SMTP, "mail.example.jp")
    assert (facts["EMAIL_HOST_USER"], facts["EMAIL_HOST_PASSWORD"]) == ("u", "p@ss")
    assert (facts["EMAIL_PORT"], facts["EMAIL_USE_TLS"], facts["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert facts["DEFAULT_FROM_EMAIL"] == "soudan@example.jp"


def test_an_open_relay_in_the_house_and_the_console(monkeypatch):
    assert mail(monkeypatch, "smtp://relay.example.jp")["EMAIL_PORT"] == 25
    assert mail(monkeypatch, "smtp://u:p@127.0.0.1:2525")["EMAIL_USE_TLS"] is False
    assert "console" in mail(monkeypatch, "console:")["EMAIL_BACKEND"]


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.jp",
        "http://mail.example.jp",
        "smtp://",
        "smtp://mail.example.jp:0",
        "smtp://mail.example.jp:70000",
        "smtp://mail.example.jp:x",
        "smtp://mail.example.jp/path",
        "smtp://mail.example.jp?tls=maybe",
        "smtp://mail.example.jp?ssl=1",
        "console",
    ],
)
def test_an_unreadable_server_is_not_repeated_since_it_may_hold_a_password(monkeypatch, value):
    with pytest.raises(BadEnvironment, match="環境変数 MAIL が読めません。") as refused:
        mail(monkeypatch, value)
    assert "表示しません" in str(refused.value)


def test_a_password_does_not_travel_in_the_open(monkeypatch):
    with pytest.raises(BadEnvironment, match="暗号化せずに") as refused:
        mail(monkeypatch, "smtp://u:planted@mail.example.jp")
    assert "planted" not in str(refused.value)


@pytest.mark.parametrize("value", ["", "nobody", "a@b\nBcc: c@d"])
def test_mail_needs_a_sender(monkeypatch, value):
    monkeypatch.setenv("FROM", value)
    with pytest.raises(BadEnvironment, match="FROM"):
        mail(monkeypatch, "smtp://mail.example.jp")


def test_mail_needs_the_address_of_the_pages(monkeypatch):
    monkeypatch.setenv("SITE", "")
    with pytest.raises(BadEnvironment, match="SITE"):
        mail(monkeypatch, "smtp://mail.example.jp")


@pytest.mark.parametrize("value", ["soudan.example.jp", "https://x.jp/path", "ftp://x.jp", "https://"])
def test_a_site_is_scheme_and_host(monkeypatch, value):
    monkeypatch.setenv("SITE", value)
    with pytest.raises(BadEnvironment, match="SITE"):
        env_site("SITE")


def test_a_site_may_end_with_a_slash(monkeypatch):
    monkeypatch.setenv("SITE", "https://soudan.example.jp/")
    assert env_site("SITE") == "https://soudan.example.jp"


@pytest.mark.parametrize("value", ["0", "-1", "5m"])
def test_seconds_are_at_least_one(monkeypatch, value):
    monkeypatch.setenv("SITE", value)
    with pytest.raises(BadEnvironment, match="SITE"):
        env_seconds("SITE", 5)
