"""Which database role a management command works as."""

from collections.abc import Sequence
from typing import Literal

Role = Literal["owner", "app"]

# Only these change the schema, the reference data or a whole database; all others work with the application's rights.
OWNER_COMMANDS = frozenset(
    {
        "createcachetable",
        "dbshell",
        "flush",
        "loaddata",
        "makemigrations",
        "migrate",
        "pgtrigger",
        "showmigrations",
        "soudan_demo",
        "soudan_reference",
        "soudan_restore",
        "sqlmigrate",
        "squashmigrations",
        "test",
    }
)
# These never open the database, so starting a server for them would be waste.
OFFLINE_COMMANDS = frozenset(
    {
        "",
        "help",
        "version",
        "collectstatic",
        "findstatic",
        "diffsettings",
        "soudan_backup_key",
        "startapp",
    }
)


def database_role(argv: Sequence[str]) -> Role | None:
    """Role for ``sys.argv`` of manage.py; None when the command needs no database."""
    command = argv[1] if len(argv) > 1 else ""
    if command.startswith("-") or command in OFFLINE_COMMANDS or {"-h", "--help"} & set(argv):
        return None
    return "owner" if command in OWNER_COMMANDS else "app"
