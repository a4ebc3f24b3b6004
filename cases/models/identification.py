import uuid

from django.db import models
from django.db.models import Q

from cases.models.case import AnonymousThread
from cases.models.client import Client
from cases.scoping import NoteScopedModel
from centers.history import tracked
from centers.models import Center, User


@tracked()
class Identification(NoteScopedModel):
    """だれかわかった: records without a name that turned out to be a client's. Undone as a whole."""

    writer_path = "identified_by"
    responsible_path = "identified_by"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    thread = models.ForeignKey(
        AnonymousThread, models.PROTECT, null=True, blank=True, related_name="identifications"
    )
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name="わかった利用者")
    basis = models.CharField("どのようにわかったか", max_length=200)
    identified_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    identified_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    undo_reason = models.CharField("取り消した理由", max_length=200, blank=True)

    class Meta(NoteScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=Q(undone_at__isnull=True), name="identification_thread_once"
            ),
            models.CheckConstraint(
                name="identification_undone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undo_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")),
            ),
        ]
