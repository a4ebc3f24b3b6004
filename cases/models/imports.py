import uuid

from django.db import models
from django.db.models import Q

from cases.enums import ImportKind
from cases.models.case import PlanCase
from cases.models.client import Client
from cases.models.consultation import Consultation
from centers.access import Right
from centers.history import tracked
from centers.models import Center, User
from centers.scoping import CenterScopedModel


@tracked()
class ImportBatch(CenterScopedModel):
    """取り込み: one file taken in, as a whole. The file itself is not kept."""

    read_right = Right.CLIENT_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    number = models.CharField("取り込み番号", max_length=20)
    kind = models.CharField("種類", max_length=13, choices=ImportKind.choices)
    file_hash = models.CharField("ファイルのSHA-256", max_length=64)
    rows = models.PositiveIntegerField("行数")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="取り込んだ人")
    taken_at = models.DateTimeField("取り込んだ日時", auto_now_add=True)
    undone_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="取り消した人"
    )
    undo_reason = models.CharField("取り消しの理由", max_length=200, blank=True)

    class Meta(CenterScopedModel.Meta):
        ordering = ["-taken_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="import_batch_number_once"),
            models.CheckConstraint(
                name="import_batch_undone",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.number


class ImportedRow(CenterScopedModel):
    """One row of a batch that stands: where it stood, and what it became. Gone with the object, or with an undo.

    `fingerprint` is a keyed hash of all cells; `source_number` the file's own 記録番号, at most once a center.
    """

    read_right = Right.CLIENT_READ

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="taken_rows")
    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    line = models.PositiveIntegerField("行")
    fingerprint = models.CharField(max_length=64)
    source_number = models.CharField("記録番号", max_length=60, blank=True)
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="imported_rows")
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, related_name="imported_rows")
    plan_case = models.ForeignKey(PlanCase, models.CASCADE, null=True, related_name="imported_rows")

    class Meta(CenterScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["center", "source_number"],
                condition=~Q(source_number=""),
                name="imported_row_source_once",
            ),
            models.CheckConstraint(
                name="imported_row_one_object",
                condition=Q(client__isnull=False, consultation__isnull=True, plan_case__isnull=True)
                | Q(client__isnull=True, consultation__isnull=False, plan_case__isnull=True)
                | Q(client__isnull=True, consultation__isnull=True, plan_case__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["center", "fingerprint"], name="imported_row_fingerprint")]
