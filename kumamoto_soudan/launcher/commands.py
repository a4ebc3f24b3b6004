"""``exec`` (a command beside running servers) and ``provision`` (roles on a database given from outside)."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kumamoto_soudan.launcher.database import Server, check_url, provision
from kumamoto_soudan.launcher.hosting import join_or_host, throw_away
from kumamoto_soudan.launcher.paths import data_dir
from kumamoto_soudan.launcher.process import STOP, end_with_parent
from kumamoto_soudan.launcher.roles import Role
from kumamoto_soudan.launcher.words import Failure, say

# A throw-away run must neither reach a real server nor depend on who runs it.
FOREIGN = (
    *("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SECURE_COOKIES", "DEMO"),
    *("EMAIL_URL", "DEFAULT_FROM_EMAIL"),
)


def is_foreign(name: str) -> bool:
    return name in FOREIGN or name.startswith("SOUDAN_")


def execute(command: Sequence[str], *, role: Role, fresh: bool) -> int:
    """Run a command with the servers' variables in its environment; returns its exit code."""
    if fresh:
        for name in [name for name in os.environ if is_foreign(name)]:
            del os.environ[name]
    elif url := os.environ.get("DATABASE_URL"):
        check_url(url)
    with throw_away(role) if fresh else join_or_host(data_dir(), role) as variables:
        return _call(command, dict(os.environ) | dict(variables))


def _call(command: Sequence[str], env: dict[str, str]) -> int:
    """The child shares the terminal, so Ctrl-C reaches it by itself; the other signals are passed on."""
    try:
        process = subprocess.Popen(command, env=env, preexec_fn=end_with_parent(signal.SIGTERM))
    except OSError as error:
        raise Failure(
            f"{command[0]} を実行できません({error.strerror})。", "コマンドの名前を確かめてください。"
        ) from error
    passed = 0
    while process.poll() is None:
        time.sleep(0.05)
        for number, _when in STOP.signals[passed:]:
            passed += 1
            if number != signal.SIGINT:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(number)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


@dataclass(frozen=True)
class GivenPasswords:
    admin_password: str
    owner_password: str
    app_password: str


def provision_from_environment() -> None:
    """Reads SOUDAN_ADMIN_DATABASE_URL (a superuser), SOUDAN_OWNER_PASSWORD and SOUDAN_APP_PASSWORD."""
    names = ("SOUDAN_ADMIN_DATABASE_URL", "SOUDAN_OWNER_PASSWORD", "SOUDAN_APP_PASSWORD")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise Failure(
            f"{'、'.join(missing)} がありません。", "環境変数に入れてから、もう一度実行してください。"
        )
    url, owner, app = (os.environ[name] for name in names)
    check_url(url)
    parts = urlsplit(url)
    server = Server(unquote(parts.hostname or "127.0.0.1"), parts.port or 5432)
    passwords = GivenPasswords(unquote(parts.password or ""), owner, app)
    provision(server, passwords, admin=unquote(parts.username or ""))
    say("データベースの役割と拡張を用意しました。")
