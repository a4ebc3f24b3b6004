import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from cases.enums import AgeBand, CaseState, FollowUpKind, Priority, Sex
from cases.models.client import Client
from cases.scoping import ClientScopedModel, NoteScopedModel
from centers.access import Reach, Right, Rights
from centers.enums import PlanKind
from centers.history import tracked
from centers.models import Center, StaffMember, User
from centers.models.base import PeriodQuerySet, date_order, in_force
from centers.scoping import CenterScopedModel


@tracked(exclude=["last_contact_on", "last_contact_method", "next_due_on"])
class Case(ClientScopedModel):
    """One stretch of support for a client; at most one is open. The last three columns are roll-ups."""

    client_path = "client"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="cases", verbose_name="利用者")
    opened_on = models.DateField("受付日")
    reason = models.CharField("きっかけ", max_length=200, blank=True)
    responsible = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当"
    )
    priority = models.CharField("優先度", max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    state = models.CharField("状態", max_length=8, choices=CaseState.choices, default=CaseState.RECEIVED)
    restricted = models.BooleanField("閲覧を限る", default=False)
    restricted_reason = models.CharField("閲覧を限る理由", max_length=200, blank=True)
    watch_reason = models.CharField("見守りの理由", max_length=200, blank=True)
    watch_until = models.DateField("見守りを見直す日", null=True, blank=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="前のケース"
    )
    closed_on = models.DateField("終結日", null=True, blank=True)
    closed_code = models.CharField("終結の区分", max_length=4, blank=True)
    closed_reason = models.CharField("終結の理由", max_length=200, blank=True)
    last_contact_on = models.DateField("最後の相談", null=True, editable=False)
    last_contact_method = models.CharField(max_length=4, blank=True, editable=False)
    next_due_on = models.DateField("次の予定", null=True, editable=False)

    class Meta(ClientScopedModel.Meta):
        constraints = [
            date_order("case_dates", start="opened_on", end="closed_on"),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(closed_on__isnull=True),
                name="case_open_once",
                violation_error_message="この利用者には、終結していないケースがもうあります。",
            ),
            models.CheckConstraint(
                name="case_closed",
                condition=Q(state=CaseState.CLOSED, closed_on__isnull=False)
                | (~Q(state=CaseState.CLOSED) & Q(closed_on__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(F("center"), F("next_due_on").asc(nulls_last=True), F("id"), name="case_center_due"),
            # the orders of the case list, in which a case without the day comes last
            models.Index(
                F("center"), Coalesce("next_due_on", Value(date.max)), F("id"), name="case_list_due"
            ),
            models.Index(
                F("center"),
                Coalesce("last_contact_on", Value(date.min)).desc(),
                F("id"),
                name="case_list_last",
            ),
            models.Index(fields=["responsible", "state"], name="case_responsible"),
            # asked by every list of persons and records: which clients are to be left out
            models.Index(fields=["client"], condition=Q(restricted=True), name="case_restricted"),
        ]


@tracked()
class CaseMember(ClientScopedModel):
    """A user named on a restricted case."""

    center_path = "case__center"
    client_path = "case__client"

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta(ClientScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="case_member_once")]


@tracked()
class AnonymousThread(CenterScopedModel):
    """匿名の相談者 who calls again: no client row; may later turn out to be a client."""

    read_right = Right.NOTE_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    number = models.CharField("番号", max_length=20)
    handle = models.CharField("呼び名", max_length=60)
    sex = models.CharField("性別", max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    age_band = models.CharField("年代", max_length=7, choices=AgeBand.choices, default=AgeBand.UNKNOWN)
    opened_on = models.DateField("受付日")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="threads", verbose_name="わかった利用者"
    )

    class Meta(CenterScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["center", "number"], name="thread_number_once")]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        mine = Q(center__in=rights.center_ids(Right.NOTE_READ, Reach.OWN), opened_by=rights.user_id)
        return super().visibility(rights) | mine


@tracked()
class FollowUp(NoteScopedModel):
    """次の予定: what is to be done, by whom, by when."""

    writer_path = "written_by"
    responsible_path = "staff__user"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="followups")
    thread = models.ForeignKey(
        AnonymousThread, models.PROTECT, null=True, blank=True, related_name="followups"
    )
    origin = models.ForeignKey(
        "Consultation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followups",
        verbose_name="元の記録",
    )
    due_on = models.DateField("期限")
    due_at = models.TimeField("時刻", null=True, blank=True)
    kind = models.CharField("方法", max_length=10, choices=FollowUpKind.choices, default=FollowUpKind.OTHER)
    what = models.CharField("すること", max_length=200)
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当"
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField("済んだ日", null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_reason = models.CharField("しないことにした理由", max_length=200, blank=True)

    class Meta(NoteScopedModel.Meta):
        ordering = ["due_on", "due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="followup_done",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["center", "due_on", "id"],
                condition=Q(done_on__isnull=True),
                name="followup_open_center",
            ),
            models.Index(fields=["client", "due_on"], name="followup_client"),
        ]

    def is_for(self, user: User) -> bool:
        """Given to the user, or to nobody and written by the user."""
        return self.staff.user_id == user.pk if self.staff else self.written_by_id == user.pk


class PlanCaseQuerySet(PeriodQuerySet):
    def held_on(self, on):
        """Held from 契約日 to 終了日, both days included."""
        return self.filter(in_force(on, start="contract_on", end="ends_on"))


@tracked()
class PlanCase(ClientScopedModel):
    """計画相談・地域相談・障害児相談支援 held by the center's own office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="plan_cases", verbose_name="利用者")
    kind = models.CharField("種別", max_length=10, choices=PlanKind.choices, default=PlanKind.PLAN)
    contract_on = models.DateField("契約日")
    specialist = models.CharField("相談支援専門員", max_length=60, blank=True)
    ends_on = models.DateField("終了日", null=True, blank=True)
    end_reason = models.CharField("終了の理由", max_length=100, blank=True)
    handed_to = models.CharField("引き継ぎ先", max_length=100, blank=True)
    monitoring_months = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name="モニタリング月"
    )
    complex = models.BooleanField("複雑・困難", default=False)
    unavoidable_reason = models.CharField("やむを得ない理由", max_length=200, blank=True)

    unscoped = PlanCaseQuerySet.as_manager()

    class Meta(ClientScopedModel.Meta):
        constraints = [date_order("plan_case_dates", start="contract_on", end="ends_on")]
        indexes = [models.Index(fields=["center", "contract_on", "ends_on"], name="plan_case_held")]
