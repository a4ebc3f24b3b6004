"""What stands in a database, in figures that two databases can be compared by. No personal data in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

# Kept out of every backup: nobody is logged in after a restore, and counted log-in attempts begin anew.
VOLATILE = (
    Session._meta.db_table,
    UserSession._meta.db_table,
    str(settings.CACHES["default"]["LOCATION"]),
)

# A row's text must be the same on every server.
_PLAIN_TEXT = """
SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
SET extra_float_digits = 1; SET bytea_output = 'hex'; SET search_path = public;
"""
_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY c.relname
"""
# Each row's SHA-256, halved to two signed numbers and added up: the order of the rows plays no part, no sort is
# needed, and equal rows do not cancel each other.
_ROWS = """
SELECT count(*), coalesce(sum(('x' || substr(h, 1, 16))::bit(64)::bigint), 0)::text
    || '/' || coalesce(sum(('x' || substr(h, 17, 16))::bit(64)::bigint), 0)::text
FROM (SELECT encode(sha256(convert_to(t::text, 'UTF8')), 'hex') AS h FROM {} t) rows
"""
_SEQUENCES = (
    "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
)
_RIGHTS = """
SELECT c.relname, array_agg(r ORDER BY r) FILTER (WHERE has_table_privilege(o.oid, c.oid, r))
FROM pg_class c, pg_roles o, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) r
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND o.rolname = %s GROUP BY 1
"""


@dataclass(frozen=True)
class Contents:
    """tables: name → (rows, content hash); sequences: name → last value."""

    tables: Mapping[str, tuple[int, str]]
    sequences: Mapping[str, int]

    @property
    def rows(self) -> int:
        return sum(rows for rows, _ in self.tables.values())

    def differences(self, restored: "Contents") -> list[str]:
        """Names of the tables that are not the same in both, and of sequences that would give a number again.

        Sequences know no snapshot: they may have moved on between being read and being dumped.
        """
        tables = {*self.tables, *restored.tables}
        sequences = {*self.sequences, *restored.sequences}
        return [
            *(name for name in sorted(tables) if self.tables.get(name) != restored.tables.get(name)),
            *(
                name
                for name in sorted(sequences)
                if name not in self.sequences or self.sequences[name] > restored.sequences.get(name, -1)
            ),
        ]


def read_contents(cursor) -> Contents:
    """What a whole database holds, as of the cursor's transaction."""
    return Contents(sequences=read_sequences(cursor), tables=read_tables(cursor))


def read_sequences(cursor) -> dict[str, int]:
    """Sequence → the number that it gave last."""
    cursor.execute(_SEQUENCES)
    return dict(cursor.fetchall())


def read_tables(cursor) -> dict[str, tuple[int, str]]:
    """Count and hash every table of the schema public; the cursor's transaction decides as of when."""
    cursor.execute(_PLAIN_TEXT)
    tables = {}
    for name in _names(cursor):
        cursor.execute(_ROWS.format(_quoted(cursor, name)))
        tables[name] = cursor.fetchone()
    return tables


def server_version(cursor) -> int:
    """Major version of PostgreSQL."""
    cursor.execute("SHOW server_version_num")
    return int(cursor.fetchone()[0]) // 10000


def is_empty(cursor) -> bool:
    """Whether the schema holds no table, view, function or sequence of ours."""
    cursor.execute(
        "SELECT NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))"
    )
    return cursor.fetchone()[0]


def read_rights(cursor, role: str) -> dict[str, list[str]]:
    """Table → what a role may do to its rows; empty where there is no such role."""
    cursor.execute(_RIGHTS, [role])
    return {name: rights or [] for name, rights in cursor.fetchall()}


def give_rights(cursor, role: str, rights: Mapping[str, Iterable[str]]) -> None:
    """Let a role do to each table exactly what is listed."""
    for name, granted in rights.items():
        table, grantee = _quoted(cursor, name), _quoted(cursor, role)
        cursor.execute(f"REVOKE ALL ON {table} FROM {grantee}")
        if granted:
            cursor.execute(f"GRANT {', '.join(granted)} ON {table} TO {grantee}")


def _names(cursor) -> list[str]:
    cursor.execute(_TABLES)
    return [name for (name,) in cursor.fetchall() if name not in VOLATILE]


def _quoted(cursor, name: str) -> str:
    cursor.execute("SELECT quote_ident(%s)", [name])
    return cursor.fetchone()[0]
