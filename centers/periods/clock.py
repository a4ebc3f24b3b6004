"""The clock that rights, rules and screens go by."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

JST = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """The day in JST, or ``SOUDAN_TODAY`` where the settings fix one (demo and debug only).

    Only views, tasks and commands ask; rules and querysets take ``on=``.
    Sessions, tokens, audit and history use the real clock instead.
    """
    return settings.SOUDAN_TODAY or timezone.localdate(timezone=JST)


def now() -> datetime:
    """The moment in JST by the same clock as today(), for deadlines in hours.

    On a fixed day the real time of day, or ``SOUDAN_TIME`` where the settings fix that too.
    """
    real = timezone.localtime(timezone=JST)
    time = settings.SOUDAN_TIME or real.timetz().replace(tzinfo=None)
    return datetime.combine(today(), time, JST) if settings.SOUDAN_TODAY else real
