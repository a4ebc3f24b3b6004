from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cases.models import Consultation
from centers.audit import log_object, log_read
from centers.contracts import code_labels
from centers.fields import WarekiDateField
from centers.forms import SoudanForm
from centers.periods import today
from reports.counting_examples import EXAMPLES
from reports.counting_page import rules_on
from reports.record_counting import counting_of_record

NOT_YET = "この日に決まっている数え方はありません。平成27年4月1日から後の日を入れてください。"


class DayForm(SoudanForm):
    on = WarekiDateField(label="いつのきまりか")  # type: ignore[assignment]  # the name in the address


@require_safe
def counting_rules(request: HttpRequest) -> HttpResponse:
    """計上ルール: how records become figures, by the lists and the catalogue of a day (`on`, else today)."""
    day = today()
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": day}, on=day)
    chosen = form.cleaned_data["on"] if form.is_bound and form.is_valid() else day
    rules = rules_on(chosen)
    if rules is None:
        form.add_error("on", NOT_YET)
        rules = rules_on(day)
    return render(
        request, "help/counting.html", {"form": form, "rules": rules, "day": day, "examples": EXAMPLES}
    )


@require_safe
def record_counting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """この記録の数え方: which figures of its month one record enters, and why or why not."""
    rows = Consultation.visible_to(request.user).select_related(
        "client", "thread", "center__zone", "business_item"
    )
    record = get_object_or_404(rows, pk=pk)
    if record.client:
        log_read(request, record.client)
    else:
        log_object(request, record)
    subject = record.client or record.thread
    context = {
        "record": record,
        "counting": counting_of_record(record),
        "labels": code_labels(record.date),
        "number": subject.number if subject else "",
    }
    return render(request, "reports/record_counting.html", context)
