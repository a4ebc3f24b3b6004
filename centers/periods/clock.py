"""The clock that rights, rules and screens go by."""

from datetime import date
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
