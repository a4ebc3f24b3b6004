"""成年後見制度利用支援: begun for a person, changed, moved from stage to stage."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions.rights import (
    LastStage,
    begin_guardianship,
    changeable,
    enter_stage,
    void_stage,
)
from cases.actions.rows import StaleRow, update_row
from cases.forms.rights import GuardianshipEditForm, GuardianshipNewForm, StageForm
from cases.models import GuardianshipStep, GuardianshipSupport
from cases.views.clients import page_context, person_of
from centers.access import center_of
from centers.audit import log_read
from centers.contracts import code_labels
from centers.periods import today
from centers.tokens import token_of

PAGE = "cases:guardianship"


@require_http_methods(["GET", "POST"])
def guardianship_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the support for the person `pk`."""
    person = person_of(request, pk)
    if not person.writable:
        raise Http404
    log_read(request, person.client)
    form = GuardianshipNewForm(
        request.POST if request.method == "POST" else None,
        labels=code_labels(person.on),
        on=person.on,
        initial={"stage": "consult", "stage_on": person.on},
    )
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        support = begin_guardianship(
            pk=token,
            client=person.client,
            center=center_of(request.user),
            by=request.user,
            on=form.cleaned_data["stage_on"],
            stage=form.cleaned_data["stage"],
            fields=form.columns(),
        )
        messages.success(request, "成年後見の支援を保存しました。")
        return redirect(PAGE, support.pk)
    context = page_context(person, "rights") | {"form": form, "token": token}
    return render(request, "cases/rights/guardianship_new.html", context, status=422 if form.errors else 200)


@require_safe
def guardianship(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The support with its stages, and the form for the next one."""
    return _page(request, _support(request, pk), StageForm(on=today(), initial={"day": today()}))


@require_http_methods(["POST"])
def guardianship_stage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The support has come to a stage."""
    support = get_object_or_404(changeable(GuardianshipSupport, request.user), pk=pk)
    form, token = StageForm(request.POST, on=today()), token_of(request)
    if not form.is_valid():
        return _page(request, _support(request, pk), form)
    given = form.cleaned_data
    enter_stage(
        pk=token,
        support=support,
        by=request.user,
        stage=given["stage"],
        on=given["day"],
        note=given["note"],
    )
    messages.success(request, "段階を入れました。")
    return redirect(PAGE, pk)


@require_POST
def guardianship_stage_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a stage back; it stays in the list."""
    own = changeable(GuardianshipSupport, request.user)
    steps = GuardianshipStep.visible_to(request.user).filter(support__in=own, voided_at__isnull=True)
    step = get_object_or_404(steps, pk=pk)
    try:
        void_stage(step=step, by=request.user)
    except LastStage:
        messages.warning(request, "ただ1つの段階は取り消せません。正しい段階を入れてから取り消してください。")
    else:
        messages.success(request, "段階を取り消しました。")
    return redirect(PAGE, step.support_id)


@require_http_methods(["GET", "POST"])
def guardianship_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the support says; a stale form is answered with 409 and both texts."""
    rows = changeable(GuardianshipSupport, request.user).select_related("client", "center__zone")
    support = get_object_or_404(rows, pk=pk)
    log_read(request, support.client)
    form = _edit_form(request, support)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _edit_page(request, support, form)
    try:
        update_row(row=support, by=request.user, version=form.version, fields=form.columns())
    except StaleRow as stale:
        return _edit_page(request, stale.standing, _edit_form(request, stale.standing))
    messages.success(request, "成年後見の支援を保存しました。")
    return redirect(PAGE, pk)


def _support(request: HttpRequest, pk: UUID) -> GuardianshipSupport:
    rows = GuardianshipSupport.visible_to(request.user).select_related(
        "client", "center__zone", "written_by", "consultation"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, support: GuardianshipSupport, form: StageForm) -> HttpResponse:
    log_read(request, support.client)
    steps = GuardianshipStep.visible_to(request.user).filter(support=support)
    context = {
        "support": support,
        "client": support.client,
        "steps": steps.select_related("written_by", "voided_by").order_by("-on", "-created_at"),
        "form": form,
        "token": token_of(request),
        "labels": code_labels(today()),
        "writable": changeable(GuardianshipSupport, request.user).filter(pk=support.pk).exists(),
    }
    return render(request, "cases/rights/guardianship.html", context, status=422 if form.errors else 200)


def _edit_form(request: HttpRequest, support: GuardianshipSupport) -> GuardianshipEditForm:
    names = GuardianshipEditForm.base_fields
    return GuardianshipEditForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(support, name) for name in names},
        version=support.version,
        labels=code_labels(today()),
        on=today(),
    )


def _edit_page(
    request: HttpRequest, support: GuardianshipSupport, form: GuardianshipEditForm
) -> HttpResponse:
    context: dict = {"support": support, "client": support.client, "form": form}
    status = 422 if form.errors else 200
    if form.is_bound and form.must_choose:
        context |= {"differences": form.differences()}
        status = 409 if form.stale else 422
    return render(request, "cases/rights/guardianship_edit.html", context, status=status)
