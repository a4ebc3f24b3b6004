"""Finding records by their words: by POST alone, since the words may tell of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases.forms.notes import NoteSearchForm
from cases.notes import find_notes, notes_page, snippet, terms_of
from centers.access import Reach, Right, rights_of
from centers.audit import log_reads, log_search
from centers.contracts import code_labels
from centers.models import RoleGrant, User
from centers.paging import Cursor, capped_count
from centers.periods import today


@require_http_methods(["GET", "POST"])
def note_search(request: HttpRequest) -> HttpResponse:
    """The newest records with the words, 20 at a time (`after`, `before`); opened by a link it is empty."""
    on = today()
    labels = code_labels(on)
    form = NoteSearchForm(request.POST, on=on, labels=labels, writers=_writers(request.user))
    terms = terms_of(form.words)
    context = {"on": on, "form": form, "labels": labels, "terms": terms}
    if terms:
        context |= _found(request, form, terms)
    return render(request, "cases/note_search.html", context)


def _found(request: HttpRequest, form: NoteSearchForm, terms: list[str]) -> dict:
    """What is shown was read, so it is noted like any record."""
    found = find_notes(request.user, terms)
    page = notes_page(found, form.wanted, Cursor.of(request.POST), on=form.on)
    count = capped_count(form.wanted.apply(found))
    log_search(request, form.words, count.number)
    log_reads(
        request,
        [record.client for record in page.rows if record.client],
        [record for record in page.rows if not record.client],
    )
    return {"page": page, "count": count, "rows": [(record, snippet(record, terms)) for record in page.rows]}


def _writers(user) -> list[tuple]:
    """Who has or had a role in the user's centers."""
    rights = rights_of(user)
    centers = rights.center_ids(Right.NOTE_READ) | rights.center_ids(Right.NOTE_READ, Reach.OWN)
    grants = RoleGrant.objects.filter(center__in=centers)
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("name").values_list("pk", "name"))
