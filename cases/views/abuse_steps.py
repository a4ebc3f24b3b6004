"""The steps of an abuse report: put in, corrected, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases.actions.abuse import (
    NotPossible,
    StepGone,
    add_step,
    correct_step,
    correctable_steps,
    steppable_reports,
)
from cases.enums import AbuseStepKind
from cases.forms.abuse_steps import (
    FOR_CENTER,
    FOR_CITY,
    StepCorrectionForm,
    StepForm,
    StepVoidForm,
    shape_of,
    step_values,
)
from cases.models import AbuseStep
from cases.views.abuse import PAGE, log_report
from centers.access import Right, allowed
from centers.contracts import code_labels
from centers.periods import JST, now, today
from centers.tokens import token_of

_SAVED = {
    AbuseStepKind.NOTIFIED: "市への連絡を入れました。",
    AbuseStepKind.SAFETY: "安全確認を入れました。",
    AbuseStepKind.CLOSED: "終結しました。",
}


@require_http_methods(["GET", "POST"])
def abuse_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more step, of the `kind` in the address; city and center each have their kinds."""
    reports = steppable_reports(request.user).select_related("client", "center__zone")
    report = get_object_or_404(reports, pk=pk)
    by_city = allowed(request.user, Right.ABUSE_CITY)
    kinds = FOR_CITY if by_city else FOR_CENTER
    asked = request.GET.get("kind") or kinds[0].value
    if asked not in kinds:
        raise Http404
    kind, moment = AbuseStepKind(asked), now()
    log_report(request, report)
    form = StepForm(
        request.POST if request.method == "POST" else None,
        now=moment,
        shape=shape_of(kind, by_city=by_city),
        labels=code_labels(moment.date()),
        initial={"day": moment.date(), "time": moment.time(), "who": request.user.name},
    )
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            add_step(pk=token, report=report, by=request.user, on=today(), kind=kind, **form.step())
        except NotPossible as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _SAVED.get(kind, f"「{kind.label}」を入れました。"))
            return redirect(PAGE, pk)
    context = {"report": report, "form": form, "token": token, "kind": kind, "kinds": kinds}
    return render(request, "cases/rights/abuse_step.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def abuse_step_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A step written anew with the reason, or (`act=void`) taken back; the former one stays to be read."""
    steps = correctable_steps(request.user).select_related("report__client", "report__center__zone")
    step = get_object_or_404(steps, pk=pk)
    log_report(request, step.report)
    act = request.POST.get("act", "")
    form = _correction_form(request, step, act)
    void = StepVoidForm(request.POST if act == "void" else None, prefix="void")
    used = void if act == "void" else form
    if request.method == "POST" and used.is_valid():
        try:
            if act == "void":
                correct_step(step=step, by=request.user, void=True, reason=void.cleaned_data["reason"])
            else:
                correct_step(step=step, by=request.user, reason=form.cleaned_data["reason"], **form.step())
        except NotPossible as problem:
            used.add_error(None, problem)
        except StepGone:
            messages.warning(
                request, "この行は、開いた後にほかの人が直しました。いまの内容を確かめてください。"
            )
            return redirect(PAGE, step.report_id)
        else:
            messages.success(request, "取り消しました。" if act == "void" else "訂正しました。")
            return redirect(PAGE, step.report_id)
    context = {
        "report": step.report,
        "step": step,
        "form": form,
        "void": void,
        "voidable": step.kind != AbuseStepKind.RECEIVED,
    }
    status = 422 if form.errors or void.errors else 200
    return render(request, "cases/rights/abuse_step_correct.html", context, status=status)


def _correction_form(request: HttpRequest, step: AbuseStep, act: str) -> StepCorrectionForm:
    return StepCorrectionForm(
        request.POST if request.method == "POST" and act != "void" else None,
        now=now(),
        shape=shape_of(AbuseStepKind(step.kind), by_city=step.by_city),
        labels=code_labels(today()),
        standing=step.detail,
        initial=step_values(step, step.at.astimezone(JST)),
    )
