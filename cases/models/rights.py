"""成年後見制度利用支援 and 差別解消相談 (domain 1.6 and 1.7)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.enums import GuardianshipStage, YesNo
from cases.models.client import Client
from cases.models.consultation import Consultation
from cases.scoping import NoteScopedModel
from centers.access import Right, Rights
from centers.history import tracked
from centers.models import Center, User
from centers.models.base import date_order
from centers.scoping import CenterScopedModel


class _RightsModel(NoteScopedModel):
    """地域支援員 sees what they wrote; everybody else as any note of the client."""

    responsible_path = "written_by"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(NoteScopedModel.Meta):
        abstract = True


@tracked(exclude=["stage", "stage_on"])
class GuardianshipSupport(_RightsModel):
    """成年後見制度利用支援 for one client. `stage` is the one of the latest standing row of its stages."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="guardianships", verbose_name="利用者")
    kind = models.CharField("類型", max_length=4, blank=True)
    applicant = models.CharField("申立人", max_length=4, blank=True)
    filed_on = models.DateField("申立日", null=True, blank=True)
    decided_on = models.DateField("審判日", null=True, blank=True)
    guardian_kind = models.CharField("後見人等の職種", max_length=4, blank=True)
    guardian_name = models.CharField("後見人等の名前", max_length=120, blank=True)
    guardian_contact = models.CharField("後見人等の連絡先", max_length=120, blank=True)
    fee_support = models.CharField("報酬助成", max_length=7, choices=YesNo.choices, blank=True)
    note = models.TextField("支援の内容", blank=True)
    stage = models.CharField("対応段階", max_length=8, choices=GuardianshipStage.choices, editable=False)
    stage_on = models.DateField("段階の日", editable=False)

    class Meta(_RightsModel.Meta):
        constraints = [date_order("guardianship_dates", start="filed_on", end="decided_on")]
        indexes = [
            models.Index(F("center"), F("stage_on").desc(), F("id"), name="guardianship_center"),
            models.Index(fields=["client"], name="guardianship_client"),
        ]


@tracked()
class GuardianshipStep(CenterScopedModel):
    """When the support came to a stage. A row that was wrong is taken back and stays."""

    center_path = "support__center"
    read_right = Right.NOTE_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    support = models.ForeignKey(GuardianshipSupport, models.PROTECT, related_name="steps")
    stage = models.CharField("対応段階", max_length=8, choices=GuardianshipStage.choices)
    on = models.DateField("日付")
    note = models.CharField("内容", max_length=300, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(CenterScopedModel.Meta):
        ordering = ["on", "created_at"]
        indexes = [models.Index(fields=["support", "on"], name="guardianship_step")]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return Q(support__in=GuardianshipSupport.unscoped.filter(GuardianshipSupport.visibility(rights)))


@tracked()
class DiscriminationConsultation(_RightsModel):
    """差別解消相談 along the axes of the yearly reports; about a client, or about nobody who is registered."""

    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="discriminations",
        verbose_name="利用者",
    )
    received_on = models.DateField("受付日")
    asker = models.CharField("相談者", max_length=4)
    disabilities = ArrayField(models.CharField(max_length=4), default=list, verbose_name="障がい種別")
    field = models.CharField("対象分野", max_length=4)
    complaint = models.CharField("主訴", max_length=4)
    other_party = models.CharField("相手方", max_length=120, blank=True)
    content = models.TextField("相談の内容")
    adjustments = models.PositiveSmallIntegerField("調整回数", default=0)
    result = models.CharField("結果", max_length=4, blank=True)
    ended_on = models.DateField("終わった日", null=True, blank=True)

    class Meta(_RightsModel.Meta):
        constraints = [
            date_order("discrimination_dates", start="received_on", end="ended_on"),
            models.CheckConstraint(name="discrimination_disabilities", condition=~Q(disabilities=[])),
        ]
        indexes = [
            models.Index(F("center"), F("received_on").desc(), F("id"), name="discrimination_center"),
            models.Index(fields=["client"], name="discrimination_client"),
        ]
