"""The Celery application and the whole beat table: what runs when (all times JST)."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging

from kumamoto_soudan import heartbeat, logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kumamoto_soudan.settings")

app = Celery("kumamoto_soudan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeat.install(app)
setup_logging.connect(lambda **_: logs.configure(), weak=False)  # in place of Celery's own formats
app.conf.beat_schedule = {
    "backup": {"task": "reports.tasks.backup", "schedule": crontab(hour=2, minute=0)},
    "checks": {"task": "reports.tasks.run_checks", "schedule": crontab(hour=6, minute=0)},
    "frequent_checks": {
        "task": "reports.tasks.run_frequent_checks",
        "schedule": crontab(minute="*/10"),
    },
    "mail_urgent": {"task": "centers.tasks.mail_urgent_notices", "schedule": crontab(minute="*/5")},
    "mail_digest": {"task": "centers.tasks.mail_digest", "schedule": crontab(hour=8, minute=30)},
    "idle_accounts": {"task": "centers.tasks.stop_idle_accounts", "schedule": crontab(hour=4, minute=0)},
    "drafts": {"task": "reports.tasks.purge_drafts", "schedule": crontab(hour=3, minute=0)},
    "files": {"task": "centers.tasks.sweep_files", "schedule": crontab(hour=3, minute=30)},
    "read_samples": {"task": "centers.tasks.read_samples", "schedule": crontab(hour=5, minute=0)},
    "recount": {"task": "reports.tasks.recount", "schedule": crontab(hour=4, minute=0)},
}
