"""The Celery application and the whole beat table: what runs when (all times JST)."""

import os

from celery import Celery
from celery.schedules import crontab

from kumamoto_soudan import heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kumamoto_soudan.settings")

app = Celery("kumamoto_soudan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeat.install(app)
app.conf.beat_schedule = {
    "backup": {"task": "reports.tasks.backup", "schedule": crontab(hour=2, minute=0)},
    "checks": {"task": "reports.tasks.run_checks", "schedule": crontab(hour=6, minute=0)},
    "drafts": {"task": "reports.tasks.purge_drafts", "schedule": crontab(hour=3, minute=0)},
    "recount": {"task": "reports.tasks.recount", "schedule": crontab(hour=4, minute=0)},
}
