"""What the clock starts: each task asks for today, calls one function and notes one line."""

import logging

from celery import shared_task
from django.utils import timezone

from cases.actions import drafts
from centers.contracts import setting
from centers.periods import JST, today
from reports import checks

logger = logging.getLogger(__name__)


@shared_task
def run_checks() -> None:
    """Every scheduled check, as of the day on which the task really runs."""
    day = today()
    facts = checks.run_checks(day, store=True)
    logger.info("checks of %s: %d findings", day, len(facts))


@shared_task
def purge_drafts() -> None:
    """下書き left lying longer than the setting allows; by the real clock, as they were saved by it."""
    day = timezone.localdate(timezone=JST)
    purged = drafts.purge_drafts(on=day, days=setting("draft_days", day))
    logger.info("drafts purged: %d", purged)
