"""次の予定: the center's open ones, a new one, and what became of one."""

from datetime import date, time
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.followups import add_follow_up, finish_follow_up, reopen_follow_up, writable_steps
from cases.enums import FollowUpKind
from cases.forms.followups import PRESETS_LIST, DropForm, FollowUpForm
from cases.models import FollowUp
from cases.people import staff_of
from cases.rules import preset_day, preset_key
from cases.views.clients import page_context, person_of
from centers.access import center_of
from centers.audit import log_object, log_read, log_shown_steps
from centers.contracts import setting
from centers.paging import Cursor, capped_count, page_of
from centers.periods import today, wareki_short

ORDER = ("due_on", "at", "pk")
LIST = "list"
# ?view=…: the user's own, the center's, and 折り返し待ち: the calls that somebody waits for
VIEWS = ("", "all", "calls")


@require_GET
def followups(request: HttpRequest) -> HttpResponse:
    """Open next steps, overdue first: the user's own, with `view=all` the center's, with `view=calls` its calls."""
    on, view = today(), request.GET.get("view", "")
    view = view if view in VIEWS else ""
    steps = (
        writable_steps(request.user)
        .filter(done_on__isnull=True)
        .annotate(at=Coalesce("due_at", Value(time.min)))
    )
    mine = steps.filter(staff__user=request.user)
    calls = steps.filter(kind=FollowUpKind.CALL)
    chosen = {"": mine, "all": steps, "calls": calls}[view]
    page = page_of(
        chosen.select_related("client", "thread", "staff"), ORDER, Cursor.of(request.GET), anchors=steps
    )
    log_shown_steps(request, page.rows)
    context = {
        "on": on,
        "everyone": bool(view),
        "view": view,
        "mine_count": capped_count(mine),
        "all_count": capped_count(steps),
        "calls_count": capped_count(calls),
        "late_count": capped_count(chosen.filter(due_on__lt=on)),
        "page": page,
        "query_text": urlencode({"view": view}) if view else "",
    }
    return render(request, "cases/followups.html", context)


@require_http_methods(["GET", "POST"])
def followup_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A next step for one client, by default the user's own to do."""
    person = person_of(request, pk)
    if not person.writable:
        raise Http404
    log_read(request, person.client)
    center = center_of(request.user)
    staff = staff_of(center, person.on)
    own = getattr(request.user, "staff_member", None)
    form = FollowUpForm(
        request.POST or None, on=person.on, staff=staff, initial={"staff": own, "kind": "call"}
    )
    if request.method == "POST" and form.is_valid():
        add_follow_up(client=person.client, by=request.user, center=center, **form.cleaned_data)
        messages.success(request, "次の予定を入れました。")
        return redirect("cases:client", pk)
    context = page_context(person) | {
        "form": form,
        "presets": _presets(person.on),
        "presets_list": PRESETS_LIST,
    }
    return render(request, "cases/followup_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def followup_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of a next step: `outcome` is done, dropped (with a reason) or open (takes either back)."""
    steps = writable_steps(request.user).select_related(
        "client", "thread", "staff", "done_by", "center__zone"
    )
    step = get_object_or_404(steps, pk=pk)
    outcome, form = request.POST.get("outcome"), DropForm(on=today())
    if outcome == "dropped":
        form = DropForm(request.POST, on=today())
        if form.is_valid():
            return _settle(request, step, "しないことにしました。", dropped=form.cleaned_data["reason"])
    elif outcome == "done":
        return _settle(request, step, "済みにしました。")
    elif outcome == "open":
        reopen_follow_up(step=step, by=request.user)
        messages.success(request, "予定に戻しました。")
        return redirect(_place_of(request, step))
    if step.client:
        log_read(request, step.client)
    else:
        log_object(request, step)
    context = {
        "step": step,
        "subject": step.client or step.thread,
        "form": form,
        "on": today(),
        "back": LIST if request.POST.get("back", request.GET.get("back")) == LIST else "",
    }
    return render(request, "cases/followup.html", context, status=422 if form.errors else 200)


def _settle(request: HttpRequest, step: FollowUp, text: str, *, dropped: str = "") -> HttpResponse:
    standing = finish_follow_up(step=step, by=request.user, on=today(), dropped=dropped)
    if (standing.done_by_id, standing.dropped_reason) != (request.user.pk, dropped):
        messages.warning(request, "この予定は、先に扱いが決まっています。いまの内容を確かめてください。")
        return redirect("cases:followup_done", step.pk)
    link = reverse("cases:followup_done", args=[step.pk])
    messages.success(request, format_html('{} <a href="{}">取り消す</a>', text, link))
    return redirect(_place_of(request, step))


def _place_of(request: HttpRequest, step: FollowUp) -> str:
    """Where the user came from: the list, else the person or caller."""
    if request.POST.get("back") == LIST or not (step.client_id or step.thread_id):
        return reverse("cases:followups")
    if step.client_id:
        return reverse("cases:client", args=[step.client_id])
    return reverse("cases:thread", args=[step.thread_id])


def _presets(on: date) -> list[tuple[str, str]]:
    """(R8.11.27, 1週間) …: the days that are often chosen."""
    presets = setting("followup_presets", on)
    return [(wareki_short(preset_day(preset_key(preset), on)), preset["label"]) for preset in presets]
