"""お知らせ by mail: a number and a link, nothing personal; at most one mail for each notice and user.

Each user's new notices are claimed and the claim is kept (committed) before the mail goes out. A mail that the
server did not take gives its claim back, and the next run tries again; a sender that dies in between leaves its
claim, so that nobody gets a mail twice. What is lost then is a pointer: the notice itself waits in the product.
"""

import logging
import smtplib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.enums import MailTime, Severity
from centers.models import MailPreference, Notice, NoticeMail, User
from centers.notices import ABUSE_KINDS, unread

logger = logging.getLogger(__name__)

Choice = Callable[[QuerySet[Notice]], QuerySet[Notice]]
# SMTP answers that judge the address (mailbox unknown, moved, not allowed), not the moment.
_ADDRESS_REFUSED = range(550, 555)


@dataclass
class Outcome:
    sent: int = 0
    failed: int = 0
    refused: int = 0


def send_urgent() -> Outcome:
    """New notices of a breach, and all about abuse, to those who want them at once."""
    urgent = Q(severity=Severity.BREACH) | Q(kind__startswith=ABUSE_KINDS)
    return _send([MailTime.AT_ONCE], lambda notices: notices.filter(urgent))


def send_digest() -> Outcome:
    """All new notices, to everybody who gets mail."""
    return _send([MailTime.AT_ONCE, MailTime.MORNING], lambda notices: notices)


def set_preference(*, by: User, email: str, time: MailTime) -> None:
    """The user's own choice. What was told while no mail was wanted is not sent later."""
    with transaction.atomic():
        by.email = email
        by.save(update_fields=["email"])
        row, _ = MailPreference.objects.get_or_create(user=by, defaults={"since": timezone.now()})
        if row.time == MailTime.NONE or row.refused_at:
            row.since = timezone.now()
        row.time, row.refused_at = time, None
        row.save()


def _send(times: Iterable[MailTime], choose: Choice) -> Outcome:
    outcome = Outcome()
    if not settings.SOUDAN_MAIL:
        return outcome
    wanted = MailPreference.objects.filter(time__in=times, refused_at__isnull=True, user__is_active=True)
    for pk in wanted.exclude(user__email="").order_by("pk").values_list("pk", flat=True):
        _send_to(pk, choose, outcome)
    return outcome


def _send_to(pk, choose: Choice, outcome: Outcome) -> None:
    user, claims = _claim(pk, choose)
    if not claims:
        return
    rows = NoticeMail.objects.filter(pk__in=[claim.pk for claim in claims])
    try:
        get_connection().send_messages([_message(user, len(claims))])
    except (OSError, smtplib.SMTPException) as failure:
        rows.delete()
        if _refuses_address(failure):
            MailPreference.objects.filter(pk=pk).update(refused_at=timezone.now())
            outcome.refused += 1
        else:
            outcome.failed += 1
        logger.warning("mail to user=%s was not taken: %s", pk, type(failure).__name__)
        return
    rows.update(sent_at=timezone.now())
    outcome.sent += 1


@transaction.atomic(durable=True)
def _claim(pk, choose: Choice) -> tuple[User, list[NoticeMail]]:
    """The user's new notices, each claimed; none while another run holds the user. Committed before the mail."""
    held = MailPreference.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    preference = held.filter(pk=pk).first()
    if preference is None:
        return User(), []
    user = preference.user
    claimed = NoticeMail.objects.filter(notice=OuterRef("pk"), user=user, told_at=OuterRef("created_at"))
    fresh = choose(unread(user)).filter(~Exists(claimed), created_at__gte=preference.since)
    claims = [
        NoticeMail(notice_id=notice, user=user, told_at=told_at)
        for notice, told_at in fresh.order_by("pk").values_list("pk", F("created_at"))
    ]
    return user, NoticeMail.objects.bulk_create(claims)


def _message(user: User, number: int) -> EmailMessage:
    site = settings.SOUDAN_SITE_URL
    body = (
        f"新しいお知らせが{number}件あります。ログインして確かめてください。\n"
        f"{site}{reverse('centers:notices')}\n\n"
        "このメールは自動で送っています。返信は届きません。\n"
        f"受け取り方を変える: {site}{reverse('centers:mail')}\n"
    )
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(f"お知らせが{number}件あります", body, to=[user.email], headers=headers)


def _refuses_address(failure: Exception) -> bool:
    if not isinstance(failure, smtplib.SMTPRecipientsRefused):
        return False
    return all(code in _ADDRESS_REFUSED for code, _ in failure.recipients.values())
