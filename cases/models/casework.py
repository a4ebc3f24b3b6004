"""What is written about the course of a case: hand-over notes, plans, closings; who is kept out, what is pinned."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.client import Client
from cases.scoping import ClientScopedModel, NoteScopedModel
from centers.access import Rights
from centers.history import tracked
from centers.models import Center, StaffMember, User
from centers.scoping import CenterScopedModel


@tracked()
class WorkerHandover(NoteScopedModel):
    """引継書 for a change of worker (担当の交替). It waits until the new worker takes the case over, or is taken back.

    `todos` is the list of open steps as it was handed over; the steps themselves change hands at the receipt.
    """

    responsible_path = "to_staff__user"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="worker_handovers")
    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    from_staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", verbose_name="いまの担当")
    to_staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", verbose_name="新しい担当")
    starts_on = models.DateField("引き継ぐ日")
    summary = models.TextField("概要")
    todos = models.TextField("済んでいない予定", blank=True)
    promises = models.TextField("約束していること", blank=True)
    cautions = models.TextField("配慮・注意すること", blank=True)
    talked = models.CharField("面談での引き継ぎ", max_length=200, blank=True)
    told_on = models.DateField("本人に説明した日", null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    received_at = models.DateTimeField("受け取った日時", null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("取りやめた日時", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(NoteScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(received_at__isnull=True, withdrawn_at__isnull=True),
                name="worker_handover_waits_once",
                violation_error_message="受け取りを待っている引継書がもうあります。",
            ),
            models.CheckConstraint(
                name="worker_handover_end",
                condition=Q(received_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]

    @property
    def waiting(self) -> bool:
        return self.received_at is None and self.withdrawn_at is None


@tracked()
class CasePlan(NoteScopedModel):
    """支援の目標と計画, one version of it. Never overwritten: a change is the next version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="case_plans")
    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField("版")
    made_on = models.DateField("作った日")
    wish = models.TextField("本人の希望", blank=True)
    long_goal = models.TextField("長期の目標")
    review_on = models.DateField("見直す日")
    agreed_on = models.DateField("本人に説明し同意を得た日", null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(NoteScopedModel.Meta):
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="case_plan_version_once")]


@tracked()
class CaseGoal(CenterScopedModel):
    """短期の目標 of one version: by when, and who does what."""

    center_path = "plan__center"
    read_right = CasePlan.read_right

    plan = models.ForeignKey(CasePlan, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    goal = models.CharField("短期の目標", max_length=200)
    by_when = models.DateField("いつまでに", null=True, blank=True)
    client_does = models.CharField("本人がすること", max_length=200, blank=True)
    others_do = models.CharField("支える人がすること", max_length=300, blank=True)

    class Meta(CenterScopedModel.Meta):
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="case_goal_once")]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return Q(plan__in=CasePlan.unscoped.filter(CasePlan.visibility(rights)))


@tracked()
class CaseClosing(NoteScopedModel):
    """終結の記録 of one case. Day and reason stand on the case itself."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="closing")
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    summary = models.TextField("支援のまとめ")
    remains = models.TextField("残っていること", blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)


@tracked()
class ConflictOfInterest(ClientScopedModel):
    """この職員はこの人の記録を見ない: the client is hidden from the user until it is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="職員")
    reason = models.CharField("理由", max_length=200)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField("解いた日時", null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(ClientScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["user", "client"], condition=Q(lifted_at__isnull=True), name="conflict_once"
            )
        ]


class Pin(ClientScopedModel):
    """ピン留め: a person whom one user keeps at hand. Nobody else's business, so outside the change history."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    pinned_at = models.DateTimeField(auto_now_add=True)

    class Meta(ClientScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["user", "client"], name="pin_once")]

    @classmethod
    def of(cls, user: User) -> models.QuerySet:
        """The user's own pins; whether the persons may still be seen is asked with the persons."""
        return cls.unscoped.filter(user=user.pk)
