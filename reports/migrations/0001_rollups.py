import django.db.models.deletion
from django.db import migrations, models

from centers.operations import AtOnce

# What a contact is stands in ConsultationQuerySet.contacts(); `soudan_recount` and the tests hold this to it.
CONTACT = """
    SELECT c.*, c.date - (extract(day FROM c.date)::int - 1) AS month
    FROM ({rows}) c
    JOIN centers_businessitem item ON item.id = c.business_item_id AND item.in_contacts
    WHERE c.counted AND c.voided_at IS NULL
"""

LINES = """LATERAL (
        VALUES ('contacts', 'all'), ('methods', contact.method), ('items', contact.business_item_id::text)
        UNION ALL SELECT DISTINCT 'contents', content FROM unnest(contact.contents) content
    ) line(figures, code)"""

EVERY = "SELECT * FROM cases_consultation"
# One more for each statement that touched the month, whatever it changed: figures that were worked out before are
# known by the sum (see reports.memo). Rows are only added, so the sum tells in whatever order writers commit.
TOUCHED = """
    INSERT INTO reports_monthline (center_id, month, figures, code, number)
    SELECT center_id, month, 'changes', '', 1 FROM ({touched}) touched GROUP BY center_id, month;
"""
TOUCH_ALL = """
CREATE FUNCTION reports_touch_all(zone varchar) RETURNS void LANGUAGE sql AS $$
    INSERT INTO reports_monthline (center_id, month, figures, code, number)
    SELECT id, DATE '0001-01-01', 'changes', '', 1 FROM centers_center WHERE zone IS NULL OR zone_id = zone
$$;
"""
MONTH_OF_ROWS = "SELECT center_id, date - (extract(day FROM date)::int - 1) AS month FROM ({rows}) rows"

ADDED = "SELECT 1 AS sign, new_rows.* FROM new_rows"
TAKEN = "SELECT -1 AS sign, old_rows.* FROM old_rows"

# first_on of a key that lost a contact is read anew after its row is locked by the upsert, so that an entry made
# at the same time is either seen here or waits for this row and lowers first_on itself.
ROLL_UP = """
CREATE FUNCTION reports_roll_up_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_monthline (center_id, month, figures, code, number)
    SELECT contact.center_id, contact.month, line.figures, line.code, sum(contact.sign)
    FROM ({contact}) contact, {lines}
    GROUP BY contact.center_id, contact.month, line.figures, line.code
    HAVING sum(contact.sign) <> 0;

    INSERT INTO reports_monthpresence AS presence (center_id, client_id, month, first_on, contacts)
    SELECT center_id, client_id, month, min(date), sum(sign)
    FROM ({contact}) contact
    WHERE client_id IS NOT NULL
    GROUP BY center_id, client_id, month
    ORDER BY client_id, month, center_id
    ON CONFLICT (client_id, month, center_id) DO UPDATE SET
        first_on = LEAST(presence.first_on, EXCLUDED.first_on),
        contacts = presence.contacts + EXCLUDED.contacts;
    {settle}
    {touched}
    RETURN NULL;
END $$;
"""

SETTLE = """
    DELETE FROM reports_monthpresence presence
    USING ({taken}) taken
    WHERE presence.client_id = taken.client_id AND presence.month = taken.month
        AND presence.center_id = taken.center_id AND presence.contacts = 0;

    UPDATE reports_monthpresence presence SET first_on = still.first_on
    FROM (
        SELECT k.client_id, k.center_id, k.month, min(c.date) AS first_on
        FROM (SELECT DISTINCT client_id, center_id, month FROM ({taken}) taken) k
        JOIN ({standing}) c
            ON c.client_id = k.client_id AND c.center_id = k.center_id AND c.month = k.month
        GROUP BY k.client_id, k.center_id, k.month
    ) still
    WHERE presence.client_id = still.client_id AND presence.center_id = still.center_id
        AND presence.month = still.month AND presence.first_on <> still.first_on;
"""

TRIGGER = """
CREATE TRIGGER reports_roll_up_{name} AFTER {event} ON cases_consultation
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION reports_roll_up_{name}();
"""

CHANGES = {
    "insert": ([ADDED], "NEW TABLE AS new_rows"),
    "update": ([ADDED, TAKEN], "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    "delete": ([TAKEN], "OLD TABLE AS old_rows"),
}


def roll_up(name: str) -> str:
    """The function and the trigger for one kind of change."""
    rows, tables = CHANGES[name]
    settle = SETTLE.format(
        taken=CONTACT.format(rows=TAKEN),
        standing=CONTACT.format(rows=EVERY),
    )
    function = ROLL_UP.format(
        name=name,
        contact=CONTACT.format(rows=" UNION ALL ".join(rows)),
        lines=LINES,
        settle=settle if TAKEN in rows else "",
        touched=TOUCHED.format(touched=MONTH_OF_ROWS.format(rows=" UNION ALL ".join(rows))),
    )
    return function + TRIGGER.format(name=name, event=name.upper(), tables=tables)


def drop(name: str) -> str:
    return (
        f"DROP TRIGGER reports_roll_up_{name} ON cases_consultation; DROP FUNCTION reports_roll_up_{name}();"
    )


# All of it anew; nobody changes a record meanwhile. Also what a 業務項目 that leaves or enters the contacts needs.
ANEW = f"""
CREATE FUNCTION reports_roll_up_anew() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE cases_consultation IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM reports_monthline WHERE figures <> 'changes';
    DELETE FROM reports_monthpresence;
    INSERT INTO reports_monthline (center_id, month, figures, code, number)
    SELECT contact.center_id, contact.month, line.figures, line.code, count(*)
    FROM ({CONTACT.format(rows=EVERY)}) contact, {LINES}
    GROUP BY contact.center_id, contact.month, line.figures, line.code;
    INSERT INTO reports_monthpresence (center_id, client_id, month, first_on, contacts)
    SELECT center_id, client_id, month, min(date), count(*)
    FROM ({CONTACT.format(rows=EVERY)}) contact
    WHERE client_id IS NOT NULL
    GROUP BY center_id, client_id, month;
    PERFORM reports_touch_all(NULL);
END $$;
"""  # noqa: S608  put together from constants of this module


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0002_append_only"), ("centers", "0002_cache_table")]
    operations = [AtOnce([
        migrations.CreateModel(
            name="MonthLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("figures", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=36)),
                ("number", models.IntegerField()),
                (
                    "center",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="centers.center",
                    ),
                ),
            ],
            options={"abstract": False, "default_manager_name": "unscoped"},
            managers=[("unscoped", models.Manager())],
        ),
        migrations.CreateModel(
            name="MonthPresence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("first_on", models.DateField()),
                ("contacts", models.IntegerField()),
                (
                    "center",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="centers.center",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.client",
                    ),
                ),
            ],
            options={"abstract": False, "default_manager_name": "unscoped"},
            managers=[("unscoped", models.Manager())],
        ),
        migrations.AddIndex(
            model_name="monthline",
            index=models.Index(
                fields=["figures", "month", "center"], include=("code", "number"), name="month_line_reading"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthpresence",
            constraint=models.UniqueConstraint(fields=("client", "month", "center"), include=("first_on",), name="month_presence_once"),
        ),
        migrations.AddIndex(
            model_name="monthpresence",
            index=models.Index(
                fields=["center", "month"], include=("client", "first_on"), name="month_presence_of"
            ),
        ),
        migrations.RunSQL(TOUCH_ALL, "DROP FUNCTION reports_touch_all(varchar)"),
        migrations.RunSQL(ANEW, "DROP FUNCTION reports_roll_up_anew()"),
        *(migrations.RunSQL(roll_up(name), drop(name)) for name in CHANGES),
        migrations.RunSQL("SELECT reports_roll_up_anew()", migrations.RunSQL.noop),
    ])]
