"""個別支援会議録 of one person: the list, a new one, one of them, its correction and taking it back."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.actions.clients import writable_clients
from cases.actions.conferences import (
    StaleConference,
    correct_conference,
    editable_conferences,
    record_conference,
    snapshot,
    void_conference,
)
from cases.actions.entries import OtherWriter
from cases.forms.conferences import (
    ORGANIZATIONS_LIST,
    ConferenceCorrectionForm,
    ConferenceForm,
    ConferenceVoidForm,
)
from cases.minutes import minutes_corrections
from cases.models import CaseConference, Consultation
from cases.people import Person, staff_of
from cases.views.clients import page_context, person_of
from centers.access import Right
from centers.audit import log_reads
from centers.contracts import business_items_on, code_labels, term_on
from centers.enums import AccessVerb
from centers.models import Center, Organization
from centers.paging import Cursor, page_of
from centers.periods import DateInputError, parse_date, today

ORGANIZATIONS_OFFERED = 300
STALE = "会議録が、開いた後に変わりました。いまの内容を確かめてから、もう一度直してください。"


@require_GET
def client_conferences(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The conferences about the person, newest first."""
    person = person_of(request, pk)
    log_reads(request, [person.client])
    rows = CaseConference.visible_to(request.user).filter(CaseConference.of_client(person.client))
    page = page_of(
        rows.select_related("written_by"), ("-held_on", "-written_at", "pk"), Cursor.of(request.GET)
    )
    context = page_context(person, "conferences") | {"page": page, "recordable": _recordable(person)}
    return render(request, "cases/casework/conferences.html", context)


def _recordable(person: Person) -> bool:
    """Of the user's own center, and theirs to write about."""
    return not person.handed_on and person.client.center_id in person.rights.center_ids(Right.NOTE_WRITE)


@require_http_methods(["GET", "POST"])
def conference_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """会議録 of the person, and of others of the center who were talked about."""
    person = person_of(request, pk)
    if not _recordable(person):
        raise Http404
    log_reads(request, [person.client])
    form = _new_form(request, person)
    if request.method == "POST" and form.is_valid():
        return _recorded(request, person, form)
    context = page_context(person, "conferences") | _offers(form)
    return render(request, "cases/casework/conference_new.html", context, status=422 if form.errors else 200)


def _new_form(request: HttpRequest, person: Person) -> ConferenceForm:
    center = person.client.center
    data = request.POST if request.method == "POST" else None
    day = max(_day(data, person.on), center.opened_on)
    return ConferenceForm(
        data,
        center=center,
        client=person.client,
        clients=writable_clients(request.user, center).filter(center=center),
        items=business_items_on(center, day),
        initial={"held_on": person.on, "host": str(center)},
        **_common(center, day, person.on),
    )


def _common(center: Center, day: date, on: date) -> dict:
    names = Organization.objects.filter(closed_on__isnull=True).order_by("kana", "name")
    return {
        "labels": code_labels(day),
        "staff": staff_of(center, on).values_list("pk", flat=True),
        "organizations": list(names[:ORGANIZATIONS_OFFERED]),
        "on": on,
    }


def _day(data: QueryDict | None, on: date) -> date:
    try:
        return parse_date(data.get("held_on", ""), on=on, allow_short=True) if data else on
    except DateInputError:
        return on


def _offers(form) -> dict:
    return {"form": form, "organizations": list(form.organizations), "organizations_list": ORGANIZATIONS_LIST}


def _recorded(request: HttpRequest, person: Person, form: ConferenceForm) -> HttpResponse:
    try:
        conference = record_conference(
            pk=form.cleaned_data["token"],
            by=request.user,
            center=person.client.center,
            on=person.on,
            clients=form.people,
            item=form.item,
            minutes=form.minutes_of(),
            issue=form.issue_given,
        )
    except OtherWriter:
        raise Http404 from None
    number = len(form.people)
    messages.success(request, f"会議録を保存しました。{number}人の経過に、個別支援会議として載りました。")
    return redirect("cases:conference", conference.pk)


@require_GET
def conference(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One 会議録 with its rows, people and corrections; `print=1` notes and opens a print."""
    row = _find(CaseConference.visible_to(request.user), pk)
    printing = "print" in request.GET
    people = _people(request, row, AccessVerb.PRINT if printing else AccessVerb.READ)
    labels = code_labels(row.held_on)
    former = row.versions.select_related("replaced_by").order_by("-version")
    context = _page(request, row, people) | {
        "labels": labels,
        "printing": printing,
        "attendees": list(row.attendees.select_related("organization")),
        "decisions": list(row.decisions.select_related("staff", "follow_up")),
        "proposals": list(row.proposals.select_related("raised_by")),
        "corrections": minutes_corrections(snapshot(row), former, labels) if row.version > 1 else [],
        "editable": not row.voided_at and editable_conferences(request.user).filter(pk=row.pk).exists(),
    }
    return render(request, "cases/casework/conference.html", context)


def _find(rows, pk: UUID) -> CaseConference:
    return get_object_or_404(rows.select_related("center__zone", "written_by", "voided_by"), pk=pk)


def _people(
    request: HttpRequest, row: CaseConference, verb: AccessVerb = AccessVerb.READ
) -> list[Consultation]:
    """The records of the conference, whose people are noted as read."""
    records = (
        Consultation.visible_to(request.user)
        .filter(group=row.pk)
        .select_related("client", "business_item__catalogue")
    )
    people = list(records.order_by("position"))
    log_reads(request, [record.client for record in people if record.client], verb=verb)
    return people


def _page(request: HttpRequest, row: CaseConference, people: list[Consultation]) -> dict:
    return {"conference": row, "people": people, "on": today(), "labels": code_labels(row.held_on)}


@require_http_methods(["GET", "POST"])
def conference_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """訂正; after somebody else's change it is answered with 409, and what was typed stays."""
    row = _find(editable_conferences(request.user), pk)
    people = _people(request, row)
    if row.voided_at:
        messages.info(request, "この会議録は取り消されています。")
        return redirect("cases:conference", pk)
    form = _correction_form(request, row, people)
    if request.method == "GET" or not form.is_valid():
        return _correction_page(request, row, people, form)
    known = set(row.decisions.values_list("pk", flat=True))
    try:
        correct_conference(
            conference=row,
            by=request.user,
            on=form.on,
            version=form.cleaned_data["version"],
            minutes=form.minutes_of(known),
            reason=form.cleaned_data["reason"],
        )
    except StaleConference as stale:
        data = request.POST.copy()
        data["version"] = str(stale.standing.version)
        form.data = data
        return _correction_page(request, row, people, form, stale=STALE)
    messages.success(request, "会議録を訂正しました。")
    return redirect("cases:conference", pk)


def _correction_form(request: HttpRequest, row: CaseConference, people) -> ConferenceCorrectionForm:
    on = today()
    attendees = [
        {"place": one.organization.name if one.organization else one.organization_name} | vars(one)
        for one in row.attendees.select_related("organization")
    ]
    decisions = [
        {"what": one.what, "staff": one.staff_id, "who": one.who, "due_on": one.due_on, "key": one.pk}
        for one in row.decisions.all()
    ]

    def same_catalogue(day: date) -> bool:
        term = term_on(row.center, day)
        return bool(
            term and all(one.business_item.catalogue_id == term.generation.catalogue_id for one in people)
        )

    return ConferenceCorrectionForm(
        request.POST or None,
        conference=row,
        same_catalogue=same_catalogue,
        attendees=attendees,
        decisions=decisions,
        **_common(row.center, row.held_on, on),
    )


def _correction_page(request: HttpRequest, row, people, form, stale: str = "") -> HttpResponse:
    context = _page(request, row, people) | _offers(form) | {"stale": stale}
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "cases/casework/conference_correct.html", context, status=status)


@require_http_methods(["GET", "POST"])
def conference_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """取り消し of the 会議録 and of the records that it made."""
    row = _find(editable_conferences(request.user), pk)
    people = _people(request, row)
    if row.voided_at:
        return redirect("cases:conference", pk)
    form = ConferenceVoidForm(request.POST or None, on=today(), initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            void_conference(conference=row, by=request.user, **form.cleaned_data)
        except StaleConference:
            messages.warning(request, STALE)
        else:
            messages.success(request, "会議録を取り消しました。記録は「取り消し済」として残ります。")
        return redirect("cases:conference", pk)
    standing = sum(1 for record in people if not record.voided_at)
    consequences = (
        f"この会議から載った{standing}人の記録も取り消され、月次の件数から外れます。"
        "次の予定は残ります。会議録は「取り消し済」として残ります。"
    )
    context = _page(request, row, people) | {"form": form, "consequences": consequences}
    return render(request, "cases/casework/conference_void.html", context, status=422 if form.errors else 200)
