from django.db import migrations

# History and the access log may be added to, never changed: whoever was granted more than reading and adding on
# them (the application's role) loses it; the owner, who migrates and disposes after retention, keeps it.
REVOKE = """
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


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_imports")]
    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
