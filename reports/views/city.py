from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from centers.access import Right, allowed, centers_visible
from centers.contracts import term_on
from centers.models import Center
from centers.periods import today
from reports import city_page
from reports.csv_output import csv_response
from reports.dashboard import dashboard, kinds_of, last_runs
from reports.findings import count_open, open_findings, resolved_findings
from reports.staffing import placed_on
from reports.views.choices import chosen_month


def _centers(request: HttpRequest) -> list[Center]:
    centers = centers_visible(request.user, Right.DASHBOARD_CITY).select_related("zone__ward", "corporation")
    return list(centers.order_by("zone__position", "opened_on"))


@require_safe
def city(request: HttpRequest) -> HttpResponse:
    """The nine centers at a glance: numbers of a month, staffing and caseload of a day, no names."""
    day = today()
    choice = chosen_month(request, today=day)
    centers = _centers(request)
    board = dashboard(centers, choice.month, today=day)
    months = board.begun_months
    ran = [
        center for center in centers if center.closed_on is None or center.closed_on >= board.year.starts_on
    ]
    table = city_page.month_rows(ran, months, board.series)
    context = choice.context | {
        "board": board,
        "runs": last_runs(),
        "tiles": city_page.tiles(board, count_open([center.pk for center in centers])),
        "caps": city_page.caps_in_head(board),
        "mandatory": city_page.mandatory_words(board),
        "chart": city_page.year_chart(board, f"{len(board.rows)}センター合計"),
        "table": table,
        "table_months": months,
        "highest": city_page.highest(table),
        "kinds": city_page.kind_tables(
            board, kinds_of(centers, choice.month), records=allowed(request.user, Right.FIGURES_RECORDS)
        ),
    }
    return render(request, "reports/city.html", context)


@require_safe
def city_csv(request: HttpRequest) -> HttpResponse:
    """The table of centers as a file; the month as on the page."""
    day = today()
    choice = chosen_month(request, today=day)
    board = dashboard(_centers(request), choice.month, today=day)
    return csv_response(f"centers-{choice.month}.csv", city_page.csv_rows(board))


@require_safe
def city_center(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One center for the city: its months, who stands in which post, caseload and findings."""
    day = today()
    choice = chosen_month(request, today=day)
    centers = centers_visible(request.user, Right.DASHBOARD_CITY).select_related("zone__ward", "corporation")
    center = get_object_or_404(centers, pk=pk)
    board = dashboard([center], choice.month, today=day)
    months = board.begun_months
    context = choice.context | {
        "center": center,
        "board": board,
        "row": next(iter(board.rows), None),
        "month_url": city_page.month_url(center, choice.month),
        "comparison": city_page.comparison(board),
        "chart": city_page.year_chart(board, str(center)),
        "table": city_page.month_rows([center], months, board.series),
        "table_months": months,
        "staff": placed_on(center, on=board.on),
        "term": term_on(center, board.on),
        "findings": open_findings([center.pk]),
        "resolved": resolved_findings([center.pk]),
    }
    return render(request, "reports/city_center.html", context)
