"""照会: 「他センターに記録があります」 while registering, the question, and its answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.inquiries import (
    KNOWN_REASON,
    NotKnown,
    decline_inquiry,
    known_elsewhere,
    may_ask_about,
    open_inquiry,
    send_inquiry,
)
from cases.actions.passing import Gone
from cases.enums import DatePrecision, InquiryState
from cases.forms.between import InquiryAnswerForm, InquiryForm, ReasonForm
from cases.models import Client, Inquiry, InquiryAnswer
from cases.views.clients import page_context, person_of
from centers.access import Right, allowed, center_of, rights_of
from centers.audit import log_read, log_search, searches_today
from centers.contracts import code_labels, setting
from centers.periods import Birth, today
from centers.tokens import token_of

GONE = "この照会には、もう返事をしています。何も変えていません。"
TOO_OFTEN = "今日は、他のセンターの記録をこれ以上確かめられません。明日もう一度ためしてください。"


def told_elsewhere(request: HttpRequest, *, kana: str, birth: Birth | None) -> bool:
    """Whether to say 「他のセンターに記録があります」; each look is noted, and there are only so many a day."""
    on = today()
    whole = birth is not None and birth.precision == DatePrecision.DAY
    if not (whole and setting("known_elsewhere", on) and allowed(request.user, Right.INQUIRY)):
        return False
    if searches_today(request.user, KNOWN_REASON) >= setting("known_tries_a_day", on):
        return False
    found = known_elsewhere(center_of(request.user), kana=kana, birth=birth, on=on).exists()
    log_search(request, f"{kana} {birth.day}", int(found), reason=KNOWN_REASON)
    return found


@require_http_methods(["GET", "POST"])
def inquiry_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A question about a person who has just been registered."""
    person = person_of(request, pk)
    here = rights_of(request.user).center_ids(Right.INQUIRY)
    if person.client.center_id not in here or not may_ask_about(person.client, person.on):
        raise Http404
    log_read(request, person.client)
    form, token = InquiryForm(request.POST or None, on=person.on), token_of(request)
    if request.method == "POST" and form.is_valid():
        if searches_today(request.user, KNOWN_REASON) >= setting("known_tries_a_day", person.on):
            form.add_error(None, TOO_OFTEN)
        elif made := _sent(request, person, form, token):
            return redirect("cases:inquiry", made.pk)
    context = page_context(person, "between") | {"form": form, "token": token}
    return render(request, "cases/between/inquiry_new.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, person, form: InquiryForm, token: UUID) -> Inquiry | None:
    client = person.client
    try:
        made = send_inquiry(
            token=token,
            client=client,
            center=client.center,
            by=request.user,
            on=person.on,
            **form.cleaned_data,
        )
    except NotKnown:
        form.add_error(None, "他のセンターに、同じフリガナと生年月日の記録は見つかりませんでした。")
        return None
    finally:
        log_search(
            request, f"{client.kana} {client.birth_date}", 0 if form.errors else 1, reason=KNOWN_REASON
        )
    messages.success(request, "照会を送りました。記録のあるセンターの返事を待ちます。")
    return made


@require_GET
def inquiry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The question as the asker sees it: nothing but the answer."""
    rows = Inquiry.visible_to(request.user).select_related(
        "client__center__zone", "center__zone", "written_by"
    )
    found = get_object_or_404(rows, pk=pk)
    log_read(request, found.client)
    opened = InquiryAnswer.visible_to(request.user).filter(inquiry=found, state=InquiryState.OPENED)
    shared = Client.visible_to(request.user).filter(pk__in=opened.values("client"))
    context = {
        "inquiry": found,
        "client": found.client,
        "on": today(),
        "shared": shared.select_related("center__zone"),
        "waits": found.state == InquiryState.WAITING,
    }
    return render(request, "cases/between/inquiry.html", context)


@require_http_methods(["GET", "POST"])
def inquiry_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """開く or 開かない: `outcome` is open or decline."""
    here = rights_of(request.user).center_ids(Right.INQUIRY_ANSWER)
    rows = (
        InquiryAnswer.visible_to(request.user)
        .filter(center__in=here)
        .select_related(
            "client__center__zone",
            "inquiry__center__zone",
            "inquiry__client",
            "inquiry__written_by",
            "answered_by",
            "share",
        )
    )
    found = get_object_or_404(rows, pk=pk)
    log_read(request, found.client)
    log_read(request, found.inquiry.client)
    on, outcome = today(), request.POST.get("outcome")
    opening = InquiryAnswerForm(request.POST if outcome == "open" else None, on=on)
    declining = ReasonForm(request.POST if outcome == "decline" else None, on=on)
    form = {"open": opening, "decline": declining}.get(outcome or "")
    if form is not None and form.is_valid():
        try:
            _answer(request, found, outcome or "", form.cleaned_data)
        except Gone:
            messages.warning(request, GONE)
        else:
            messages.success(request, "照会に返事をしました。")
        return redirect("cases:inquiry_answer", pk)
    context = {
        "answer": found,
        "asked": found.inquiry,
        "client": found.client,
        "on": on,
        "labels": code_labels(on),
        "opening": opening,
        "declining": declining,
        "waits": found.state == InquiryState.WAITING,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "cases/between/inquiry_answer.html", context, status=status)


def _answer(request: HttpRequest, found: InquiryAnswer, outcome: str, given: dict) -> None:
    if outcome == "open":
        open_inquiry(
            answer=found,
            by=request.user,
            on=today(),
            scope=given["scope"],
            basis=given["basis"],
            until=given["until"],
            reason=given["note"],
        )
    else:
        decline_inquiry(answer=found, by=request.user, reason=given["reason"])
