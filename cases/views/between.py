"""The inbox of 紹介・引き継ぎ・照会, and those about one person."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.actions.inquiries import may_ask_about
from cases.between import ARRIVED, KINDS, VIEWS, about
from cases.views.clients import page_context, person_of
from centers.access import Right, allowed, may_open, rights_of
from centers.audit import log_read, log_reads
from centers.paging import Cursor, page_of
from centers.periods import today

FIRST_LINES = 20
ORDER = ("-created_at", "pk")


@require_GET
def between(request: HttpRequest) -> HttpResponse:
    """What arrived, was sent, or is done (`view`): the newest of each kind, or one `kind` page by page."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ARRIVED
    chosen = next((kind for kind in KINDS if kind.key == request.GET.get("kind")), None)
    mine = rights_of(request.user).center_ids(Right.CLIENT_READ)
    sections = []
    for kind in [chosen] if chosen else KINDS:
        rows = kind.rows(request.user, view)
        page = (
            page_of(rows, ORDER, Cursor.of(request.GET))
            if chosen
            else page_of(rows, ORDER, Cursor(), size=FIRST_LINES)
        )
        if page.rows or chosen:
            sections.append((kind, page, [kind.line(row, mine) for row in page.rows]))
    log_reads(request, [line.client for _, _, lines in sections for line in lines])
    context = {
        "on": today(),
        "view": view,
        "views": VIEWS.items(),
        "chosen": chosen,
        "sections": sections,
        "query_text": urlencode({"view": view, "kind": chosen.key if chosen else ""}),
    }
    return render(request, "cases/between/list.html", context)


@require_GET
def client_between(request: HttpRequest, pk: UUID) -> HttpResponse:
    """紹介・引き継ぎ・照会 of one person, and the ways to begin one."""
    person = person_of(request, pk)
    log_read(request, person.client)
    beginning = person.own and not person.handed_on
    context = page_context(person, "between") | {
        "lines": about(request.user, person.client),
        "refer": beginning,
        "hand_over": beginning and may_open(request.user, "cases:handover_new"),
        "ask": beginning and allowed(request.user, Right.INQUIRY) and may_ask_about(person.client, person.on),
        "previous": _previous(person),
    }
    return render(request, "cases/between/client.html", context)


def _previous(person):
    """The row at the former center, where the user may read it."""
    if not person.client.previous_id:
        return None
    rows = type(person.client).visible_to(person.user).select_related("center__zone")
    return rows.filter(pk=person.client.previous_id).first()
