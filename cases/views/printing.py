"""One person's record on paper: what is to be printed is chosen, and the print is noted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.forms.printing import PrintForm, PrintPart
from cases.models import CaseConference, CasePlan
from cases.people import STEPS_SHOWN, Person, open_steps
from cases.timeline import records_of
from cases.views.clients import page_context, person_of
from centers.audit import log_read
from centers.contracts import setting
from centers.enums import AccessVerb
from centers.periods import FiscalYear

MOST_CONFERENCES = 50


@require_GET
def client_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The choice of period and parts; with `parts` in the address the sheet itself, noted as 印刷."""
    person = person_of(request, pk)
    asked = "parts" in request.GET or "starts_on" in request.GET
    initial = {
        "starts_on": FiscalYear.of(person.on).starts_on,
        "ends_on": person.on,
        "parts": [PrintPart.BASIC, PrintPart.CASE, PrintPart.STEPS, PrintPart.RECORDS],
    }
    form = PrintForm(request.GET if asked else None, initial=initial, on=person.on)
    if asked and form.is_valid():
        limit = setting("print_records", person.on)
        parts = _parts(request, person, form, limit)
        if len(parts.get("records", ())) <= limit:
            log_read(request, person.client, verb=AccessVerb.PRINT)
            context = page_context(person) | parts | {"form": form, "at": timezone.now(), "printing": True}
            return render(request, "cases/casework/print_sheet.html", context)
        form.add_error(
            "starts_on", f"経過が{limit}件を超えます。期間を短くするか、何回かに分けて印刷してください。"
        )
    log_read(request, person.client)
    context = page_context(person) | {"form": form}
    return render(request, "cases/casework/print.html", context, status=422 if form.errors else 200)


def _parts(request: HttpRequest, person: Person, form: PrintForm, limit: int) -> dict:
    """What was chosen, as far as the user may read it; of 経過 one record more than the limit at most."""
    user, client, wanted = request.user, person.client, form.cleaned_data["parts"]
    parts: dict = {"wanted": wanted, "period": form.period}
    if PrintPart.CASE in wanted:
        plans = CasePlan.visible_to(user).filter(case=person.case).prefetch_related("goals")
        parts["plan"] = plans.order_by("-version").first()
    if PrintPart.STEPS in wanted:
        parts["steps"] = open_steps(user, client)[:STEPS_SHOWN]
    if PrintPart.RECORDS in wanted:
        records = records_of(user, client).filter(date__range=form.period).select_related("written_by")
        parts["records"] = list(records.order_by("date", "start_time", "created_at")[: limit + 1])
    if PrintPart.CONFERENCES in wanted:
        rows = CaseConference.visible_to(user).filter(
            CaseConference.of_client(client), held_on__range=form.period
        )
        rows = rows.prefetch_related("attendees__organization", "decisions__staff")
        parts["conferences"] = list(rows.order_by("held_on")[:MOST_CONFERENCES])
    return parts
