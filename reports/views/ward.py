from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from centers.access import Right, centers_visible, rights_of
from centers.models import Ward
from centers.periods import today
from reports import city_page
from reports.dashboard import figures
from reports.presenters import Tile
from reports.views.choices import chosen_month


@require_safe
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """The consultations of one 区 by center and month: sums only, no staffing and no caseload."""
    rights = rights_of(request.user)
    wards = Ward.objects.all()
    if not rights.city_wide(Right.DASHBOARD_WARD):
        wards = wards.filter(pk__in=rights.ward_ids(Right.DASHBOARD_WARD))
    place = get_object_or_404(wards, pk=code)
    day = today()
    choice = chosen_month(request, today=day)
    centers = list(
        centers_visible(request.user, Right.DASHBOARD_WARD)
        .filter(zone__ward=place)
        .order_by("zone__position", "opened_on")
    )
    board = figures(centers, choice.month, today=day)
    months = board.begun_months
    table = city_page.month_rows(centers, months, board.series, linked=False)
    context = choice.context | {
        "place": place,
        "board": board,
        "tiles": [Tile("相談件数", board.contacts, "件", city_page.comparison(board), "chat")],
        "centers": centers,
        "chart": city_page.year_chart(board, f"{place.name}の合計"),
        "table": table,
        "table_months": months,
        "highest": city_page.highest(table),
    }
    return render(request, "reports/ward.html", context)
