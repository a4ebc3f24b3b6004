import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from centers.enums import CapBasis, CodeList, GapEffect, PlanKind, Post, Qualification
from centers.history import tracked
from centers.models.base import Period, PeriodQuerySet, Sourced, date_order, no_overlap
from centers.models.organisation import Center


@tracked()
class BusinessCatalogue(Sourced):
    """業務項目表: one of the three catalogues of what a center does under its contract."""

    code = models.SlugField("符号", primary_key=True, max_length=20)
    name = models.CharField("名称", max_length=60)

    def __str__(self):
        return self.name


@tracked()
class BusinessItem(Sourced):
    """業務項目: catalogue + code (part-group-item) is its one key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(BusinessCatalogue, models.PROTECT, related_name="items")
    code = models.CharField("コード", max_length=10)
    mark = models.CharField("記号", max_length=20)
    part = models.CharField("区分", max_length=2)
    part_label = models.CharField("区分の名", max_length=40)
    label = models.CharField("項目", max_length=200)
    short_label = models.CharField("略称", max_length=30)
    in_contacts = models.BooleanField("相談件数に入れる", default=True)
    position = models.PositiveSmallIntegerField("並び順")

    class Meta:
        ordering = ["catalogue", "position"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "code"], name="business_item_key")]

    def __str__(self):
        return f"{self.mark} {self.label}"


@tracked()
class ContractGeneration(Period, Sourced):
    """契約期: H27–29, H30–R2, R3–R5, R6–R8."""

    code = models.SlugField("符号", primary_key=True, max_length=20)
    name = models.CharField("契約期", max_length=40)
    catalogue = models.ForeignKey(BusinessCatalogue, models.PROTECT, related_name="generations")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [date_order("generation_dates")]

    def __str__(self):
        return self.name


@tracked()
class ContractTerm(Period, Sourced):
    """契約条件 of one center in one generation; its posts, caps and opening rule hang on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="terms")
    generation = models.ForeignKey(ContractGeneration, models.PROTECT, related_name="terms")
    ward_meetings_per_year = models.PositiveSmallIntegerField(
        "区ネットワーク会議の年間回数", null=True, blank=True
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["center__zone__position", "starts_on"]
        constraints = [
            date_order("term_dates"),
            no_overlap(
                "term_no_overlap",
                "center",
                message="同じセンターに、期間の重なる契約条件があります。開始日と終了日を確かめてください。",
            ),
        ]

    def __str__(self):
        return f"{self.center} {self.generation_id}"


@tracked()
class PostRequirement(Period, Sourced):
    """配置の条件: how many of a post, with what qualifications, and what a gap means."""

    term = models.ForeignKey(ContractTerm, models.CASCADE, related_name="posts")
    post = models.CharField("職種", max_length=10, choices=Post.choices)
    required = models.PositiveSmallIntegerField("必要数")
    on_gap = models.CharField("欠けたとき", max_length=10, choices=GapEffect.choices)
    full_time = models.BooleanField("常勤", default=True)
    exclusive = models.BooleanField("専従", default=False)
    may_hold_plans = models.BooleanField("計画相談との兼務可", default=False)
    # every qualification of all_of, and one of any_of where it is not empty
    all_of = ArrayField(
        models.CharField(max_length=20, choices=Qualification.choices), default=list, blank=True
    )
    any_of = ArrayField(
        models.CharField(max_length=20, choices=Qualification.choices), default=list, blank=True
    )
    experience_months = models.PositiveSmallIntegerField("実務経験(月)", default=0)
    qualification_settled = models.BooleanField("資格要件が確定している", default=True)
    main_parts = ArrayField(models.CharField(max_length=2), default=list, verbose_name="必須業務の区分")
    optional_parts = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name="支障がない範囲の区分"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["term", "post", "starts_on"]
        constraints = [
            date_order("post_dates"),
            no_overlap(
                "post_no_overlap", "term", "post", message="同じ職種の配置条件が、期間で重なっています。"
            ),
        ]


@tracked()
class PlanCap(Period, Sourced):
    """計画相談の件数制限: in force for its period only (lifted = no row)."""

    term = models.ForeignKey(ContractTerm, models.CASCADE, related_name="plan_caps")
    basis = models.CharField("数え方", max_length=10, choices=CapBasis.choices)
    limit = models.PositiveSmallIntegerField("上限(件)")
    counts = ArrayField(models.CharField(max_length=10, choices=PlanKind.choices), verbose_name="数える種別")
    deadline = models.DateField("達成期限", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            date_order("plan_cap_dates"),
            no_overlap("plan_cap_no_overlap", "term", message="件数制限の期間が重なっています。"),
        ]


@tracked()
class OpeningRule(Period, Sourced):
    """運営時間の条件: weekdays 1 = Monday … 7 = Sunday; one of `one_of_weekdays` besides the required ones."""

    term = models.ForeignKey(ContractTerm, models.CASCADE, related_name="opening_rules")
    required_weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name="開ける曜日")
    one_of_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    min_days = models.PositiveSmallIntegerField("週の最少日数")
    min_minutes = models.PositiveSmallIntegerField("1日の最少時間(分)")
    emergency_contact = models.BooleanField("時間外の緊急連絡", default=True)
    all_day_desk = models.BooleanField("24時間受付", default=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            date_order("opening_rule_dates"),
            no_overlap("opening_rule_no_overlap", "term", message="運営時間の条件が、期間で重なっています。"),
        ]


@tracked()
class ReportedHolding(Sourced):
    """計画相談の保有件数 as reported for a day, where no plan cases are kept as rows."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="reported_holdings")
    on = models.DateField("時点")
    held = models.PositiveSmallIntegerField("保有件数")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["center", "on"], name="reported_holding_once")]


def known_list(value: str) -> None:
    """A validator instead of choices: a new list then needs no migration."""
    if value not in CodeList.values:
        raise ValidationError(f"「{value}」という区分はありません。")


@tracked()
class CodeEntry(Period, Sourced):
    """One row of a code list; the stored code stays national, label and order may change with time."""

    list = models.CharField("区分", max_length=20, validators=[known_list])
    code = models.CharField("コード", max_length=4)
    label = models.CharField("名称", max_length=60)
    short_label = models.CharField("略称", max_length=30)
    display_order = models.PositiveSmallIntegerField("画面の並び")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["list", "code"]
        constraints = [
            date_order("code_entry_dates"),
            no_overlap("code_entry_no_overlap", "list", "code", message="同じコードの期間が重なっています。"),
        ]

    def __str__(self):
        return self.label


@tracked()
class RuleSetting(Period, Sourced):
    """計上・期限・画面のきまり: one dated value per key."""

    key = models.CharField("きまり", max_length=60)
    value = models.JSONField("値")
    label = models.CharField("説明", max_length=200)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["key", "starts_on"]
        constraints = [
            date_order("rule_setting_dates"),
            no_overlap("rule_setting_no_overlap", "key", message="同じきまりの期間が重なっています。"),
            models.CheckConstraint(name="rule_setting_key", condition=~Q(key="")),
        ]
