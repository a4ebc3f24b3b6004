import uuid

from django.db import models

from centers.enums import DistrictKind
from centers.history import tracked
from centers.models.base import Period, PeriodQuerySet, Sourced, date_order, no_overlap
from centers.models.organisation import Zone


@tracked()
class DistrictZone(Period, Sourced):
    """To which 圏域 a 町丁 or 校区 belongs; kept by the system administrator, as the city publishes no table.

    `key` is `name` folded by centers.districts.district_key, by which an address is compared.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("種類", max_length=6, choices=DistrictKind.choices)
    name = models.CharField("町丁・校区", max_length=60)
    key = models.CharField(max_length=60, editable=False)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="districts", verbose_name="圏域")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key", "starts_on"]
        constraints = [
            date_order("district_zone_dates"),
            no_overlap(
                "district_zone_no_overlap",
                "kind",
                "key",
                message="同じ町丁・校区に、期間の重なる行があります。先に終わりの日を入れてください。",
            ),
        ]

    def __str__(self):
        return self.name
