"""後方支援: the center's log, one entry, a new one, and what is corrected or taken back."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.clients import writable_clients
from cases.actions.entries import OtherWriter
from cases.actions.support import (
    correct_support,
    record_support,
    restore_support,
    void_support,
    writable_supports,
)
from cases.actions.versioned import StaleRecord
from cases.forms.records import VoidForm
from cases.forms.support import PEOPLE_LIST, SupportCorrectionForm, SupportForm
from cases.models import Client, ProviderSupport, ProviderSupportVersion
from cases.quick import quick_texts_of, typed_fields, with_quick_text
from cases.versions import corrections, item_labels
from cases.views.sheet import typed_day
from centers.access import Right, allowed, center_of
from centers.audit import log_read, log_reads
from centers.contracts import business_items_on, code_labels, setting
from centers.models import BusinessItem, Center, Organization
from centers.organization_fields import Named
from centers.paging import Cursor, capped_count, page_of
from centers.periods import DateInputError, Month, today
from centers.tokens import token_of

ORDER = ("-date", "-pk")
# Rows of the database that stand beside a name which is shown.
UNTOLD = ("provider", "person")


@require_GET
def supports(request: HttpRequest) -> HttpResponse:
    """The center's 後方支援, newest first. The address narrows it: `provider`, and `month` to what counts there."""
    on = today()
    every = ProviderSupport.visible_to(request.user)
    provider, month = _provider(request), _month(request)
    rows = every.filter(provider=provider) if provider else every
    if month:
        rows = rows.standing().filter(date__range=(month.starts_on, month.ends_on))
    page = page_of(rows.select_related("client", "staff", "written_by"), ORDER, Cursor.of(request.GET))
    log_reads(request, [row.client for row in page.rows if row.client])
    now = every.standing().filter(date__range=(Month.of(on).starts_on, on))
    query = {"provider": provider and provider.pk, "month": month}
    context = {
        "on": on,
        "center": center_of(request.user),
        "labels": code_labels(on),
        "page": page,
        "provider": provider,
        "month": month,
        "query_text": urlencode({name: value for name, value in query.items() if value}),
        "count": capped_count(rows),
        "now": now.aggregate(supports=Count("pk"), providers=Count("provider_name", distinct=True)),
        "may_write": allowed(request.user, Right.SUPPORT_WRITE),
    }
    return render(request, "cases/support/list.html", context)


def _provider(request: HttpRequest) -> Organization | None:
    try:
        return Organization.objects.filter(pk=UUID(request.GET.get("provider", ""))).first()
    except ValueError:
        return None


def _month(request: HttpRequest) -> Month | None:
    try:
        return Month.parse(request.GET.get("month", ""))
    except DateInputError:
        return None


@require_GET
def support(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One with all its texts, earlier versions and next step."""
    record = _support(ProviderSupport.visible_to(request.user), pk)
    _log(request, record)
    versions = ProviderSupportVersion.visible_to(request.user).filter(support=record)
    former = versions.select_related("replaced_by").order_by("-version")
    labels = code_labels(record.date)
    context = _context(request, record) | {
        "labels": labels,
        "corrections": corrections(record, former, labels, item_labels(record), hidden=UNTOLD),
        "correctable": writable_supports(request.user).filter(pk=record.pk).exists(),
    }
    return render(request, "cases/support/support.html", context)


@require_http_methods(["GET", "POST"])
def support_new(request: HttpRequest) -> HttpResponse:
    """A new one; `provider` in the address names the 事業所. Its token is its id, so a repeated post adds none."""
    center, on = center_of(request.user), today()
    token = token_of(request)
    if request.method == "GET":
        provider = _provider(request)
        named = {"provider": Named(provider, provider.name)} if provider else {}
        return _new_page(request, _form(request, center, initial={"date": on} | named), token)
    if request.POST.get("act") == "insert":
        typed = typed_fields(SupportForm, with_quick_text(request.user, request.POST))
        return _new_page(request, _form(request, center, initial=typed), token)
    form = _form(request, center, request.POST)
    if not form.is_valid():
        return _new_page(request, form, token)
    try:
        record = record_support(
            token=token,
            by=request.user,
            center=center,
            given=form.given(),
            client=form.cleaned_data["number"],
            follow_up=form.step(),
        )
    except OtherWriter:
        form.add_error(
            None, "この画面の続きは保存できません。もう一度『保存』を押すと、新しい記録として保存します。"
        )
        return _new_page(request, form, uuid4())
    link = reverse("cases:support_void", args=[record.pk])
    messages.success(request, format_html('後方支援を保存しました <a href="{}">取り消す</a>', link))
    return redirect("cases:support", record.pk)


def items_on(center: Center, day) -> list[BusinessItem]:
    """The 業務項目 of 後方支援 on a day."""
    codes = setting("support_items", day)
    return [item for item in business_items_on(center, day) if item.code in codes]


def _form(request: HttpRequest, center: Center, data=None, *, initial=None) -> SupportForm:
    """The form with the codes of the day that is typed."""
    on = today()
    day = max(typed_day((data or initial or {}).get("date", ""), on), center.opened_on)
    return SupportForm(
        data,
        initial=initial,
        on=on,
        center=center,
        labels=code_labels(day),
        items=items_on(center, day),
        clients=writable_clients(request.user, center),
    )


def _new_page(request: HttpRequest, form: SupportForm, token: UUID) -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "people_list": PEOPLE_LIST,
        "quick_texts": quick_texts_of(request.user, form.center),
    }
    return render(request, "cases/support/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def support_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """訂正. One that somebody has corrected since is answered with 409 and both texts."""
    record = _support(writable_supports(request.user), pk)
    _log(request, record)
    if record.voided_at:
        return redirect("cases:support", pk)
    form = _correction_form(request, record)
    if request.method == "GET" or form.must_choose or not form.is_valid():
        return _correction_page(request, record, form)
    changes = form.columns()
    try:
        if changes:
            told = {"version": form.version, "changes": changes, "reason": form.cleaned_data["reason"]}
            correct_support(support=record, by=request.user, **told)
    except StaleRecord as stale:
        if stale.standing.voided_at:
            return redirect("cases:support", pk)
        record = _support(writable_supports(request.user), pk)
        return _correction_page(request, record, _correction_form(request, record))
    messages.success(
        request,
        "後方支援の記録を訂正しました。" if changes else "変わったところがないため、記録はそのままです。",
    )
    return redirect("cases:support", pk)


def _correction_form(request: HttpRequest, record: ProviderSupport) -> SupportCorrectionForm:
    data = request.POST if request.method == "POST" else None
    items = items_on(record.center, record.date)
    if record.business_item not in items:
        items.append(record.business_item)
    labels = code_labels(record.date)
    return SupportCorrectionForm(data, support=record, labels=labels, items=items, on=today())


def _correction_page(
    request: HttpRequest, record: ProviderSupport, form: SupportCorrectionForm
) -> HttpResponse:
    context = _context(request, record) | {
        "form": form,
        "labels": code_labels(record.date),
        "people_list": PEOPLE_LIST,
    }
    if form.is_bound and form.must_choose:
        last = record.versions.select_related("replaced_by").first()
        context["differences"] = form.differences()
        context["faster"] = last and {"by": last.replaced_by.family_name, "at": last.replaced_at}
        return render(request, "cases/support/correct.html", context, status=409 if form.stale else 422)
    return render(request, "cases/support/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def support_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """取り消し: asked for with its consequences."""
    record = _support(writable_supports(request.user), pk)
    _log(request, record)
    if record.voided_at:
        return redirect("cases:support", pk)
    form = VoidForm(request.POST or None, initial={"version": record.version}, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            void_support(support=record, by=request.user, **form.cleaned_data)
            messages.success(request, "後方支援の記録を取り消しました。記録は残り、後から戻せます。")
        except StaleRecord:
            messages.warning(
                request, "この記録は、開いた後に訂正されました。いまの内容を確かめてから取り消してください。"
            )
        return redirect("cases:support", pk)
    month = Month.of(record.date)
    consequences = (
        f"{month.label}の後方支援の件数から1件減ります。記録は「取り消し済」として残り、後から戻せます。"
    )
    context = _context(request, record) | {
        "form": form,
        "labels": code_labels(record.date),
        "consequences": consequences,
    }
    return render(request, "cases/support/void.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def support_restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets one stand again; opened by a link it only leads to it."""
    record = _support(writable_supports(request.user), pk)
    if request.method == "POST" and record.voided_at:
        restore_support(support=record, by=request.user)
        messages.success(request, "取り消しをやめて、記録を戻しました。")
    return redirect("cases:support", pk)


def _support(rows, pk: UUID) -> ProviderSupport:
    related = (
        "center__zone",
        "client",
        "provider",
        "person",
        "business_item__catalogue",
        "staff",
        "written_by",
        "voided_by",
        "next_step",
    )
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _log(request: HttpRequest, record: ProviderSupport) -> None:
    if record.client:
        log_read(request, record.client)


def _context(request: HttpRequest, record: ProviderSupport) -> dict:
    """`known`: the client where the user sees their page."""
    known = record.client_id and Client.visible_to(request.user).filter(pk=record.client_id).first()
    return {"record": record, "known": known, "on": today()}
