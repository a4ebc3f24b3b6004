"""`manifest.json`: what a backup holds and what it must look like once restored. Plain text, no personal data."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from reports.backup.contents import Contents
from reports.backup.problems import Refused
from reports.backup.sealing import Seal, seal_of

FILE = "manifest.json"
FORMAT = 1
DATABASE, FILES, SECRETS = "database.dump.age", "files.tar.age", "secrets.age"
MEMBERS = (DATABASE, FILES, SECRETS)
RIGHTS = {"SELECT", "INSERT", "UPDATE", "DELETE"}


@dataclass(frozen=True)
class Manifest:
    """postgres: major version of the server; migrations: those applied, by app; rights: table → what the
    application's role may do (empty where there was no such role); members: file name → its seal."""

    made_at: datetime
    postgres: int
    demo: bool
    migrations: Mapping[str, list[str]]
    contents: Contents
    rights: Mapping[str, list[str]]
    members: Mapping[str, Seal]

    @property
    def size(self) -> int:
        """Bytes of all parts as they lie in the folder."""
        return sum(seal.size for seal in self.members.values())

    def text(self) -> str:
        fields = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def verify(self, folder: Path) -> None:
        """Read every member again. Raises Refused with the name of the one that is not what was written."""
        for name, seal in self.members.items():
            try:
                found = seal_of(folder / name)
            except OSError as error:
                raise Refused(f"{folder / name} を読めません({error.strerror})。{_OTHER}") from None
            if found != seal:
                raise Refused(f"{folder / name} が、作った時と違っています(大きさか SHA-256)。{_OTHER}")


_OTHER = "もう一つの置き場所の写しか、ほかの日のバックアップを使ってください。"


def read_manifest(folder: Path) -> Manifest:
    """Raises Refused when there is none, when it cannot be understood, or when a newer program wrote it."""
    file = folder / FILE
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(
            f"{file} を読めません({error.strerror})。バックアップのフォルダーか確かめてください。"
        ) from None
    except ValueError:
        raise Refused(f"{file} の中身が壊れています。{_OTHER}") from None
    made_with = fields.get("format") if isinstance(fields, dict) else None
    if isinstance(made_with, int) and made_with > FORMAT:
        raise Refused(
            f"{file} はこのプログラムより新しい版の形({made_with})です。バックアップを作った版か、それより新しい版で"
            "復元してください。"
        )
    try:
        return _manifest(fields)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Refused(f"{file} の中身が壊れています。{_OTHER}") from None


def _manifest(fields: dict) -> Manifest:
    contents, rights = fields["contents"], fields["rights"]
    members = {name: Seal(**fields["members"][name]) for name in MEMBERS}
    if any(set(granted) - RIGHTS for granted in rights.values()):
        raise ValueError
    return Manifest(
        made_at=datetime.fromisoformat(fields["made_at"]),
        postgres=int(fields["postgres"]),
        demo=bool(fields["demo"]),
        migrations={app: list(names) for app, names in fields["migrations"].items()},
        contents=Contents(
            {name: (int(rows), str(total)) for name, (rows, total) in contents["tables"].items()},
            {name: int(value) for name, value in contents["sequences"].items()},
        ),
        rights=rights,
        members=members,
    )
