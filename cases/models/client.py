import uuid
from typing import cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from cases.enums import (
    ConsentWay,
    DatePrecision,
    HandbookKind,
    Sex,
    ShareBasis,
    ShareScope,
    Signer,
    Verdict,
)
from cases.scoping import ClientScopedModel, OpenedModel, merged_clients, not_hidden, visible_clients
from centers.access import Right, Rights
from centers.history import tracked
from centers.models import Center, StaffMember, User, Ward
from centers.models.base import Period, PeriodQuerySet, date_order, in_force
from centers.periods import Birth, Precision


@tracked(exclude=["name_key", "kana_key"])
class Client(OpenedModel):
    """利用者 of one center. Names are kept as written; the keys beside them fold variants for the search."""

    read_right = Right.CLIENT_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    number = models.CharField("利用者番号", max_length=20)
    family_name = models.CharField("姓", max_length=60, blank=True)
    given_name = models.CharField("名", max_length=60, blank=True)
    family_kana = models.CharField("セイ", max_length=60)
    given_kana = models.CharField("メイ", max_length=60, blank=True)
    name_key = models.CharField(max_length=130, editable=False)
    kana_key = models.CharField(max_length=130, editable=False)
    birth_date = models.DateField("生年月日", null=True, blank=True)
    birth_precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)
    sex = models.CharField("性別", max_length=7, choices=Sex.choices, default=Sex.UNKNOWN)
    postal_code = models.CharField("郵便番号", max_length=7, blank=True)
    address = models.CharField("住所", max_length=200, blank=True)
    town = models.CharField("町名", max_length=60, blank=True)
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="区")
    school_district = models.CharField("校区", max_length=30, blank=True)
    recipient_number = models.CharField("受給者証番号", max_length=10, blank=True)
    support_level = models.CharField("障害支援区分", max_length=4, blank=True)
    support_level_until = models.DateField("支援区分の期限", null=True, blank=True)
    contact_note = models.CharField("連絡・配慮の注意", max_length=200, blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="前のセンターでの利用者"
    )
    registered_on = models.DateField("登録日")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登録した人")
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(OpenedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["center", "number"],
                name="client_number_once",
                violation_error_message="この利用者番号は、もう使われています。",
            ),
            models.CheckConstraint(name="client_kana", condition=~Q(family_kana="")),
        ]
        indexes = [
            models.Index(fields=["center", "kana_key", "id"], name="client_kana"),
            models.Index(fields=["center", "birth_date"], name="client_birth"),
            models.Index(
                fields=["support_level_until"],
                name="client_level_until",
                condition=Q(support_level_until__isnull=False),
            ),
            GinIndex(fields=["kana_key"], name="client_kana_part", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["name_key"], name="client_name_part", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.number

    @property
    def name(self) -> str:
        """As written; by kana where no name is known yet."""
        return " ".join(part for part in (self.family_name, self.given_name) if part) or self.kana

    @property
    def kana(self) -> str:
        return " ".join(part for part in (self.family_kana, self.given_kana) if part)

    @property
    def birth(self) -> Birth | None:
        """The birth date as far as it is known."""
        return Birth(self.birth_date, cast(Precision, self.birth_precision)) if self.birth_date else None

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return visible_clients(rights, path="pk", notes=False) & ~Q(pk__in=merged_clients())


@tracked()
class ClientPhone(ClientScopedModel):
    client = models.ForeignKey(Client, models.CASCADE, related_name="phones")
    number = models.CharField("電話", max_length=20)
    whose = models.CharField("だれの", max_length=30, blank=True)
    tail = models.CharField(max_length=4, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(ClientScopedModel.Meta):
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["tail"], name="client_phone_tail")]


@tracked()
class ClientDisability(ClientScopedModel):
    """障がい種別 of a person, dated: an empty start means as long as is known."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="disabilities")
    code = models.CharField("障がい種別", max_length=4)
    starts_on = models.DateField("開始日", null=True, blank=True)
    ends_on = models.DateField("終了日", null=True, blank=True)

    class Meta(ClientScopedModel.Meta):
        ordering = ["code", "starts_on"]
        constraints = [
            date_order("client_disability_dates"),
            models.UniqueConstraint(
                fields=["client", "code"],
                condition=Q(ends_on__isnull=True),
                name="client_disability_open_once",
            ),
        ]


@tracked()
class Handbook(ClientScopedModel):
    """手帳"""

    client = models.ForeignKey(Client, models.CASCADE, related_name="handbooks")
    kind = models.CharField("手帳", max_length=12, choices=HandbookKind.choices)
    grade = models.CharField("等級", max_length=10)
    number = models.CharField("番号", max_length=30, blank=True)
    issued_on = models.DateField("交付日", null=True, blank=True)
    issued_precision = models.CharField(
        max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    next_on = models.DateField("次回判定・有効期限", null=True, blank=True)
    next_precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)

    class Meta(ClientScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["client", "kind"], name="handbook_once")]
        indexes = [models.Index(fields=["next_on"], name="handbook_next", condition=Q(next_on__isnull=False))]


class ConsentQuerySet(models.QuerySet):
    def standing(self, on):
        """Given up to the day, not withdrawn by then, and not past its end."""
        kept = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
        return self.filter(kept, in_force(on, start="given_on"))


@tracked()
class Consent(ClientScopedModel):
    """個人情報の取扱いへの同意: for what, what of it, and to whom (`scopes`: 提供先, in the center's own words).

    purposes and ranges are codes of the lists 同意の利用目的 and 同意の範囲.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="consents")
    given_on = models.DateField("同意した日")
    scopes = ArrayField(models.CharField(max_length=30), default=list, verbose_name="情報共有の範囲")
    ends_on = models.DateField("いつまで", null=True, blank=True)
    purposes = ArrayField(models.CharField(max_length=4), default=list, blank=True, verbose_name="利用目的")
    ranges = ArrayField(models.CharField(max_length=4), default=list, blank=True, verbose_name="範囲")
    excluded = models.CharField("除外したい先・情報", max_length=300, blank=True)
    way = models.CharField("方法", max_length=10, choices=ConsentWay.choices, blank=True)
    explained_by = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="説明した人"
    )
    signer = models.CharField("署名", max_length=8, choices=Signer.choices, default=Signer.SELF)
    signer_note = models.CharField("代筆・後見人等の氏名と続柄", max_length=100, blank=True)
    withdrawn_on = models.DateField("撤回した日", null=True, blank=True)
    withdrawn_reason = models.CharField("撤回の理由", max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤回を記録した人"
    )
    version = models.PositiveIntegerField(default=1)

    unscoped = ConsentQuerySet.as_manager()

    class Meta(ClientScopedModel.Meta):
        ordering = ["-given_on", "id"]
        constraints = [date_order("consent_dates", start="given_on", end="withdrawn_on")]
        indexes = [models.Index(fields=["ends_on"], name="consent_end", condition=Q(ends_on__isnull=False))]


class ShareGrantQuerySet(PeriodQuerySet):
    def in_force(self, on):
        """Shares that hold on the day; one that was taken back holds no more from that moment."""
        return super().in_force(on).filter(revoked_at__isnull=True)


@tracked()
class ShareGrant(Period, ClientScopedModel):
    """A client of one center shown to another for a time, on a named basis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="shares")
    to_center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="相手のセンター")
    scope = models.CharField("範囲", max_length=8, choices=ShareScope.choices)
    basis = models.CharField("根拠", max_length=8, choices=ShareBasis.choices)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField("取りやめた日時", null=True, blank=True)

    unscoped = ShareGrantQuerySet.as_manager()

    class Meta(ClientScopedModel.Meta):
        constraints = [date_order("share_grant_dates")]
        indexes = [models.Index(fields=["to_center", "client"], name="share_grant_to")]


@tracked()
class BreakGlass(ClientScopedModel):
    """緊急閲覧: one user may read one foreign client for some minutes, with a reason that is judged afterwards.

    `for_center`: in whose name (none for the city); `judge_by`: last day for the judgement of the client's center.
    """

    center_path = "client__center"
    read_right = Right.GLASS_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    for_center = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField("理由の種類", max_length=4, blank=True)
    reason = models.CharField("理由", max_length=200)
    judge_by = models.DateField("判断の期限", null=True, blank=True)
    verdict = models.CharField("判断", max_length=8, choices=Verdict.choices, blank=True)
    comment = models.CharField("判断の説明", max_length=300, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField("判断の日時", null=True, blank=True)

    class Meta(ClientScopedModel.Meta):
        constraints = [
            date_order("break_glass_times", start="starts_at", end="ends_at"),
            models.CheckConstraint(
                name="break_glass_judged",
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="break_glass_not_by_oneself",
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("user")),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "ends_at"], name="break_glass_user"),
            models.Index(fields=["-starts_at", "-id"], name="break_glass_at"),
        ]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """The client's center by its センター管理者, one's own everybody, all of them the auditor."""
        if rights.city_wide(cls.read_right):
            return Q()
        judged_here = Q(client__center__in=rights.center_ids(cls.read_right)) & not_hidden(rights, "client")
        return judged_here | Q(user=rights.user_id)
