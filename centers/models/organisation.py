import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from centers.history import tracked
from centers.models.base import Period, PeriodQuerySet, Sourced, date_order, in_force, no_overlap


class Ward(models.Model):
    """区"""

    code = models.SlugField("符号", primary_key=True, max_length=20)
    name = models.CharField("区", max_length=20, unique=True)
    jlis_code = models.CharField("全国地方公共団体コード", max_length=6)
    position = models.PositiveSmallIntegerField("並び順")

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name


class Zone(models.Model):
    """圏域: lasting; the centers that run it come and go with the contracts."""

    code = models.SlugField("符号", primary_key=True, max_length=20)
    name = models.CharField("圏域", max_length=20, unique=True)
    number_prefix = models.CharField("利用者番号の頭", max_length=4, unique=True)
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="zones", verbose_name="区")
    position = models.PositiveSmallIntegerField("並び順")

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name


@tracked()
class Corporation(Sourced):
    """受託法人"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("受託法人", max_length=100, unique=True)

    def __str__(self):
        return self.name


class CenterQuerySet(models.QuerySet):
    def open_on(self, on):
        return self.filter(in_force(on, start="opened_on", end="closed_on"))


@tracked()
class Center(Sourced):
    """障がい者相談支援センター: the run of one zone by one corporation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="centers", verbose_name="圏域")
    corporation = models.ForeignKey(
        Corporation, models.PROTECT, related_name="centers", verbose_name="受託法人"
    )
    name = models.CharField("名称", max_length=40)
    address = models.CharField("住所", max_length=100, blank=True)
    opened_on = models.DateField("開所日")
    closed_on = models.DateField("閉所日", null=True, blank=True)

    objects = CenterQuerySet.as_manager()

    class Meta:
        ordering = ["zone__position", "opened_on"]
        constraints = [
            date_order("center_dates", start="opened_on", end="closed_on"),
            no_overlap(
                "center_one_per_zone",
                "zone",
                start="opened_on",
                end="closed_on",
                message="同じ圏域に、期間の重なるセンターがあります。開所日と閉所日を確かめてください。",
            ),
        ]

    def __str__(self):
        return f"{self.zone_id and self.zone.name} {self.name}"


@tracked()
class OpeningHours(Period, Sourced):
    """One weekday's opening of a center (weekday 1 = Monday … 7 = Sunday)."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField("曜日")
    opens_at = models.TimeField("開所")
    closes_at = models.TimeField("閉所")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            date_order("opening_hours_dates"),
            no_overlap(
                "opening_hours_no_overlap",
                "center",
                "weekday",
                message="同じ曜日の開所時間が重なっています。",
            ),
            models.CheckConstraint(
                name="opening_hours_weekday", condition=models.Q(weekday__gte=1, weekday__lte=7)
            ),
        ]


class OrganizationQuerySet(models.QuerySet):
    def open_on(self, on):
        """Those that have not closed before the day."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=on))

    def unchecked_since(self, day):
        """要確認: never looked into, or for the last time before the day."""
        return self.filter(models.Q(checked_on__isnull=True) | models.Q(checked_on__lt=day))

    def serving(self, zone):
        """Those that name the zone as theirs; one that names none serves the zones of its 区."""
        of_the_ward = models.Q(zones=[], ward=zone.ward_id)
        return self.filter(models.Q(zones__contains=[zone.pk]) | of_the_ward)


@tracked()
class Organization(models.Model):
    """関係機関: public facts of a place that cases, meetings and outreach name; seen by all centers.

    `kind` is a code of the list 関係機関の種別, where 01 is 指定特定相談支援事業所. Every center may change it; who did,
    and for which center, stands in the row and so in each row of its history. `zones` are codes of Zone.
    """

    PROVIDER = "01"
    VERSIONED = (
        "name",
        "kana",
        "kind",
        "corporation",
        "office_number",
        "postal_code",
        "address",
        "ward_id",
        "school_district",
        "zones",
        "phone",
        "note",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("名称", max_length=100)
    kana = models.CharField("フリガナ", max_length=150, blank=True)
    search_key = models.CharField(max_length=600, editable=False, default="")
    kind = models.CharField("種別", max_length=4)
    corporation = models.CharField("法人", max_length=100, blank=True)
    office_number = models.CharField("事業所番号", max_length=10, blank=True)
    postal_code = models.CharField("郵便番号", max_length=7, blank=True)
    address = models.CharField("住所", max_length=200, blank=True)
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="区")
    school_district = models.CharField("校区", max_length=30, blank=True)
    zones = ArrayField(models.CharField(max_length=20), default=list, blank=True, verbose_name="担当する圏域")
    phone = models.CharField("電話", max_length=20, blank=True)
    note = models.CharField("得意なこと・受け入れの条件", max_length=500, blank=True)
    closed_on = models.DateField("閉じた日", null=True, blank=True)
    checked_on = models.DateField("最後に確かめた日", null=True, blank=True)
    checked_by = models.ForeignKey("centers.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_by = models.ForeignKey("centers.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_for = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["kana", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office_number", "kind"],
                condition=~models.Q(office_number=""),
                name="organization_office_once",
                violation_error_message="この事業所番号は、同じ種別でもう登録されています。",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "kana", "id"], name="organization_kind"),
            GinIndex(fields=["search_key"], name="organization_part", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.name


class OrganizationPersonQuerySet(models.QuerySet):
    def there_on(self, on):
        """Who works there on the day; an empty start means as long as is known."""
        begun = models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=on)
        return self.filter(begun, models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on))


@tracked()
class OrganizationPerson(models.Model):
    """Who works at a 関係機関 from a day to a day. `specialist` is a code of 相談支援専門員の別, empty for others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="people")
    name = models.CharField("氏名", max_length=60)
    kana = models.CharField("フリガナ", max_length=100, blank=True)
    post = models.CharField("職", max_length=60, blank=True)
    phone = models.CharField("電話", max_length=20, blank=True)
    specialist = models.CharField("相談支援専門員", max_length=4, blank=True)
    starts_on = models.DateField("いつから", null=True, blank=True)
    ends_on = models.DateField("いつまで", null=True, blank=True)
    changed_by = models.ForeignKey("centers.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_for = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OrganizationPersonQuerySet.as_manager()

    class Meta:
        ordering = ["kana", "name", "id"]
        constraints = [
            models.CheckConstraint(
                name="organization_person_dates",
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="終わりの日が始まりの日より前です。日付を確かめてください。",
            )
        ]

    def __str__(self):
        return self.name


class NumberSequence(models.Model):
    """The last number given by a center in one series; locked while the next is taken, so no gap and no double."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="+")
    series = models.CharField(max_length=30)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["center", "series"], name="number_sequence_once")]
