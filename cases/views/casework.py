"""ケース of one person: its course, plan, hand-overs and trail; opening it and giving it to a worker."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.case_closing import Ending, StepsLeft, close_case, steps_to_decide
from cases.actions.case_plans import StalePlan, latest_plan, write_plan
from cases.actions.casework import CaseMoved, assign_case, open_case, set_course
from cases.actions.worker_handover import NotVisible, waiting_of, write_handover
from cases.enums import CaseState
from cases.forms.casework import AssignForm, ClosingForm, CourseForm, HandoverForm, OpenCaseForm, PlanForm
from cases.models import Case, CaseClosing, CaseMember, CasePlan, FollowUp, WorkerHandover
from cases.people import Person, staff_of
from cases.trail import earlier_cases, trail_of
from cases.views.clients import page_context, person_of
from centers.audit import log_read
from centers.contracts import code_labels
from centers.models import StaffMember
from centers.periods import wareki_short

MOST_PLANS, MOST_HANDOVERS = 10, 10
MOVED = "ケースが、開いた後に変わりました。いまの内容を確かめてください。"


@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person's case as it stands, with its plan, hand-overs, earlier cases and trail."""
    person = person_of(request, pk)
    log_read(request, person.client)
    user, current = request.user, person.case
    versions = CasePlan.visible_to(user).filter(case=current).select_related("written_by")
    plans = list(versions.prefetch_related("goals").order_by("-version")[:MOST_PLANS])
    handovers = WorkerHandover.visible_to(user).filter(client=person.client)
    handovers = handovers.select_related("from_staff", "to_staff").order_by("-written_at")[:MOST_HANDOVERS]
    context = page_context(person, "case") | {
        "plan": plans[0] if plans else None,
        "former_plans": plans[1:],
        "handovers": list(handovers),
        "closing": CaseClosing.visible_to(user).filter(case=current).select_related("written_by").first(),
        "earlier": earlier_cases(user, person.client, current),
        "members": _members(request, current),
        "trail": trail_of(person.client),
        "case_states": CaseState.choices,
    }
    return render(request, "cases/casework/case.html", context)


def _members(request: HttpRequest, current: Case | None) -> list[str]:
    """Who is named on a restricted case; the page is shown to them and センター管理者 alone."""
    if current is None or not current.restricted:
        return []
    named = CaseMember.visible_to(request.user).filter(case=current).order_by("user__name")
    return list(named.values_list("user__name", flat=True))


def editable(request: HttpRequest, pk: UUID) -> Person:
    """The person of the address, whose case the user may change; else 404."""
    person = person_of(request, pk)
    if not person.case_editable:
        raise Http404
    return person


def open_case_of(person: Person) -> Case:
    """The open case; 404 without one."""
    if person.case is None or person.case.closed_on:
        raise Http404
    return person.case


def to_case(request: HttpRequest, person: Person, *, done: str = "", note: str = "") -> HttpResponse:
    """Back to ケース with a word about what was done, or why not."""
    if done:
        messages.success(request, done)
    if note:
        messages.warning(request, note)
    return redirect("cases:case", person.client.pk)


def form_page(request: HttpRequest, person: Person, template: str, form, **extra) -> HttpResponse:
    log_read(request, person.client)
    context = page_context(person, "case") | {"form": form} | extra
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def case_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opening a case for a person who has none open: a first one, or one after a 終結."""
    person = editable(request, pk)
    if person.case and person.case.closed_on is None:
        return to_case(request, person, note="終結していないケースがもうあります。")
    own = getattr(request.user, "staff_member", None)
    form = OpenCaseForm(
        request.POST or None,
        on=person.on,
        staff=staff_of(person.client.center, person.on),
        closed_on=person.case and person.case.closed_on,
        initial={"opened_on": person.on, "staff": own},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        responsible = given.pop("staff")
        try:
            open_case(client=person.client, by=request.user, on=person.on, responsible=responsible, **given)
        except CaseMoved:
            return to_case(request, person, note=MOVED)
        return to_case(request, person, done="ケースを開きました。")
    return form_page(request, person, "cases/casework/open.html", form)


@require_http_methods(["GET", "POST"])
def case_course(request: HttpRequest, pk: UUID) -> HttpResponse:
    """優先度 and 見守り."""
    person = editable(request, pk)
    current = open_case_of(person)
    initial = {
        "priority": current.priority,
        "watched": bool(current.watch_until),
        "watch_reason": current.watch_reason,
        "watch_until": current.watch_until,
    }
    form = CourseForm(request.POST or None, on=person.on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_course(
                case=current, by=request.user, priority=form.cleaned_data["priority"], watch=form.watch
            )
        except CaseMoved:
            return to_case(request, person, note=MOVED)
        return to_case(request, person, done="進め方を保存しました。")
    return form_page(request, person, "cases/casework/course.html", form)


@require_http_methods(["GET", "POST"])
def case_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The first worker of a case; where there is one already, the 引継書 to the next."""
    person = editable(request, pk)
    current = open_case_of(person)
    if current.responsible is None:
        return _first_worker(request, person, current)
    if waiting := waiting_of(current):
        return redirect("cases:worker_handover", waiting.pk)
    return _next_worker(request, person, current, current.responsible)


def _first_worker(request: HttpRequest, person: Person, current: Case) -> HttpResponse:
    own = getattr(request.user, "staff_member", None)
    staff = staff_of(person.client.center, person.on)
    form = AssignForm(request.POST or None, on=person.on, staff=staff, initial={"staff": own})
    if request.method == "POST" and form.is_valid():
        try:
            assign_case(case=current, by=request.user, staff=form.cleaned_data["staff"])
        except CaseMoved:
            return to_case(request, person, note=MOVED)
        return to_case(request, person, done="担当を決めました。")
    return form_page(request, person, "cases/casework/assign.html", form)


def _next_worker(request: HttpRequest, person: Person, current: Case, worker: StaffMember) -> HttpResponse:
    steps = FollowUp.visible_to(request.user).filter(
        client=person.client, center=person.client.center, done_on__isnull=True
    )
    initial = {
        "token": uuid.uuid4(),
        "starts_on": person.on,
        "todos": _listed(steps),
        "cautions": person.client.contact_note,
    }
    staff = staff_of(person.client.center, person.on).filter(user__is_active=True).exclude(pk=worker.pk)
    form = HandoverForm(request.POST or None, on=person.on, staff=staff, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        token = given.pop("token")
        try:
            note = write_handover(pk=token, case=current, by=request.user, **given)
        except CaseMoved:
            return to_case(request, person, note=MOVED)
        except NotVisible:
            form.add_error(
                "to_staff",
                "この職員は、この人の記録を見られません。センター管理者に、見てよい職員に加えてもらってください。",
            )
        else:
            messages.success(request, "引継書を送りました。受け取られるまで、担当はいまのままです。")
            return redirect("cases:worker_handover", note.pk)
    return form_page(request, person, "cases/casework/handover_new.html", form, worker=worker)


def _listed(steps: QuerySet[FollowUp]) -> str:
    """R8.12.1 電話: 見学の日程を決める, one a line."""
    rows = steps.select_related("staff").order_by("due_on", "due_at", "id")[:30]
    return "\n".join(f"{wareki_short(step.due_on)} {step.get_kind_display()}: {step.what}" for step in rows)


@require_http_methods(["GET", "POST"])
def case_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next version of the plan; a stale one is answered with 409 and keeps what was typed."""
    person = editable(request, pk)
    current = open_case_of(person)
    standing = latest_plan(current)
    form = PlanForm(request.POST or None, standing=standing, on=person.on)
    if request.method == "GET" or not form.is_valid():
        return form_page(request, person, "cases/casework/plan.html", form, standing=standing)
    try:
        write_plan(
            case=current,
            by=request.user,
            version=form.cleaned_data["version"],
            fields=form.fields_of_plan,
            goals=form.goal_rows,
        )
    except CaseMoved:
        return to_case(request, person, note=MOVED)
    except StalePlan as stale:
        data = request.POST.copy()
        data["version"] = str(stale.standing.version if stale.standing else 0)
        form.data = data
        log_read(request, person.client)
        context = page_context(person, "case") | {"form": form, "standing": stale.standing, "stale": True}
        return render(request, "cases/casework/plan.html", context, status=409)
    return to_case(request, person, done="計画を保存しました。")


@require_http_methods(["GET", "POST"])
def case_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """終結: every open next step is decided."""
    person = editable(request, pk)
    current = open_case_of(person)
    if waiting_of(current):
        note = "引継書が受け取りを待っています。受け取られるか、取りやめてから終結してください。"
        return to_case(request, person, note=note)
    form = ClosingForm(
        request.POST or None,
        case=current,
        steps=steps_to_decide(current),
        labels=code_labels(person.on),
        on=person.on,
        initial={"closed_on": person.on},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ending = Ending(
            reason=form.reason, **{name: given[name] for name in ("closed_on", "code", "summary", "remains")}
        )
        try:
            close_case(case=current, by=request.user, on=person.on, ending=ending, fates=form.fates)
        except CaseMoved:
            return to_case(request, person, note=MOVED)
        except StepsLeft:
            form.add_error(
                None, "開いた後に次の予定が増えました。下の予定を確かめて、もう一度保存してください。"
            )
        else:
            return to_case(request, person, done="ケースを終結しました。")
    return form_page(request, person, "cases/casework/close.html", form)
