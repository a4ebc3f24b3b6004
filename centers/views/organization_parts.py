"""The people of a 関係機関, and the parts of pages that answer while a name is typed."""

import re
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from centers.access import center_of
from centers.actions.organizations import StaleOrganization, add_person, update_person
from centers.contracts import code_labels
from centers.models import Organization, OrganizationPerson
from centers.organization_fields import Typed, offer
from centers.organization_forms import PersonForm
from centers.organizations import twins_of
from centers.periods import today
from centers.text import digits

_FIELD = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = get_object_or_404(Organization, pk=pk)
    form = _person_form(request, None)
    token = _uuid(request.POST.get("token", "")) if request.method == "POST" else uuid4()
    if token is None:
        raise BadRequest("no token")
    if request.method == "POST" and form.is_valid():
        center = center_of(request.user)
        add_person(token=token, organization=one, by=request.user, center=center, values=form.cleaned_data)
        messages.success(request, "人を登録しました。")
        return redirect("centers:organization", pk)
    context = {"one": one, "form": form, "token": token}
    return render(request, "organizations/person.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A stale form is answered with 409 and both texts."""
    person = _person(pk)
    form = _person_form(request, person)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _person_page(request, person, form)
    try:
        update_person(
            person=person,
            by=request.user,
            center=center_of(request.user),
            version=form.version,
            changes=form.changes(),
        )
    except StaleOrganization:
        person = _person(pk)
        return _person_page(request, person, _person_form(request, person))
    messages.success(request, "直しました。")
    return redirect("centers:organization", person.organization_id)


def _person(pk: UUID) -> OrganizationPerson:
    return get_object_or_404(OrganizationPerson.objects.select_related("organization"), pk=pk)


def _person_form(request: HttpRequest, person: OrganizationPerson | None) -> PersonForm:
    on = today()
    data = request.POST if request.method == "POST" else None
    return PersonForm(data, on=on, labels=code_labels(on), person=person)


def _person_page(request: HttpRequest, person: OrganizationPerson, form: PersonForm) -> HttpResponse:
    context = {"one": person.organization, "person": person, "form": form}
    if form.is_bound and form.must_choose:
        context["differences"] = form.differences()
        return render(request, "organizations/person.html", context, status=409 if form.stale else 422)
    return render(request, "organizations/person.html", context, status=422 if form.errors else 200)


@require_POST
def organization_twins(request: HttpRequest) -> HttpResponse:
    """Organizations with the typed `name` or `office_number`; empty where there is none."""
    twins = twins_of(
        name=request.POST.get("name", "")[:100],
        office_number=digits(request.POST.get("office_number", "")),
        but=_uuid(request.POST.get("but", "")),
    )
    context = {"twins": twins, "labels": code_labels(today())} if twins else {}
    return render(request, "organizations/_twins.html", context)


@require_POST
def organization_choices(request: HttpRequest) -> HttpResponse:
    """What the registry has for the text in `<field>_text`: the choices of OrganizationPicker."""
    field = request.POST.get("field", "")
    if not _FIELD.fullmatch(field):
        raise BadRequest("no field")
    typed = Typed(request.POST.get(f"{field}_text", "")[:100].strip(), "")
    context = offer(
        field,
        typed,
        kind=request.POST.get("kind", "")[:4].replace("\x00", ""),
        free=bool(request.POST.get("free")),
        on=today(),
    )
    return render(request, "widgets/_organization_choices.html", context)


@require_POST
def organization_names(request: HttpRequest) -> HttpResponse:
    """Who works today at the organization that `field` names, as options of a list of proposals."""
    chosen = _uuid(request.POST.get(request.POST.get("field", ""), ""))
    people = OrganizationPerson.objects.there_on(today()).filter(organization=chosen) if chosen else []
    return render(request, "widgets/_organization_names.html", {"people": people})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
