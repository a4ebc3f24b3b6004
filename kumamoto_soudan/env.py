"""The environment, read in one place: a bad value stops the start with a sentence that says what to mend."""

import os
from datetime import date, time
from urllib.parse import parse_qs, unquote, urlsplit


class BadEnvironment(SystemExit):
    """Raised at start-up; its text is what the operator reads."""


def env_str(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default, a missing value stops the start."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise BadEnvironment(f"環境変数 {name} が設定されていません。設定してから、もう一度始めてください。")
    return default


def env_bool(name: str, default: bool) -> bool:
    """1/0, true/false, on/off, yes/no in any case."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "on", "yes"}:
        return True
    if value in {"0", "false", "off", "no"}:
        return False
    raise BadEnvironment(f"環境変数 {name} は 1 か 0 で入れてください(いまの値: {value})。")


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise BadEnvironment(f"環境変数 {name} は整数で入れてください(いまの値: {value})。")
    return int(value)


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env_str(name, default).split(",") if item.strip()]


def env_date(name: str) -> date | None:
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadEnvironment(
            f"環境変数 {name} は 2026-10-01 の形の日付で入れてください(いまの値: {value})。"
        ) from None


def env_time(name: str) -> time | None:
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise BadEnvironment(
            f"環境変数 {name} は 16:40 の形の時刻で入れてください(いまの値: {value})。"
        ) from None


def env_database(name: str = "DATABASE_URL") -> dict:
    """Django's DATABASES entry from postgres://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(env_str(name))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadEnvironment(
            f"環境変数 {name} は postgres://利用者:パスワード@ホスト:ポート/データベース の形で入れてください。"
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", "") or unquote(parts.hostname or "")
    port = query.pop("port", "") or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": query,
    }


def env_seconds(name: str, default: int) -> int:
    """A length of time in whole seconds, at least 1."""
    value = env_int(name, default)
    if value < 1:
        raise BadEnvironment(f"環境変数 {name} は 1 以上の秒数で入れてください(いまの値: {value})。")
    return value


def env_site(name: str) -> str:
    """https://host of the installation's own pages, without a path and a slash at its end; "" where none is given."""
    value = env_str(name, "").rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or value != f"{parts.scheme}://{parts.netloc}"):
        raise BadEnvironment(f"環境変数 {name} は https://soudan.example.jp の形で入れてください。")
    return value


_MAIL_FORM = "smtp://利用者:パスワード@ホスト:587?tls=1、smtps://…、console: のどれかの形で入れてください"
_MAIL_SECONDS = 10  # for the mail server to answer


def env_mail(name: str, *, sender: str, site: str) -> dict | None:
    """Django's settings for the mail server, from the variable `name`; None where no mail is to be sent.

    `sender` and `site` name the variables that hold the From address and the address of the pages; with a mail
    server both are needed. A password goes only over TLS, except to this machine.
    """
    value = env_str(name, "")
    if not value:
        return None
    facts = _mail_server(name, value) | {"DEFAULT_FROM_EMAIL": env_str(sender)}
    if "@" not in facts["DEFAULT_FROM_EMAIL"] or not facts["DEFAULT_FROM_EMAIL"].isprintable():
        raise BadEnvironment(f"環境変数 {sender} には、差出人のメールアドレスを入れてください。")
    env_str(site)
    return facts


def _mail_server(name: str, value: str) -> dict:
    if value == "console:":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(value)
    try:
        port = parts.port
    except ValueError:
        port = 0
    query = parse_qs(parts.query)
    known = parts.scheme in {"smtp", "smtps"} and not parts.path and set(query) <= {"tls"}
    if not (known and parts.hostname) or port == 0 or query.get("tls", ["1"])[-1] not in {"0", "1"}:
        raise BadEnvironment(f"環境変数 {name} が読めません。{_MAIL_FORM}(値は表示しません)。")
    over_tls, then_tls = parts.scheme == "smtps", query.get("tls") == ["1"]
    local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if parts.password and not (over_tls or then_tls or local):
        raise BadEnvironment(
            f"環境変数 {name} のままでは、パスワードを暗号化せずに送ります。smtps:// にするか ?tls=1 を付けてください。"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if over_tls else 587 if then_tls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": then_tls and not over_tls,
        "EMAIL_USE_SSL": over_tls,
        "EMAIL_TIMEOUT": _MAIL_SECONDS,
    }
