"""The environment, read in one place: a bad value stops the start with a sentence that says what to mend."""

import os
from datetime import date
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
