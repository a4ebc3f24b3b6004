"""期限が近いもの: what runs out of the center's clients."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.expiries import OVERDUE, expiries_of, expiry_steps
from centers.audit import log_reads
from centers.periods import today

MOST_SHOWN = 100


@require_GET
def expiries(request: HttpRequest) -> HttpResponse:
    """The user's own cases, or with `view=all` the center's; `stage` narrows to one stretch of days."""
    on, everyone = today(), request.GET.get("view") == "all"
    steps, asked = expiry_steps(on), request.GET.get("stage", "")
    stage = OVERDUE if asked == OVERDUE else next((step for step in steps if str(step) == asked), None)
    found = expiries_of(request.user, on=on, mine=not everyone, limit=MOST_SHOWN + 1, stage=stage)
    shown = found[:MOST_SHOWN]
    log_reads(request, [one.client for one in shown if everyone and not _own(request, one)])
    context = {
        "on": on,
        "everyone": everyone,
        "stage": stage,
        "stages": [
            (OVERDUE, "過ぎたもの"),
            *((step, f"{step}日以内" if step else "今日まで") for step in reversed(steps)),
        ],
        "rows": shown,
        "more": len(found) > MOST_SHOWN,
        "limit": MOST_SHOWN,
    }
    return render(request, "cases/sheet/expiries.html", context)


def _own(request: HttpRequest, one) -> bool:
    """One's own work list is no look at anybody."""
    return one.responsible is not None and one.responsible.user_id == request.user.pk
