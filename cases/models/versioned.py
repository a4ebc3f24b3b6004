"""What a record that is never overwritten and never deleted has: its version, and how it was taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cases.enums import VoidReason
from centers.enums import CodeList
from centers.models import User


class StandingQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back."""
        return self.filter(voided_at__isnull=True)


class Versioned(models.Model):
    """A record that 訂正 gives a new version and 取り消し marks.

    VERSIONED names the fields that a 訂正 may change, KEPT what a version holds besides; CODE_LISTS says which of them hold codes, and of which list.
    """

    VERSIONED: ClassVar[tuple[str, ...]]
    KEPT: ClassVar[tuple[str, ...]] = ()
    CODE_LISTS: ClassVar[dict[str, CodeList]] = {}

    version = models.PositiveIntegerField("版", default=1)
    voided_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("取り消しの理由", max_length=15, choices=VoidReason.choices, blank=True)
    void_note = models.CharField("取り消しの説明", max_length=200, blank=True)

    class Meta:
        abstract = True


class FormerVersion(models.Model):
    """The text of a record before a 訂正, with who changed it, when and why."""

    version = models.PositiveIntegerField("版")
    content = models.JSONField("訂正前の内容")
    reason = models.CharField("訂正の理由", max_length=200)
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


def void_whole(name: str) -> models.CheckConstraint:
    """A record stands, or it says when, by whom and why it was taken back."""
    return models.CheckConstraint(
        name=name,
        condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
        | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
    )
