"""How a program that a test starts reaches a database of the test's server."""

from urllib.parse import quote

from django.db import connection


def database_url(name: str | None = None) -> str:
    """The address of a database (the test's own unless named), be the server at a host or behind a socket."""
    parts = connection.settings_dict
    login = f"{quote(parts['USER'])}:{quote(parts['PASSWORD'])}"
    host = quote(parts["HOST"], safe="")
    return f"postgres://{login}@/{name or parts['NAME']}?host={host}&port={parts['PORT'] or 5432}"
