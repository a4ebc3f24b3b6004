"""相談受付票: the list, one of them, making and changing it, and 承認."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.actions.intakes import (
    IntakeExists,
    NobodyToOpenFor,
    StaleIntake,
    approvable_intakes,
    content_of,
    decide_intake,
    editable_intakes,
    open_intake,
    revise_intake,
)
from cases.actions.records import correctable_by
from cases.enums import IntakeState, Subject
from cases.forms.intakes import DecisionForm, IntakeForm
from cases.intakes import ALL, MINE, VIEWS, WAITING, changes_of, intakes_page
from cases.models import Client, Consultation, FollowUp, Intake, IntakeVersion
from cases.people import staff_of
from centers.access import Right, allowed
from centers.audit import log_object, log_read, log_reads
from centers.contracts import code_labels
from centers.enums import AccessVerb
from centers.models import StaffMember
from centers.paging import Cursor, capped_count
from centers.periods import today

JUDGED = "この受付票は、開いた後に変わりました。いまの内容を確かめてください。"
NOBODY = "だれの相談かがわかっていないため、ケースを開けません。利用者を結び付けるか、今後の方針を直すように差し戻してください。"


@require_GET
def intakes(request: HttpRequest) -> HttpResponse:
    """The center's 受付票, newest first; `view` is waiting (the first one for those who approve), mine or all."""
    on = today()
    seen = Intake.visible_to(request.user)
    of_view = {
        WAITING: seen.filter(state=IntakeState.WAITING),
        MINE: seen.filter(written_by=request.user),
        ALL: seen,
    }
    view = request.GET.get("view", "")
    if view not in VIEWS:
        view = WAITING if allowed(request.user, Right.INTAKE_APPROVE) else MINE
    page = intakes_page(of_view[view], Cursor.of(request.GET), anchors=seen)
    shown = [intake.consultation for intake in page.rows]
    log_reads(
        request,
        [record.client for record in shown if record.client],
        [record for record in shown if not record.client],
    )
    context = {
        "on": on,
        "labels": code_labels(on),
        "page": page,
        "views": [(key, label, capped_count(of_view[key]), key == view) for key, label in VIEWS.items()],
        "query_text": urlencode({"view": view}),
    }
    return render(request, "cases/intake/list.html", context)


@require_http_methods(["GET", "POST"])
def intake_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """受付票 of a record of a client or of a caller without a name; a record that has one leads to it."""
    records = correctable_by(request.user).exclude(subject=Subject.ORGANIZATION).filter(voided_at=None)
    record = get_object_or_404(records.select_related("client", "thread", "center__zone", "staff"), pk=pk)
    if standing := Intake.visible_to(request.user).filter(consultation=record).first():
        return redirect("cases:intake", standing.pk)
    _log(request, record)
    form = _form(request, record, None)
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, record, None, form)
    try:
        made = open_intake(
            consultation=record, by=request.user, answers=form.answers(), follow_up=form.follow_up()
        )
    except IntakeExists as told:
        messages.info(request, "この記録の受付票は、もう作られています。")
        return redirect("cases:intake", told.standing.pk)
    messages.success(request, f"受付票 {made.number} を作りました。承認を待っています。")
    return redirect("cases:intake", made.pk)


@require_GET
def intake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 受付票 with its record, its former versions, and 承認 for those who may; `print=1` notes and opens a print."""
    found = _intake(Intake.visible_to(request.user), pk)
    _log(request, found.consultation, AccessVerb.PRINT if "print" in request.GET else AccessVerb.READ)
    return _page(request, found, DecisionForm(initial={"version": found.version}, on=today()))


@require_http_methods(["GET", "POST"])
def intake_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A change. What somebody has changed since is answered with 409 and both texts."""
    found = _intake(editable_intakes(request.user), pk)
    _log(request, found.consultation)
    form = _form(request, found.consultation, found)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _form_page(request, found.consultation, found, form)
    try:
        revise_intake(
            intake=found,
            by=request.user,
            version=form.version,
            changes=form.answers(),
            reason=form.cleaned_data.get("reason", ""),
        )
    except StaleIntake as stale:
        standing = _intake(editable_intakes(request.user), stale.standing.pk)
        return _form_page(
            request, standing.consultation, standing, _form(request, standing.consultation, standing)
        )
    messages.success(request, "受付票を保存しました。承認を待っています。")
    return redirect("cases:intake", pk)


@require_POST
def intake_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`outcome` approve or return, the latter with a note."""
    found = _intake(approvable_intakes(request.user), pk)
    form = DecisionForm(request.POST, on=today())
    if not form.is_valid():
        _log(request, found.consultation)
        return _page(request, found, form, status=422)
    given = form.cleaned_data
    approve = given["outcome"] == DecisionForm.APPROVE
    try:
        decide_intake(
            intake=found, by=request.user, version=given["version"], approve=approve, note=given["note"]
        )
    except StaleIntake:
        messages.warning(request, JUDGED)
    except NobodyToOpenFor:
        messages.warning(request, NOBODY)
    else:
        done = "承認しました。" if approve else "差し戻しました。書いた人の一覧に「差し戻し」と出ます。"
        messages.success(request, done)
    return redirect("cases:intake", pk)


def _intake(rows, pk: UUID) -> Intake:
    related = (
        "center__zone",
        "staff",
        "written_by",
        "decided_by",
        "referred_to",
        "consultation__client",
        "consultation__thread",
        "consultation__center__zone",
        "consultation__written_by",
    )
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _log(request: HttpRequest, record: Consultation, verb: AccessVerb = AccessVerb.READ) -> None:
    if record.client:
        log_read(request, record.client, verb=verb)
    else:
        log_object(request, record)


def _page(request: HttpRequest, found: Intake, decision: DecisionForm, status: int = 200) -> HttpResponse:
    record = found.consultation
    labels = code_labels(found.received_on)
    former = IntakeVersion.visible_to(request.user).filter(intake=found).select_related("replaced_by")
    context = _context(request, record) | {
        "intake": found,
        "labels": labels,
        "former": changes_of(found, content_of(found), former, labels),
        "steps": FollowUp.visible_to(request.user).filter(origin=record).select_related("staff"),
        "editable": editable_intakes(request.user).filter(pk=found.pk).exists(),
        "approves": found.waiting and approvable_intakes(request.user).filter(pk=found.pk).exists(),
        "form": decision,
        "printing": "print" in request.GET,
    }
    return render(request, "cases/intake/intake.html", context, status=status)


def _context(request: HttpRequest, record: Consultation) -> dict:
    """`known` is the client where the user sees it."""
    return {
        "record": record,
        "client": record.client,
        "known": record.client_id and Client.visible_to(request.user).filter(pk=record.client_id).first(),
        "on": today(),
    }


def _form(request: HttpRequest, record: Consultation, standing: Intake | None) -> IntakeForm:
    on = today()
    staff = staff_of(record.center, on)
    kept = [pk for pk in (record.staff_id, standing and standing.staff_id) if pk]
    return IntakeForm(
        request.POST if request.method == "POST" else None,
        record=record,
        intake=standing,
        labels=code_labels(record.date),
        staff=staff | StaffMember.objects.filter(pk__in=kept),
        own=getattr(request.user, "staff_member", None),
        on=on,
    )


def _form_page(
    request: HttpRequest, record: Consultation, standing: Intake | None, form: IntakeForm
) -> HttpResponse:
    context = _context(request, record) | {
        "form": form,
        "intake": standing,
        "labels": code_labels(record.date),
    }
    if standing and form.is_bound and form.must_choose:
        last = (
            IntakeVersion.visible_to(request.user)
            .filter(intake=standing)
            .select_related("replaced_by")
            .first()
        )
        faster = last and {"by": last.replaced_by.family_name, "at": last.replaced_at}
        context |= {"differences": form.differences(), "faster": faster}
        return render(request, "cases/intake/form.html", context, status=409 if form.stale else 422)
    return render(request, "cases/intake/form.html", context, status=422 if form.errors else 200)
