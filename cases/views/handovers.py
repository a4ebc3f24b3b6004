"""引き継ぎ between centers: the sheet, its approval, and the answer of the other side."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases.actions.center_handovers import (
    AlreadyRunning,
    StaleHandover,
    TooEarly,
    accept_handover,
    approve_handover,
    digest_of,
    propose_handover,
    refuse_handover,
    revise_handover,
    withdraw_handover,
)
from cases.actions.passing import CenterClosed, Gone
from cases.between import expiries_text, todos_text
from cases.enums import PassState
from cases.forms.between import HandoverForm, ReasonForm, TakeOverForm
from cases.models import CenterHandover, Client
from cases.people import Person, staff_of
from cases.views.clients import page_context, person_of
from cases.views.referrals import CLOSED, GONE, candidates_at, other_centers
from centers.access import Right, rights_of
from centers.audit import log_read
from centers.contracts import code_labels, setting
from centers.enums import CodeList
from centers.periods import today
from centers.tokens import token_of

STALE = "引き継ぎ書は、開いた後に直されています。いまの内容を確かめて、もう一度押してください。"
EARLY = "引き継ぎ日になっていません。引き継ぎ日から受け取れます。"


@require_http_methods(["GET", "POST"])
def handover_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """引き継ぎ書 for an own client, filled in as far as the records tell."""
    person = _own(request, pk)
    form = _form(request, person, _first_values(person), version=1)
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_handover(
                token=token,
                client=person.client,
                center=person.client.center,
                by=request.user,
                on=person.on,
                sheet=form.sheet(),
            )
        except CenterClosed:
            form.add_error("to_center", CLOSED)
        except AlreadyRunning:
            form.add_error(
                None, "この利用者の引き継ぎは、もう進んでいます。「紹介・引き継ぎ」で確かめてください。"
            )
        else:
            messages.success(request, "引き継ぎ書を作りました。センター管理者の承認を待ちます。")
            return redirect("cases:handover", made.pk)
    return _form_page(request, person, form, {"token": token})


@require_http_methods(["GET", "POST"])
def handover_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet before its approval; a stale form is answered with 409 and both texts."""
    found = _visible(request, pk)
    if found.state != PassState.PROPOSED:
        messages.info(request, "承認された引き継ぎ書は直せません。直すときは、取り下げて作り直してください。")
        return redirect("cases:handover", pk)
    person = _own(request, found.client_id)
    form = _form(request, person, _standing_values(found), version=found.version)
    if request.method == "POST" and not form.must_choose and form.is_valid():
        try:
            revise_handover(
                handover=found, by=request.user, on=person.on, version=form.version, changes=form.sheet()
            )
        except CenterClosed:
            form.add_error("to_center", CLOSED)
        except (StaleHandover, Gone):
            messages.warning(request, STALE)
            return redirect("cases:handover", pk)
        else:
            messages.success(request, "引き継ぎ書を保存しました。")
            return redirect("cases:handover", pk)
    return _form_page(request, person, form, {"sheet": found})


def _own(request: HttpRequest, pk: UUID) -> Person:
    person = person_of(request, pk)
    here = rights_of(request.user).center_ids(Right.HANDOVER)
    if person.client.center_id not in here or person.handed_on:
        raise Http404
    log_read(request, person.client)
    return person


def _form(request: HttpRequest, person: Person, initial: dict[str, Any], *, version: int) -> HandoverForm:
    return HandoverForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        version=version,
        on=person.on,
        centers=other_centers(person.client.center, person.on),
        labels=code_labels(person.on),
    )


def _form_page(request: HttpRequest, person: Person, form: HandoverForm, more: dict) -> HttpResponse:
    context = page_context(person, "between") | more
    context |= {
        "form": form,
        "digest": digest_of(person.client, person.on),
        "digest_days": setting("handover_digest_days", person.on),
    }
    status = 422 if form.is_bound and form.errors else 200
    if form.is_bound and form.must_choose:
        context["differences"] = form.differences()
        status = 409 if form.stale else 422
    return render(request, "cases/between/handover_form.html", context, status=status)


def _first_values(person: Person) -> dict[str, Any]:
    texts = dict.fromkeys(CenterHandover.TEXTS, "")
    texts |= {
        "todos": todos_text(person.user, person.client),
        "cautions": person.client.contact_note,
        "expiries": expiries_text(person.client),
    }
    lines = dict.fromkeys(("to_center", "reason", "attendees", "explained_how", "agreed", "law_reason"), "")
    return texts | lines | dict.fromkeys(("moves_on", "meeting_on", "meeting_at", "explained_on"))


def _standing_values(found: CenterHandover) -> dict[str, Any]:
    names = (
        "reason",
        "moves_on",
        "meeting_on",
        "meeting_at",
        "attendees",
        "explained_on",
        "explained_how",
        "law_reason",
    )
    values = {name: getattr(found, name) for name in (*names, *CenterHandover.TEXTS)}
    return values | {"to_center": str(found.to_center_id), "agreed": "yes" if found.agreed else "no"}


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet; a post's `outcome` is approve, withdraw, accept or refuse, as the user's side may."""
    found = _visible(request, pk)
    log_read(request, found.client)
    forms = _forms(request, found)
    outcome = request.POST.get("outcome", "")
    if request.method == "POST" and outcome not in forms:
        messages.warning(request, GONE)
        return redirect("cases:handover", pk)
    if outcome in forms and forms[outcome].is_valid():
        try:
            messages.success(request, _DEEDS[outcome](request, found, forms[outcome]))
        except Gone:
            messages.warning(request, GONE)
            return redirect("cases:between")
        except (StaleHandover, TooEarly, CenterClosed) as refused:
            messages.warning(request, _REFUSALS[type(refused)])
        return redirect("cases:handover", pk)
    mended = outcome in forms and forms[outcome].errors
    return render(
        request, "cases/between/handover.html", _context(request, found, forms), status=422 if mended else 200
    )


def _visible(request: HttpRequest, pk: UUID) -> CenterHandover:
    related = ("client__center__zone", "client__ward", "center__zone", "to_center__zone")
    people = ("written_by", "approved_by", "answered_by")
    return get_object_or_404(CenterHandover.visible_to(request.user).select_related(*related, *people), pk=pk)


def _context(request: HttpRequest, found: CenterHandover, forms: dict[str, Form]) -> dict:
    on, rights = today(), rights_of(request.user)
    sender = found.center_id in rights.center_ids(Right.HANDOVER)
    labels = code_labels(on)
    reason = labels[CodeList.HANDOVER_REASON].get(found.reason)
    people = Client.visible_to(request.user)
    return {
        "sheet": found,
        "client": found.client,
        "on": on,
        "labels": labels,
        "reason": reason.label if reason else found.reason,
        "forms": forms,
        "sender": sender,
        "shown": sender or found.state != PassState.REFUSED,
        "editable": sender and found.state == PassState.PROPOSED,
        "early": found.waits and on < found.moves_on,
        "digest": found.digest if found.approved_at else digest_of(found.client, on),
        "digest_days": setting("handover_digest_days", on),
        "texts": [
            (found._meta.get_field(name).verbose_name, getattr(found, name)) for name in CenterHandover.TEXTS
        ],
        "known": people.filter(pk=found.client_id).first(),
        "registered": found.to_client_id and people.filter(pk=found.to_client_id).first(),
        "steps": _steps(found),
    }


def _steps(found: CenterHandover) -> list[tuple[str, str]]:
    """(state, word) of the path: done, cur or to come."""
    if found.state in (PassState.REFUSED, PassState.WITHDRAWN):
        approved = [("done", "承認")] if found.approved_at else []
        return [("done", "起案"), *approved, ("cur", found.get_state_display())]
    order = [PassState.PROPOSED, PassState.SENT, PassState.ACCEPTED]
    at = order.index(PassState(found.state))
    words = ("承認", "相手の返事", "受け取り")
    last = len(words) - 1
    return [
        ("done", "起案"),
        *(
            ("done" if here < at or at == last else "cur" if here == at else "", word)
            for here, word in enumerate(words)
        ),
    ]


def _forms(request: HttpRequest, found: CenterHandover) -> dict[str, Form]:
    """outcome → form, of those that are open to the user now; the one that was posted is bound."""
    rights, on = rights_of(request.user), today()
    decides = rights.center_ids(Right.HANDOVER_DECIDE)
    running = found.state in (PassState.PROPOSED, PassState.SENT)
    data = {request.POST.get("outcome", ""): request.POST} if request.method == "POST" else {}
    forms: dict[str, Form] = {}
    if found.state == PassState.PROPOSED and found.center_id in decides:
        forms["approve"] = Form(data.get("approve"))
    if found.waits and found.to_center_id in decides:
        candidates = [
            one for one in candidates_at(request, found.to_center, found.client) if not one.previous_id
        ]
        if on >= found.moves_on:
            forms["accept"] = TakeOverForm(
                data.get("accept"), on=on, candidates=candidates, staff=staff_of(found.to_center, on)
            )
        forms["refuse"] = ReasonForm(data.get("refuse"), on=on)
    if running and found.center_id in rights.center_ids(Right.HANDOVER):
        forms["withdraw"] = ReasonForm(data.get("withdraw"), on=on, prefix="w")
    return forms


def _approve(request: HttpRequest, found: CenterHandover, form) -> str:
    version = request.POST.get("version", "")
    read = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    approve_handover(handover=found, by=request.user, on=today(), version=read)
    return "承認して、引き継ぎ書を送りました。"


def _accept(request: HttpRequest, found: CenterHandover, form) -> str:
    accept_handover(
        handover=found,
        by=request.user,
        on=today(),
        existing=form.existing,
        responsible=form.cleaned_data["responsible"],
    )
    return "引き継ぎを受け取りました。前のセンターの記録も読めます。"


def _refuse(request: HttpRequest, found: CenterHandover, form) -> str:
    refuse_handover(handover=found, by=request.user, on=today(), reason=form.cleaned_data["reason"])
    return "受けられないことを返事しました。"


def _withdraw(request: HttpRequest, found: CenterHandover, form) -> str:
    withdraw_handover(handover=found, by=request.user, reason=form.cleaned_data["reason"])
    return "引き継ぎを取り下げました。"


_DEEDS: dict[str, Callable[[HttpRequest, CenterHandover, Form], str]] = {
    "approve": _approve,
    "accept": _accept,
    "refuse": _refuse,
    "withdraw": _withdraw,
}
_REFUSALS = {StaleHandover: STALE, TooEarly: EARLY, CenterClosed: CLOSED}
