"""統合: two registrations of one person made one."""

import uuid

from django.db import models
from django.db.models import F, Q

from cases.models.client import Client
from centers.access import Right
from centers.history import tracked
from centers.models import Center, User
from centers.scoping import CenterScopedModel


class ClientMergeQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back: their losers are stubs."""
        return self.filter(undone_at__isnull=True)


@tracked()
class ClientMerge(CenterScopedModel):
    """The loser's rows went to the winner; the loser stays as a stub that points there, until this is taken back.

    moved: "app.Model.field" → ids of the rows that went over. former: what stood before in the rows that were
    changed beyond that ("app.Model" → id → column → value). Both as JSON holds them.
    """

    read_right = Right.CLIENT_MERGE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    winner = models.ForeignKey(Client, models.PROTECT, related_name="merges", verbose_name="残す登録")
    loser = models.ForeignKey(Client, models.PROTECT, related_name="merged", verbose_name="まとめた登録")
    reason = models.CharField("統合の理由", max_length=200)
    moved = models.JSONField(default=dict)
    former = models.JSONField(default=dict)
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="統合した人")
    merged_at = models.DateTimeField("統合した日時", auto_now_add=True)
    undone_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undo_reason = models.CharField("取り消しの理由", max_length=200, blank=True)

    unscoped = ClientMergeQuerySet.as_manager()

    class Meta(CenterScopedModel.Meta):
        ordering = ["-merged_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="client_merged_once"
            ),
            models.CheckConstraint(name="client_merge_two", condition=~Q(winner=F("loser"))),
            models.CheckConstraint(
                name="client_merge_undone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")),
            ),
        ]
