"""下書き: saved while one types, listed, opened again, thrown away."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cases.actions.drafts import OLD_AFTER, NewerDraft, discard_draft, open_drafts
from cases.actions.entries import AlreadyRecorded, OtherWriter
from cases.forms.draft import DraftTooLong, typed_values
from cases.views.sheet import Sheet, go_to, keep_draft, log_form, show
from centers.contracts import code_labels, setting
from centers.middleware_sessions import is_background
from centers.periods import today

DRAFTS_SHOWN = 50


@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep the posted form. A script gets the state line, 「下書きのまま閉じる」 (`close`) the list of drafts.

    `overwrite` keeps this page's text where another page has saved the same draft since.
    """
    sheet = Sheet.posted(request.POST)
    try:
        draft = keep_draft(request, sheet, request.POST, overwrite="overwrite" in request.POST)
    except DraftTooLong as problem:
        return _not_kept(request, sheet, problem=str(problem))
    except NewerDraft as told:
        return _not_kept(request, sheet, newer=told.draft)
    except AlreadyRecorded as told:
        return _after_saving(request, told.records[0])
    except OtherWriter:
        raise Http404 from None
    if is_background(request) and "close" not in request.POST:
        return render(request, "cases/_draft_state.html", {"saved": draft})
    return go_to(request, "cases:drafts")


def _not_kept(request: HttpRequest, sheet: Sheet, **state) -> HttpResponse:
    if is_background(request) and "close" not in request.POST:
        return render(request, "cases/_draft_state.html", {"sheet": sheet, **state}, status=422)
    form = log_form(request, initial=typed_values(request.POST))
    return show(request, form, sheet, status=422, **state)


def _after_saving(request: HttpRequest, record) -> HttpResponse:
    """A late autosave of an entry that is saved needs nothing more."""
    if is_background(request) and "close" not in request.POST:
        return HttpResponse(status=204)
    return go_to(request, "cases:consultation", record.pk)


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """The user's own drafts, newest first."""
    on = today()
    rows = list(open_drafts(request.user)[:DRAFTS_SHOWN])
    old = timezone.now() - OLD_AFTER
    context = {
        "drafts": [(draft, draft.updated_at < old) for draft in rows],
        "labels": code_labels(on),
        "days": setting("draft_days", on),
    }
    return render(request, "cases/drafts.html", context)


@require_GET
def draft(request: HttpRequest, group: UUID) -> HttpResponse:
    """The form as it was left."""
    kept = get_object_or_404(open_drafts(request.user), pk=group)
    return show(request, log_form(request, initial=kept.content), Sheet.reopened(kept), saved=kept)


@require_POST
def draft_discard(request: HttpRequest, group: UUID) -> HttpResponse:
    discard_draft(get_object_or_404(open_drafts(request.user), pk=group))
    return go_to(request, "cases:drafts")
