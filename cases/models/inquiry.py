"""照会: a center asks whoever has a record of the same person. It learns the answer, and nothing before it."""

import uuid

from django.db import models
from django.db.models import Q

from cases.enums import InquiryState, ShareScope
from cases.models.client import Client, ShareGrant
from cases.scoping import ClientScopedModel, not_hidden
from centers.access import Right, Rights
from centers.history import tracked
from centers.models import Center, User
from centers.scoping import CenterScopedModel


@tracked()
class Inquiry(ClientScopedModel):
    """The question, about a client of the asking center. `state` and `answer` are all that the asker is told."""

    center_path = "center"
    read_right = Right.INQUIRY

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="たずねるセンター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name="利用者")
    purpose = models.CharField("知りたいこと・理由", max_length=300)
    state = models.CharField("状態", max_length=8, choices=InquiryState.choices, default=InquiryState.WAITING)
    answer = models.CharField("返事", max_length=300, blank=True)
    answered_at = models.DateTimeField("返事の日時", null=True, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="たずねた人")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ClientScopedModel.Meta):
        indexes = [
            models.Index(fields=["center", "state", "-created_at"], name="inquiry_center"),
            models.Index(fields=["client", "-created_at"], name="inquiry_client"),
        ]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return super().visibility(rights) & Q(center__in=rights.center_ids(cls.read_right))


@tracked()
class InquiryAnswer(CenterScopedModel):
    """One record that the question may be about, at `center`, which alone sees the row until it opens it."""

    read_right = Right.INQUIRY_ANSWER

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="answers")
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="記録のあるセンター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name="利用者")
    state = models.CharField("返事", max_length=8, choices=InquiryState.choices, default=InquiryState.WAITING)
    reason = models.CharField("理由", max_length=300, blank=True)
    scope = models.CharField("見せる範囲", max_length=8, choices=ShareScope.choices, blank=True)
    share = models.ForeignKey(ShareGrant, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="返事をした人"
    )
    answered_at = models.DateTimeField("返事の日時", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(CenterScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "client"], name="inquiry_answer_once"),
        ]
        indexes = [models.Index(fields=["center", "state", "-created_at"], name="inquiry_answer_center")]

    @classmethod
    def open_to(cls, rights: Rights) -> bool:
        return super().open_to(rights) or rights.allowed(Right.INQUIRY)

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """The answering center, but for cases that few may see; the asker only what was opened."""
        here = Q(center__in=rights.center_ids(cls.read_right)) & not_hidden(rights, "client")
        asked = Q(inquiry__center__in=rights.center_ids(Right.INQUIRY), state=InquiryState.OPENED)
        return here | asked
