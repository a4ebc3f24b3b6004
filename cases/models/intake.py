import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.enums import Aware, CallBack, IntakeState, Priority
from cases.models.consultation import Consultation
from cases.scoping import NoteScopedModel
from centers.access import Right
from centers.history import tracked
from centers.models import Center, Organization, StaffMember, User


class OfConsultation(NoteScopedModel):
    """A row that is read by whoever reads its 相談記録."""

    consultation_path = "consultation"

    class Meta(NoteScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights):
        seen = Consultation.unscoped.filter(Consultation.visibility(rights))
        return Q(**{f"{cls.consultation_path}__in": seen})


@tracked()
class Intake(OfConsultation):
    """相談受付票: what a first contact needs beyond its 相談記録. Approved by 機能強化員 or センター管理者.

    Every change keeps the former text as an IntakeVersion; one after the approval asks for a new approval.
    """

    VERSIONED = (
        "route",
        "relation",
        "caller_name",
        "caller_contact",
        "contact_hours",
        "call_back",
        "complaint",
        "services",
        "doctor",
        "urgency",
        "risks",
        "aware",
        "plan",
        "referred_to",
        "referred_note",
        "staff",
    )

    read_right = Right.NOTE_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    number = models.CharField("受付番号", max_length=20)
    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="intake")
    received_on = models.DateField("受付日")
    route = models.CharField("紹介経路", max_length=4)
    relation = models.CharField("本人との関係", max_length=60)
    caller_name = models.CharField("相談者の氏名", max_length=60, blank=True)
    caller_contact = models.CharField("相談者の連絡先", max_length=60, blank=True)
    contact_hours = models.CharField("連絡できる時間帯", max_length=60, blank=True)
    call_back = models.CharField("折返しの電話", max_length=7, choices=CallBack.choices)
    complaint = models.TextField("主訴(本人の言葉で)")
    services = models.TextField("利用中のサービス", blank=True)
    doctor = models.CharField("受診先", max_length=100, blank=True)
    urgency = models.CharField("緊急度", max_length=6, choices=Priority.choices)
    risks = ArrayField(models.CharField(max_length=4), default=list, blank=True, verbose_name="リスク")
    aware = models.CharField("本人の同意", max_length=7, choices=Aware.choices)
    plan = models.CharField("今後の方針", max_length=4)
    referred_to = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="紹介先"
    )
    referred_note = models.CharField("紹介先(くわしく)", max_length=100, blank=True)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", verbose_name="担当")
    state = models.CharField("状態", max_length=8, choices=IntakeState.choices, default=IntakeState.WAITING)
    version = models.PositiveIntegerField("版", default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("承認・差し戻しの日時", null=True, blank=True)
    decision_note = models.CharField("差し戻しの理由", max_length=200, blank=True)

    class Meta(OfConsultation.Meta):
        constraints = [
            models.UniqueConstraint(fields=["center", "number"], name="intake_number_once"),
            models.CheckConstraint(
                name="intake_decided",
                condition=Q(state=IntakeState.WAITING)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="intake_returned", condition=~Q(state=IntakeState.RETURNED, decision_note="")
            ),
        ]
        indexes = [
            models.Index(F("center"), F("received_on").desc(), F("id").desc(), name="intake_center"),
            models.Index(
                F("center"),
                F("received_on").desc(),
                F("id").desc(),
                condition=Q(state=IntakeState.WAITING),
                name="intake_waiting",
            ),
        ]

    @property
    def approved(self) -> bool:
        return self.state == IntakeState.APPROVED

    @property
    def waiting(self) -> bool:
        return self.state == IntakeState.WAITING


@tracked()
class IntakeVersion(OfConsultation):
    """The text of a 受付票 before a change, with who changed it, when and why."""

    center_path = "intake__center"
    consultation_path = "intake__consultation"
    read_right = Right.NOTE_READ

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField("版")
    content = models.JSONField("前の内容")
    approved = models.BooleanField("承認されていた", default=False)
    reason = models.CharField("変更の理由", max_length=200, blank=True)
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfConsultation.Meta):
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["intake", "version"], name="intake_version_once")]
