"""圏域・校区: to which 圏域 a 町丁 or 校区 belongs, from when to when."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from centers.access import may_open
from centers.actions.districts import AlreadyPlaced, end_district, place_districts
from centers.district_forms import DistrictEndForm, DistrictForm
from centers.enums import DistrictKind
from centers.models import DistrictZone, Zone
from centers.paging import Cursor, page_of
from centers.periods import today

ORDER = ("kind", "key", "starts_on", "pk")
MOST_NAMED = 5


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The rows in force today, or with `view=all` all of them; of one 圏域 with `zone`."""
    on, everything, code = today(), request.GET.get("view") == "all", request.GET.get("zone", "")
    rows = DistrictZone.objects.select_related("zone")
    shown = rows if everything else rows.in_force(on)
    zones = list(Zone.objects.all())
    zone = next((one for one in zones if one.code == code), None)
    query = {"view": "all"} if everything else {}
    page = page_of(shown.filter(zone=zone) if zone else shown, ORDER, Cursor.of(request.GET), anchors=rows)
    context = {
        "on": on,
        "page": page,
        "zones": zones,
        "zone": zone,
        "everything": everything,
        "query_text": urlencode(query | ({"zone": zone.code} if zone else {})),
        "may_change": may_open(request.user, "centers:district_new"),
    }
    return render(request, "centers/districts.html", context)


@require_http_methods(["GET", "POST"])
def district_new(request: HttpRequest) -> HttpResponse:
    """Put many 町丁 or 校区 into one 圏域 at once."""
    form = DistrictForm(request.POST or None, on=today(), initial={"kind": DistrictKind.SCHOOL})
    if request.method == "POST" and form.is_valid():
        try:
            made = place_districts(by=request.user, **form.cleaned_data)
        except AlreadyPlaced as standing:
            form.add_error("names", _standing_words(standing.rows))
        else:
            messages.success(request, f"{made}件を加えました。" if made else "どれも、もう入っています。")
            return redirect("centers:districts")
    return render(request, "centers/district_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def district_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last day of one row."""
    row = get_object_or_404(DistrictZone.objects.select_related("zone"), pk=pk)
    form = DistrictEndForm(request.POST or None, on=today(), initial={"last_day": row.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            end_district(row=row, last_day=form.cleaned_data["last_day"], by=request.user)
        except ValueError as problem:
            form.add_error("last_day", str(problem))
        else:
            messages.success(request, f"{row.name}の最後の日を決めました。")
            return redirect("centers:districts")
    context = {"form": form, "row": row}
    return render(request, "centers/district_end.html", context, status=422 if form.errors else 200)


def _standing_words(rows) -> str:
    named = "、".join(f"{row.name}({row.zone.name})" for row in rows[:MOST_NAMED])
    more = f" ほか{len(rows) - MOST_NAMED}件" if len(rows) > MOST_NAMED else ""
    return (
        f"もう圏域が決まっているものがあります: {named}{more}。"
        "移すときは下の印を付けるか、始まりの日を確かめてください。"
    )
