import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.models.case import Case, FollowUp
from cases.models.client import Client
from cases.models.versioned import FormerVersion, StandingQuerySet, Versioned, void_whole
from cases.scoping import hidden_clients
from centers.access import Right, Rights
from centers.enums import CodeList
from centers.history import tracked
from centers.models import BusinessItem, Center, Organization, OrganizationPerson, StaffMember, User
from centers.scoping import CenterScopedModel


@tracked()
class ProviderSupport(Versioned, CenterScopedModel):
    """後方支援: help that a center gave a 指定相談支援事業所 or its 相談支援専門員. No consultation: in no contact of the city.

    The id is the entry's idempotency token. `provider` is empty for one that the registry does not have; its name
    stands in `provider_name` either way, as it was written on that day, and so does `person_name`.
    """

    VERSIONED = (
        "date",
        "minutes",
        "provider",
        "provider_name",
        "person",
        "person_name",
        "method",
        "contents",
        "business_item",
        "facts",
        "result",
    )
    CODE_LISTS = {"method": CodeList.SUPPORT_METHOD, "contents": CodeList.SUPPORT_CONTENT}
    read_right = Right.SUPPORT_READ

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    date = models.DateField("日付")
    minutes = models.PositiveSmallIntegerField("分", null=True, blank=True)
    provider = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="事業所"
    )
    provider_name = models.CharField("事業所の名前", max_length=100)
    person = models.ForeignKey(
        OrganizationPerson, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="相手"
    )
    person_name = models.CharField("相談支援専門員", max_length=60, blank=True)
    method = models.CharField("方法", max_length=4)
    contents = ArrayField(models.CharField(max_length=4), default=list, verbose_name="内容")
    business_item = models.ForeignKey(BusinessItem, models.PROTECT, related_name="+", verbose_name="業務項目")
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name="利用者"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="supports")
    facts = models.TextField("要点", blank=True)
    result = models.TextField("結果", blank=True)
    next_step = models.OneToOneField(
        FollowUp, models.PROTECT, null=True, blank=True, related_name="support", verbose_name="次の予定"
    )
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="対応した人"
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    created_at = models.DateTimeField(auto_now_add=True)

    unscoped = StandingQuerySet.as_manager()

    class Meta(CenterScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="provider_support_contents", condition=~Q(contents=[])),
            models.CheckConstraint(name="provider_support_named", condition=~Q(provider_name="")),
            models.CheckConstraint(
                name="provider_support_minutes", condition=Q(minutes__isnull=True) | Q(minutes__lte=1440)
            ),
            void_whole("provider_support_void"),
        ]
        indexes = [
            models.Index(F("center"), F("date").desc(), F("id").desc(), name="provider_support_center"),
            models.Index(F("provider"), F("center"), F("date").desc(), name="provider_support_provider"),
        ]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """One that is about a client holds notes of that client: for who may read those, and for its writer."""
        own_center = Q(center__in=rights.center_ids(Right.SUPPORT_READ))
        reads_notes = Q(center__in=rights.center_ids(Right.NOTE_READ)) | Q(written_by=rights.user_id)
        about_client = reads_notes & ~Q(client__in=hidden_clients(rights))
        return own_center & (Q(client__isnull=True) | about_client)


@tracked()
class ProviderSupportVersion(FormerVersion, CenterScopedModel):
    """A 後方支援 before a 訂正."""

    center_path = "support__center"
    read_right = Right.SUPPORT_READ

    support = models.ForeignKey(ProviderSupport, models.PROTECT, related_name="versions")

    class Meta(CenterScopedModel.Meta):
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["support", "version"], name="provider_support_version_once")
        ]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        seen = ProviderSupport.unscoped.filter(ProviderSupport.visibility(rights))
        return Q(support__in=seen)


class QuickText(CenterScopedModel):
    """定型文: words to write with, of one user (`owner`) or of the whole center. Of no person."""

    read_right = Right.NOTE_WRITE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField("短い名前", max_length=12)
    text = models.CharField("文", max_length=500)

    class Meta(CenterScopedModel.Meta):
        ordering = ["key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["center", "owner", "key"], name="quick_text_once"),
            models.UniqueConstraint(
                fields=["center", "key"], condition=Q(owner__isnull=True), name="quick_text_center_once"
            ),
        ]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        """The center's and the user's own."""
        mine_or_all = Q(owner__isnull=True) | Q(owner=rights.user_id)
        return Q(center__in=rights.center_ids(Right.NOTE_WRITE)) & mine_or_all
