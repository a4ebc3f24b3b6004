"""紹介: written for one person, and what becomes of it at either end."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from cases.actions.passing import CenterClosed, Gone
from cases.actions.referrals import (
    ConsentMissing,
    accept_referral,
    note_result,
    refuse_referral,
    send_referral,
    withdraw_referral,
)
from cases.enums import PassState
from cases.forms.between import NoteForm, ReasonForm, ReferralForm, ResultForm, TakeForm
from cases.models import Client, Referral
from cases.scoping import not_handed_over
from cases.views.clients import page_context, person_of
from centers.access import Reach, Right, rights_of
from centers.audit import log_read
from centers.contracts import code_labels
from centers.models import Center
from centers.periods import today
from centers.tokens import token_of

GONE = "この書類は、先に返事があったか、取り下げられたか、いまはできない操作です。何も変えていません。"
CLOSED = "選んだセンターは、その日には閉じています。開いているセンターを選んでください。"
MOST_CANDIDATES = 5


@require_http_methods(["GET", "POST"])
def referral_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A referral of an own client."""
    person = person_of(request, pk)
    if not person.own or person.handed_on:
        raise Http404
    log_read(request, person.client)
    centers = other_centers(person.client.center, person.on)
    form = ReferralForm(
        request.POST or None, on=person.on, centers=centers, initial={"target": "center", "basis": "consent"}
    )
    token = token_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            referral = send_referral(
                token=token,
                client=person.client,
                center=person.client.center,
                by=request.user,
                on=person.on,
                sheet=form.sheet(),
            )
        except ConsentMissing as missing:
            form.add_error("basis", consent_missing(missing.scopes))
        except CenterClosed:
            form.add_error("to_center", CLOSED)
        else:
            messages.success(request, "紹介を送りました。")
            return redirect("cases:referral", referral.pk)
    context = page_context(person, "between") | {"form": form, "token": token}
    return render(request, "cases/between/referral_new.html", context, status=422 if form.errors else 200)


def consent_missing(scopes: list[str]) -> str:
    if not scopes:
        return "本人の同意の記録がありません。同意を記録するか、根拠を「法令」にして理由を入れてください。"
    return format_html(
        "本人の同意の範囲({})に、この紹介先が入っていません。範囲を確かめて同意を記録し直すか、根拠を「法令」にして理由を入れてください。",
        "・".join(scopes),
    )


def other_centers(center: Center, on) -> list[Center]:
    return list(Center.objects.open_on(on).select_related("zone").exclude(pk=center.pk))


def candidates_at(request: HttpRequest, center: Center | None, client: Client) -> list[Client]:
    """Clients of the receiving center with the same reading: perhaps the same person."""
    if not center:
        return []
    rows = Client.visible_to(request.user).filter(not_handed_over(today(), "pk"), center=center)
    return list(rows.filter(kana_key=client.kana_key).order_by("number")[:MOST_CANDIDATES])


@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet; a post's `outcome` is accept, refuse, withdraw or result, as the user's side may."""
    related = ("client__center__zone", "client__ward", "center__zone", "to_center__zone", "organization")
    rows = Referral.visible_to(request.user).select_related(*related, "written_by", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    log_read(request, found.client)
    forms = _forms(request, found)
    outcome = request.POST.get("outcome", "")
    if request.method == "POST" and outcome not in forms:
        messages.warning(request, GONE)
        return redirect("cases:referral", pk)
    if outcome in forms and forms[outcome].is_valid():
        try:
            text = _DEEDS[outcome](request, found, forms[outcome])
        except Gone:
            messages.warning(request, GONE)
            return redirect("cases:between")
        messages.success(request, text)
        return redirect("cases:referral", pk)
    mended = outcome in forms and forms[outcome].errors
    return render(
        request, "cases/between/referral.html", _context(request, found, forms), status=422 if mended else 200
    )


def _context(request: HttpRequest, found: Referral, forms: dict[str, Form]) -> dict:
    on = today()
    received = found.to_center_id in rights_of(request.user).center_ids(Right.REFERRAL)
    reaches = (
        not found.to_center_id
        or Referral.visible_to(request.user).filter(Referral.reaching(on), pk=found.pk).exists()
    )
    own = Client.visible_to(request.user)
    return {
        "sheet": found,
        "client": found.client,
        "on": on,
        "labels": code_labels(on),
        "forms": forms,
        "received": received,
        "hidden": found.waits and not reaches,
        "known": own.filter(pk=found.client_id).first(),
        "registered": found.to_client_id and own.filter(pk=found.to_client_id).first(),
        "steps": _steps(found),
    }


def _steps(found: Referral) -> list[tuple[str, str]]:
    """(state, word) of the path: done, cur or to come."""
    if found.state in (PassState.REFUSED, PassState.WITHDRAWN):
        return [("done", "送付"), ("cur", found.get_state_display())]
    accepted = found.state == PassState.ACCEPTED
    return [
        ("done", "送付"),
        ("done" if accepted else "cur", "返事待ち"),
        (("done" if found.result else "cur") if accepted else "", "受け取り"),
        ("cur" if found.result else "", "結果"),
    ]


def _forms(request: HttpRequest, found: Referral) -> dict[str, Form]:
    """outcome → form, of those that are open to the user now; the one that was posted is bound."""
    rights, on = rights_of(request.user), today()
    answers = found.to_center_id in rights.center_ids(Right.REFERRAL_ANSWER)
    own = found.center_id in rights.center_ids(Right.REFERRAL)
    sends = own or (
        found.center_id in rights.center_ids(Right.REFERRAL, Reach.OWN)
        and found.written_by_id == request.user.pk
    )
    agency = found.to_center_id is None
    posted = request.POST.get("outcome")
    data = lambda outcome: request.POST if posted == outcome else None  # noqa: E731
    forms: dict[str, Form] = {}
    if found.waits and answers:
        candidates = candidates_at(request, found.to_center, found.client)
        forms["accept"] = TakeForm(data("accept"), on=on, candidates=candidates)
        forms["refuse"] = ReasonForm(data("refuse"), on=on)
    if found.waits and sends:
        if agency:
            forms["accept"] = NoteForm(data("accept"), on=on)
            forms["refuse"] = ReasonForm(data("refuse"), on=on)
        forms["withdraw"] = ReasonForm(data("withdraw"), on=on, prefix="w")
    if found.state == PassState.ACCEPTED and (sends if agency else answers):
        forms["result"] = ResultForm(data("result"), on=on, initial={"result": found.result})
    return forms


def _accept(request: HttpRequest, found: Referral, form) -> str:
    existing = form.existing if found.to_center_id else None
    answer = form.cleaned_data.get("answer", "")
    accept_referral(referral=found, by=request.user, on=today(), existing=existing, answer=answer)
    return "紹介を受け取りました。" if found.to_center_id else "先方が受けたことを記録しました。"


def _refuse(request: HttpRequest, found: Referral, form) -> str:
    refuse_referral(referral=found, by=request.user, on=today(), reason=form.cleaned_data["reason"])
    return "受けられないことを返事しました。" if found.to_center_id else "先方の返事を記録しました。"


def _withdraw(request: HttpRequest, found: Referral, form) -> str:
    withdraw_referral(referral=found, by=request.user, reason=form.cleaned_data["reason"])
    return "紹介を取り下げました。"


def _result(request: HttpRequest, found: Referral, form) -> str:
    note_result(referral=found, by=request.user, on=today(), result=form.cleaned_data["result"])
    return "結果を記録しました。"


_DEEDS: dict[str, Callable[[HttpRequest, Referral, Form], str]] = {
    "accept": _accept,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "result": _result,
}
