"""The Celery application and the whole beat table: what runs when (all times JST)."""

import os

from celery import Celery

from kumamoto_soudan import heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kumamoto_soudan.settings")

app = Celery("kumamoto_soudan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
heartbeat.install(app)
app.conf.beat_schedule = {}
