"""閲覧の記録 for people: of one person, of oneself, and the month's sample that is to be confirmed."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cases.forms.reads import ReadsForm, SampleForm
from cases.models import Attachment, Client
from cases.views.clients import READS_DAYS, page_context, person_of, reads_of
from centers.access import Right, rights_of
from centers.audit import log_read
from centers.enums import AccessVerb
from centers.models import AccessLog, ReadSample, ReadSampling
from centers.pages import page_name
from centers.paging import Cursor, page_of
from centers.periods import JST, Month
from centers.read_samples import alarms_of, judge, with_counts

ORDER = ("-at", "-pk")
ALARM_DAYS = 62
MONTHS_SHOWN = 12


@require_GET
def client_reads(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who read the person, when, on which page and why; for センター管理者 of the client's center."""
    person = person_of(request, pk)
    if not person.reads_shown:
        raise Http404
    log_read(request, person.client)
    reads = reads_of(person.client)
    users = reads.order_by("user__name").values_list("user", "user__name").distinct()
    form = ReadsForm(request.GET, on=_real_day(), days=READS_DAYS, users=list(users))
    page = page_of(form.narrowed(reads).select_related("user"), ORDER, Cursor.of(request.GET), anchors=reads)
    taken = [read.object_id for read in page.rows if read.verb == AccessVerb.DOWNLOAD]
    names = dict(Attachment.visible_to(request.user).filter(pk__in=taken).values_list("pk", "name"))
    context = page_context(person) | {
        "page": page,
        "rows": [(read, page_name(read.page), names.get(read.object_id, "")) for read in page.rows],
        "filters": form,
        "query_text": urlencode(form.query),
    }
    return render(request, "cases/client_reads.html", context)


@require_GET
def own_reads(request: HttpRequest) -> HttpResponse:
    """What is noted of the user's own acts. Persons by their number, where the user still sees them."""
    reads = AccessLog.objects.filter(user=request.user)
    form = ReadsForm(request.GET, on=_real_day(), days=READS_DAYS)
    page = page_of(
        form.narrowed(reads).select_related("center__zone"), ORDER, Cursor.of(request.GET), anchors=reads
    )
    numbers = _numbers(request, page.rows)
    context = {
        "page": page,
        "rows": [(read, page_name(read.page), numbers.get(read.client_id)) for read in page.rows],
        "filters": form,
        "query_text": urlencode(form.query),
        "days": READS_DAYS,
    }
    return render(request, "me/reads.html", context)


@require_http_methods(["GET", "POST"])
def read_samples(request: HttpRequest) -> HttpResponse:
    """The drawn reads of a month (the latest unless named); a post confirms one of them."""
    centers = rights_of(request.user).center_ids(Right.READ_SAMPLE)
    mine = ReadSampling.objects.filter(center__in=centers)
    if request.method == "POST":
        return _judged(request, mine)
    months = list(
        with_counts(mine).select_related("center__zone").order_by("-month", "center")[:MONTHS_SHOWN]
    )
    sampling = next(
        (one for one in months if str(one.pk) == request.GET.get("month")), months[0] if months else None
    )
    return _samples_page(request, months, sampling, centers)


def _samples_page(
    request, months, sampling, centers, *, refused: ReadSample | None = None, form=None
) -> HttpResponse:
    samples = list(
        ReadSample.objects.filter(sampling=sampling).select_related("read__user", "judged_by")
        if sampling
        else ()
    )
    numbers = _numbers(request, [sample.read for sample in samples])
    rows = [
        {
            "sample": sample,
            "page": page_name(sample.read.page),
            "number": numbers.get(sample.read.client_id),
            "form": form
            if refused and refused.pk == sample.pk
            else SampleForm(auto_id=f"id_{sample.position}_%s"),
        }
        for sample in samples
    ]
    context = {
        "months": [(one, Month.of(one.month).label) for one in months],
        "sampling": sampling,
        "label": Month.of(sampling.month).label if sampling else "",
        "rows": rows,
        "form": form,
        "alarms": alarms_of(centers, timezone.now() - timedelta(days=ALARM_DAYS)),
        "alarm_days": ALARM_DAYS,
    }
    return render(request, "cases/read_samples.html", context, status=422 if form else 200)


def _judged(request: HttpRequest, mine) -> HttpResponse:
    samples = ReadSample.objects.filter(sampling__in=mine).select_related("sampling__center__zone")
    try:
        pk = UUID(request.POST.get("sample", ""))
    except ValueError:
        raise BadRequest("no sample") from None
    sample = get_object_or_404(samples, pk=pk)
    form = SampleForm(request.POST, auto_id=f"id_{sample.position}_%s")
    if not form.is_valid():
        months = list(
            with_counts(mine).select_related("center__zone").order_by("-month", "center")[:MONTHS_SHOWN]
        )
        centers = rights_of(request.user).center_ids(Right.READ_SAMPLE)
        return _samples_page(request, months, sample.sampling, centers, refused=sample, form=form)
    judge(sample=sample, by=request.user, **form.cleaned_data)
    messages.success(request, f"{sample.position}件目を確かめました。")
    return redirect(f"{request.path}?month={sample.sampling_id}#sample-{sample.position}")


def _numbers(request: HttpRequest, reads) -> dict:
    """Client id → (id to open, number) of the persons in the reads that the user sees."""
    ids = {read.client_id for read in reads if read.client_id}
    found = Client.visible_to(request.user).filter(pk__in=ids)
    return dict(found.values_list("pk", "number"))


def _real_day():
    return timezone.localdate(timezone=JST)
