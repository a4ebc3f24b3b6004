"""月次の締め, and what has changed since."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Consultation
from centers.access import Right
from centers.fields import LineField
from centers.forms import SoudanForm
from centers.periods import today
from reports.changes import steps_of
from reports.closing import NothingChanged, NotOver, StaleClosing, close_month
from reports.figures import live_figures
from reports.reconcile import broken
from reports.views.monthly import may_close, place_and_month

NOT_OVER = "この月はまだ終わっていません。月が終わってから締めてください。"
NOTHING = "前の版から変わったところがありません。訂正版は要りません。"
STALE = "開いた後に、ほかの人がこの月を締めました。いまの版を確かめてください。"


class ReasonForm(SoudanForm):
    reason = LineField(
        label="訂正の理由",
        limit=200,
        help_text="市に伝わります。氏名は書かないでください。例: 匿名の相談者がわかったため",
    )


@require_http_methods(["GET", "POST"])
def monthly_close(request: HttpRequest, center: UUID, month: str) -> HttpResponse:
    """Asks before the month is closed, or a 訂正版 made; the post does it."""
    place, chosen = place_and_month(request, center, month, Right.MONTH_CLOSE)
    steps = steps_of(place, chosen)
    former = steps[1].report if steps else None
    form = ReasonForm(request.POST if request.method == "POST" else None, on=today()) if former else None
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        return _close(request, place, chosen, reason)
    figures = live_figures(place, chosen)
    context = {
        "center": place,
        "month": chosen,
        "former": former,
        "step": steps[0] if steps else None,
        "version": former.version + 1 if former else 1,
        "form": form,
        "figures": figures,
        "wrong": broken(figures.identities),
        "running": chosen.ends_on >= today(),
    }
    return render(request, "reports/monthly_close.html", context, status=422 if form and form.errors else 200)


def _close(request: HttpRequest, place, chosen, reason: str) -> HttpResponse:
    back = redirect("reports:monthly_center", place.pk, str(chosen))
    try:
        made = close_month(
            center=place,
            month=chosen,
            by=request.user,
            on=today(),
            version=_number(request.POST.get("version", "")),
            reason=reason,
        )
    except NotOver:
        messages.warning(request, NOT_OVER)
    except NothingChanged:
        messages.warning(request, NOTHING)
    except StaleClosing:
        messages.warning(request, STALE)
    else:
        done = (
            f"{chosen.label}分を締めました。"
            if made.version == 1
            else f"訂正版 {made.version} を作りました。"
        )
        messages.success(request, done)
    return back


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


@require_safe
def monthly_versions(request: HttpRequest, center: UUID, month: str) -> HttpResponse:
    """Every version with its reason, and what it changed; on top what has changed since. Nobody is named."""
    place, chosen = place_and_month(request, center, month, Right.FIGURES_READ)
    steps = steps_of(place, chosen)
    pks = [change.pk for step in steps for change in step.records]
    readable = Consultation.visible_to(request.user).filter(pk__in=pks).values_list("pk", flat=True)
    context = {
        "center": place,
        "month": chosen,
        "steps": steps,
        "latest": steps[1].report if steps else None,
        "readable": {str(pk) for pk in readable},
        "may_close": may_close(request, place) and chosen.ends_on < today(),
    }
    return render(request, "reports/monthly_versions.html", context)
