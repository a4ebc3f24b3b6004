"""Secrets of one installation: made once, kept in ``secrets.json`` in the data folder, readable by its owner only."""

import dataclasses
import json
import os
import secrets
from pathlib import Path

from kumamoto_soudan.launcher.paths import server_home_path, write_private
from kumamoto_soudan.launcher.words import Failure

SECRETS_FILE = "secrets.json"


@dataclasses.dataclass(frozen=True)
class Credentials:
    """All values are URL-safe texts, so that they can stand in a URL as they are."""

    secret_key: str
    admin_password: str
    owner_password: str
    app_password: str
    broker_password: str


def load_or_create(data: Path) -> Credentials:
    """Read the secrets, or make them. Raises Failure when a database exists whose secrets are gone."""
    file = data / SECRETS_FILE
    if not file.exists():
        _create(file)
    try:
        return Credentials(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Failure(
            f"鍵のファイル {file} を読めません({type(error).__name__})。",
            "持ち主と中身を確かめるか、バックアップから戻してください。",
        ) from error


def _create(file: Path) -> None:
    cluster = server_home_path(file.parent) / "postgres"
    if cluster.exists():
        raise Failure(
            f"データベース {cluster} はありますが、その鍵 {file} がありません。",
            "バックアップから secrets.json を戻してください。データが要らないなら両方を消してやり直してください。",
        )
    fresh = {field.name: secrets.token_urlsafe(48) for field in dataclasses.fields(Credentials)}
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    write_private(draft, json.dumps(fresh, indent=1) + "\n")
    try:
        os.link(draft, file)  # unlike a rename it never replaces secrets that another command has just made
    except FileExistsError:
        pass
    finally:
        draft.unlink()
