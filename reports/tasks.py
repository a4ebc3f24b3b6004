"""What the clock starts: each task asks for today, calls one function and notes one line."""

import logging
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cases.actions import drafts
from centers.contracts import setting
from centers.enums import Role
from centers.notices import tell_role
from centers.periods import JST, today
from reports import checks, rollups
from reports.backup.making import AlreadyRunning
from reports.backup.runs import prune, run_backup

logger = logging.getLogger(__name__)


@shared_task
def run_checks() -> None:
    """Every scheduled check, as of the day on which the task really runs."""
    day = today()
    facts = checks.run_checks(day, store=True)
    logger.info("checks of %s: %d findings", day, len(facts))


@shared_task
def run_frequent_checks() -> None:
    """The checks that count hours, on all days; each run works from the database alone."""
    facts = checks.run_checks(today(), store=True, checks=checks.FREQUENT)
    logger.info("frequent checks: %d findings", len(facts))


@shared_task(
    acks_late=False
)  # a long one would be handed out again; a lost one is made good by the next night
def backup() -> None:
    """The nightly backup, then the old ones away. Nothing where no folder is set, or while one is being made."""
    if not settings.SOUDAN_BACKUP_DIR:
        logger.info("backup: no folder is set")
        return
    day, directory = today(), Path(settings.SOUDAN_BACKUP_DIR)
    try:
        made = run_backup(directory, settings.SOUDAN_BACKUP_RECIPIENTS, on=day)
    except AlreadyRunning:
        logger.info("backup: another one is being made")
        return
    gone = prune(directory, on=day)
    logger.info("backup %s: %d bytes, %d old ones removed", made.path.name, made.manifest.size, len(gone))


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
    found = rollups.faults(on=today())
    if found:
        rollups.make_anew()
        tell_role(
            Role.SYSTEM,
            kind="recount",
            title="集計の控えを作り直しました",
            body=f"記録と合わない控えが{len(found)}か所ありました。記録から作り直しました。",
        )
        logger.error("roll-ups made anew: %d places differed", len(found))
    logger.info("roll-ups recounted")
