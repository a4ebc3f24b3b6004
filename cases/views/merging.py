"""統合: finding the second registration, comparing the two, making them one, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from cases.actions.merging import (
    AlreadyMerged,
    ChangedMeanwhile,
    MergedOn,
    added_since,
    merge_clients,
    undo_merge,
)
from cases.doubles import possible_doubles, traits_of
from cases.forms.merging import MergeForm, MergeUndoForm
from cases.merges import differences, following
from cases.models import Case, Client, ClientMerge
from cases.people import Person
from cases.search import find_clients
from cases.views.clients import page_context, person_of
from centers.audit import log_read, log_search

STALE = "比べている間に、基本情報が変わりました。いまの内容で確かめ直してください。"
ALREADY = "もう統合されています。いまの登録を確かめてください。"


@require_http_methods(["GET", "POST"])
def client_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The registration that stays; `other` in the address names the one that goes into it."""
    person = _person(request, pk)
    log_read(request, person.client)
    other_id = request.GET.get("other", "")
    if not other_id:
        return _choose(request, person)
    other = _other(request, person, other_id)
    log_read(request, other.client)
    found = differences(person.client, other.client)
    both = {"kept": person.client, "other": other.client, "differences": found}
    form = MergeForm(request.POST or None, **both)
    if form.is_bound and form.is_valid():
        return _merged(request, person, other, form)
    return _compare(request, person, other, form)


def _choose(request: HttpRequest, person: Person) -> HttpResponse:
    """Who may be the same: by what is known, or by what is searched for (by POST, since it names a person)."""
    text = request.POST.get("q", "").strip()
    found = []
    if text:
        found = [one for one in find_clients(request.user, text, on=person.on) if not one.center]
        log_search(request, text, len(found))
    doubles = possible_doubles(
        request.user, person.client.center, traits_of(person.client), besides=person.client.pk
    )
    context = page_context(person) | {
        "text": text,
        "found": [one for one in found if one.client_id != person.client.pk],
        "doubles": doubles,
    }
    return render(request, "cases/merge/choose.html", context)


def _compare(
    request: HttpRequest, person: Person, other: Person, form: MergeForm, *, status: int = 0
) -> HttpResponse:
    cases = Case.visible_to(request.user).filter(
        client__in=[person.client, other.client], closed_on__isnull=True
    )
    context = page_context(person) | {
        "other": other,
        "form": form,
        "moving": [(relation.label, number) for relation, number in _counts(other.client) if number],
        "two_cases": cases.count() == 2,
    }
    return render(
        request, "cases/merge/compare.html", context, status=status or (422 if form.errors else 200)
    )


def _counts(client: Client):
    """How many rows of each kind go over."""
    for relation in following():
        yield relation, relation.rows.filter(**{relation.field: client}).count()


def _merged(request: HttpRequest, person: Person, other: Person, form: MergeForm) -> HttpResponse:
    try:
        merge = merge_clients(
            pk=form.cleaned_data["token"],
            winner=person.client,
            loser=other.client,
            by=request.user,
            on=person.on,
            reason=form.cleaned_data["reason"],
            taken=form.taken,
            versions=form.versions,
        )
    except ChangedMeanwhile:
        messages.warning(request, STALE)
        return redirect(f"{request.path}?other={other.client.pk}")
    except AlreadyMerged:
        messages.warning(request, ALREADY)
        return redirect("cases:client", person.client.pk)
    undo = reverse("cases:merge_undo", args=[merge.pk])
    told = format_html(
        '{} を {} に統合しました。<a href="{}">統合を取り消す</a>',
        other.client.number,
        person.client.number,
        undo,
    )
    messages.success(request, told)
    return redirect("cases:client", person.client.pk)


@require_http_methods(["GET", "POST"])
def merge_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    merge = get_object_or_404(ClientMerge.visible_to(request.user).select_related("winner", "loser"), pk=pk)
    if merge.undone_at:
        messages.info(request, "この統合は、もう取り消されています。")
        return redirect("cases:client", merge.loser_id)
    person = _person(request, merge.winner_id)
    log_read(request, person.client)
    form = MergeUndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            undo_merge(merge=merge, by=request.user, reason=form.cleaned_data["reason"])
        except MergedOn:
            messages.warning(
                request, "この登録は、そのあと別の登録に統合されました。先にその統合を取り消してください。"
            )
            return redirect("cases:client", merge.winner_id)
        except AlreadyMerged:
            messages.info(request, "この統合は、もう取り消されています。")
            return redirect("cases:client", merge.loser_id)
        messages.success(
            request, f"統合を取り消しました。{merge.loser.number} の登録は、元のとおり別の登録です。"
        )
        return redirect("cases:client", merge.loser_id)
    context = page_context(person) | {
        "merge": merge,
        "form": form,
        "back_count": sum(len(ids) for ids in merge.moved.values()),
        "since": added_since(merge),
    }
    return render(request, "cases/merge/undo.html", context, status=422 if form.errors else 200)


def _person(request: HttpRequest, pk) -> Person:
    person = person_of(request, pk)
    if not person.mergeable:
        raise Http404
    return person


def _other(request: HttpRequest, person: Person, text: str) -> Person:
    """Another registration of the same center."""
    try:
        other = _person(request, UUID(text))
    except ValueError:
        raise Http404 from None
    if other.client.pk == person.client.pk or other.client.center_id != person.client.center_id:
        raise Http404
    return other
