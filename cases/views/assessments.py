"""アセスメント of one 利用者: the versions, a new one, one alone, two beside each other."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.assessments import save_assessment
from cases.actions.entries import OtherWriter
from cases.assessments import (
    VERSIONS_SHOWN,
    areas_of,
    assessments_of,
    compare,
    sections_of,
)
from cases.forms.assessments import AssessmentForm, copied
from cases.models import Assessment
from cases.people import Person
from cases.views.clients import page_context, person_of
from centers.access import Right, center_of, rights_of
from centers.audit import log_read
from centers.contracts import code_labels
from centers.tokens import token_of

TAB = "assessment"


@require_GET
def assessments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The latest version whole, and the list of all."""
    person = person_of(request, pk)
    log_read(request, person.client)
    versions = list(assessments_of(request.user, person.client)[:VERSIONS_SHOWN])
    context = page_context(person, TAB) | {"versions": versions, "writable": _writable(person)}
    if versions:
        context |= _shown(versions[0], context["labels"])
    return render(request, "cases/assessment/list.html", context)


@require_GET
def assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version."""
    found = get_object_or_404(Assessment.visible_to(request.user).select_related("written_by"), pk=pk)
    person = person_of(request, found.client_id)
    log_read(request, person.client)
    context = page_context(person, TAB) | _shown(found, code_labels(person.on))
    return render(request, "cases/assessment/one.html", context)


@require_http_methods(["GET", "POST"])
def assessment_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next version; `copy=1` begins with the last answers. Posted twice it is saved once."""
    person = person_of(request, pk)
    if not _writable(person):
        raise Http404
    log_read(request, person.client)
    last = assessments_of(request.user, person.client).first()
    posted = request.POST if request.method == "POST" else None
    initial = {"held_on": person.on} | (copied(last) if last and "copy" in request.GET else {})
    context = page_context(person, TAB)
    form = AssessmentForm(posted, labels=context["labels"], last=last, initial=initial, on=person.on)
    token = token_of(request)
    if posted is not None and form.is_valid():
        try:
            made = save_assessment(
                token=token,
                client=person.client,
                by=request.user,
                center=center_of(request.user),
                answers=form.answers(),
            )
        except OtherWriter:
            token = uuid.uuid4()
            form.add_error(
                None, "この画面の続きは保存できません。もう一度『保存』を押すと、新しい版として保存します。"
            )
        else:
            messages.success(request, f"アセスメント {made.version}版を保存しました。")
            return redirect("cases:assessments", pk)
    context |= {"form": form, "token": token, "last": last, "copied": "copy" in request.GET}
    return render(request, "cases/assessment/form.html", context, status=422 if form.errors else 200)


@require_GET
def assessment_compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Versions `a` and `b` beside each other, the older one left; without them the last two."""
    person = person_of(request, pk)
    log_read(request, person.client)
    versions = list(assessments_of(request.user, person.client)[:VERSIONS_SHOWN])
    context = page_context(person, TAB) | {"versions": versions}
    if len(versions) > 1:
        chosen = {str(one.pk): one for one in versions}
        first = chosen.get(request.GET.get("a", ""), versions[1])
        second = chosen.get(request.GET.get("b", ""), versions[0])
        older, newer = sorted((first, second), key=lambda one: one.version)
        sections = compare(older, newer, context["labels"])
        context |= {
            "older": older,
            "newer": newer,
            "sections": sections,
            "changed": sum(section.changed for section in sections),
        }
    return render(request, "cases/assessment/compare.html", context)


def _shown(one: Assessment, labels) -> dict:
    return {"one": one, "sections": sections_of(one, labels, areas_of(labels, one))}


def _writable(person: Person) -> bool:
    """Caseworkers, about those whom they may write about."""
    return person.writable and bool(rights_of(person.user).center_ids(Right.CASE_EDIT))
