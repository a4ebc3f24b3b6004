"""匿名の相談者 who calls again: what was recorded, and what is next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cases.actions.identify import identifiable_threads, undoable
from cases.models import AnonymousThread, Client, Consultation, FollowUp
from cases.timeline import TimelineFilter, timeline_page, with_headings
from centers.audit import log_object
from centers.contracts import code_labels
from centers.paging import Cursor
from centers.periods import today


@require_GET
def thread(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The caller's records, newest first, and open next steps."""
    on = today()
    found = get_object_or_404(AnonymousThread.visible_to(request.user).select_related("center__zone"), pk=pk)
    log_object(request, found)
    records = Consultation.visible_to(request.user).filter(thread=found)
    page = timeline_page(records, TimelineFilter(), Cursor.of(request.GET))
    steps = (
        FollowUp.visible_to(request.user).filter(thread=found, done_on__isnull=True).select_related("staff")
    )
    context = {
        "thread": found,
        "known": found.client_id and Client.visible_to(request.user).filter(pk=found.client_id).first(),
        "on": on,
        "labels": code_labels(on),
        "page": page,
        "entries": with_headings(page),
        "steps": steps.order_by("due_on", "due_at", "id"),
        "identifiable": identifiable_threads(request.user).filter(pk=pk).exists(),
        "identification": undoable(request.user).filter(thread=found).first(),
    }
    return render(request, "cases/thread.html", context)
