"""What the clock starts in this app."""

import logging

from celery import shared_task

from cases.actions.drafts import purge_drafts
from centers.contracts import setting
from centers.periods import today

logger = logging.getLogger(__name__)


@shared_task
def purge_old_drafts() -> None:
    """Drafts that nobody has touched for the days of the setting."""
    on = today()
    count = purge_drafts(on=on, days=setting("draft_days", on))
    logger.info("drafts purged on %s: %d", on, count)
