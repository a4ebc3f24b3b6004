"""Where the servers live: usually inside the data folder, elsewhere when their account cannot get there."""

import contextlib
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kumamoto_soudan.launcher.account import Account, server_account
from kumamoto_soudan.launcher.binaries import Programs, copy_for, installed
from kumamoto_soudan.launcher.paths import ROOT, SERVER_HOME_FILE, server_home_path, write_private
from kumamoto_soudan.launcher.words import Failure

# Must survive a restart of the machine, so never the temporary folder.
PREFIX = "kumamoto_soudan-"
DATA_FOLDER_FILE = "data_folder"  # in a home elsewhere: whose it is
MODE_FILE = "mode"  # beside the database: demo or real data, written when the first start is done
DEMO, REAL = "demo", "real"
BASES = (Path("/var/lib"), Path("/srv"), Path("/var/tmp"))  # noqa: S108


@dataclass(frozen=True)
class ServerHome:
    """``data`` belongs to the launcher (secrets, logs, state), ``path`` holds what the servers own."""

    data: Path
    path: Path
    account: Account | None
    programs: Programs

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def broker(self) -> Path:
        return self.path / "valkey"

    @property
    def sockets(self) -> Path:
        return self.path / "run"

    def log(self, name: str) -> Path:
        return self.data / "log" / f"{name}.log"

    def own_folder(self, path: Path) -> Path:
        """A folder that only the servers' account may enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        if self.account is not None:
            self.account.own(path)
        path.chmod(0o700)
        return path


def find_home(data: Path, *, bases: Sequence[Path] = BASES) -> ServerHome:
    """Decide once where the servers live; a home outside the data folder is noted there."""
    path = server_home_path(data)
    if not path.is_dir():
        raise Failure(
            f"データベースの置き場所 {path} が見つかりません。",
            f"ディスクがつながっているか確かめてください。データが要らないなら {data / SERVER_HOME_FILE} を消してください。",
        )
    account = server_account(path / "postgres", ROOT)
    if path == data and account is not None and not account.may(execute=[data]):
        path = _make_elsewhere(data, account, bases)
    programs = installed()
    if account is not None and not programs.usable_by(account):
        programs = copy_for(programs, path)
    return ServerHome(data, path, account, programs)


def remove_orphans(base: Path) -> None:
    """Remove demo data whose data folder was deleted. Real data are never removed by the launcher."""
    for path in base.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            data = Path((path / DATA_FOLDER_FILE).read_text(encoding="utf-8").strip())
            if not data.exists() and (path / MODE_FILE).read_text().strip() == DEMO:
                shutil.rmtree(path)


def _make_elsewhere(data: Path, account: Account, bases: Sequence[Path]) -> Path:
    for base in bases:
        path = base / f"{PREFIX}{secrets.token_hex(4)}"
        try:
            path.mkdir(parents=True)
            path.chmod(0o711)
        except OSError:
            continue
        if account.may(execute=[path]):
            write_private(path / DATA_FOLDER_FILE, f"{data}\n")
            write_private(data / SERVER_HOME_FILE, f"{path}\n")
            remove_orphans(base)
            return path
        path.rmdir()
    raise Failure(
        f"アカウント {account.name} が使えるデータの置き場所がありません({data} には入れません)。",
        "このアカウントから入れるフォルダーを SOUDAN_DATA_DIR で指定してください。",
    )
