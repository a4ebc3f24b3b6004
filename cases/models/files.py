"""文書 of a client: files kept here, and the list of papers kept elsewhere."""

import uuid

from django.db import models
from django.db.models import F, Q

from cases.models.client import Client
from cases.models.consultation import Consultation
from cases.scoping import NoteScopedModel
from centers.filestore import KEY_LENGTH, FileKeyField
from centers.filetypes import TYPES
from centers.history import tracked
from centers.models import Center, User


class ClientPaper(NoteScopedModel):
    """What both kinds share. `kind` is a code of the list 文書の種類; a row is taken back with a reason, never deleted."""

    writer_path = responsible_path = "added_by"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="%(class)ss", verbose_name="利用者")
    kind = models.CharField("種類", max_length=4)
    note = models.CharField("メモ", max_length=200, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="入れた人")
    added_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField("取り消した日時", null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("取り消しの理由", max_length=200, blank=True)

    class Meta(NoteScopedModel.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_void",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
            )
        ]


@tracked()
class Attachment(ClientPaper):
    """添付: one file. Its bytes lie encrypted under `key` (centers.filestore) and stay until disposal.

    `name` is the original name, text alone; `file_type` a code of centers.filetypes.TYPES; `size` in bytes.
    """

    consultation = models.ForeignKey(
        Consultation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name="相談記録",
    )
    name = models.CharField("ファイル名", max_length=200)
    file_type = models.CharField("形式", max_length=10)
    size = models.PositiveIntegerField("大きさ")
    sha256 = models.CharField(max_length=64, editable=False)
    key = FileKeyField(max_length=KEY_LENGTH, unique=True, editable=False)
    dated_on = models.DateField("文書の日付", null=True, blank=True)

    class Meta(ClientPaper.Meta):
        indexes = [models.Index(F("client"), F("added_at").desc(), F("id").desc(), name="attachment_client")]

    @property
    def type(self):
        return TYPES[self.file_type]


@tracked()
class PaperOriginal(ClientPaper):
    """預かり・保管の控え: a paper that is kept outside, where, and to whom it went."""

    what = models.CharField("文書", max_length=100)
    place = models.CharField("置き場所", max_length=100)
    count = models.PositiveSmallIntegerField("部数", default=1)
    since = models.DateField("受け取った日")
    handed_to = models.CharField("渡した・返した相手", max_length=100, blank=True)
    handed_on = models.DateField("渡した・返した日", null=True, blank=True)

    class Meta(ClientPaper.Meta):
        constraints = [
            *ClientPaper.Meta.constraints,
            models.CheckConstraint(
                name="paper_handed",
                condition=Q(handed_to="", handed_on__isnull=True)
                | (~Q(handed_to="") & Q(handed_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(F("client"), F("since").desc(), F("id").desc(), name="paper_client")]
