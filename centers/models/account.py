"""How accounts begin and pause: invitations with their one-time links, and stops."""

import uuid
from datetime import date, datetime
from typing import cast

from django.db import models
from django.db.models import Q

from centers.enums import CENTER_ROLES, TWO_PERSON_ROLES, Purpose, Role
from centers.history import tracked
from centers.models.base import date_order
from centers.models.organisation import Center, Ward
from centers.models.people import StaffMember, User


class InvitationQuerySet(models.QuerySet):
    def open_at(self, now: datetime):
        """Neither used nor cancelled nor past their time (real clock)."""
        return self.filter(used_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=now)


@tracked(secret=["token_hash"])
class Invitation(models.Model):
    """招待: a one-time link, or a role that waits for a second person. `purpose` says which.

    The link's token is random and stored nowhere; the row keeps its keyed hash. JOIN, GRANT and MOVE carry the role
    and where it holds (MOVE leaves the role to the center that takes the person); the others only `user`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField("種類", max_length=12, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="アカウント"
    )
    name = models.CharField("氏名", max_length=60, blank=True)
    email = models.EmailField("メール", blank=True)
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="職員"
    )
    role = models.CharField("権限", max_length=10, choices=Role.choices, blank=True)
    center = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="invitations")
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField("開始日", null=True, blank=True)
    ends_on = models.DateField("終了日", null=True, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="招待した人")
    created_at = models.DateTimeField("作った日時", auto_now_add=True)
    expires_at = models.DateTimeField("期限")
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承認した人"
    )
    approved_at = models.DateTimeField("承認した日時", null=True, blank=True)
    used_at = models.DateTimeField("使われた日時", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取り消した人"
    )
    cancelled_at = models.DateTimeField("取り消した日時", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            date_order("invitation_dates"),
            models.CheckConstraint(
                name="invitation_scope",
                condition=Q(role__in=CENTER_ROLES, center__isnull=False, ward__isnull=True)
                | Q(role=Role.KU, center__isnull=True, ward__isnull=False)
                | Q(role__in=TWO_PERSON_ROLES, center__isnull=True, ward__isnull=True)
                | Q(role="", ward__isnull=True),
                violation_error_message="権限と範囲(センター・区・市)が合っていません。",
            ),
            models.CheckConstraint(
                name="invitation_for_somebody",
                condition=Q(purpose=Purpose.JOIN, name__gt="") | Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_two_persons",
                condition=~Q(role__in=TWO_PERSON_ROLES)
                | Q(used_at__isnull=True)
                | (Q(approved_by__isnull=False) & ~Q(approved_by=models.F("invited_by"))),
                violation_error_message="この権限は、提案した人とは別の人の承認がいります。",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether a second person has still to say yes."""
        return self.role in TWO_PERSON_ROLES and self.approved_at is None

    @property
    def account(self) -> User:
        """The account, where the purpose needs one."""
        return cast(User, self.user)

    @property
    def first_day(self) -> date:
        """From when, where the purpose needs it."""
        return cast(date, self.starts_on)

    @property
    def addressee(self) -> str:
        """Whose it is."""
        return self.user.name if self.user else self.name

    @property
    def place(self) -> str:
        """西 ウィズ; 中央区; 市"""
        return str(self.center or self.ward or "市")


@tracked()
class AccountStop(models.Model):
    """停止: from when to when an account was shut, why, and which roles it cost (grant id → its end before, or null)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="stops")
    on = models.DateField("停止した日")
    reason = models.CharField("理由", max_length=200)
    grants = models.JSONField(default=dict)
    stopped_at = models.DateTimeField(auto_now_add=True)
    stopped_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField("また使えるようにした日時", null=True, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(started_at__isnull=True), name="account_stop_once"
            )
        ]
