import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from centers.text import fold, text_grams

TEXTS = ("facts", "view", "done", "counterpart_note", "place")
AT_ONCE = 1_000

# Which grams are common differs far more than a hundred samples tell; the planner's choice hangs on it.
STATISTICS = "ALTER TABLE cases_noteindex ALTER COLUMN grams SET STATISTICS 1000"


def fill(apps, schema_editor):
    """The records that are there already."""
    index = apps.get_model("cases", "NoteIndex").unscoped
    records = apps.get_model("cases", "Consultation").unscoped.filter(note_index=None)
    while found := list(records.only("center_id", *TEXTS)[:AT_ONCE]):
        index.bulk_create(index.model(consultation=record, **indexed(record)) for record in found)


def indexed(record) -> dict:
    text = "\n".join(getattr(record, name) for name in TEXTS)
    salt = int.from_bytes(record.center_id.bytes[:4], signed=True)
    return {"folded": fold(text), "grams": sorted(gram ^ salt for gram in text_grams(text))}


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="NoteIndex",
            fields=[
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note_index",
                        serialize=False,
                        to="cases.consultation",
                    ),
                ),
                ("folded", models.TextField()),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
            ],
            options={"abstract": False, "default_manager_name": "unscoped"},
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
        migrations.AddIndex(
            model_name="noteindex",
            index=django.contrib.postgres.indexes.GinIndex(fields=["grams"], name="note_index_grams"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("restricted", True)), fields=["client"], name="case_restricted"
            ),
        ),
        migrations.RunSQL(STATISTICS, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
