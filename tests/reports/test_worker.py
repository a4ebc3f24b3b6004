"""The daily task through a real Celery worker and the Valkey of the environment."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from celery import Celery
from django.conf import settings

from centers.models import CheckRun, Finding
from reports.checks import CHECKS
from tests.databases import database_url
from tests.reports.test_checks import forget_runs, in_own_connection

ROOT = Path(__file__).resolve().parents[2]
QUEUE = f"test-{os.getpid()}"
PATIENCE = 300  # polls


@pytest.fixture
def worker(tmp_path):
    environment = os.environ | {"DATABASE_URL": database_url()}
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "kumamoto_soudan",
        "worker",
        "--pool",
        "solo",
        "--queues",
        QUEUE,
    ]
    with (tmp_path / "worker.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        yield running
        running.terminate()
        running.wait()
    in_a_thread(forget_runs)


def in_a_thread(work):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(in_own_connection(work)).result()


@pytest.mark.django_db
def test_the_task_runs_in_a_worker_and_leaves_its_findings(worker):
    Celery(broker=settings.CELERY_BROKER_URL).send_task("reports.tasks.run_checks", queue=QUEUE)
    for _ in range(PATIENCE):
        assert worker.poll() is None, "the worker ended at once"
        if CheckRun.objects.filter(finished_at__isnull=False).count() == len(CHECKS):
            break
        time.sleep(0.2)
    assert Finding.objects.filter(kind="plan_cap_over", resolved_on__isnull=True).exists()
