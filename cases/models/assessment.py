import uuid

from django.db import models
from django.db.models import Q

from cases.enums import AssessmentPlace
from cases.models.case import Case
from cases.models.client import Client
from cases.scoping import NoteScopedModel
from centers.history import tracked
from centers.models import Center, User


@tracked()
class Assessment(NoteScopedModel):
    """アセスメント of a client on a day. Each one saved is a version; none is ever changed.

    `areas`: code of the list アセスメントの領域 → {now, hope, strength, issue: texts, need: code of 支援の必要度}.
    """

    TEXTS = (
        "behaviour",
        "risk",
        "unknown",
        "overall",
        "priorities",
        "short_term",
        "long_term",
        "decision_support",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="assessments", verbose_name="利用者")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("版")
    held_on = models.DateField("実施日")
    place = models.CharField("実施場所", max_length=5, choices=AssessmentPlace.choices)
    place_note = models.CharField("居宅でない場所と理由", max_length=100, blank=True)
    attendees = models.CharField("同席者", max_length=200, blank=True)
    areas = models.JSONField("領域", default=dict)
    behaviour = models.TextField("行動障害", blank=True)
    risk = models.TextField("リスクの評価", blank=True)
    unknown = models.TextField("未確認のこと", blank=True)
    overall = models.TextField("総合所見")
    priorities = models.TextField("優先課題(順に)", blank=True)
    short_term = models.TextField("支援方針(短期)", blank=True)
    long_term = models.TextField("支援方針(長期)", blank=True)
    decision_support = models.TextField("意思決定支援の工夫", blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(NoteScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["client", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                name="assessment_place",
                condition=Q(place=AssessmentPlace.HOME) | ~Q(place_note=""),
                violation_error_message="居宅でないときは、場所と理由を入れてください。",
            ),
        ]
