"""The フェイスシート of a client: sections, and the rows beside them. Decision 0021."""

import uuid

from django.db import models
from django.db.models import Q

from cases.enums import DatePrecision, ExpiryKind, SheetKind
from cases.models.case import Case
from cases.models.client import Client
from cases.scoping import ClientScopedModel, visible_clients
from centers.access import Reach, Right, Rights
from centers.history import tracked
from centers.models import Organization, User, Ward
from centers.models.base import date_order, no_overlap

# Sections that belong to a client's identity; the others are notes, and shown to whoever may read those.
OPEN_SECTIONS = (SheetKind.HOUSING, SheetKind.CONTACT, SheetKind.CAUTION, SheetKind.PAPERS)


@tracked()
class SheetSection(ClientScopedModel):
    """One section of the sheet as cases.face_sheet.fields describes it; `content` holds what is filled in."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="sheet_sections")
    kind = models.CharField("欄", max_length=8, choices=SheetKind.choices)
    content = models.JSONField("内容", default=dict)
    version = models.PositiveIntegerField(default=0)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="直した人")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(ClientScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["client", "kind"], name="sheet_section_once")]

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        notes = visible_clients(rights, path="client", notes=True)
        if own := rights.center_ids(Right.NOTE_READ, Reach.OWN):
            assigned = Case.unscoped.filter(responsible__user=rights.user_id).values("client")
            notes |= Q(client__center__in=own, client__in=assigned)
        return super().visibility(rights) & (Q(kind__in=OPEN_SECTIONS) | notes)


@tracked()
class SheetDate(ClientScopedModel):
    """A day in a section on which something runs out or is to be looked at again; of a month its first day."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="sheet_dates")
    kind = models.CharField("期限", max_length=12, choices=ExpiryKind.choices)
    due_on = models.DateField("期限の日")
    precision = models.CharField(max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY)

    class Meta(ClientScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["client", "kind"], name="sheet_date_once")]
        indexes = [models.Index(fields=["due_on"], name="sheet_date_due")]


class SheetRow(ClientScopedModel):
    """A row beside the sections; it may have begun on a day that is known in part, or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    note = models.CharField("メモ", max_length=300, blank=True)
    starts_on = models.DateField("いつから", null=True, blank=True)
    starts_precision = models.CharField(
        max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    ends_on = models.DateField("いつまで", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="直した人")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(ClientScopedModel.Meta):
        abstract = True


@tracked()
class GrantedService(SheetRow):
    """支給決定: a service that the city has granted, with its amount."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="services")
    service = models.CharField("サービス", max_length=60)
    amount = models.CharField("支給量", max_length=60, blank=True)

    class Meta(SheetRow.Meta):
        ordering = ["service", "starts_on", "id"]
        constraints = [date_order("granted_service_dates")]
        indexes = [models.Index(fields=["ends_on"], name="granted_service_end")]


@tracked()
class RelatedPerson(SheetRow):
    """家族・関係者, 後見人等 among them. `emergency_order` 1 is called first."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="related_people")
    name = models.CharField("氏名", max_length=60)
    relation = models.CharField("続柄", max_length=4, blank=True)
    guardian = models.CharField("後見人等", max_length=4, blank=True)
    living_together = models.BooleanField("同居", default=False)
    contact = models.CharField("連絡先", max_length=100, blank=True)
    key_person = models.BooleanField("キーパーソン", default=False)
    emergency_order = models.PositiveSmallIntegerField("緊急連絡の順", null=True, blank=True)
    care = models.CharField("介護力・健康・就労", max_length=200, blank=True)

    class Meta(SheetRow.Meta):
        ordering = [models.F("emergency_order").asc(nulls_last=True), "-key_person", "name", "id"]
        constraints = [date_order("related_person_dates")]


@tracked()
class Supporter(SheetRow):
    """支援者・関係機関: an organization of the register, or one named in words."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="supporters")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登録のある機関"
    )
    place = models.CharField("機関", max_length=100, blank=True)
    person = models.CharField("担当", max_length=60, blank=True)
    phone = models.CharField("電話", max_length=40, blank=True)
    role = models.CharField("役割", max_length=100, blank=True)

    class Meta(SheetRow.Meta):
        ordering = ["place", "person", "id"]
        constraints = [date_order("supporter_dates")]

    @property
    def place_name(self) -> str:
        return self.organization.name if self.organization else self.place


@tracked()
class ClientAddress(ClientScopedModel):
    """Where a client lived from when to when; an empty start means as long as is known.

    The running row is what the address columns of Client say: cases.actions.addresses keeps them in step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="addresses")
    starts_on = models.DateField("いつから", null=True, blank=True)
    starts_precision = models.CharField(
        max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    ends_on = models.DateField("いつまで", null=True, blank=True)
    postal_code = models.CharField("郵便番号", max_length=7, blank=True)
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="区")
    town = models.CharField("町名", max_length=60, blank=True)
    address = models.CharField("番地・建物", max_length=200, blank=True)
    school_district = models.CharField("校区", max_length=30, blank=True)

    class Meta(ClientScopedModel.Meta):
        ordering = [models.F("ends_on").desc(nulls_first=True), "-starts_on"]
        constraints = [
            date_order("client_address_dates"),
            no_overlap(
                "client_address_no_overlap", "client", message="この利用者には、同じ日に2つの住所があります。"
            ),
        ]
