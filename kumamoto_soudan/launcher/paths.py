"""Folders of one installation. All of them hang under the data folder, ``SOUDAN_DATA_DIR`` or ``var/``."""

import os
import tempfile
from pathlib import Path

from kumamoto_soudan.launcher.words import Failure

ROOT = Path(__file__).resolve().parents[2]
SERVER_HOME_FILE = "server_home"


def data_dir() -> Path:
    """The data folder as an absolute path; a relative one counts from the project folder."""
    return (ROOT / (os.environ.get("SOUDAN_DATA_DIR") or "var")).resolve()


def prepare_data_dir(folder: Path) -> Path:
    """Make the data folder with its log and run folders.

    As root it can be passed through (not listed) by the account that the servers run as.
    """
    try:
        for path, mode in ((folder, 0o711 if os.geteuid() == 0 else 0o700), (folder / "log", 0o700)):
            if not path.exists():
                path.mkdir(parents=True)
                path.chmod(mode)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Failure(
            f"データのフォルダー {folder} に書き込めません({error.strerror})。",
            "フォルダーの持ち主を確かめるか、書き込めるフォルダーを SOUDAN_DATA_DIR で指定してください。",
        ) from error
    return folder


def server_home_path(data: Path) -> Path:
    """The folder that holds the database: the data folder, or the one that an earlier start noted in it."""
    file = data / SERVER_HOME_FILE
    try:
        path = Path(file.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return data
    if not path.is_absolute():  # an emptied file would mean the working folder
        raise Failure(
            f"データベースの置き場所を書いたファイル {file} が壊れています。",
            "もとのフォルダーの名前(/ で始まるもの)を 1 行で書き直してください。",
        )
    return path


def write_private(path: Path, text: str) -> None:
    """Replace a file in one move; only its owner may read it, from its first byte on. Line ends stay as they are.

    Raises OSError.
    """
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
