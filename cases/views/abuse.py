"""虐待通報受付票 at the center: taken, shown, changed, the city's request accepted, staff named, who told of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.abuse import LimitBook, Standing, path_of
from cases.actions.abuse import (
    NotPossible,
    OtherReport,
    accept_request,
    correctable_steps,
    set_members,
    set_reporter,
    steppable_reports,
    take_report,
    writable_reports,
)
from cases.actions.abuse_notices import staff_with
from cases.actions.clients import writable_clients
from cases.actions.rows import StaleRow, update_row
from cases.forms.abuse import (
    CityReasonForm,
    MembersForm,
    ReceivingForm,
    ReportEditForm,
    ReporterFields,
    reporter_values,
)
from cases.forms.abuse_steps import FOR_CENTER, FOR_CITY
from cases.models import AbuseReport, AbuseReporter, AbuseStep, Client, Consultation
from centers.access import Right, allowed, center_of, rights_of
from centers.audit import log_locked, log_object, log_read
from centers.contracts import code_labels
from centers.enums import Role
from centers.models import User
from centers.periods import JST, now, today
from centers.tokens import token_of

PAGE = "cases:abuse"


@require_http_methods(["GET", "POST"])
def abuse_new(request: HttpRequest) -> HttpResponse:
    """A new 受付票, about the `client` or from the `record` of the address where one is named."""
    record = chosen(request, "record", Consultation.visible_to(request.user))
    client = chosen_client(request, record)
    moment = now()
    form = ReceivingForm(
        request.POST or None,
        now=moment,
        labels=code_labels(moment.date()),
        has_client=bool(client),
        initial=_from_record(record) if record else {"day": moment.date(), "time": moment.time()},
    )
    if client:
        log_read(request, client)
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            report = take_report(
                pk=token,
                by=request.user,
                center=center_of(request.user),
                on=today(),
                received_at=form.cleaned_data["at"],
                fields=form.columns() | {"client": client, "consultation": record},
                reporter=form.reporter(),
            )
        except OtherReport:
            form.add_error(None, "この画面の続きは保存できません。もう一度『保存』を押してください。")
            token = uuid4()
        except NotPossible as problem:
            form.add_error("day", problem)
        else:
            messages.success(request, "受付票を保存しました。市へ連絡し、その日時を入れてください。")
            return redirect(PAGE, report.pk)
    context = {"form": form, "token": token, "client": client, "record": record}
    return render(request, "cases/rights/abuse_new.html", context, status=422 if form.errors else 200)


@require_safe
def abuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report with its clocks, its path and every step; the city sees the same page."""
    report = get_object_or_404(_whole(AbuseReport.visible_to(request.user)), pk=pk)
    log_report(request, report)
    steps = list(
        AbuseStep.visible_to(request.user)
        .filter(report=report)
        .select_related("written_by", "correction__written_by")
        .order_by("at", "created_at")
    )
    standing = [step for step in steps if not step.void and not hasattr(step, "correction")]
    path = path_of(report, [step.kind for step in standing])
    for_city = allowed(request.user, Right.ABUSE_CITY)
    start = report.received_at.astimezone(JST).date()
    context = {
        "report": report,
        "standing": Standing.of(report, LimitBook().on(start), now()),
        "path": path,
        "next_step": next((one.label for one in path if one.current), ""),
        "steps": steps,
        "correctable": set(
            correctable_steps(request.user).filter(report=report).values_list("pk", flat=True)
        ),
        "labels": code_labels(start),
        "kinds": FOR_CITY if for_city else FOR_CENTER,
        "for_city": for_city,
        "writable": writable_reports(request.user).filter(pk=pk).exists(),
        "steppable": steppable_reports(request.user).filter(pk=pk).exists(),
        "known": report.client_id and Client.visible_to(request.user).filter(pk=report.client_id).exists(),
        "reporter_open": for_city
        or AbuseReporter.visible_to(request.user).filter(report=report).exists()
        or report.received_by_id == request.user.pk,
        "members": [member.user.name for member in report.members.all()],
        "may_name": _may_name(request.user, report),
    }
    return render(request, "cases/rights/abuse.html", context)


@require_http_methods(["GET", "POST"])
def abuse_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The 受付票 changed; a stale form is answered with 409 and both texts."""
    report = get_object_or_404(_whole(writable_reports(request.user)), pk=pk)
    log_report(request, report)
    form = _edit_form(request, report)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _edit_page(request, report, form)
    if form.changes():
        try:
            update_row(row=report, by=request.user, version=form.version, fields=form.columns())
        except StaleRow as stale:
            return _edit_page(request, stale.standing, _edit_form(request, stale.standing))
    messages.success(request, "受付票を保存しました。" if form.changes() else "変わったところはありません。")
    return redirect(PAGE, pk)


@require_POST
def abuse_take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """引き受ける: the city's request becomes the user's."""
    report = get_object_or_404(writable_reports(request.user), pk=pk)
    standing = accept_request(report=report, by=request.user, at=now())
    if standing.taken_by_id == request.user.pk:
        messages.success(request, "市からの依頼を引き受けました。")
        return redirect(PAGE, pk)
    messages.info(request, "この依頼は、ほかの人が先に引き受けています。")
    return redirect("cases:rights")  # the report may be theirs alone by now


@require_http_methods(["GET", "POST"])
def abuse_members(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the staff who work on it: by who took it, or by センター管理者."""
    report = get_object_or_404(_whole(writable_reports(request.user)), pk=pk)
    if not _may_name(request.user, report):
        return redirect(PAGE, pk)
    log_report(request, report)
    staff = staff_with((Role.SOUDAN, Role.KINOU), report.center_id, today())
    offered = User.objects.filter(pk__in=staff, is_active=True).exclude(
        pk__in=[report.received_by_id, report.taken_by_id or report.received_by_id]
    )
    named = [member.user_id for member in report.members.all()]
    form = MembersForm(
        request.POST if request.method == "POST" else None,
        users=offered.order_by("name"),
        initial={"users": named},
    )
    if request.method == "POST" and form.is_valid():
        set_members(report=report, by=request.user, users=form.cleaned_data["users"])
        messages.success(request, "担当を保存しました。")
        return redirect(PAGE, pk)
    context = {"report": report, "form": form}
    return render(request, "cases/rights/abuse_members.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def abuse_reporter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who told of it: for who took the report and センター管理者 to read and mend, for the city with a reason."""
    reports = AbuseReport.visible_to(request.user)
    report = get_object_or_404(reports.select_related("center__zone", "client"), pk=pk)
    row = AbuseReporter.visible_to(request.user).filter(report=report).first()
    rights = rights_of(request.user)
    if rights.city_wide(Right.ABUSE_REPORTER_READ):
        return _reporter_for_city(request, report, row)
    managed = report.center_id in rights.center_ids(Right.ABUSE_REPORTER_READ)
    if not managed and report.received_by_id != request.user.pk:
        raise Http404
    form = ReporterFields(
        request.POST if request.method == "POST" else None,
        labels=code_labels(today()),
        initial=reporter_values(row),
    )
    _log_reporter(request, report, row)
    if request.method == "POST" and form.is_valid():
        set_reporter(report=report, by=request.user, fields=form.reporter())
        messages.success(request, "通報した人を保存しました。")
        return redirect(PAGE, pk)
    context = {"report": report, "form": form}
    return render(request, "cases/rights/abuse_reporter.html", context, status=422 if form.errors else 200)


def _reporter_for_city(request: HttpRequest, report: AbuseReport, row: AbuseReporter | None) -> HttpResponse:
    form = CityReasonForm(request.POST if request.method == "POST" else None)
    context = {"report": report, "form": form, "for_city": True, "labels": code_labels(today())}
    if request.method == "POST" and form.is_valid():
        _log_reporter(request, report, row, reason=form.cleaned_data["reason"])
        context |= {"shown": True, "reporter": row}
    return render(request, "cases/rights/abuse_reporter.html", context, status=422 if form.errors else 200)


def _log_reporter(request: HttpRequest, report: AbuseReport, row, reason: str = "") -> None:
    log_locked(request, row or report, center_id=report.center_id, client_id=report.client_id, reason=reason)


# ---- shared with the other pages of 権利擁護 ----


def log_report(request: HttpRequest, report: AbuseReport) -> None:
    if report.client:
        log_read(request, report.client)
    else:
        log_object(request, report)


def chosen(request: HttpRequest, name: str, rows):
    """The row whose id stands in the address under `name`, or none; 404 for one that the user does not see."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        return get_object_or_404(rows, pk=UUID(text))
    except ValueError:
        return get_object_or_404(rows, pk=None)


def chosen_client(request: HttpRequest, record: Consultation | None) -> Client | None:
    """Of the record, or named in the address; 404 for one about whom the user may not write."""
    clients = writable_clients(request.user, center_of(request.user))
    if record:
        return get_object_or_404(clients, pk=record.client_id) if record.client_id else None
    return chosen(request, "client", clients)


def _from_record(record: Consultation) -> dict:
    """What a record of the same call already says."""
    return {
        "day": record.date,
        "time": record.start_time,
        "method": record.method,
        "account": record.facts,
    }


def _whole(reports):
    return reports.select_related("client", "center__zone", "received_by", "taken_by").prefetch_related(
        "members__user"
    )


def _may_name(user: User, report: AbuseReport) -> bool:
    manages = report.center_id in rights_of(user).center_ids(Right.ABUSE_READ)
    return manages or user.pk in {report.received_by_id, report.taken_by_id}


def _edit_form(request: HttpRequest, report: AbuseReport) -> ReportEditForm:
    data = request.POST if request.method == "POST" else None
    return ReportEditForm(data, report=report, labels=code_labels(today()), on=today())


def _edit_page(request: HttpRequest, report: AbuseReport, form: ReportEditForm) -> HttpResponse:
    context: dict = {"report": report, "client": report.client, "form": form}
    if form.is_bound and form.must_choose:
        context |= {"differences": form.differences()}
        return render(request, "cases/rights/abuse_edit.html", context, status=409 if form.stale else 422)
    return render(request, "cases/rights/abuse_edit.html", context, status=422 if form.errors else 200)
