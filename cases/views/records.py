"""One 相談記録: read whole, corrected with a reason, taken back and let stand again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.closing import MonthIsClosed, closed_among, require_changeable
from cases.actions.identify import identifiable_records, identifiable_threads, undoable
from cases.actions.records import (
    StaleRecord,
    correct_consultation,
    correctable_by,
    people_in_entry,
    restore_consultation,
    void_consultation,
)
from cases.counting import Counting, counting_of
from cases.enums import Subject
from cases.forms.records import CorrectionForm, VoidForm
from cases.models import CaseConference, Client, Consultation, ConsultationVersion, FollowUp, Intake
from cases.rules import MEETING
from cases.versions import corrections, item_labels
from centers.access import Right, rights_of
from centers.audit import log_object, log_read
from centers.contracts import code_labels
from centers.enums import CodeList
from centers.periods import today

TAKEN_BACK = "この記録は取り消されています。直すには、先に戻してください。"


@require_GET
def consultation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record with all its texts, what it counts for, its earlier versions and next steps."""
    record = _record(Consultation.visible_to(request.user), pk)
    _log(request, record)
    labels = code_labels(record.date)
    versions = (
        ConsultationVersion.visible_to(request.user).filter(consultation=record).select_related("replaced_by")
    )
    steps = FollowUp.visible_to(request.user).filter(origin=record).select_related("staff", "done_by")
    context = (
        _context(request, record)
        | {
            "labels": labels,
            "corrections": corrections(record, versions.order_by("-version"), labels, item_labels(record)),
            "steps": steps.order_by("due_on", "id"),
            "mates": _mates(request, record),
            "conference": _conference(request, record),
            "may_take": record.center_id in rights_of(request.user).center_ids(Right.ABUSE_MAKE),
        }
        | _what_follows(request, record)
    )
    return render(request, "cases/consultation.html", context)


def _what_follows(request: HttpRequest, record: Consultation) -> dict:
    """What the user may do with the record: correct it, make its 受付票, say who it was, take that back."""
    correctable = correctable_by(request.user).filter(pk=record.pk).exists()
    return {
        "correctable": correctable,
        "closed": _closed(request, record) if correctable else "",
        "intake": Intake.visible_to(request.user).filter(consultation=record).first(),
        "makes_intake": correctable and record.subject != Subject.ORGANIZATION and not record.voided_at,
        "identifies": _identifies(request, record),
        "undoes": bool(record.identification_id)
        and undoable(request.user).filter(pk=record.identification_id).exists(),
    }


def _identifies(request: HttpRequest, record: Consultation) -> str:
    """Where one says who an anonymous record was: the page of its caller, else its own; "" for nobody."""
    if record.subject != Subject.ANONYMOUS or record.voided_at:
        return ""
    if record.thread_id:
        known = identifiable_threads(request.user).filter(pk=record.thread_id).exists()
        return reverse("cases:thread_identify", args=[record.thread_id]) if known else ""
    single = identifiable_records(request.user).filter(pk=record.pk).exists()
    return reverse("cases:consultation_identify", args=[record.pk]) if single else ""


def _closed(request: HttpRequest, record: Consultation) -> str:
    """Why the user may not change the record of a closed month; "" when they may."""
    try:
        require_changeable(request.user, record.center, [record.date])
    except MonthIsClosed as closed:
        return str(closed)
    return ""


@require_http_methods(["GET", "POST"])
def consultation_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """訂正. A record that somebody has corrected since is answered with 409 and both texts."""
    record = _record(correctable_by(request.user), pk)
    _log(request, record)
    if record.voided_at:
        return _taken_back(request, pk)
    if request.method == "GET" and (words := _closed(request, record)):
        messages.warning(request, words)
        return redirect("cases:consultation", pk)
    form = _correction_form(request, record)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _correction_page(request, record, form)
    try:
        correct_consultation(
            consultation=record,
            by=request.user,
            version=form.version,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
        )
    except MonthIsClosed as closed:
        form.add_error(None, str(closed))
        return _correction_page(request, record, form)
    except StaleRecord as stale:
        if stale.standing.voided_at:
            return _taken_back(request, pk)
        return _correction_page(request, stale.standing, _correction_form(request, stale.standing))
    messages.success(
        request,
        "記録を訂正しました。" if form.changes() else "変わったところがないため、記録はそのままです。",
    )
    return redirect("cases:consultation", pk)


@require_http_methods(["GET", "POST"])
def consultation_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """取り消し: asked for with its consequences in figures."""
    record = _record(correctable_by(request.user), pk)
    _log(request, record)
    if record.voided_at:
        return redirect("cases:consultation", pk)
    if words := _closed(request, record):
        messages.warning(request, words)
        return redirect("cases:consultation", pk)
    form = VoidForm(request.POST or None, initial={"version": record.version}, on=today())
    if request.method == "POST" and form.is_valid():
        return _voided(request, record, form)
    labels = code_labels(record.date)
    context = _context(request, record) | {
        "form": form,
        "labels": labels,
        "consequences": _consequences(record, labels),
    }
    return render(request, "cases/consultation_void.html", context, status=422 if form.errors else 200)


def _conference(request: HttpRequest, record: Consultation) -> CaseConference | None:
    """The 会議録 that the record came from."""
    if record.method != MEETING:
        return None
    return CaseConference.visible_to(request.user).filter(pk=record.group).first()


def _voided(request: HttpRequest, record: Consultation, form: VoidForm) -> HttpResponse:
    try:
        void_consultation(consultation=record, by=request.user, **form.cleaned_data)
    except MonthIsClosed as closed:
        messages.warning(request, str(closed))
        return redirect("cases:consultation", record.pk)
    except StaleRecord:
        messages.warning(
            request, "この記録は、開いた後に訂正されました。いまの内容を確かめてから取り消してください。"
        )
        return redirect("cases:consultation", record.pk)
    link = reverse("cases:consultation", args=[record.pk])
    messages.success(request, format_html('記録を取り消しました。<a href="{}">記録を見る・戻す</a>', link))
    return redirect("cases:client", record.client_id) if record.client_id else redirect(link)


@require_http_methods(["GET", "POST"])
def consultation_restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets a record stand again; opened by a link it only leads to the record."""
    record = _record(correctable_by(request.user), pk)
    if request.method == "POST" and record.voided_at:
        try:
            restore_consultation(consultation=record, by=request.user)
        except MonthIsClosed as closed:
            messages.warning(request, str(closed))
        else:
            messages.success(request, "取り消しをやめて、記録を戻しました。")
    return redirect("cases:consultation", pk)


def _taken_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    messages.info(request, TAKEN_BACK)
    return redirect("cases:consultation", pk)


def _record(records, pk: UUID) -> Consultation:
    related = (
        "client",
        "thread",
        "center__zone",
        "business_item__catalogue",
        "staff",
        "written_by",
        "voided_by",
    )
    return get_object_or_404(records.select_related(*related), pk=pk)


def _log(request: HttpRequest, record: Consultation) -> None:
    if record.client:
        log_read(request, record.client)
    else:
        log_object(request, record)


def _context(request: HttpRequest, record: Consultation) -> dict:
    """`known` is the client where the user sees it: a record stays with its center when the person has moved on."""
    known = record.client_id and Client.visible_to(request.user).filter(pk=record.client_id).first()
    subject = record.client or record.thread
    return {
        "record": record,
        "client": record.client,
        "number": subject.number if subject else "",
        "known": known,
        "on": today(),
        "counting": _counting(record),
        "listed": closed_among(record.center, [record.date]),
    }


def _counting(record: Consultation) -> Counting:
    return counting_of(
        record.date,
        counted=record.counted,
        reason=record.uncounted_reason,
        in_contacts=record.business_item.in_contacts,
        voided=bool(record.voided_at),
    )


def _consequences(record: Consultation, labels) -> str:
    """11月11日 電話(20分)。令和8年11月の件数から1件減ります。…"""
    method = labels[CodeList.METHOD].get(record.method)
    what = f"{record.date.month}月{record.date.day}日 {method.short_label if method else record.method}"
    length = f"({record.minutes}分)" if record.minutes is not None else ""
    counting = _counting(record)
    figures = (
        f"{counting.month.label}の件数から1件減ります。" if counting.counts else "月次の件数は変わりません。"
    )
    return f"{what}{length}。{figures}記録は「取り消し済」として残り、後から戻せます。"


def _mates(request: HttpRequest, record: Consultation) -> dict:
    """The other records of the same entry: how many, and those that the user may read."""
    visible = Consultation.visible_to(request.user).filter(group=record.group).exclude(pk=record.pk)
    shown = list(visible.select_related("client").order_by("position"))
    return {"shown": shown, "number": people_in_entry(record) - 1}


def _correction_form(request: HttpRequest, record: Consultation) -> CorrectionForm:
    data = request.POST if request.method == "POST" else None
    labels = code_labels(record.date)
    return CorrectionForm(data, record=record, labels=labels, items=item_labels(record), on=today())


def _correction_page(request: HttpRequest, record: Consultation, form: CorrectionForm) -> HttpResponse:
    context = _context(request, record) | {"form": form, "labels": code_labels(record.date)}
    if form.is_bound and form.must_choose:
        former = (
            ConsultationVersion.visible_to(request.user)
            .filter(consultation=record)
            .select_related("replaced_by")
        )
        last = former.first()
        faster = last and {"by": last.replaced_by.family_name, "at": last.replaced_at}
        context |= {"differences": form.differences(), "faster": faster}
        return render(request, "cases/consultation_correct.html", context, status=409 if form.stale else 422)
    return render(request, "cases/consultation_correct.html", context, status=422 if form.errors else 200)
