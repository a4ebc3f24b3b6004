"""緊急閲覧: proved, named, opened, listed, judged."""

import time
from collections.abc import Callable
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.glass import SEARCH_REASON, OwnDeed, break_glass, judge_glass
from cases.actions.inquiries import asked_clients, same_person_elsewhere
from cases.actions.passing import Gone
from cases.actions.waiting import to_judge
from cases.enums import InquiryState
from cases.forms.glass import GlassForm, JudgeForm, PickForm, WhyForm
from cases.models import BreakGlass, Client, Inquiry
from cases.scoping import BREAK_GLASS, not_hidden
from centers.access import Right, center_of, rights_of
from centers.audit import log_read, log_reads, log_search, searches_today
from centers.contracts import code_labels, setting
from centers.enums import CodeList
from centers.models import AccessLog
from centers.pages import page_name
from centers.paging import Cursor, page_of
from centers.periods import today
from centers.tokens import token_of

ORDER = ("-starts_at", "pk")
MOST_FOUND = 5
MOST_READS = 100
TOO_OFTEN = "今日は、これ以上さがせません。急ぐときは、市か記録のあるセンターに電話で問い合わせてください。"
NOT_FOUND = "同じフリガナと生年月日の人は、他のセンターに見つかりません。フリガナ(姓と名)と生年月日を確かめてください。"


@require_http_methods(["GET", "POST"])
def glass_new(request: HttpRequest) -> HttpResponse:
    """A person of another center, named by reading and birth date."""
    on = today()
    if proof := _ask_proof(request, on):
        return proof
    form = GlassForm(request.POST or None, on=on, labels=code_labels(on))
    return _opening(request, form, lambda: _named(request, form))


@require_http_methods(["GET", "POST"])
def inquiry_glass(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person of a question that nobody has answered yet."""
    waiting = Inquiry.visible_to(request.user).filter(state=InquiryState.WAITING)
    inquiry = get_object_or_404(waiting.select_related("client"), pk=pk)
    on = today()
    if proof := _ask_proof(request, on):
        return proof
    form = WhyForm(request.POST or None, on=on, labels=code_labels(on))
    seen = asked_clients(inquiry).filter(not_hidden(rights_of(request.user), "pk"))
    found = seen.select_related("center__zone")[:MOST_FOUND]
    return _opening(request, form, lambda: list(found), inquiry=inquiry)


def _ask_proof(request: HttpRequest, on) -> HttpResponse | None:
    """Password, and the second step where there is one, typed within the last seconds; else the page that asks."""
    seconds = setting("glass_proof_seconds", on)
    records = get_authentication_records(request, request.user)

    def fresh(method: str) -> bool:
        own = [one for one in records if one.get("method") == method and one.get("reauthenticated")]
        return bool(own) and time.time() - own[-1]["at"] < seconds

    pages = {"password": "account_reauthenticate"}
    if is_mfa_enabled(request.user):
        pages["mfa"] = "mfa_reauthenticate"
    missing = next((page for method, page in pages.items() if not fresh(method)), None)
    return suspend_request(request, reverse(missing)) if missing else None


def _named(request: HttpRequest, form: GlassForm) -> list[Client]:
    """Those whom the form names; each search is noted, and there are only so many a day."""
    on, kana, birth = today(), form.cleaned_data["kana"], form.cleaned_data["birth"]
    if searches_today(request.user, SEARCH_REASON) >= setting("glass_tries_a_day", on):
        form.add_error(None, TOO_OFTEN)
        return []
    city = rights_of(request.user).city_wide(Right.GLASS_OPEN)
    people = same_person_elsewhere(center_of(request.user), kana=kana, birth=birth, on=on, restricted=city)
    people = people.filter(not_hidden(rights_of(request.user), "pk"))
    found = list(people.select_related("center__zone")[:MOST_FOUND])
    log_search(request, f"{kana} {birth.day}", len(found), reason=SEARCH_REASON)
    if not found:
        form.add_error("kana", NOT_FOUND)
    return found


def _opening(
    request: HttpRequest, form: WhyForm, find: Callable[[], list[Client]], *, inquiry: Inquiry | None = None
) -> HttpResponse:
    token, on = token_of(request), today()
    pick = None
    if request.method == "POST" and form.is_valid() and (found := find()):
        pick = (
            PickForm(request.POST if "client" in request.POST else None, found=found)
            if len(found) > 1
            else None
        )
        if pick is None or pick.is_valid():
            client = pick.found[pick.cleaned_data["client"]] if pick else found[0]
            glass = break_glass(
                token=token,
                client=client,
                user=request.user,
                for_center=center_of(request.user),
                on=on,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
            )
            messages.warning(request, "緊急閲覧を始めました。記録のあるセンターと監査に知らせました。")
            return redirect("cases:client", glass.client_id)
    context = {
        "form": form,
        "pick": pick,
        "token": token,
        "inquiry": inquiry,
        "minutes": setting("glass_minutes", on),
        "judge_days": setting("glass_judge_days", on),
    }
    failed = form.errors or pick is not None
    return render(request, "cases/between/glass_new.html", context, status=422 if failed else 200)


@require_GET
def glasses(request: HttpRequest) -> HttpResponse:
    """緊急閲覧 of the center's clients and the user's own; `view=waiting` those that are to be judged."""
    on, waiting = today(), request.GET.get("view") == "waiting"
    everything = BreakGlass.visible_to(request.user)
    rows = to_judge(request.user) if waiting else everything
    related = ("client__center__zone", "user", "for_center__zone", "judged_by")
    page = page_of(rows.select_related(*related), ORDER, Cursor.of(request.GET), anchors=everything)
    rights = rights_of(request.user)
    here = rights.center_ids(Right.GLASS_READ)
    log_reads(request, [row.client for row in page.rows if row.client.center_id in here])
    context = {
        "on": on,
        "now": timezone.now(),
        "waiting": waiting,
        "page": page,
        "kinds": code_labels(on)[CodeList.GLASS_REASON],
        "here": here,
        "judges": rights.center_ids(Right.GLASS_JUDGE),
        "query_text": "view=waiting" if waiting else "",
    }
    return render(request, "cases/between/glasses.html", context)


@require_http_methods(["GET", "POST"])
def glass_judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """妥当 or 不当, with what the user has read in those minutes."""
    here = rights_of(request.user).center_ids(Right.GLASS_JUDGE)
    rows = BreakGlass.visible_to(request.user).filter(client__center__in=here)
    glass = get_object_or_404(
        rows.select_related("client__center__zone", "user", "for_center__zone", "judged_by"), pk=pk
    )
    log_read(request, glass.client)
    on = today()
    form = JudgeForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            judge_glass(glass=glass, by=request.user, **form.cleaned_data)
        except Gone:
            messages.warning(request, "この緊急閲覧は、もう判断されています。いまの内容を確かめてください。")
        except OwnDeed:
            messages.warning(
                request, "自分の緊急閲覧は判断できません。ほかのセンター管理者に頼んでください。"
            )
        else:
            messages.success(request, "判断を記録しました。")
        return redirect("cases:glass_judge", pk)
    kind = code_labels(on)[CodeList.GLASS_REASON].get(glass.kind)
    context = {
        "glass": glass,
        "client": glass.client,
        "on": on,
        "kind": kind.label if kind else "",
        "form": form,
        "reads": [(read, page_name(read.page)) for read in _reads(glass)],
    }
    return render(request, "cases/between/glass_judge.html", context, status=422 if form.errors else 200)


def _reads(glass: BreakGlass):
    """What was shown by it (real clock)."""
    read = AccessLog.objects.filter(
        client_id=glass.client_id, user=glass.user_id, reason__startswith=BREAK_GLASS
    )
    return read.filter(at__gte=glass.starts_at, at__lte=glass.ends_at).order_by("at")[:MOST_READS]
