"""虐待対応の進み for the city: all reports by state and clock without a name, and a request to a center."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.abuse import WAITS, Wait, standings
from cases.actions.abuse import NotPossible, take_report
from cases.enums import ReportOrigin
from cases.forms.abuse import CityRequestForm
from cases.models import AbuseReport
from cases.views.abuse import PAGE
from centers.contracts import code_labels
from centers.models import Center
from centers.paging import Cursor, capped_count, page_of
from centers.periods import now, today
from centers.tokens import token_of

LATEST_FIRST, OLDEST_FIRST = ("-received_at", "pk"), ("received_at", "pk")


def wanted(request: HttpRequest) -> Wait:
    text = request.GET.get("state", "")
    return Wait(text) if text in list(Wait) else Wait.OPEN


def waits_of(reports, chosen: Wait) -> list:
    """(value, label, how many, chosen?) of each view of the list."""
    return [
        (wait.value, label, capped_count(reports.filter(condition)).short, wait == chosen)
        for wait, (label, condition) in WAITS.items()
    ]


def ordered(chosen: Wait) -> tuple[str, str]:
    """Where a clock runs, what has waited longest comes first."""
    return OLDEST_FIRST if chosen in {Wait.NOTICE, Wait.SAFETY} else LATEST_FIRST


@require_safe
def city_abuse(request: HttpRequest) -> HttpResponse:
    """No names here: they stand on the report alone, and each look at it is logged."""
    chosen, reports = wanted(request), AbuseReport.visible_to(request.user)
    rows = reports.filter(WAITS[chosen][1]).select_related("center__zone")
    page = page_of(rows, ordered(chosen), Cursor.of(request.GET), anchors=reports)
    late = reports.filter(WAITS[Wait.OPEN][1] & (Q(notified_at__isnull=True) | Q(safe_at__isnull=True)))
    context = {
        "page": page,
        "rows": standings(page.rows, now()),
        "views": waits_of(reports, chosen),
        "labels": code_labels(today()),
        "waiting": capped_count(late),
        "query_text": urlencode({"state": chosen.value}),
    }
    return render(request, "cases/rights/city.html", context)


@require_http_methods(["GET", "POST"])
def city_abuse_new(request: HttpRequest) -> HttpResponse:
    """市虐待防止センター asks a center for its help; the center's people get a notice."""
    moment = now()
    centers = Center.objects.open_on(moment.date()).select_related("zone").order_by("zone__position")
    form = CityRequestForm(
        request.POST if request.method == "POST" else None,
        now=moment,
        labels=code_labels(moment.date()),
        centers=centers,
        initial={"day": moment.date(), "time": moment.time()},
    )
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        given = form.columns()
        try:
            report = take_report(
                pk=token,
                by=request.user,
                center=given.pop("center"),
                on=today(),
                received_at=form.cleaned_data["at"],
                origin=ReportOrigin.CITY,
                fields=given,
                reporter={},
            )
        except NotPossible as problem:
            form.add_error("day", problem)
        else:
            messages.success(request, "依頼を送りました。センターの職員にお知らせが出ています。")
            return redirect(PAGE, report.pk)
    context = {"form": form, "token": token}
    return render(request, "cases/rights/city_new.html", context, status=422 if form.errors else 200)
