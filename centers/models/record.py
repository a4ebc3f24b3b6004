"""What the system itself notes down: findings, runs of checks, notices, and who read whom."""

import uuid
from datetime import datetime, timedelta

import pgtrigger
from django.db import models
from django.db.models import Q

from centers.enums import AccessVerb, Role, Scope, Severity
from centers.models.organisation import Center, Ward
from centers.models.people import User


class Finding(models.Model):
    """指摘: what a scheduled check found, once per kind, target and period; resolved when it no longer holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("種類", max_length=40)
    scope = models.CharField(max_length=8, choices=Scope.choices)
    center = models.ForeignKey(Center, models.CASCADE, null=True, blank=True, related_name="findings")
    ward = models.ForeignKey(Ward, models.CASCADE, null=True, blank=True, related_name="findings")
    target_key = models.CharField(max_length=120)
    target = models.CharField("対象", max_length=80)
    period = models.CharField("期間", max_length=40)
    since = models.DateField("いつから")
    severity = models.CharField("重さ", max_length=8, choices=Severity.choices)
    figures = models.JSONField("数", default=dict)
    message = models.CharField("内容", max_length=300)
    opened_at = models.DateTimeField(auto_now_add=True)
    resolved_on = models.DateField("解消した日", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_key", "period"], name="finding_once"),
            models.CheckConstraint(
                name="finding_scope",
                condition=Q(scope=Scope.CENTER, center__isnull=False)
                | Q(scope=Scope.WARD, ward__isnull=False)
                | Q(scope=Scope.CITY),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.target}"


class CheckRun(models.Model):
    """One run of one scheduled check for one period; the latest start and end are kept."""

    check_name = models.CharField(max_length=40)
    target = models.CharField(max_length=80, default="city")
    period = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    findings = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_name", "target", "period"], name="check_run_once")
        ]


class BackupRun(models.Model):
    """One attempt at a backup that came to an end: a whole and verified one, or why there is none.

    name: of its folder; size: bytes of its members; problem: what the operator was told, empty when all went well.
    """

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(auto_now_add=True, db_index=True)
    name = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    def older_than(self, hours: int, at: datetime) -> bool:
        return at - self.finished_at > timedelta(hours=hours)


class Notice(models.Model):
    """お知らせ to a user, or to everybody with a role in a center, a ward or the city. No personal data in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField(max_length=8, choices=Scope.choices, blank=True)
    center = models.ForeignKey(Center, models.CASCADE, null=True, blank=True, related_name="notices")
    ward = models.ForeignKey(Ward, models.CASCADE, null=True, blank=True, related_name="notices")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="notices")
    role = models.CharField(max_length=10, choices=Role.choices, blank=True)
    kind = models.CharField(max_length=40)
    icon = models.CharField(max_length=20, default="bell")
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.INFO)
    title = models.CharField("お知らせ", max_length=120)
    body = models.CharField("内容", max_length=300, blank=True)
    path = models.CharField("開くページ", max_length=200, blank=True)
    finding = models.OneToOneField(Finding, models.CASCADE, null=True, blank=True, related_name="notice")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "id"]


class NoticeRead(models.Model):
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notice_read_once")]


class AccessLog(models.Model):
    """閲覧の記録: one row per request and client whose notes or identity were shown; also searches and denials.

    Append-only; written by centers.audit alone.
    """

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=8, choices=AccessVerb.choices)
    roles = models.CharField("権限", max_length=80)
    center = models.ForeignKey(
        Center, models.PROTECT, null=True, related_name="+", verbose_name="記録のあるセンター"
    )
    client_id = models.UUIDField("利用者", null=True)
    object_id = models.UUIDField(null=True)
    page = models.CharField("画面", max_length=60)
    hits = models.PositiveIntegerField(null=True)
    query_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["client_id", "-at"], name="access_log_client"),
            models.Index(fields=["user", "-at"], name="access_log_user"),
            models.Index(fields=["-at", "-id"], name="access_log_at"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
