"""The unprivileged account that the servers run as when the launcher itself is root.

PostgreSQL refuses to run as root. No account is made for it: an existing one is taken.
"""

import os
import pwd
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kumamoto_soudan.launcher.words import Failure

USUAL_ACCOUNTS = ("postgres", "_postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def spawn_arguments(self) -> dict[str, Any]:
        """Keyword arguments of ``subprocess`` that switch to this account and drop all groups of root."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may(self, *, read: Iterable[Path] = (), execute: Iterable[Path] = ()) -> bool:
        """Whether the account can do so really, all parent folders included (asked as that account)."""
        for flag, paths in (("-r", read), ("-x", execute)):
            for path in paths:
                command = ["/bin/sh", "-c", f'test {flag} "$1"', "sh", str(path)]
                if subprocess.run(command, cwd="/", check=False, **self.spawn_arguments()).returncode:
                    return False
        return True

    def own(self, *paths: Path) -> None:
        for path in paths:
            os.chown(path, self.uid, self.gid)


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _owner_of(path: Path) -> Account | None:
    """The account that owns a path, unless that is root, nobody known, or the path does not exist."""
    try:
        entry = pwd.getpwuid(path.stat().st_uid)
    except (OSError, KeyError):
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid else None


def server_account(cluster: Path, project: Path) -> Account | None:
    """None for an ordinary user, who runs the servers as themselves. As root: who owns the database already,
    else who owns the project folder, else a usual system account."""
    if os.geteuid() != 0:
        return None
    candidates = [_owner_of(cluster), _owner_of(project), *map(_named, USUAL_ACCOUNTS)]
    for account in candidates:
        if account is not None:
            return account
    raise Failure(
        "PostgreSQL は root では動かせませんが、代わりに使えるアカウントが見つかりません。",
        "一般のアカウントで make run を実行するか、`useradd --system soudan` などで nobody に当たるアカウントを作り、"
        "このフォルダーの持ち主にしてください。",
    )
