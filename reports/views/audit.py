from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centers.contracts import code_labels
from centers.enums import AccessVerb, CodeList
from centers.paging import Cursor, page_of
from centers.periods import JST, today
from reports.audit_page import (
    Entry,
    alarms_in,
    by_center,
    by_day,
    glass_count,
    glass_rows,
    noted_in,
    samples_of,
)
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
        "glasses": glass_count(request.user, today()),
    }
    return render(request, "reports/audit.html", context)


@require_safe
def audit_glasses(request: HttpRequest) -> HttpResponse:
    """緊急閲覧 of all centers, newest first; `view=late` those whose judgement is late. Without the person and the text."""
    on, late = today(), request.GET.get("view") == "late"
    everything = glass_rows(request.user, on, late=False)
    rows = glass_rows(request.user, on, late=late)
    context = {
        "on": on,
        "late": late,
        "count": glass_count(request.user, on),
        "kinds": code_labels(on)[CodeList.GLASS_REASON],
        "page": page_of(rows, ("-starts_at", "-pk"), Cursor.of(request.GET), anchors=everything),
        "query_text": "view=late" if late else "",
    }
    return render(request, "reports/audit_glasses.html", context)
