"""Who may not see a person: restricted cases and conflicts of interest. And pins."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.guarding import (
    TooManyPins,
    declare_conflict,
    lift_conflict,
    pin,
    restrict_case,
    unpin,
    unrestrict_case,
)
from cases.forms.casework import ConflictForm, RestrictForm
from cases.models import CaseMember, ConflictOfInterest
from cases.people import Person, staff_of
from cases.views.casework import form_page, to_case
from cases.views.clients import page_context, person_of
from centers.audit import log_read
from centers.contracts import setting
from centers.models import User


@require_http_methods(["GET", "POST"])
def case_restrict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """閲覧を限る, by センター管理者: why and who may see; `open` lets everybody of the center see again."""
    person = person_of(request, pk)
    if not person.guarded_by_user or person.case is None:
        raise Http404
    current = person.case
    if request.method == "POST" and "open" in request.POST:
        unrestrict_case(case=current, by=request.user)
        return to_case(request, person, done="閲覧の制限を解きました。")
    named = CaseMember.visible_to(request.user).filter(case=current).values_list("user", flat=True)
    worker = [current.responsible.user_id] if current.responsible and current.responsible.user_id else []
    initial = {
        "reason": current.restricted_reason,
        "members": list(named) if current.restricted else worker,
    }
    form = RestrictForm(request.POST or None, on=person.on, users=_users(person), initial=initial)
    if request.method == "POST" and form.is_valid():
        restrict_case(case=current, by=request.user, **form.cleaned_data)
        return to_case(request, person, done="見てよい職員を決めました。")
    return form_page(request, person, "cases/casework/restrict.html", form)


@require_http_methods(["GET", "POST"])
def client_conflict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """この人の記録を見ない: declared by the user for themselves, or set and lifted (`lift`) by センター管理者."""
    person = person_of(request, pk)
    if not person.own:
        raise Http404
    log_read(request, person.client)
    manages = person.guarded_by_user
    standing = (
        ConflictOfInterest.visible_to(request.user)
        .filter(client=person.client)
        .select_related("user", "declared_by", "lifted_by")
    )
    if manages and (lifted := request.POST.get("lift")):
        lift_conflict(conflict=get_object_or_404(standing, pk=_uuid(lifted)), by=request.user)
        messages.success(request, "この職員が、また記録を見られるようになりました。")
        return redirect("cases:client_conflict", pk)
    form = ConflictForm(request.POST or None, on=person.on, users=_users(person) if manages else None)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data.get("user") or request.user
        declare_conflict(client=person.client, user=user, by=request.user, reason=form.cleaned_data["reason"])
        if user.pk == request.user.pk:
            messages.success(request, "この人の記録は、もうあなたには見えません。")
            return redirect("cases:client_list")
        messages.success(request, f"{user.name}さんには、この人の記録が見えなくなりました。")
        return redirect("cases:client_conflict", pk)
    context = page_context(person, "case") | {
        "form": form,
        "manages": manages,
        "conflicts": list(standing.order_by("-declared_at")[:50]) if manages else [],
    }
    return render(request, "cases/casework/conflict.html", context, status=422 if form.errors else 200)


def _users(person: Person):
    """The accounts of who works at the person's center."""
    staff = staff_of(person.client.center, person.on)
    return User.objects.filter(is_active=True, staff_member__in=staff.values("pk")).order_by("name")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@require_POST
def client_pin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the person at hand, or let them go: whichever they are not."""
    person = person_of(request, pk)
    if person.client.is_pinned:
        unpin(client=person.client, by=request.user)
        messages.success(request, "ピン留めを外しました。")
    else:
        limit = setting("pin_limit", person.on)
        try:
            pin(client=person.client, by=request.user, limit=limit)
        except TooManyPins:
            messages.warning(
                request,
                f"ピン留めは{limit}人までです。ケース一覧の「ピン留め」から、いらないものを外してください。",
            )
        else:
            messages.success(request, "ピン留めしました。ホームとケース一覧に出ます。")
    return redirect("cases:client", pk)
