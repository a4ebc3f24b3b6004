"""What the clock starts on the ground floor; all by the real clock, as mails and log-ins are."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from centers import filestore, notice_mail
from centers import read_samples as samples
from centers.accounts_idle import stop_idle_accounts as stop_idle
from centers.periods import JST, Month, is_business_day

logger = logging.getLogger(__name__)


@shared_task
def mail_urgent_notices() -> None:
    """違反のお知らせ, within minutes, to those who want them at once."""
    _note(notice_mail.send_urgent())


@shared_task
def mail_digest() -> None:
    """平日朝のまとめ. On other days nothing is sent; the next working morning tells of it."""
    if is_business_day(timezone.localdate(timezone=JST)):
        _note(notice_mail.send_digest())


@shared_task
def stop_idle_accounts() -> None:
    """使われていないアカウント: warn, and stop."""
    result = stop_idle(on=timezone.localdate(timezone=JST))
    logger.info("idle accounts: %d warned, %d stopped", result.warned, result.stopped)


@shared_task
def read_samples() -> None:
    """サンプル確認: on the 1st (or the next day that it runs) last month's reads are drawn; what is late is told of."""
    day = timezone.localdate(timezone=JST)
    drawn = samples.draw(Month.of(day).previous(), on=day)
    logger.info("read samples: %d drawn, %d reminded", drawn, samples.remind(on=day))


@shared_task
def sweep_files() -> None:
    """添付 that a crash left without a row, once they are a day old."""
    gone = filestore.sweep(before=timezone.now() - timedelta(days=1))
    logger.info("files swept: %d", gone)


def _note(outcome: notice_mail.Outcome) -> None:
    if outcome.sent or outcome.failed or outcome.refused:
        logger.info(
            "mails: %d sent, %d to be tried again, %d addresses refused",
            *(outcome.sent, outcome.failed, outcome.refused),
        )
