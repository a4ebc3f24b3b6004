from django.db import migrations, models

from centers.operations import AtOnce

# What a month's figures hang on besides the records: terms and 業務項目 (every month of every center) and the
# persons' own data (the months from their first contact on; a new link to a former client: the whole zone).
TERMS = ("centers_contractterm", "centers_contractgeneration", "centers_businessitem")
TERM = """
CREATE FUNCTION reports_touch_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reports_touch_all(NULL);
    RETURN NULL;
END $$;
"""
TERM_TRIGGER = """
CREATE TRIGGER reports_touch_terms AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION reports_touch_terms();
"""

TOUCH_FROM_FIRST_CONTACT = """
    INSERT INTO reports_monthline (center_id, month, figures, code, number)
    SELECT DISTINCT presence.center_id, min(presence.month), 'changes', '', 1
    FROM reports_monthpresence presence
    WHERE presence.client_id IN ({clients})
    GROUP BY presence.center_id, presence.client_id;
"""
CHANGED_CLIENTS = """
    SELECT n.id FROM new_rows n JOIN old_rows o USING (id)
    WHERE (n.birth_date, n.birth_precision, n.kana_key, n.given_kana)
        IS DISTINCT FROM (o.birth_date, o.birth_precision, o.kana_key, o.given_kana)
"""
CLIENT = """
CREATE FUNCTION reports_touch_clients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {touch}
    PERFORM reports_touch_all(zone_id) FROM (
        SELECT DISTINCT center.zone_id
        FROM new_rows n JOIN old_rows o USING (id) JOIN centers_center center ON center.id = n.center_id
        WHERE n.previous_id IS DISTINCT FROM o.previous_id
    ) zones;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_touch_clients AFTER UPDATE ON cases_client
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION reports_touch_clients();
"""
DISABILITY = """
CREATE FUNCTION reports_touch_disabilities_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {touch}
    RETURN NULL;
END $$;
CREATE TRIGGER reports_touch_disabilities_{name} AFTER {name} ON cases_clientdisability
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION reports_touch_disabilities_{name}();
"""
DISABILITIES = {
    "insert": ("NEW TABLE AS new_rows", "SELECT client_id FROM new_rows"),
    "update": (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "SELECT client_id FROM new_rows UNION SELECT client_id FROM old_rows",
    ),
    "delete": ("OLD TABLE AS old_rows", "SELECT client_id FROM old_rows"),
}
FUNCTIONS = ("terms", "clients", *(f"disabilities_{name}" for name in DISABILITIES))
DROP = "".join(f"DROP FUNCTION reports_touch_{name}() CASCADE;" for name in FUNCTIONS)


def touch_disabilities(name: str) -> str:
    tables, clients = DISABILITIES[name]
    return DISABILITY.format(name=name, tables=tables, touch=TOUCH_FROM_FIRST_CONTACT.format(clients=clients))


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_rollups")]

    operations = [AtOnce([
        migrations.CreateModel(
            name="MonthMemo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=36)),
                ("month", models.DateField()),
                ("definition", models.CharField(max_length=64)),
                ("stamp", models.BigIntegerField()),
                ("counts", models.JSONField()),
            ],
            options={"default_manager_name": "unscoped"},
            managers=[("unscoped", models.Manager())],
        ),
        migrations.AddConstraint(
            model_name="monthmemo",
            constraint=models.UniqueConstraint(fields=("scope", "month"), name="month_memo_once"),
        ),
        migrations.RunSQL(TERM, DROP),
        *(migrations.RunSQL(TERM_TRIGGER.format(table=table), migrations.RunSQL.noop) for table in TERMS),
        migrations.RunSQL(
            CLIENT.format(touch=TOUCH_FROM_FIRST_CONTACT.format(clients=CHANGED_CLIENTS)),
            migrations.RunSQL.noop,
        ),
        *(migrations.RunSQL(touch_disabilities(name), migrations.RunSQL.noop) for name in DISABILITIES),
    ])]
