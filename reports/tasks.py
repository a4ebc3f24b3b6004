"""What the clock starts: each task asks for today, calls one function and notes one line."""

import logging

from celery import shared_task
from django.utils import timezone

from cases.actions import drafts
from centers.contracts import setting
from centers.enums import Role
from centers.notices import tell_role
from centers.periods import JST, today
from reports import checks, rollups

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


@shared_task
def recount() -> None:
    """The roll-ups against the records; what differs is made anew and told to the システム管理者."""
    rollups.fold(on=today())
    wrong, cases, notes = len(rollups.differences()), rollups.stale_cases(), rollups.unfindable_records()
    if wrong or cases or notes:
        rollups.make_anew()
        tell_role(
            Role.SYSTEM,
            kind="recount",
            title="集計の控えを作り直しました",
            body=f"記録と合わない控えがありました(集計{wrong}か所、ケース{cases}件、言葉で探す控え{notes}件)。記録から作り直しました。",
        )
        logger.error("roll-ups made anew: %d tables, %d cases, %d notes differed", wrong, cases, notes)
    logger.info("roll-ups recounted")
