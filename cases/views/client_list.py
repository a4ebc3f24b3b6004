"""ケース一覧. Names are searched in the box at the top, by POST: here no filter is a text."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.caselist import ANONYMOUS, SHARED, CaseList, QuietDays
from cases.forms.caselist import DEFAULT_SORT, CaseListForm
from cases.models import AnonymousThread, Consultation
from centers.access import Right, allowed, center_of
from centers.contracts import code_labels
from centers.models import StaffMember
from centers.paging import Cursor, capped_count, page_of
from centers.periods import today

# Column → what a first press sorts by.
SORTED = {"kana": ("利用者", "kana"), "last": ("最後の動き", "-last"), "due": ("次の予定", "due")}


@require_GET
def client_list(request: HttpRequest) -> HttpResponse:
    """The cases of a saved view (`view`), narrowed and ordered by the address, 50 at a time."""
    on = today()
    labels = code_labels(on)
    cases = CaseList(request.user, on=on, quiet=QuietDays.on(on))
    form = CaseListForm(request.GET, on=on, labels=labels, **_choices(cases))
    context = {
        "on": on,
        "labels": labels,
        "center": center_of(request.user),
        "form": form,
        "quiet": cases.quiet,
        "views": _views(request, cases, form),
        "refused": form.errors,
    }
    if form.view == ANONYMOUS:
        return render(request, "cases/thread_list.html", context | _threads(request))
    found = cases.of_view(form.view, form.wanted)
    context |= {
        "page": cases.page(found, form.sort, Cursor.of(request.GET), with_center=form.view == SHARED),
        "count": capped_count(found),
        "applied": [(label, chosen, _address(form, without=name)) for name, label, chosen in form.applied],
        "bare": _address(form, without=None, filters=False),
        "query_text": _query(form),
        "columns": {key: _column(form, key) for key in SORTED},
    }
    return render(request, "cases/client_list.html", context)


def _choices(cases: CaseList) -> dict[str, Iterable]:
    districts = cases.cases.exclude(client__school_district="").values_list(
        "client__school_district", flat=True
    )
    return {
        "staff": StaffMember.objects.filter(pk__in=cases.cases.values("responsible")).order_by(
            "kana", "name"
        ),
        "districts": districts.order_by("client__school_district").distinct(),
    }


def _views(request: HttpRequest, cases: CaseList, form: CaseListForm) -> list[dict]:
    """The saved views as links with their numbers; 共有 and 匿名 only for whom they may hold something."""
    counts = cases.counts()
    views = [(key, label, counts[key]) for key, label in cases.labels.items()]
    shared = capped_count(cases.shared)
    if shared.number or form.view == SHARED:
        views.append((SHARED, "ほかのセンターから共有", shared))
    if allowed(request.user, Right.NOTE_READ):
        views.append((ANONYMOUS, "匿名の相談", capped_count(AnonymousThread.visible_to(request.user))))
    return [
        {"key": key, "label": label, "count": count, "current": key == form.view}
        for key, label, count in views
    ]


def _threads(request: HttpRequest) -> dict:
    last = (
        Consultation.visible_to(request.user).filter(thread=OuterRef("pk")).order_by("-date", "-created_at")
    )
    threads = AnonymousThread.visible_to(request.user).annotate(
        last_on=Subquery(last.values("date")[:1]), last_method=Subquery(last.values("method")[:1])
    )
    page = page_of(threads, ("-opened_on", "-number", "pk"), Cursor.of(request.GET))
    return {"page": page, "query_text": urlencode({"view": ANONYMOUS})}


def _query(form: CaseListForm, **changed: str) -> str:
    query = {"view": form.view, "sort": form.sort} | form.query | changed
    return urlencode({key: value for key, value in query.items() if (key, value) != ("sort", DEFAULT_SORT)})


def _address(form: CaseListForm, *, without: str | None, filters: bool = True) -> str:
    kept = {name: value for name, value in form.query.items() if filters and name != without}
    return "?" + urlencode({"view": form.view} | kept)


def _column(form: CaseListForm, key: str) -> dict[str, str]:
    """A sortable head: where pressing it leads, and its state in words for aria-sort."""
    label, first = SORTED[key]
    current = form.sort.lstrip("-") == key
    falling = form.sort.startswith("-")
    turned = form.sort.removeprefix("-") if falling else f"-{form.sort}"
    return {
        "label": label,
        "url": "?" + _query(form, sort=turned if current else first),
        "aria": ("descending" if falling else "ascending") if current else "",
        "arrow": ("▼" if falling else "▲") if current else "",
    }
