"""What goes from one center to another about a person: 紹介 and 引き継ぎ (a person moves)."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.enums import PassBasis, PassState, ShareScope
from cases.models.case import Case
from cases.models.client import Client, Consent
from cases.scoping import ClientScopedModel, not_hidden
from centers.access import Reach, Right, Rights
from centers.history import tracked
from centers.models import Center, Organization, User


class Passed(ClientScopedModel):
    """A sheet about a client of `center`, for somebody else. The other center sees the sheet alone until it accepts.

    The sender sees it as they see the person; the receiver only while `reaching` holds, and once the person is theirs
    as they see the person there. `id` is the form's token.
    """

    center_path = "center"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name="利用者")
    to_client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="受けた側の利用者"
    )
    state = models.CharField("状態", max_length=10, choices=PassState.choices)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    created_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="返事をした人"
    )
    answered_at = models.DateTimeField("返事の日時", null=True, blank=True)
    answer = models.CharField("返事の理由・連絡", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(ClientScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        sent = Q(center__in=rights.center_ids(cls.read_right))
        if own := rights.center_ids(cls.read_right, Reach.OWN):
            sent |= Q(center__in=own, written_by=rights.user_id)
        received = Q(to_center__in=rights.center_ids(cls.read_right)) & cls.reaching(rights.on)
        return (sent & not_hidden(rights, "client")) | (received & not_hidden(rights, "to_client"))

    @classmethod
    def reaching(cls, on: date) -> Q:
        """Rows that the receiver may see on the day."""
        raise NotImplementedError

    @property
    def waits(self) -> bool:
        return self.state == PassState.SENT


def consent_stands(on: date) -> Exists:
    """The person has agreed and has not taken it back by the day."""
    return Exists(Consent.unscoped.standing(on).filter(client=OuterRef("client")))


@tracked()
class Referral(Passed):
    """紹介 to another center or another agency. To an agency the sender notes the answer themselves.

    `offer` is what the receiving center will see of the sender's records once it accepts, until `offer_until`.
    """

    read_right = Right.REFERRAL

    to_center = models.ForeignKey(
        Center, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="紹介先のセンター"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="紹介先の機関"
    )
    to_name = models.CharField("紹介先の名称", max_length=100, blank=True)
    basis = models.CharField("根拠", max_length=8, choices=PassBasis.choices)
    law_reason = models.CharField("同意なしで伝える理由", max_length=300, blank=True)
    sent_on = models.DateField("紹介日")
    reply_by = models.DateField("返事がほしい日", null=True, blank=True)
    summary = models.TextField("これまでの経過と今の様子")
    request = models.TextField("お願いしたいこと")
    offer = models.CharField("見せる範囲", max_length=8, choices=ShareScope.choices, blank=True)
    offer_until = models.DateField("見せる期限", null=True, blank=True)
    result = models.CharField("その後の結果", max_length=300, blank=True)
    result_on = models.DateField("結果の日", null=True, blank=True)

    class Meta(Passed.Meta):
        constraints = [
            models.CheckConstraint(
                name="referral_one_receiver",
                condition=Q(to_center__isnull=False, organization__isnull=True, to_name="")
                | (Q(to_center__isnull=True) & ~Q(to_name="")),
            ),
            models.CheckConstraint(
                name="referral_law_reason", condition=Q(basis=PassBasis.CONSENT) | ~Q(law_reason="")
            ),
            models.CheckConstraint(
                name="referral_offer_ends",
                condition=Q(offer="", offer_until__isnull=True)
                | (~Q(offer="") & Q(offer_until__isnull=False, to_center__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["center", "state", "-created_at"], name="referral_sent"),
            models.Index(fields=["to_center", "state", "-created_at"], name="referral_received"),
            models.Index(fields=["client", "-created_at"], name="referral_client"),
        ]

    @classmethod
    def reaching(cls, on: date) -> Q:
        agreed = Q(basis=PassBasis.LAW) | Q(consent_stands(on))
        return ~Q(state=PassState.WITHDRAWN) & (~Q(state=PassState.SENT) | agreed)

    @property
    def receiver(self) -> str:
        return str(self.to_center) if self.to_center else self.to_name


@tracked()
class CenterHandover(Passed):
    """引き継ぎ: a person moves from one center's zone to another's. The fields are those of the hand-over sheet.

    Proposed by a worker, approved by センター管理者 of the sender, accepted by the one of the receiver. From
    `handed_on` the sender keeps what it wrote, read only (scoping.handed_over). `digest` is frozen at the approval.
    """

    TEXTS = (
        "overview",
        "issues",
        "todos",
        "promises",
        "agencies",
        "cautions",
        "expiries",
        "papers",
        "secrets",
    )

    read_right = Right.HANDOVER

    to_center = models.ForeignKey(
        Center, models.PROTECT, related_name="+", verbose_name="引き継ぎ先のセンター"
    )
    reason = models.CharField("引き継ぎの理由", max_length=4)
    moves_on = models.DateField("引き継ぎ日")
    meeting_on = models.DateField("引き継ぎの面談の日", null=True, blank=True)
    meeting_at = models.TimeField("面談の時刻", null=True, blank=True)
    attendees = models.CharField("面談の同席者", max_length=200, blank=True)
    explained_on = models.DateField("本人に説明した日")
    explained_how = models.CharField("説明のしかた", max_length=100)
    agreed = models.BooleanField("本人の同意")
    law_reason = models.CharField("同意なしで引き継ぐ理由", max_length=300, blank=True)
    overview = models.TextField("概要")
    issues = models.TextField("今の課題", blank=True)
    todos = models.TextField("残っている予定(期限)", blank=True)
    promises = models.TextField("本人・家族との約束", blank=True)
    agencies = models.TextField("関係機関", blank=True)
    cautions = models.TextField("配慮・してはいけないこと・危険", blank=True)
    expiries = models.TextField("期限のあるもの(受給者証・手帳など)", blank=True)
    papers = models.TextField("原本の一覧(紙・電子、冊数、渡し方)", blank=True)
    secrets = models.TextField("秘密性の高い記録の扱い", blank=True)
    digest = models.JSONField("直近の動き", default=list)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承認した人"
    )
    approved_at = models.DateTimeField("承認した日時", null=True, blank=True)
    handed_on = models.DateField("受け取った日", null=True, blank=True)

    class Meta(Passed.Meta):
        constraints = [
            models.CheckConstraint(name="handover_law_reason", condition=Q(agreed=True) | ~Q(law_reason="")),
            models.CheckConstraint(
                name="handover_accepted",
                condition=Q(state=PassState.ACCEPTED, handed_on__isnull=False, to_client__isnull=False)
                | (~Q(state=PassState.ACCEPTED) & Q(handed_on__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(state__in=[PassState.PROPOSED, PassState.SENT, PassState.ACCEPTED]),
                name="handover_running_once",
                violation_error_message="この利用者には、進んでいるか済んだ引き継ぎがもうあります。",
            ),
        ]
        indexes = [
            models.Index(fields=["center", "state", "-created_at"], name="handover_sent"),
            models.Index(fields=["to_center", "state", "-created_at"], name="handover_received"),
        ]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """Of a person whom few may see at the sender only センター管理者 of the receiver sees the sheet that waits."""
        restricted = Case.unscoped.filter(restricted=True, client=OuterRef("client"))
        seen = (
            Q(center__in=rights.center_ids(cls.read_right))
            | Q(state=PassState.ACCEPTED)
            | ~Exists(restricted)
        )
        return super().visibility(rights) & (seen | Q(to_center__in=rights.center_ids(Right.HANDOVER_DECIDE)))

    @classmethod
    def reaching(cls, on: date) -> Q:
        """Withdrawn: a consent was taken back since the person was told, and none stands."""
        taken_back = Exists(
            Consent.unscoped.filter(
                client=OuterRef("client"), withdrawn_on__gte=OuterRef("explained_on"), withdrawn_on__lte=on
            )
        )
        agreed = Q(agreed=False) | ~Q(taken_back) | Q(consent_stands(on))
        reached = Q(state__in=[PassState.SENT, PassState.ACCEPTED, PassState.REFUSED])
        return reached & (~Q(state=PassState.SENT) | agreed)

    @property
    def receiver(self) -> str:
        return str(self.to_center)
