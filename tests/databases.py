"""Further databases of the test's server, and how a program that a test starts reaches them."""

from urllib.parse import quote

from django.db import connection


def database_url(name: str | None = None) -> str:
    """The address of a database (the test's own unless named), be the server at a host or behind a socket."""
    parts = connection.settings_dict
    login = f"{quote(parts['USER'])}:{quote(parts['PASSWORD'])}"
    host = quote(parts["HOST"], safe="")
    return f"postgres://{login}@/{name or parts['NAME']}?host={host}&port={parts['PORT'] or 5432}"


def blank_database() -> str:
    """Name of the copy of the test database as it was at the start: migrated, with the reference data."""
    return f"{connection.settings_dict['NAME']}_blank"


def copy_database(source: str, name: str) -> None:
    """Make a database anew as a copy of another one, to which nobody may be connected."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
