"""Change history: database triggers catch every insert, update and delete, bulk and raw SQL included."""

from collections.abc import Sequence

import pghistory


def tracked(*, exclude: Sequence[str] = (), secret: Sequence[str] = ()):
    """Class decorator that keeps the history of a model.

    `exclude` names derived columns (roll-ups): a change in them alone makes no history row. `secret` names columns
    that no history row holds.
    """
    changed = pghistory.AnyChange(exclude=[*exclude, *secret])
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=changed),
        pghistory.DeleteEvent(),
        exclude=list(secret),
    )


# For migrations that bring a tracked model. History and the access log may be added to, never changed: whoever was
# granted more on them (the application's role) loses it; the owner, who disposes after retention, keeps it.
APPEND_ONLY = """
DO $$
DECLARE log regclass; grantee text;
BEGIN
    FOR log, grantee IN
        SELECT DISTINCT c.oid::regclass, g.grantee
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
        JOIN information_schema.role_table_grants g
            ON g.table_name = c.relname AND g.table_schema = n.nspname
        WHERE c.relkind = 'r' AND g.privilege_type IN ('UPDATE', 'DELETE') AND g.grantee <> pg_get_userbyid(c.relowner)
            AND (c.relname = 'centers_accesslog' OR EXISTS (
                SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pgh_label'))
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM %I', log, grantee);
    END LOOP;
END $$;
"""
