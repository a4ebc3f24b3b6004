"""差別解消相談: taken about a person or about nobody registered, shown, changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.rights import changeable, take_discrimination
from cases.actions.rows import StaleRow, update_row
from cases.forms.rights import EqualityEditForm, EqualityFields
from cases.models import Client, Consultation, DiscriminationConsultation
from cases.views.abuse import chosen, chosen_client
from centers.access import center_of
from centers.audit import log_object, log_read
from centers.contracts import code_labels
from centers.periods import today
from centers.tokens import token_of

PAGE = "cases:equality"


@require_http_methods(["GET", "POST"])
def equality_new(request: HttpRequest) -> HttpResponse:
    """A new consultation, about the `client` or from the `record` of the address where one is named."""
    record = chosen(request, "record", Consultation.visible_to(request.user))
    client, on = chosen_client(request, record), today()
    if client:
        log_read(request, client)
    initial = {"received_on": on, "adjustments": 0}
    if record:
        initial |= {"received_on": record.date, "content": record.facts}
    form = EqualityFields(
        request.POST if request.method == "POST" else None, labels=code_labels(on), on=on, initial=initial
    )
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        row = take_discrimination(
            pk=token,
            center=center_of(request.user),
            by=request.user,
            client=client,
            fields=form.columns() | {"consultation": record},
        )
        messages.success(request, "差別解消の相談を保存しました。")
        return redirect(PAGE, row.pk)
    context = {"form": form, "token": token, "client": client, "record": record}
    return render(request, "cases/rights/equality_new.html", context, status=422 if form.errors else 200)


@require_safe
def equality(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _row(DiscriminationConsultation.visible_to(request.user), pk)
    _log(request, row)
    context = {
        "row": row,
        "labels": code_labels(row.received_on),
        "known": row.client_id and Client.visible_to(request.user).filter(pk=row.client_id).exists(),
        "writable": changeable(DiscriminationConsultation, request.user).filter(pk=pk).exists(),
    }
    return render(request, "cases/rights/equality.html", context)


@require_http_methods(["GET", "POST"])
def equality_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A stale form is answered with 409 and both texts."""
    row = _row(changeable(DiscriminationConsultation, request.user), pk)
    _log(request, row)
    form = _edit_form(request, row)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _edit_page(request, row, form)
    try:
        update_row(row=row, by=request.user, version=form.version, fields=form.columns())
    except StaleRow as stale:
        return _edit_page(request, stale.standing, _edit_form(request, stale.standing))
    messages.success(request, "差別解消の相談を保存しました。")
    return redirect(PAGE, pk)


def _row(rows, pk: UUID) -> DiscriminationConsultation:
    return get_object_or_404(rows.select_related("client", "center__zone", "written_by"), pk=pk)


def _log(request: HttpRequest, row: DiscriminationConsultation) -> None:
    if row.client:
        log_read(request, row.client)
    else:
        log_object(request, row)


def _edit_form(request: HttpRequest, row: DiscriminationConsultation) -> EqualityEditForm:
    return EqualityEditForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in EqualityEditForm.base_fields},
        version=row.version,
        labels=code_labels(today()),
        on=today(),
    )


def _edit_page(request: HttpRequest, row: DiscriminationConsultation, form: EqualityEditForm) -> HttpResponse:
    context: dict = {"row": row, "client": row.client, "form": form}
    status = 422 if form.errors else 200
    if form.is_bound and form.must_choose:
        context |= {"differences": form.differences()}
        status = 409 if form.stale else 422
    return render(request, "cases/rights/equality_edit.html", context, status=status)
