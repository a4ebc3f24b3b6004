"""Roles, rights and extensions of the database, and the checks that a given server is fit for use."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection, cursor, encrypt_password

from kumamoto_soudan.launcher.words import Failure

ADMIN = "soudan_admin"
OWNER = "soudan_owner"
APP = "soudan_app"
DATABASE = "soudan"
EXTENSIONS = ("pg_trgm", "btree_gist")
OLDEST = 14
# A page that hangs must not hold locks or a worker for long.
APP_SETTINGS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}


class Passwords(Protocol):
    @property
    def admin_password(self) -> str: ...
    @property
    def owner_password(self) -> str: ...
    @property
    def app_password(self) -> str: ...


@dataclass(frozen=True)
class Server:
    """Where PostgreSQL listens: ``host`` is a socket folder or an address."""

    host: str
    port: int

    def connect(self, user: str, password: str, database: str) -> connection:
        return psycopg2.connect(
            host=self.host, port=self.port, user=user, password=password, dbname=database, connect_timeout=5
        )

    def url(self, user: str, password: str) -> str:
        """``postgres://user:password@/soudan?host=/socket/folder&port=…`` or with host and port in their place."""
        login = f"postgres://{quote(user)}:{quote(password)}@"
        if self.host.startswith("/"):
            return f"{login}/{DATABASE}?host={quote(self.host, safe='/')}&port={self.port}"
        return f"{login}{self.host}:{self.port}/{DATABASE}"


@contextlib.contextmanager
def _session(server: Server, user: str, password: str, database: str) -> Iterator[cursor]:
    link = server.connect(user, password, database)
    link.autocommit = True  # CREATE DATABASE refuses to run inside a transaction
    try:
        with link.cursor() as run:
            yield run
    finally:
        link.close()


def provision(server: Server, passwords: Passwords, *, admin: str = ADMIN) -> None:
    """Make roles, database, extensions and default rights; running it again changes nothing.

    The owner role owns the schema and runs migrations; the application role owns nothing and may only read and
    change rows. New databases (the tests') get extensions and rights from template1.
    """
    with _session(server, admin, passwords.admin_password, "postgres") as run:
        _role(run, OWNER, passwords.owner_password, "CREATEDB")
        _role(run, APP, passwords.app_password, "NOCREATEDB")
        run.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
        for role, settings in ((OWNER, {}), (APP, APP_SETTINGS)):
            for name, value in ({"timezone": "UTC"} | settings).items():
                command = sql.SQL("ALTER ROLE {} SET {} = {}")
                run.execute(command.format(sql.Identifier(role), sql.Identifier(name), sql.Literal(value)))
    with _session(server, admin, passwords.admin_password, "template1") as run:
        _extensions_and_rights(run)
    with _session(server, admin, passwords.admin_password, "postgres") as run:
        _database(run)
    with _session(server, admin, passwords.admin_password, DATABASE) as run:
        _extensions_and_rights(run)


def _role(run: cursor, name: str, password: str, right: str) -> None:
    run.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if run.fetchone() is None:
        run.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    # Only the hash leaves this process.
    hashed = encrypt_password(password, name, scope=run.connection, algorithm="scram-sha-256")
    change = sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}")
    run.execute(change.format(sql.Identifier(name), sql.SQL(right), sql.Literal(hashed)))


def _database(run: cursor) -> None:
    run.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if run.fetchone() is None:
        run.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    names = {"database": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    for command in (
        "ALTER DATABASE {database} OWNER TO {owner}",
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {app}",
    ):
        run.execute(sql.SQL(command).format(**names))


def _extensions_and_rights(run: cursor) -> None:
    for name in EXTENSIONS:
        run.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    names = {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
        command = sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT " + rights + " TO {app}"
        )
        run.execute(command.format(**names))


def check_url(url: str) -> None:
    """Refuse a given DATABASE_URL whose server cannot serve us. Raises Failure with one line."""
    try:
        link = psycopg2.connect(url, connect_timeout=10)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        raise Failure(
            f"DATABASE_URL のデータベースにつながりません({reason})。",
            "サーバーが動いているか、名前・パスワード・ホストが合っているか確かめてください。",
        ) from None
    try:
        check_server(link)
    finally:
        link.close()


def check_server(link: connection) -> None:
    """Version and locale. With the C locale PostgreSQL knows no Japanese letters and text search finds nothing."""
    version = link.server_version // 10000
    if version < OLDEST:
        raise Failure(
            f"PostgreSQL {version} は古すぎます({OLDEST} 以上が必要です)。",
            "新しい PostgreSQL に移してから DATABASE_URL を直してください。",
        )
    with link.cursor() as run:
        run.execute(
            "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
        )
        encoding, ctype = run.fetchone()
    if encoding != "UTF8" or ctype in ("C", "POSIX"):
        raise Failure(
            f"データベースの文字の設定が日本語に使えません(文字コード {encoding}、LC_CTYPE {ctype})。",
            "ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' TEMPLATE template0 でデータベースを作り直してください。",
        )
