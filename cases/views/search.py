"""Finding a person: by POST alone, since what is typed names one. Every search is noted; a candidates list is no read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from cases.search import RESULTS, find_clients, worth_suggesting
from centers.audit import log_search
from centers.contracts import code_labels
from centers.periods import today

LISTS = {"log": "log-candidates"}
TOP_LIST = "find-list"


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """The listbox under a search field: `q` is the text, `for=log` the quick log's field (else the top bar's)."""
    on, text = today(), request.POST.get("q", "").strip()
    found = []
    if worth_suggesting(text, on=on):
        found = find_clients(request.user, text, on=on)
        log_search(request, text, len(found))
    purpose = request.POST.get("for", "")
    context = {
        "text": text,
        "candidates": found,
        "for_log": purpose == "log",
        "list_id": LISTS.get(purpose, TOP_LIST),
        "labels": code_labels(on),
    }
    return render(request, "cases/_candidates.html", context)


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The page of results, also without scripts; opened by a link it is empty."""
    on, text = today(), request.POST.get("q", "").strip()
    found = find_clients(request.user, text, on=on, limit=RESULTS + 1) if text else []
    if text:
        log_search(request, text, len(found))
    context = {
        "text": text,
        "found": found[:RESULTS],
        "more": len(found) > RESULTS,
        "labels": code_labels(on),
    }
    return render(request, "cases/search.html", context)
