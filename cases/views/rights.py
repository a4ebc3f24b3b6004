"""権利擁護: the center's abuse reports, guardianships and discrimination consultations, and those of one person."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.abuse import WAITS, open_beside, standings
from cases.enums import GuardianshipStage
from cases.models import AbuseReport, DiscriminationConsultation, GuardianshipSupport
from cases.views.city_abuse import ordered, waits_of, wanted
from cases.views.clients import page_context, person_of
from centers.access import Right, rights_of
from centers.audit import log_read, log_reads
from centers.contracts import code_labels
from centers.paging import Cursor, capped_count, page_of
from centers.periods import now, today

ABUSE, GUARDIANSHIP, EQUALITY = "abuse", "guardianship", "equality"
SHOWN = 20  # of each kind on the page of a person


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """One list with three views (`view`): what the user may read, of the own centers."""
    view = request.GET.get("view", ABUSE)
    if view not in {GUARDIANSHIP, EQUALITY}:
        view = ABUSE
    own = rights_of(request.user).center_ids(Right.NOTE_WRITE)
    reports = AbuseReport.visible_to(request.user).filter(center__in=own)
    guardianships = GuardianshipSupport.visible_to(request.user).filter(center__in=own)
    consultations = DiscriminationConsultation.visible_to(request.user).filter(center__in=own)
    show = {ABUSE: _abuse, GUARDIANSHIP: _guardianships, EQUALITY: _consultations}[view]
    rows = {ABUSE: reports, GUARDIANSHIP: guardianships, EQUALITY: consultations}[view]
    context = show(request, rows) | {
        "view": view,
        "on": today(),
        "labels": code_labels(today()),
        "counts": {
            ABUSE: capped_count(reports.filter(closed_at__isnull=True)).short,
            GUARDIANSHIP: capped_count(guardianships.exclude(stage=GuardianshipStage.ENDED)).short,
            EQUALITY: capped_count(consultations.filter(ended_on__isnull=True)).short,
        },
    }
    page = context["page"]
    log_reads(
        request,
        [row.client for row in page.rows if row.client],
        [row for row in page.rows if not row.client],
    )
    return render(request, "cases/rights/list.html", context)


def _abuse(request: HttpRequest, reports) -> dict:
    chosen = wanted(request)
    rows = reports.filter(WAITS[chosen][1]).select_related("client", "received_by", "taken_by")
    page = page_of(rows, ordered(chosen), Cursor.of(request.GET), anchors=reports)
    return {
        "page": page,
        "rows": standings(page.rows, now()),
        "views": waits_of(reports, chosen),
        "beside": open_beside(request.user, rights_of(request.user).center_ids(Right.ABUSE_MAKE)),
        "query_text": urlencode({"state": chosen.value}),
    }


def _guardianships(request: HttpRequest, rows) -> dict:
    page = page_of(rows.select_related("client"), ("-stage_on", "pk"), Cursor.of(request.GET), anchors=rows)
    return {"page": page, "query_text": urlencode({"view": GUARDIANSHIP})}


def _consultations(request: HttpRequest, rows) -> dict:
    page = page_of(
        rows.select_related("client"), ("-received_on", "pk"), Cursor.of(request.GET), anchors=rows
    )
    return {"page": page, "query_text": urlencode({"view": EQUALITY})}


@require_safe
def client_rights(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The tab 権利擁護 of a person. Reports that the user may not read are not even a number here."""
    person = person_of(request, pk)
    log_read(request, person.client)
    user, client = request.user, person.client
    reports = (
        AbuseReport.visible_to(user)
        .filter(client=client)
        .select_related("center__zone")
        .order_by("-received_at", "pk")[:SHOWN]
    )
    guardianships = GuardianshipSupport.visible_to(user).filter(client=client).order_by("-stage_on", "pk")
    consultations = DiscriminationConsultation.visible_to(user).filter(client=client)
    context = page_context(person, "rights") | {
        "rows": standings(reports, now()),
        "guardianships": guardianships[:SHOWN],
        "consultations": consultations.order_by("-received_on", "pk")[:SHOWN],
    }
    return render(request, "cases/rights/client.html", context)
