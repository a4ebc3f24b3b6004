"""What a backup has to know of, and a restored one changes in, the data folder of an installation."""

import dataclasses
import json
from pathlib import Path

from kumamoto_soudan.launcher.credentials import SECRETS_FILE, load_or_create
from kumamoto_soudan.launcher.home import DEMO, MODE_FILE, REAL
from kumamoto_soudan.launcher.paths import server_home_path, write_private


def is_demo(data: Path) -> bool:
    """Whether an embedded database of the folder was begun as a demo."""
    try:
        return (server_home_path(data) / MODE_FILE).read_text().strip() == DEMO
    except FileNotFoundError:
        return False


def keeps(data: Path, secret_key: str) -> bool:
    """Whether the secret key in use comes from the data folder (and not from the environment)."""
    return (data / SECRETS_FILE).exists() and load_or_create(data).secret_key == secret_key


def take_secret_key(data: Path, secret_key: str) -> None:
    """From the next start on, the application works with this key; the servers' passwords stay."""
    credentials = dataclasses.replace(load_or_create(data), secret_key=secret_key)
    write_private(data / SECRETS_FILE, json.dumps(dataclasses.asdict(credentials), indent=1) + "\n")


def begun(data: Path, *, demo: bool) -> None:
    """An embedded database is no new one any more: the next start fills in nothing. Elsewhere nothing is noted."""
    home = server_home_path(data)
    if (home / "postgres").is_dir():
        (home / MODE_FILE).write_text(DEMO if demo else REAL)
