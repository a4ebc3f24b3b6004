"""匿名の相談 becomes known: choosing the client, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from cases.actions.clients import writable_clients
from cases.actions.closing import MonthIsClosed, closed_among
from cases.actions.identify import (
    AlreadyKnown,
    identifiable_records,
    identifiable_threads,
    identify_record,
    identify_thread,
    undo_identification,
    undoable,
)
from cases.forms.identify import IdentifyForm, UndoForm
from cases.models import AnonymousThread, Consultation
from cases.search import find_clients
from centers.access import center_of
from centers.audit import log_object, log_read, log_search
from centers.contracts import code_labels
from centers.periods import today


@require_http_methods(["GET", "POST"])
def thread_identify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A caller who is known now; `act=find` lists candidates for `q`, another post attaches all records."""
    threads = identifiable_threads(request.user).select_related("center__zone")
    thread = get_object_or_404(threads, pk=pk)
    log_object(request, thread)
    records = list(Consultation.visible_to(request.user).filter(thread=thread, client=None).order_by("date"))
    return _identify(request, thread, records, reverse("cases:thread", args=[pk]), _attach_thread)


@require_http_methods(["GET", "POST"])
def consultation_identify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for a single record without a caller."""
    record = get_object_or_404(identifiable_records(request.user).select_related("center__zone"), pk=pk)
    log_object(request, record)
    return _identify(request, record, [record], reverse("cases:consultation", args=[pk]), _attach_record)


@require_http_methods(["GET", "POST"])
def identification_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes the records from the client again, with a reason."""
    found = get_object_or_404(
        undoable(request.user).select_related("client", "thread", "center__zone", "identified_by"), pk=pk
    )
    log_read(request, found.client)
    records = list(
        Consultation.visible_to(request.user).filter(identification=found).order_by("date", "created_at")
    )
    form = UndoForm(request.POST if request.method == "POST" else None, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            undo_identification(identification=found, by=request.user, **form.cleaned_data)
        except MonthIsClosed as closed:
            form.add_error(None, str(closed))
        else:
            messages.success(request, "結び付けを取り消しました。記録は匿名の相談に戻りました。")
            if found.thread_id:
                return redirect("cases:thread", found.thread_id)
            return redirect("cases:consultation", records[0].pk) if records else redirect("cases:client_list")
    context = {"found": found, "records": records, "form": form, "on": today()}
    context |= {"closed": closed_among(found.center, (record.date for record in records))}
    return render(request, "cases/identify/undo.html", context, status=422 if form.errors else 200)


def _attach_thread(thread: AnonymousThread, **given):
    return identify_thread(thread=thread, **given)


def _attach_record(record: Consultation, **given):
    return identify_record(record=record, **given)


def _identify(request: HttpRequest, subject, records: list[Consultation], back: str, attach) -> HttpResponse:
    finding = request.method == "POST" and request.POST.get("act") == "find"
    posted = request.POST if request.method == "POST" and not finding else None
    clients = writable_clients(request.user, center_of(request.user))
    initial = {"basis": request.POST.get("basis", "")} if finding else {}
    form = IdentifyForm(posted, clients=clients, initial=initial, on=today())
    if posted is not None and form.is_valid():
        try:
            made = attach(subject, by=request.user, **form.cleaned_data)
        except AlreadyKnown:
            messages.warning(request, "先に別の職員が結び付けました。いまの内容を確かめてください。")
            return redirect(back)
        except MonthIsClosed as closed:
            form.add_error(None, str(closed))
        else:
            undo = reverse("cases:identification_undo", args=[made.pk])
            text = '{}件の記録を結び付けました。<a href="{}">取り消す</a>'
            messages.success(request, format_html(text, len(records), undo))
            return redirect("cases:client", made.client_id)
    context = _candidates(request) | {
        "subject": subject,
        "records": records,
        "closed": closed_among(subject.center, (record.date for record in records)),
        "form": form,
        "chosen": request.POST.get("client", ""),
        "back": back,
        "labels": code_labels(today()),
        "on": today(),
    }
    return render(request, "cases/identify/identify.html", context, status=422 if form.errors else 200)


def _candidates(request: HttpRequest) -> dict:
    """What was searched for stays found while the form is mended."""
    text = request.POST.get("q", "").strip()
    found = find_clients(request.user, text, on=today()) if text else []
    if text:
        log_search(request, text, len(found))
    return {"text": text, "candidates": found}
