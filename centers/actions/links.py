"""One-time links: the token goes to whoever is to use it, the database keeps its keyed hash."""

import logging
import secrets
from datetime import date, datetime, timedelta
from functools import partial
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

from centers.accounts import RESETS
from centers.contracts import setting
from centers.models import Invitation
from centers.periods import JST

logger = logging.getLogger(__name__)


def hash_of(token: str) -> str:
    """What is stored in the token's place; needs SECRET_KEY, so the rows alone open nothing."""
    return salted_hmac("centers.invitation", token, algorithm="sha256").hexdigest()


def issue(invitation: Invitation) -> str:
    """Give the invitation a new token and its full time; an older token of it opens nothing more. Not saved."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    day = _real_day()
    days = setting("reset_days", day) if invitation.purpose in RESETS else setting("invitation_days", day)
    invitation.expires_at = timezone.now() + timedelta(days=days)
    return token


def proposal_lapses() -> datetime:
    """Until when what is proposed now may be agreed to (real clock)."""
    return timezone.now() + timedelta(days=setting("proposal_days", _real_day()))


def _real_day() -> date:
    return timezone.localdate(timezone=JST)


def send_link(invitation: Invitation, link: str) -> None:
    """Mail the link once everything is stored; the mail names nobody."""
    text = render_to_string("accounts/mail.txt", {"link": link})
    transaction.on_commit(partial(_send, invitation.pk, invitation.email, text))


def _send(pk: UUID, address: str, text: str) -> None:
    try:
        send_mail("記録システムからのお知らせ", text, None, [address])
    except (OSError, SMTPException):  # the address stays out of the log
        logger.error("invitation %s: the mail was not taken", pk)
