"""虐待通報: the report, who told of it, what was done, and who works on it. The judgement is the city's alone."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.enums import AbuseStepKind, ReportOrigin, YesNo
from cases.models.case import Case
from cases.models.client import Client
from cases.models.consultation import Consultation
from cases.scoping import not_conflicted
from centers.access import Reach, Right, Rights
from centers.history import tracked
from centers.models import Center, User
from centers.scoping import CenterScopedModel


def _codes(label: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=4), default=list, blank=True, verbose_name=label)


@tracked(exclude=["received_at", "notified_at", "safe_at", "judged_at", "closed_at"])
class AbuseReport(CenterScopedModel):
    """虐待通報受付票 of one center (domain 2.9). The person is a client, or described in words.

    The five moments follow from the steps and are kept by cases.actions.abuse alone. Nowhere does the center enter
    a judgement of its own: 通報先 and 事実確認 are the municipality's (障害者虐待防止法 7条・9条).
    """

    read_right = Right.ABUSE_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    number = models.CharField("受付番号", max_length=20)
    origin = models.CharField(max_length=6, choices=ReportOrigin.choices, default=ReportOrigin.CENTER)
    received_at = models.DateTimeField("受付日時")
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="受け付けた人")
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="引き受けた人"
    )
    method = models.CharField("受付の方法", max_length=4, blank=True)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="abuse_reports"
    )
    request = models.TextField("市からの依頼", blank=True)

    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="abuse_reports", verbose_name="利用者"
    )
    person_name = models.CharField("本人の名前・わかること", max_length=120, blank=True)
    person_birth = models.CharField("生年月日・年齢", max_length=40, blank=True)
    person_address = models.CharField("住所", max_length=200, blank=True)
    person_disabilities = _codes("障がい種別")
    person_level = models.CharField("障害支援区分", max_length=4, blank=True)
    whereabouts = models.CharField("いまいる所", max_length=200, blank=True)
    reachable = models.CharField("本人に連絡できるか", max_length=7, choices=YesNo.choices, blank=True)

    accused_name = models.CharField("虐待者とされる人の名前", max_length=120, blank=True)
    accused_kind = models.CharField("虐待者の区分", max_length=4)
    accused_relation = models.CharField("続柄・所属", max_length=100, blank=True)
    accused_same_home = models.CharField(
        "本人と同居しているか", max_length=7, choices=YesNo.choices, blank=True
    )

    types = _codes("虐待の類型")
    certainty = models.CharField("情報の確かさ", max_length=4, blank=True)
    account = models.TextField("いつ・どこで・どのくらい・何があったか")
    injuries = models.TextField("傷の部位・様子", blank=True)
    wishes = models.TextField("本人の意思・訴え", blank=True)
    danger = models.CharField("いまの危険", max_length=4, blank=True)
    urgency = _codes("緊急性の確かめ")
    earlier = models.CharField("前にも通報があったか", max_length=7, choices=YesNo.choices, blank=True)
    agencies = models.CharField("関係機関", max_length=300, blank=True)
    part_of_center = models.TextField("センターの役割分担", blank=True)

    notified_at = models.DateTimeField("市への連絡", null=True, editable=False)
    safe_at = models.DateTimeField("安全確認", null=True, editable=False)
    judged_at = models.DateTimeField("市の判断", null=True, editable=False)
    closed_at = models.DateTimeField("終結", null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(CenterScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["center", "number"], name="abuse_number_once"),
            models.CheckConstraint(
                name="abuse_person",
                condition=Q(client__isnull=False) | ~Q(person_name=""),
                violation_error_message="本人がだれかが空です。わかることを入れてください。",
            ),
            models.CheckConstraint(name="abuse_types", condition=~Q(types=[])),
            models.CheckConstraint(
                name="abuse_closed_after_notice",
                condition=Q(closed_at__isnull=True) | Q(notified_at__isnull=False),
                violation_error_message="市への連絡が入っていないため、終結できません。",
            ),
        ]
        indexes = [
            models.Index(F("center"), F("received_at").desc(), F("id"), name="abuse_center"),
            models.Index(F("received_at").desc(), F("id"), name="abuse_received"),
            models.Index(fields=["client"], name="abuse_client"),
            # what the check looks through every ten minutes
            models.Index(
                fields=["received_at"],
                condition=Q(closed_at__isnull=True) & (Q(notified_at__isnull=True) | Q(safe_at__isnull=True)),
                name="abuse_open_clock",
            ),
        ]

    def __str__(self):
        return self.number

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """The city all; センター管理者 their center's; who received or took it; 相談員 and 機能強化員 on the case.

        Of a center nobody who has a conflict of interest with the client.
        """
        if rights.city_wide(Right.ABUSE_READ):
            return Q()
        own = rights.center_ids(Right.ABUSE_READ, Reach.OWN)
        me = rights.user_id
        visible = Q(center__in=rights.center_ids(Right.ABUSE_READ))
        visible |= Q(center__in=own) & (Q(received_by=me) | Q(taken_by=me))
        if casework := own & rights.center_ids(Right.CASE_EDIT):
            visible |= Q(center__in=casework) & _on_the_case(me)
        return visible & not_conflicted(rights)

    @property
    def person(self) -> str:
        return self.client.name if self.client else self.person_name

    @property
    def waits(self) -> bool:
        """Whether the city's request still waits for somebody of the center."""
        return self.origin == ReportOrigin.CITY and self.taken_by_id is None


def _on_the_case(user_id) -> Q:
    """Named on the report, responsible for the client's case, or anybody while the city's request waits."""
    named = AbuseMember.unscoped.filter(user=user_id).values("report")
    cases = Case.unscoped.filter(responsible__user=user_id, closed_on__isnull=True)
    waiting = Q(origin=ReportOrigin.CITY, taken_by__isnull=True)
    return waiting | Q(pk__in=named) | Q(client__in=cases.values("client"))


class _OfReport(CenterScopedModel):
    """A row that is seen by whoever sees its report."""

    center_path = "report__center"
    read_right = Right.ABUSE_READ

    class Meta(CenterScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return Q(report__in=AbuseReport.unscoped.filter(AbuseReport.visibility(rights)))


@tracked()
class AbuseReporter(CenterScopedModel):
    """通報した人: kept apart under its own right (8条), never in lists, searches, exports, prints or mails."""

    center_path = "report__center"
    read_right = Right.ABUSE_REPORTER_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(AbuseReport, models.PROTECT, related_name="reporter")
    kinds = _codes("通報・届出者の区分")
    name = models.CharField("通報した人の名前", max_length=120, blank=True)
    affiliation = models.CharField("所属", max_length=120, blank=True)
    contact = models.CharField("連絡先", max_length=120, blank=True)
    relation = models.CharField("本人との関係", max_length=100, blank=True)
    anonymous = models.BooleanField("匿名を希望している", default=False)

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """Who took the report, its center's センター管理者, and the city (which gives a reason on the page)."""
        if rights.city_wide(Right.ABUSE_REPORTER_READ):
            return Q()
        own = rights.center_ids(Right.ABUSE_REPORTER_READ, Reach.OWN)
        return Q(report__center__in=rights.center_ids(Right.ABUSE_REPORTER_READ)) | Q(
            report__center__in=own, report__received_by=rights.user_id
        )


@tracked()
class AbuseMember(_OfReport):
    """A user of the center who was named to work on the report."""

    report = models.ForeignKey(AbuseReport, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta(_OfReport.Meta):
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="abuse_member_once")]


class AbuseStepQuerySet(models.QuerySet):
    def standing(self):
        """Neither corrected by a later row nor taken back."""
        return self.filter(correction__isnull=True, void=False)


@tracked()
class AbuseStep(_OfReport):
    """One step of the procedure. Never overwritten: a correction, or the taking back, is a row that points to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(AbuseReport, models.PROTECT, related_name="steps")
    kind = models.CharField("対応", max_length=10, choices=AbuseStepKind.choices)
    at = models.DateTimeField("日時")
    who = models.CharField("だれが", max_length=100)
    partner = models.CharField("相手", max_length=100, blank=True)
    detail = models.CharField("方法など", max_length=4, blank=True)
    text = models.TextField("内容", blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="訂正した行"
    )
    void = models.BooleanField("取り消し", default=False)
    reason = models.CharField("訂正の理由", max_length=200, blank=True)
    by_city = models.BooleanField("市が入れた", default=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    unscoped = AbuseStepQuerySet.as_manager()

    class Meta(_OfReport.Meta):
        ordering = ["at", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="abuse_step_reason", condition=Q(corrects__isnull=True, void=False) | ~Q(reason="")
            )
        ]
        indexes = [models.Index(fields=["report", "at"], name="abuse_step_report")]
