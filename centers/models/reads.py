"""What is made of the read log: the month's sample that is to be confirmed, and days on which many were opened."""

import uuid

from django.db import models
from django.db.models import Q

from centers.enums import SampleState
from centers.history import tracked
from centers.models.organisation import Center
from centers.models.people import User
from centers.models.record import AccessLog


class ReadSampling(models.Model):
    """サンプル確認 of one center for the reads of one month (its first day): drawn once."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="read_samplings")
    month = models.DateField()
    drawn_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["center", "month"], name="read_sampling_once")]


@tracked()
class ReadSample(models.Model):
    """One drawn read and what the センター管理者 says of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sampling = models.ForeignKey(ReadSampling, models.CASCADE, related_name="samples")
    position = models.PositiveSmallIntegerField()
    read = models.ForeignKey(AccessLog, models.PROTECT, related_name="+")
    state = models.CharField("確認", max_length=5, choices=SampleState.choices, default=SampleState.OPEN)
    note = models.CharField("メモ", max_length=200, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sampling", "position"], name="read_sample_position"),
            models.CheckConstraint(
                name="read_sample_judged",
                condition=Q(state=SampleState.OPEN, judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(state=SampleState.OPEN) & Q(judged_by__isnull=False, judged_at__isnull=False)),
            ),
        ]


class ReadAlarm(models.Model):
    """A user opened more persons on a day than the setting allows; told once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    most = models.PositiveIntegerField("上限")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="read_alarm_once")]
