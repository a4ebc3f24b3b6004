"""事業所とのつながり: a center's providers by the longest silence; for the city the numbers of every center."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from cases.coverage import NEVER, ORDER, coverage_of, providers_of, silent_before
from centers.access import Right, allowed, center_of, centers_visible, rights_of
from centers.contracts import setting
from centers.paging import Cursor, page_of
from centers.periods import FiscalYear, today


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Every center in numbers for the city; whoever works in a center is led to its own providers."""
    on = today()
    if not rights_of(request.user).city_wide(Right.COVERAGE_READ):
        return redirect("cases:coverage_center", center_of(request.user).pk)
    centers = centers_visible(request.user, Right.COVERAGE_READ).open_on(on).order_by("zone__position")
    days = setting("support_silence_days", on)
    context = {"on": on, "days": days, "year": FiscalYear.of(on), "rows": coverage_of(centers, on, days)}
    return render(request, "cases/support/coverage.html", context)


@require_GET
def coverage_center(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The providers of one center's zone, the longest silence first."""
    on = today()
    center = get_object_or_404(centers_visible(request.user, Right.COVERAGE_READ), pk=pk)
    days = setting("support_silence_days", on)
    page = page_of(providers_of(center, on), ORDER, Cursor.of(request.GET))
    limit = silent_before(on, days)
    context = {
        "on": on,
        "center": center,
        "days": days,
        "year": FiscalYear.of(on),
        "summary": coverage_of([center], on, days)[0],
        "page": page,
        "rows": [
            (one, None if one.last_on == NEVER else one.last_on, one.last_on < limit) for one in page.rows
        ],
        "own": center == center_of(request.user),
        "may_write": center == center_of(request.user) and allowed(request.user, Right.SUPPORT_WRITE),
        "city_wide": rights_of(request.user).city_wide(Right.COVERAGE_READ),
    }
    return render(request, "cases/support/coverage_center.html", context)
