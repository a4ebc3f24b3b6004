"""統合: which rows follow a person, and which columns of the person one chooses among.

Every foreign key to Client stands in FOLLOW or in STAY; a test fails for one that stands in neither, so that a new
kind of row is never forgotten.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from cases.models import Client, ClientMerge
from centers.models import User
from centers.periods import wareki_birth, wareki_short

# What goes over to the registration that stays, and what it is called on the page.
FOLLOW = {
    "cases.Consultation.client": "相談記録",
    "cases.FollowUp.client": "次の予定",
    "cases.Case.client": "ケース",
    "cases.PlanCase.client": "計画相談",
    "cases.AnonymousThread.client": "匿名の相談者とのつながり",
    "cases.ClientPhone.client": "電話",
    "cases.ClientDisability.client": "障がい種別",
    "cases.Handbook.client": "手帳",
    "cases.Consent.client": "同意",
    "cases.SheetSection.client": "フェイスシートの欄",
    "cases.SheetDate.client": "フェイスシートの期限",
    "cases.GrantedService.client": "支給決定サービス",
    "cases.RelatedPerson.client": "家族・関係者",
    "cases.Supporter.client": "支援者・関係機関",
    "cases.ClientAddress.client": "住所",
    "cases.ShareGrant.client": "ほかのセンターへの共有",
    "cases.AbuseReport.client": "虐待の通報・相談",
    "cases.GuardianshipSupport.client": "成年後見の支援",
    "cases.DiscriminationConsultation.client": "差別の相談",
    "cases.ProviderSupport.client": "後方支援",
    "cases.Attachment.client": "添付ファイル",
    "cases.PaperOriginal.client": "紙の控え",
    "cases.Disclosure.client": "開示請求",
    "cases.Assessment.client": "アセスメント",
    "cases.Identification.client": "だれかわかった匿名の相談",
    "cases.Referral.client": "紹介(送ったもの)",
    "cases.Referral.to_client": "紹介(届いたもの)",
    "cases.CenterHandover.client": "センター間の引き継ぎ(送ったもの)",
    "cases.CenterHandover.to_client": "センター間の引き継ぎ(届いたもの)",
    "cases.Inquiry.client": "照会(送ったもの)",
    "cases.InquiryAnswer.client": "照会(届いたもの)",
    "cases.WorkerHandover.client": "担当の引継書",
    "cases.CasePlan.client": "支援の計画",
    "cases.CaseClosing.client": "終結の記録",
    "cases.ConflictOfInterest.client": "記録を見ない決め",
    "cases.Pin.client": "ピン留め",
    "cases.Draft.client": "下書き",
    "cases.Client.previous": "後のセンターでの登録とのつながり",
}
STAY = {
    "cases.BreakGlass.client": "opened for that registration alone; minutes long",
    "cases.ImportedRow.client": "tells which registration a file brought",
    "cases.ClientMerge.winner": "the trail of merges",
    "cases.ClientMerge.loser": "the trail of merges",
    "reports.MonthPresence.client": "kept by triggers on the records",
}

# Columns that hang together; the first one names the choice.
_TOGETHER = {"birth_date": ("birth_precision",), "support_level": ("support_level_until",)}
_FIXED = {
    "id", "center", "number", "name_key", "kana_key", "previous", "registered_on", "registered_by", "updated_at",
    "version", *(column for others in _TOGETHER.values() for column in others),
}  # fmt: skip


@dataclass(frozen=True)
class Relation:
    """A foreign key to Client."""

    model: type[models.Model]
    field: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.field}"

    @property
    def label(self) -> str:
        return FOLLOW[self.key]

    @property
    def rows(self) -> models.QuerySet:
        return self.model._base_manager.all()

    @property
    def may_collide(self) -> bool:
        """Whether a constraint knows the client, so that a row of the one may be in the way of the other's."""
        unique = [c for c in self.model._meta.constraints if isinstance(c, models.UniqueConstraint)]
        field = self.model._meta.get_field(self.field)
        periods = [c for c in self.model._meta.constraints if isinstance(c, ExclusionConstraint)]
        return (
            bool(getattr(field, "unique", False))
            or any(self.field in c.fields for c in unique)
            or any(self.field == expression for c in periods for expression, _ in c.expressions)
        )


def relations() -> Iterator[Relation]:
    """Every foreign key to Client of every model; the change history aside."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Client:
                yield Relation(model, field.name)


def following() -> list[Relation]:
    """Those that go over, in the order of FOLLOW."""
    found = {relation.key: relation for relation in relations()}
    return [found[key] for key in FOLLOW]


@dataclass(frozen=True)
class Difference:
    """A column that is not the same in both: `name`, and both values in words; `better` is proposed."""

    name: str
    label: str
    kept: str
    other: str

    @property
    def better(self) -> str:
        return "other" if not self.kept and self.other else "kept"


def choosable() -> list[models.Field]:
    """The columns of Client among which one chooses; a later column is among them by itself."""
    return [field for field in Client._meta.concrete_fields if field.name not in _FIXED]


def columns_of_choice(name: str) -> tuple[str, ...]:
    return (name, *_TOGETHER.get(name, ()))


def differences(kept: Client, other: Client) -> list[Difference]:
    """What is not the same, in the order of the columns."""
    found = []
    for field in choosable():
        columns = columns_of_choice(field.name)
        if any(getattr(kept, column) != getattr(other, column) for column in columns):
            found.append(
                Difference(field.name, str(field.verbose_name), _words(kept, field), _words(other, field))
            )
    return found


def _words(client: Client, field: models.Field) -> str:
    value: Any = getattr(client, field.name)
    if field.name == "birth_date":
        return wareki_birth(*client.birth) if client.birth else ""
    if field.choices:
        return getattr(client, f"get_{field.name}_display")()
    if isinstance(value, date):
        return wareki_short(value)
    return "" if value is None else str(value)


def merge_behind(user: User, pk) -> ClientMerge | None:
    """The standing merge by which the client of this id became a stub, for a user of its center who sees the winner."""
    seen = Client.visible_to(user)
    merges = ClientMerge.unscoped.standing().filter(loser=pk, winner__in=seen)
    return merges.select_related("winner", "loser", "merged_by").first()


def numbered_before(pattern: str) -> models.QuerySet:
    """Ids of the clients into whom somebody was merged whose number fits the pattern."""
    return ClientMerge.unscoped.standing().filter(loser__number__iregex=pattern).values("winner")


def registrations_of(client: Client) -> models.QuerySet:
    """Ids under which the person was read: the client's own, and those of what was merged into it."""
    own = Client.unscoped.filter(pk=client.pk).values("pk")
    return own.union(
        ClientMerge.unscoped.standing().filter(winner=client.pk).order_by().values("loser"), all=True
    )


def merged_into(client_ids: Collection) -> models.QuerySet:
    """Standing merges into the clients."""
    return ClientMerge.unscoped.standing().filter(winner__in=client_ids)
