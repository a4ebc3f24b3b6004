"""同意: given, corrected, withdrawn with effect at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.consents import BY_CONSENT, StaleConsent, correct_consent, give_consent, withdraw_consent
from cases.forms.consents import ConsentForm, WithdrawForm
from cases.models import Consent, ShareGrant
from cases.people import Person, staff_of
from cases.views.clients import page_context, person_of
from cases.views.sheet_rows import editable_person
from centers.audit import log_read
from centers.models import StaffMember

GONE = "この同意は、先にほかの人が直したか撤回を記録しました。いまの内容を確かめてください。"


@require_http_methods(["GET", "POST"])
def consent_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note a consent."""
    person = editable_person(request, pk)
    context = page_context(person, "sheet")
    form = _form(request, person, None, context["labels"])
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            give_consent(client=person.client, pk=key, by=request.user, values=form.values())
        except StaleConsent:
            messages.warning(request, "保存できませんでした。ページを開き直して、もう一度入れてください。")
        else:
            messages.success(request, "同意を記録しました。")
        return redirect(_place(person))
    context |= {"form": form}
    return render(request, "cases/sheet/consent.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend what was noted wrongly."""
    standing = _running_consent(request, pk)
    person = editable_person(request, standing.client_id)
    context = page_context(person, "sheet") | {"consent": standing}
    form = _form(request, person, standing, context["labels"])
    if request.method == "POST" and not form.must_choose and form.is_valid():
        try:
            correct_consent(consent=standing, by=request.user, version=form.version, values=form.values())
        except StaleConsent:
            messages.warning(request, GONE)
        else:
            messages.success(request, "同意の記録を直しました。")
        return redirect(_place(person))
    context |= {"form": form}
    status = 422 if form.errors else 200
    if form.is_bound and form.must_choose:
        context |= {"differences": form.differences()}
        status = 409 if form.stale else 422
    return render(request, "cases/sheet/consent.html", context, status=status)


@require_http_methods(["GET", "POST"])
def consent_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """撤回: what rests on the person's will is shared no more from this moment."""
    standing = _running_consent(request, pk)
    person = person_of(request, standing.client_id)
    if not person.may_withdraw:
        raise Http404
    log_read(request, person.client)
    form = WithdrawForm(
        request.POST or None,
        consent=standing,
        on=person.on,
        initial={"version": standing.version, "withdrawn_on": person.on},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ended = withdraw_consent(
                consent=standing,
                by=request.user,
                version=given["version"],
                on=given["withdrawn_on"],
                reason=given["reason"],
            )
        except StaleConsent:
            messages.warning(request, GONE)
        else:
            also = f"{ended}件の共有を、いま終わりにしました。" if ended else ""
            messages.success(request, f"同意の撤回を記録しました。{also}")
        return redirect(_place(person))
    shares = ShareGrant.visible_to(request.user).in_force(person.on)
    ends = shares.filter(client=person.client, basis__in=BY_CONSENT).select_related("to_center__zone")
    context = page_context(person, "sheet") | {"consent": standing, "form": form, "ends": list(ends)}
    return render(request, "cases/sheet/withdraw.html", context, status=422 if form.errors else 200)


def _running_consent(request: HttpRequest, pk: UUID) -> Consent:
    return get_object_or_404(Consent.visible_to(request.user).filter(withdrawn_on__isnull=True), pk=pk)


def _form(request: HttpRequest, person: Person, standing: Consent | None, labels) -> ConsentForm:
    staff = staff_of(person.client.center, person.on)
    if standing and standing.explained_by_id:
        staff |= StaffMember.objects.filter(pk=standing.explained_by_id)
    return ConsentForm(request.POST or None, consent=standing, staff=staff, labels=labels, on=person.on)


def _place(person: Person) -> str:
    return f"{reverse('cases:sheet', args=[person.client.pk])}#consents"
