from django.db import migrations

from centers.history import APPEND_ONLY


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_imports")]
    operations = [migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop)]
