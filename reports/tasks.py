"""What the clock starts: each task asks for today, calls one function and notes one line."""

import logging

from celery import shared_task

from centers.periods import today
from reports import checks

logger = logging.getLogger(__name__)


@shared_task
def run_checks() -> None:
    """Every scheduled check, as of the day on which the task really runs."""
    day = today()
    facts = checks.run_checks(day, store=True)
    logger.info("checks of %s: %d findings", day, len(facts))
