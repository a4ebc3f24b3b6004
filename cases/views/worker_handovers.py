"""One 引継書: read, received by the new worker, taken back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases.actions.casework import CaseMoved
from cases.actions.worker_handover import AlreadyEnded, receive_handover, withdraw_handover
from cases.models import WorkerHandover
from cases.timeline import records_of
from cases.views.clients import page_context, person_of
from centers.audit import log_read
from centers.contracts import setting
from centers.paging import capped_count


@require_http_methods(["GET", "POST"])
def worker_handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The note; by `outcome` the new worker takes the case over (received), or it is taken back (withdrawn)."""
    rows = WorkerHandover.visible_to(request.user).select_related(
        "from_staff", "to_staff", "written_by", "received_by", "withdrawn_by", "case"
    )
    note = get_object_or_404(rows, pk=pk)
    person = person_of(request, note.client_id)
    log_read(request, person.client)
    allowed = {"received": note.to_staff.user_id == request.user.pk, "withdrawn": person.case_editable}
    outcome = request.POST.get("outcome")
    if outcome in allowed:
        if not allowed[outcome]:
            raise Http404
        return _settle(request, note, outcome)
    days = setting("handover_digest_days", person.on)
    recent = records_of(request.user, person.client).filter(date__gte=person.on - timedelta(days=days))
    context = page_context(person, "case") | {
        "note": note,
        "may_receive": note.waiting and allowed["received"],
        "may_withdraw": note.waiting and allowed["withdrawn"],
        "recent": capped_count(recent),
        "digest_days": days,
    }
    return render(request, "cases/casework/handover.html", context)


def _settle(request: HttpRequest, note: WorkerHandover, outcome: str) -> HttpResponse:
    act = receive_handover if outcome == "received" else withdraw_handover
    try:
        act(note=note, by=request.user)
    except AlreadyEnded as ended:
        word = "受け取られて" if ended.standing.received_at else "取りやめられて"
        messages.warning(request, f"この引継書は、先に{word}います。")
        return redirect("cases:worker_handover", note.pk)
    except CaseMoved:
        messages.warning(request, "このケースは終結しているため、引継書を受け取れません。")
        return redirect("cases:worker_handover", note.pk)
    done = "引き継ぎを受け取りました。" if outcome == "received" else "引き継ぎを取りやめました。"
    messages.success(request, done)
    return redirect("cases:case", note.client_id)
