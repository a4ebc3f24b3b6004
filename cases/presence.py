"""「Xさんが見ています」: who else has the person's page open, as far as the read log tells."""

from datetime import date, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, IntegerField, Subquery, Value
from django.db.models.functions import Cast, Now
from django.utils import timezone

from cases.models import Client
from centers.enums import AccessVerb
from centers.models import AccessLog, RuleSetting, User
from centers.models.base import in_force

MOST_NAMES = 3
# No rule may look further back than this: it bounds the rows that are read.
_FAR_BACK = timedelta(hours=1)


def others_looking(user: User, client: Client, *, on: date) -> list[str]:
    """Family names of the others who have read the client within the minutes of the setting, the latest first.

    One statement, by the real clock; it writes nothing, since each look stands in the read log anyway.
    """
    recent = ExpressionWrapper(
        Now() - _minutes_setting("presence_minutes", on) * Value(timedelta(minutes=1)),
        output_field=DateTimeField(),
    )
    reads = AccessLog.objects.filter(
        client_id=client.pk, at__gte=timezone.now() - _FAR_BACK, verb=AccessVerb.READ
    ).annotate(since=recent)
    looks = reads.filter(at__gte=F("since")).exclude(user=user.pk).order_by("-at")
    names = dict.fromkeys(name for name in looks.values_list("user__name", flat=True)[:50])
    return [name.split()[0] for name in names if name][:MOST_NAMES]


def _minutes_setting(key: str, on: date):
    value = RuleSetting.objects.filter(in_force(on), key=key).values("value")[:1]
    return Cast(Subquery(value), IntegerField())
