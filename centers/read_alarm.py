"""One who opens more persons on a day than the setting allows: told once to the センター管理者 and the auditor."""

from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from centers.access import rights_of
from centers.contracts import setting
from centers.enums import CENTER_ROLES, Role
from centers.models import AccessLog, ReadAlarm, User
from centers.notices import tell_role
from centers.periods import JST

KIND = "many_reads"


def watch(user: User) -> None:
    """To be called after a person was noted as read (real clock). One statement while all is well."""
    day = timezone.localdate(timezone=JST)
    most = setting("persons_a_day", day)
    midnight = datetime.combine(day, time.min, tzinfo=JST)
    reads = AccessLog.objects.filter(user=user, at__gte=midnight)
    if reads.aggregate(persons=Count("client_id", distinct=True))["persons"] > most:
        _tell(user, day, most=most)


def _tell(user: User, day: date, *, most: int) -> None:
    _, new = ReadAlarm.objects.get_or_create(user=user, day=day, defaults={"most": most})
    if not new:
        return
    told: dict[str, Any] = {
        "kind": KIND,
        "icon": "eye",
        "title": f"1日に{most}人をこえる利用者を開いたアカウントがあります",
        "body": f"{day.month}月{day.day}日。仕事で要るものだったか、本人に確かめてください。",
    }
    centers = {grant.center_id for grant in rights_of(user).grants if grant.role in CENTER_ROLES}
    for center_id in sorted(centers, key=str):
        tell_role(Role.KANRI, center_id=cast(UUID, center_id), path=reverse("cases:read_samples"), **told)
    tell_role(Role.KANSA, path=reverse("reports:audit"), **told)
