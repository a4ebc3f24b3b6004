"""Rows beside the フェイスシート: added, changed, taken off; and a move to another address."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.addresses import MovedBefore, move_client
from cases.actions.clients import StaleClient
from cases.actions.sheet_rows import StaleRow, add_row, change_row, remove_row
from cases.forms.sheet_rows import FORMS, MoveForm, RowForm
from cases.people import Person
from cases.views.clients import page_context, person_of
from centers.audit import log_read

GONE = "この行は、先にほかの人が直したか消しました。いまの内容を確かめてください。"


@require_http_methods(["GET", "POST"])
def sheet_row_new(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """A new row of the kind: services, family or supporters."""
    person = editable_person(request, pk)
    label, form_class = _kind(kind)
    context = page_context(person, "sheet") | {"kind": kind, "label": label}
    form = form_class(request.POST or None, row=None, labels=context["labels"], on=person.on)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            add_row(model=form.model, client=person.client, pk=key, by=request.user, values=form.values())
        except StaleRow:
            messages.warning(request, "保存できませんでした。ページを開き直して、もう一度入れてください。")
        else:
            messages.success(request, f"{label}に加えました。")
        return redirect(_place(person, kind))
    return _page(request, context, form)


@require_http_methods(["GET", "POST"])
def sheet_row(request: HttpRequest, pk: UUID, kind: str, row: UUID) -> HttpResponse:
    """Change one row, or with `remove` take it off."""
    person = editable_person(request, pk)
    label, form_class = _kind(kind)
    rows = form_class.model.visible_to(request.user).filter(client=person.client)
    standing = get_object_or_404(rows, pk=row)
    context = page_context(person, "sheet") | {"kind": kind, "label": label, "row": standing}
    form = form_class(request.POST or None, row=standing, labels=context["labels"], on=person.on)
    if "remove" in request.POST:
        return _remove(request, person, kind, standing, form)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _page(request, context, form)
    if form.changes():
        try:
            change_row(row=standing, by=request.user, version=form.version, values=form.values())
        except StaleRow:
            messages.warning(request, GONE)
            return redirect(request.path)
    messages.success(request, "保存しました。" if form.changes() else "変わったところはありません。")
    return redirect(_place(person, kind))


@require_http_methods(["GET", "POST"])
def address_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """転居: the address of now ends, the new one begins."""
    person = editable_person(request, pk)
    form = MoveForm(request.POST or None, on=person.on)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            move_client(
                client=person.client,
                pk=form.cleaned_data["key"],
                by=request.user,
                version=int(version) if version.isascii() and version.isdigit() else 0,
                moved=form.cleaned_data["moved"],
                values=form.address_values(),
            )
        except MovedBefore:
            form.add_error("moved", "いまの住所の始まりより前の日です。転居した日を確かめてください。")
        except StaleClient:
            person = person_of(request, pk)
            form.add_error(
                None,
                "開いたあとに、ほかの人が基本情報を直しました。いまの住所を確かめて、もう一度保存してください。",
            )
        else:
            messages.success(request, "転居を記録しました。")
            return redirect(_place(person, "addresses"))
    context = page_context(person, "sheet") | {"form": form}
    return render(request, "cases/sheet/move.html", context, status=422 if form.errors else 200)


def editable_person(request: HttpRequest, pk: UUID) -> Person:
    """The client of the address, for who may change them; the read is noted."""
    person = person_of(request, pk)
    if not person.editable:
        raise Http404
    log_read(request, person.client)
    return person


def _kind(kind: str) -> tuple[str, type[RowForm]]:
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]


def _place(person: Person, kind: str) -> str:
    return f"{reverse('cases:sheet', args=[person.client.pk])}#{kind}"


def _remove(request: HttpRequest, person: Person, kind: str, standing, form: RowForm) -> HttpResponse:
    try:
        remove_row(row=standing, by=request.user, version=form.posted_version)
    except StaleRow:
        messages.warning(request, GONE)
        return redirect(request.path)
    messages.success(request, "消しました。変更の履歴には残っています。")
    return redirect(_place(person, kind))


def _page(request: HttpRequest, context: dict, form: RowForm) -> HttpResponse:
    context |= {"form": form}
    if form.is_bound and form.must_choose and context.get("row"):
        row = context["row"]
        faster = {"by": row.updated_by.family_name, "at": row.updated_at}
        context |= {"differences": form.differences(), "faster": faster}
        return render(request, "cases/sheet/row.html", context, status=409 if form.stale else 422)
    return render(request, "cases/sheet/row.html", context, status=422 if form.errors else 200)
