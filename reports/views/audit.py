from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centers.enums import AccessVerb
from centers.paging import Cursor, page_of
from centers.periods import JST
from reports.audit_page import Entry, alarms_in, by_center, by_day, noted_in, samples_of
from reports.views.choices import chosen_month

ORDER = ("-at", "-pk")


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """What was read, searched, printed and denied in a month; the running one unless named.

    The log goes by the real clock, so the months offered do too.
    """
    real_day = timezone.localdate(timezone=JST)
    choice = chosen_month(request, today=real_day, running=True)
    verb = request.GET.get("verb", "")
    verb = verb if verb in AccessVerb.values else ""
    noted = noted_in(choice.month)
    rows = noted.filter(verb=verb) if verb else noted
    page = page_of(rows.select_related("user", "center__zone"), ORDER, Cursor.of(request.GET), anchors=noted)
    context = choice.context | {
        "verb": verb,
        "verbs": [("", "すべて"), *AccessVerb.choices],
        "centers": by_center(choice.month),
        "days": by_day(choice.month),
        "samples": samples_of(choice.month),
        "alarms": alarms_in(choice.month),
        "entries": [Entry(row) for row in page.rows],
        "page": page,
        "query_text": urlencode({"month": choice.month, "verb": verb}),
    }
    return render(request, "reports/audit.html", context)
