"""関係機関: the list, one of them, and what center staff change in it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from centers.access import Right, allowed, center_of
from centers.actions.organizations import (
    StaleOrganization,
    close_organization,
    confirm_organization,
    register_organization,
    update_organization,
)
from centers.contracts import code_labels
from centers.models import Organization, Zone
from centers.organization_forms import CloseForm, OrganizationForm, OrganizationListForm
from centers.organizations import changes_of, stale_before
from centers.paging import Cursor, capped_count, page_of
from centers.periods import today
from centers.tokens import token_of

ORDER = ("kana", "name", "pk")
NUMBER_TAKEN = "この事業所番号は、同じ種別でもう登録されています。"


@require_http_methods(["GET", "POST"])
def organizations(request: HttpRequest) -> HttpResponse:
    """The list by its filters, 50 at a time; with words (POST) the first 50 that fit."""
    on = today()
    labels = code_labels(on)
    form = OrganizationListForm(
        request.POST if request.method == "POST" else request.GET,
        on=on,
        labels=labels,
        districts=_districts(),
    )
    words = form.words if request.method == "POST" else ""
    if request.method == "POST" and not words and not form.errors:
        return redirect(f"{reverse('centers:organizations')}?{urlencode(form.query)}")
    rows = form.rows()
    cursor = Cursor() if words else Cursor.of(request.GET)
    context = {
        "on": on,
        "labels": labels,
        "form": form,
        "words": words,
        "page": page_of(rows.select_related("ward"), ORDER, cursor),
        "count": capped_count(rows),
        "stale_before": stale_before(on),
        "query_text": urlencode(form.query),
        "may_edit": allowed(request.user, Right.ORGANIZATION_EDIT),
    }
    return render(request, "organizations/list.html", context, status=422 if form.errors else 200)


def _districts() -> list[str]:
    rows = Organization.objects.exclude(school_district="").order_by("school_district")
    return list(rows.values_list("school_district", flat=True).distinct())


@require_GET
def organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _organization(pk), CloseForm(on=today()))


def _page(request: HttpRequest, one: Organization, close_form: CloseForm) -> HttpResponse:
    on = today()
    people = list(one.people.order_by("kana", "name", "pk"))
    there = set(one.people.there_on(on).values_list("pk", flat=True))
    context = {
        "on": on,
        "one": one,
        "labels": code_labels(on),
        "zones": list(Zone.objects.filter(pk__in=one.zones)),
        "people": [person for person in people if person.pk in there],
        "former": [person for person in people if person.pk not in there],
        "stale": one.checked_on is None or one.checked_on < stale_before(on),
        "closed": one.closed_on is not None and one.closed_on < on,
        "changes": changes_of(one),
        "close_form": close_form,
        "may_edit": allowed(request.user, Right.ORGANIZATION_EDIT),
        "is_provider": one.kind == Organization.PROVIDER and allowed(request.user, Right.SUPPORT_WRITE),
    }
    return render(
        request, "organizations/organization.html", context, status=422 if close_form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def organization_new(request: HttpRequest) -> HttpResponse:
    """A new one; the token of the form is its id, so that a post repeated registers once."""
    on, token = today(), token_of(request)
    labels = code_labels(on)
    form = OrganizationForm(request.POST or None, on=on, labels=labels, organization=None, token=token)
    if request.method == "POST" and form.is_valid():
        center = center_of(request.user)
        try:
            one = register_organization(
                token=token, by=request.user, center=center, on=on, values=form.values
            )
        except IntegrityError:
            form.add_error("office_number", NUMBER_TAKEN)
        else:
            messages.success(request, "関係機関を登録しました。")
            return redirect("centers:organization", one.pk)
    context = {"form": form, "token": token, "labels": labels}
    return render(request, "organizations/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def organization_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its facts; a stale form is answered with 409 and both texts."""
    one = _organization(pk)
    form = _form(request, one)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _edit_page(request, one, form)
    try:
        if form.changes():
            update_organization(
                organization=one,
                by=request.user,
                center=center_of(request.user),
                version=form.version,
                changes=form.values,
            )
    except StaleOrganization:
        one = _organization(pk)
        return _edit_page(request, one, _form(request, one))
    except IntegrityError:
        form.add_error("office_number", NUMBER_TAKEN)
        return _edit_page(request, one, form)
    messages.success(request, "関係機関を直しました。" if form.changes() else "変わったところはありません。")
    return redirect("centers:organization", pk)


def _form(request: HttpRequest, one: Organization) -> OrganizationForm:
    on = today()
    data = request.POST if request.method == "POST" else None
    return OrganizationForm(data, on=on, labels=code_labels(on), organization=one)


def _edit_page(request: HttpRequest, one: Organization, form: OrganizationForm) -> HttpResponse:
    context = {"form": form, "one": one, "labels": code_labels(today())}
    if form.is_bound and form.must_choose:
        last = next(iter(changes_of(one)), None)
        context["differences"] = form.differences()
        context["faster"] = last and last.by and {"by": last.by.family_name, "at": last.at}
        return render(request, "organizations/edit.html", context, status=409 if form.stale else 422)
    return render(request, "organizations/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def organization_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """確かめた, today; opened by a link it only leads to the page."""
    one = _organization(pk)
    if request.method == "POST":
        confirm_organization(organization=one, by=request.user, center=center_of(request.user), on=today())
        messages.success(request, "今日の日付で、確かめたことを残しました。")
    return redirect("centers:organization", pk)


@require_http_methods(["GET", "POST"])
def organization_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The day on which it closed; an empty one opens it again."""
    one = _organization(pk)
    if request.method == "GET":
        return redirect("centers:organization", pk)
    form = CloseForm(request.POST, on=today())
    if not form.is_valid():
        return _page(request, one, form)
    closed_on = form.cleaned_data["closed_on"]
    close_organization(organization=one, by=request.user, center=center_of(request.user), closed_on=closed_on)
    messages.success(request, "閉じた日を入れました。" if closed_on else "開いている機関に戻しました。")
    return redirect("centers:organization", pk)


def _organization(pk: UUID) -> Organization:
    rows = Organization.objects.select_related("ward", "checked_by", "changed_for__zone")
    return get_object_or_404(rows, pk=pk)
