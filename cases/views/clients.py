"""利用者 pages: 経過 with next steps and plans, and basic data."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.actions.drafts import open_drafts
from cases.face_sheet.reading import people_around
from cases.forms.timeline import TimelineForm
from cases.merges import merge_behind, merged_into, registrations_of
from cases.models import Client
from cases.people import (
    PLANS_SHOWN,
    STEPS_SHOWN,
    Person,
    latest_cases,
    open_steps,
    people_with_facts,
    plans_of,
)
from cases.presence import others_looking
from cases.tabs import tabs_of
from cases.timeline import records_of, timeline_page, with_headings
from centers.access import may_open
from centers.audit import log_read
from centers.contracts import code_labels
from centers.enums import AccessVerb
from centers.models import AccessLog
from centers.paging import Cursor, capped_count
from centers.periods import today

READS_DAYS = 30


@require_GET
def client(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person: `tab=basic` for basic data, else 経過; `print=1` notes and opens a print."""
    try:
        person = person_of(request, pk)
    except Http404:
        return _merged(request, pk)
    printing = "print" in request.GET
    log_read(request, person.client, verb=AccessVerb.PRINT if printing else AccessVerb.READ)
    tab = "basic" if request.GET.get("tab") == "basic" else "timeline"
    context = page_context(person, tab) | {
        "printing": printing,
        "others_looking": others_looking(request.user, person.client, on=person.on),
    }
    if tab == "basic":
        context["merges"] = merged_into([person.client.pk]).select_related("loser", "merged_by")
        return render(request, "cases/client_basic.html", context)
    context |= _timeline(request, person, context["labels"]) | {
        "drafts": open_drafts(request.user).filter(client=person.client),
        "steps": open_steps(request.user, person.client)[:STEPS_SHOWN],
        "plans": plans_of(request.user, person.client)[:PLANS_SHOWN],
        "people": people_around(request.user, person.client, person.on),
    }
    return render(request, "cases/client.html", context)


def _merged(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A pointer from a registration that was merged into another; 404 for anything else."""
    merge = merge_behind(request.user, pk)
    if merge is None:
        raise Http404
    context = {"merge": merge, "may_undo": may_open(request.user, "cases:merge_undo")}
    return render(request, "cases/merge/merged.html", context)


@require_GET
def client_timeline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next part of 経過, put below what is shown."""
    person = person_of(request, pk)
    log_read(request, person.client)
    context = {"client": person.client, "appended": True}
    return render(
        request, "cases/_timeline.html", context | _timeline(request, person, code_labels(person.on))
    )


def person_of(request: HttpRequest, pk: UUID) -> Person:
    """The client of the address as a Person of today; 404 where the user does not see them."""
    on = today()
    found = get_object_or_404(people_with_facts(request.user, on), pk=pk)
    return Person(found, latest_cases(request.user, [found]).get(pk), request.user, on)


def page_context(person: Person, tab: str = "") -> dict:
    """What stands above the tabs of every page of the person; `tab` is the current one."""
    read_count = capped_count(recent_reads(person.client)) if person.reads_shown else None
    return {
        "person": person,
        "tab": tab,
        "tabs": tabs_of(person.user, person.client),
        "client": person.client,
        "case": person.case,
        "on": person.on,
        "labels": code_labels(person.on),
        "record_count": capped_count(records_of(person.user, person.client)),
        "read_count": read_count,
        "reads_days": READS_DAYS,
        "reads_text": f"閲覧の記録(直近{READS_DAYS}日 {read_count})",
    }


def reads_of(client: Client) -> QuerySet[AccessLog]:
    """All reads of the client, under this number and those that were merged into it."""
    return AccessLog.objects.filter(client_id__in=registrations_of(client))


def recent_reads(client: Client) -> QuerySet[AccessLog]:
    """Who read the client within READS_DAYS (real clock)."""
    return reads_of(client).filter(at__gte=timezone.now() - timedelta(days=READS_DAYS))


def _timeline(request: HttpRequest, person: Person, labels) -> dict:
    records = records_of(request.user, person.client)
    writers = records.order_by("written_by__name").values_list("written_by", "written_by__name").distinct()
    form = TimelineForm(request.GET, on=person.on, labels=labels, writers=list(writers))
    page = timeline_page(records, form.wanted, Cursor.of(request.GET))
    return {
        "page": page,
        "entries": with_headings(page),
        "filters": form,
        "query": form.query,
        "query_text": urlencode(form.query),
        "labels": labels,
        "person": person,
    }
