"""基本情報 of a client, changed by one at a time: who was slower sees both and chooses."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.basics import (
    StaleClient,
    last_change,
    running_disabilities,
    update_client,
)
from cases.doubles import Double, possible_doubles, traits_of
from cases.forms.clients import ClientForm
from cases.people import Person
from cases.views.clients import page_context, person_of
from centers.audit import log_read


@require_http_methods(["GET", "POST"])
def client_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of 基本情報; a stale one is answered with 409 and both values."""
    person = person_of(request, pk)
    if not person.editable:
        raise Http404
    log_read(request, person.client)
    context = page_context(person)
    form = _form(request, person, context["labels"])
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _page(request, context, form)
    if form.changes():
        try:
            update_client(
                client=person.client,
                by=request.user,
                version=form.version,
                on=person.on,
                data=form.basic_data(),
            )
        except StaleClient:
            person = person_of(request, pk)
            context = page_context(person)
            return _page(request, context, _form(request, person, context["labels"]))
    if form.changes() and (doubles := _doubles(request, pk)):
        told = "、".join(map(str, doubles))
        messages.warning(request, f"同じ人かもしれない登録があります: {told}。同じ人か確かめてください。")
    messages.success(
        request, "基本情報を保存しました。" if form.changes() else "変わったところはありません。"
    )
    return redirect(f"{reverse('cases:client', args=[pk])}?tab=basic")


def _doubles(request: HttpRequest, pk: UUID) -> list[Double]:
    """Who may be the same person, now that the data have changed."""
    client = person_of(request, pk).client
    return possible_doubles(request.user, client.center, traits_of(client), besides=pk)


def _form(request: HttpRequest, person: Person, labels) -> ClientForm:
    return ClientForm(
        request.POST if request.method == "POST" else None,
        client=person.client,
        disabilities=running_disabilities(person.client, person.on),
        labels=labels,
        on=person.on,
    )


def _page(request: HttpRequest, context: dict, form: ClientForm) -> HttpResponse:
    context |= {"form": form, "tab": "basic"}
    if form.is_bound and form.must_choose:
        last = last_change(context["client"])
        faster = last and {"by": last[0].family_name, "at": last[1]}
        context |= {"differences": form.differences(), "faster": faster}
        return render(request, "cases/client_edit.html", context, status=409 if form.stale else 422)
    return render(request, "cases/client_edit.html", context, status=422 if form.errors else 200)
