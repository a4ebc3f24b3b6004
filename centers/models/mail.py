"""お知らせ by mail: who wants them when, and which were sent to whom."""

from django.db import models
from django.db.models import Q

from centers.enums import MailTime
from centers.models.people import User
from centers.models.record import Notice


class MailPreference(models.Model):
    """The address is the user's own (User.email). No row: no mail.

    since: older notices are not sent. refused_at: the mail server refused the address; nothing more is sent to it
    until the user saves the setting anew.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="mail_preference")
    time = models.CharField("いつ", max_length=8, choices=MailTime.choices, default=MailTime.NONE)
    since = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="mail_time", condition=Q(time__in=MailTime.values))]


class NoticeMail(models.Model):
    """A notice as told at one time, claimed for one user before the mail goes out: at most one mail each.

    A notice whose finding weighs more than before is told anew (Notice.created_at), and may be sent anew.
    sent_at stays empty where the sender was cut off between claim and answer.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="mails")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    told_at = models.DateTimeField()
    claimed_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user", "told_at"], name="notice_mail_once")]


class IdleWarning(models.Model):
    """An account's holders were told that it will be stopped: once for each warning day and each time of disuse.

    last_used: the day on which the account was used last; days_left: the setting's day that the warning is for.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="idle_warnings")
    last_used = models.DateField()
    days_left = models.PositiveSmallIntegerField()
    told_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "last_used", "days_left"], name="idle_warning_once")
        ]
