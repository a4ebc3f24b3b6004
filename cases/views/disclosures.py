"""開示請求 of a person: what is held, marked where it is others', and given out as a page to be printed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.disclosures import StaleDisclosure, mark, open_disclosure
from cases.disclosure import pack_of, parts_of, sections_of
from cases.forms.disclosures import DisclosureForm, MarksForm
from cases.models import Disclosure
from cases.people import Person
from cases.views.clients import page_context, person_of
from centers.audit import log_read
from centers.enums import AccessVerb

SHOWN = 20


@require_http_methods(["GET", "POST"])
def client_disclosures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The requests of the person, and a new one."""
    person = person_of(request, pk)
    if not person.disclosable:
        raise Http404
    log_read(request, person.client)
    form = DisclosureForm(request.POST or None, on=person.on)
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        asked = open_disclosure(pk=given.pop("token"), client=person.client, by=request.user, **given)
        return redirect("cases:disclosure", asked.pk)
    earlier = Disclosure.visible_to(request.user).filter(client=person.client).select_related("opened_by")
    context = page_context(person) | {"form": form, "disclosures": earlier[:SHOWN]}
    return render(request, "cases/disclosure/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def disclosure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Preparing: one part of the pack with a mark for each piece, and the passages for all of it."""
    asked, person = _asked(request, pk)
    sections = list(sections_of(person))
    parts = parts_of(sections)
    part = request.GET.get("part", "")
    part = part if part in parts else next(iter(parts))
    shown = [section for section in sections if section.part == part]
    form = MarksForm(
        request.POST or None, initial={"version": asked.version, "passages": "\n".join(asked.passages)}
    )
    if form.is_bound and form.is_valid():
        names = {piece.name for section in shown for entry in section.entries for piece in entry.pieces}
        hidden = set(request.POST.getlist("hidden"))
        try:
            mark(asked=asked, by=request.user, names=names, hidden=hidden, **form.cleaned_data)
        except StaleDisclosure:
            messages.warning(
                request, "開いている間に、ほかの人が印を付けました。いまの印を確かめて、付け直してください。"
            )
        else:
            messages.success(request, "黒塗りの印を保存しました。")
        return redirect(f"{reverse('cases:disclosure', args=[pk])}?part={part}")
    chosen = set(request.POST.getlist("hidden")) if form.is_bound else set(asked.hidden)
    context = page_context(person) | {
        "asked": asked,
        "form": form,
        "sections": shown,
        "parts": parts.items(),
        "part": part,
        "chosen": chosen,
        "found": pack_of(person, asked).found.items(),
    }
    return render(request, "cases/disclosure/prepare.html", context, status=422 if form.errors else 200)


@require_GET
def disclosure_pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The pack with its cover sheet, to be printed; each time it is opened is noted as a giving out."""
    asked, person = _asked(request, pk, verb=AccessVerb.EXPORT)
    context = {
        "asked": asked,
        "client": person.client,
        "person": person,
        "pack": pack_of(person, asked),
        "made_at": timezone.now(),
    }
    return render(request, "cases/disclosure/pack.html", context)


def _asked(
    request: HttpRequest, pk: UUID, *, verb: AccessVerb = AccessVerb.READ
) -> tuple[Disclosure, Person]:
    asked = get_object_or_404(Disclosure.visible_to(request.user).select_related("opened_by"), pk=pk)
    person = person_of(request, asked.client_id)
    log_read(request, person.client, verb=verb, obj=asked, reason=f"開示請求({asked.get_asker_display()})")
    return asked, person
