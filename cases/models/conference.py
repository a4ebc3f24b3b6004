"""個別支援会議録, and what it hands on to the meetings about the region."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.enums import ConferencePlace, SharingBasis, TookPart
from cases.models.case import FollowUp
from cases.models.client import Client
from cases.models.consultation import Consultation
from cases.scoping import hidden_clients
from centers.access import Reach, Right, Rights
from centers.history import tracked
from centers.models import Center, Organization, StaffMember, User
from centers.scoping import CenterScopedModel


@tracked()
class CaseConference(CenterScopedModel):
    """ケース会議録. Its people are those of the 相談記録 that it makes: one for each client, with the conference's id as
    group, so that figures, 経過 and text search know it. Hidden as a whole from who may not see one of its people.
    """

    VERSIONED = (
        "kind", "held_on", "starts_at", "minutes", "place", "place_kind", "host", "took_part", "purpose", "shared",
        "basis", "discussion", "next_on", "handed_out", "collected", "contents",
    )  # fmt: skip

    read_right = Right.NOTE_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    kind = models.CharField("種別", max_length=4)
    held_on = models.DateField("開催日")
    starts_at = models.TimeField("開始", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("分", null=True, blank=True)
    place = models.CharField("場所", max_length=60, blank=True)
    place_kind = models.CharField("形式", max_length=8, choices=ConferencePlace.choices)
    host = models.CharField("主催", max_length=100)
    took_part = models.CharField("本人・家族の参加", max_length=8, choices=TookPart.choices)
    purpose = models.CharField("目的", max_length=200)
    shared = models.CharField("共有した情報の範囲", max_length=200, blank=True)
    basis = models.CharField("共有の根拠", max_length=8, choices=SharingBasis.choices)
    discussion = models.TextField("協議したこと")
    next_on = models.DateField("次回", null=True, blank=True)
    handed_out = models.CharField("配布先", max_length=200, blank=True)
    collected = models.BooleanField("資料を回収した", default=False)
    contents = ArrayField(models.CharField(max_length=4), default=list, verbose_name="支援内容")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="記録した人")
    written_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField("版", default=1)
    voided_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("取り消しの理由", max_length=200, blank=True)

    class Meta(CenterScopedModel.Meta):
        indexes = [models.Index(F("center"), F("held_on").desc(), name="conference_center")]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        seen = Q(center__in=rights.center_ids(Right.NOTE_READ))
        if own := rights.center_ids(Right.NOTE_READ, Reach.OWN):
            seen |= Q(center__in=own, written_by=rights.user_id)
        about_hidden = Consultation.unscoped.filter(client__in=hidden_clients(rights))
        return seen & ~Q(pk__in=about_hidden.values("group"))

    @classmethod
    def of_client(cls, client: Client) -> Q:
        """Condition on the conferences about the client."""
        return Q(pk__in=Consultation.unscoped.filter(client=client).values("group"))


class _Part(CenterScopedModel):
    """A row of a conference: seen by whoever sees the conference."""

    center_path = "conference__center"
    read_right = Right.NOTE_READ

    class Meta(CenterScopedModel.Meta):
        abstract = True

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return Q(conference__in=CaseConference.unscoped.filter(CaseConference.visibility(rights)))


@tracked()
class ConferenceAttendee(_Part):
    """出席者: of a known 関係機関, or of one written by hand."""

    conference = models.ForeignKey(CaseConference, models.CASCADE, related_name="attendees")
    position = models.PositiveSmallIntegerField()
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="関係機関"
    )
    organization_name = models.CharField("機関", max_length=100, blank=True)
    post = models.CharField("職", max_length=60, blank=True)
    name = models.CharField("氏名", max_length=60, blank=True)

    class Meta(_Part.Meta):
        ordering = ["position"]


@tracked()
class ConferenceDecision(_Part):
    """決定事項と役割分担: what, who, by when. With a day it becomes a next step of the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conference = models.ForeignKey(CaseConference, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    what = models.CharField("決めたこと", max_length=160)
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="センターの担当"
    )
    who = models.CharField("だれが", max_length=60, blank=True)
    due_on = models.DateField("いつまでに", null=True, blank=True)
    follow_up = models.OneToOneField(FollowUp, models.PROTECT, null=True, blank=True, related_name="decision")

    class Meta(_Part.Meta):
        ordering = ["position"]


@tracked()
class ConferenceVersion(_Part):
    """The text of a conference before a 訂正, its rows included, with who changed it, when and why."""

    conference = models.ForeignKey(CaseConference, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField("版")
    content = models.JSONField("訂正前の内容")
    reason = models.CharField("訂正の理由", max_length=200)
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta(_Part.Meta):
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "version"], name="conference_version_once")
        ]


@tracked()
class RegionalIssueProposal(CenterScopedModel):
    """地域課題として提起: what cannot be solved for one person alone. Without names; kept for the meetings."""

    read_right = Right.CLIENT_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    conference = models.ForeignKey(
        CaseConference, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    title = models.CharField("地域課題", max_length=100)
    text = models.TextField("くわしく", blank=True)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提起した人")
    raised_on = models.DateField("提起した日")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CenterScopedModel.Meta):
        indexes = [models.Index(F("center"), F("raised_on").desc(), name="issue_proposal_center")]
