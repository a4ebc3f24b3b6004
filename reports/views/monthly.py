"""月次実績: of the city, of one center, and the records behind a figure."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Client, Consultation
from cases.timeline import with_gist
from centers.access import Right, allowed, center_of, centers_visible, rights_of
from centers.audit import log_reads
from centers.contracts import code_labels
from centers.models import Center
from centers.paging import Cursor, page_of
from centers.periods import JST, DateInputError, Month, today
from reports.closing import changes_since_closing, differing
from reports.drill import NEWEST_FIRST, Line, contacts_of_each, line_of, nameless, size
from reports.figures import city_figures, live_of, monthly_figures
from reports.frozen import latest_reports
from reports.monthly import Link, support_table, table_of, tiles_of
from reports.places import ran_in
from reports.reconcile import broken
from reports.rights import RightsTable, rights_figures, rights_labels, rights_tables, sum_rights
from reports.tables import Table

PERSONS_A_PAGE = 25
LEFT = (Table.METHODS, Table.CONTENTS, Table.BUSINESS_ITEMS)
RIGHT = (Table.PERSONS, Table.AGES, Table.COUNTERPARTS, Table.DISABILITIES)


@require_safe
def monthly(request: HttpRequest) -> HttpResponse:
    """The chosen month (`month`, else the current one): of a chosen or the own center, else the list of all."""
    month = _chosen_month(request)
    center = _chosen_center(request)
    if center:
        return redirect("reports:monthly_center", center.pk, str(month))
    city = city_figures(month)
    live = live_of(city)
    address = reverse("reports:monthly")
    context = _frame(month, lambda other: f"{address}?month={other}") | {
        "city": city,
        "rows": [
            (figures, len(broken(figures.identities)), len(differing(figures, live[figures.center.pk])))
            for figures in city.centers
        ],
        "sums": city.total(Table.PERSONS),
        "closed": sum(1 for figures in city.centers if figures.report),
        "rights": _rights([one.center for one in city.centers], month),
        "may_cover": allowed(request.user, Right.COVERAGE_READ),
    }
    return render(request, "reports/monthly.html", context)


@require_safe
def monthly_center(request: HttpRequest, center: UUID, month: str) -> HttpResponse:
    """One center's month beside the month before, each figure a link to its records."""
    place, chosen = place_and_month(request, center, month, Right.FIGURES_READ)
    former = chosen.previous()
    now = monthly_figures(place, chosen)
    before = monthly_figures(place, former) if ran_in(place, former) else None
    link = _link(request, place, chosen)
    own = center_of(request.user) == place
    context = _frame(chosen, lambda other: _address(place, other)) | {
        "center": place,
        "figures": now,
        "wrong": broken(now.identities),
        "tiles": tiles_of(now, before, link),
        "left": [table_of(table, now, before, link) for table in LEFT],
        "right": [table_of(table, now, before, link) for table in RIGHT],
        "support": support_table(
            now, before, _support_url(request, place, chosen) if now.support.supports else ""
        ),
        "opens": bool(_readable(request, place)),
        "may_log": own,
        "changes": changes_since_closing(now),
        "may_close": may_close(request, place) and chosen.ends_on < today(),
        "rights": _rights([place], chosen),
        "rights_url": reverse("cases:rights") if own else "",
    }
    return render(request, "reports/monthly_center.html", context)


@require_safe
def monthly_records(request: HttpRequest, center: UUID, month: str, table: str, code: str) -> HttpResponse:
    """Exactly the records behind a figure: the center's staff read them, the city sees them without a name."""
    place, chosen = place_and_month(request, center, month, Right.FIGURES_RECORDS)
    line = line_of(place, chosen, table, code)
    if line is None:
        raise Http404
    contacts, persons = size(line)
    context = {
        "month": chosen,
        "center": place,
        "line": line,
        "contacts": contacts,
        "persons": persons,
        "labels": code_labels(chosen.ends_on),
        "report": latest_reports([place], chosen).get(place.pk),
    }
    if place.pk not in rights_of(request.user).center_ids(Right.FIGURES_RECORDS):
        return render(request, "reports/monthly_nameless.html", context | _nameless(request, line))
    if line.table.of_persons:
        return render(request, "reports/monthly_persons.html", context | _persons(request, line, persons))
    return render(request, "reports/monthly_records.html", context | _records(request, line, contacts))


def _rights(centers: list[Center], month: Month) -> list[RightsTable]:
    """E 権利擁護 of the centers together."""
    labels = rights_labels(month)
    return rights_tables(sum_rights(rights_figures(centers, month, labels).values()), labels)


def _records(request: HttpRequest, line: Line, contacts: int) -> dict:
    """The records that the user may read; the others are a number."""
    readable = Consultation.visible_to(request.user).filter(line.contacts())
    page = page_of(
        with_gist(readable.select_related("client", "thread")), NEWEST_FIRST, Cursor.of(request.GET)
    )
    log_reads(
        request,
        [record.client for record in page.rows if record.client],
        [record for record in page.rows if not record.client],
    )
    return {"page": page, "hidden": contacts - readable.count(), "hidden_words": _hidden_words(request, line)}


def _persons(request: HttpRequest, line: Line, persons: int) -> dict:
    """The persons by number, each with the contacts of the month."""
    readable = Client.visible_to(request.user).filter(line.persons())
    page = page_of(readable, ("number", "pk"), Cursor.of(request.GET), size=PERSONS_A_PAGE)
    log_reads(request, page.rows)
    every = contacts_of_each(line, page.rows)
    own = Consultation.visible_to(request.user).filter(line.contacts(), client__in=page.rows)
    shown: dict[UUID, list[Consultation]] = {client.pk: [] for client in page.rows}
    for record in own.order_by("date", "pk").only("date", "method", "client_id", "center_id"):
        shown[record.client_id].append(record)
    people = [
        (client, shown[client.pk], every.get(client.pk, 0) - len(shown[client.pk])) for client in page.rows
    ]
    hidden = persons - readable.count()
    return {
        "page": page,
        "people": people,
        "hidden_persons": hidden,
        "hidden_words": _hidden_words(request, line),
    }


def _hidden_words(request: HttpRequest, line: Line) -> str:
    """Why some records do not show: 地域支援員 sees only their own, others all but the restricted cases."""
    reads_all = line.center.pk in rights_of(request.user).center_ids(Right.NOTE_READ)
    return "閲覧を限っている記録" if reads_all else "ほかの職員の記録"


def _nameless(request: HttpRequest, line: Line) -> dict:
    page = nameless(line, Cursor.of(request.GET))
    words = line.vocabulary
    items = {code.code: code.label for code in words.codes(Table.BUSINESS_ITEMS, line.center)}
    ages = {code.code: code.label for code in words.codes(Table.AGES, line.center)}
    rows = [(row, items.get(row.business_item, row.business_item), ages[row.age_band]) for row in page.rows]
    return {"page": page, "rows": rows}


def _frame(month: Month, address: Callable[[Month], str]) -> dict:
    """What a month's page says about its month; the next one is offered once it has begun."""
    previous, following = month.previous(), month.next()
    return {
        "month": month,
        "previous": previous,
        "previous_url": address(previous),
        "next": following,
        "next_url": address(following) if following.starts_on <= today() else "",
        "counted_at": timezone.localtime(timezone=JST),
    }


def _chosen_month(request: HttpRequest) -> Month:
    """`month` of the address; the current one with a word about it where it cannot be read or is still to come."""
    current = Month.of(today())
    text = request.GET.get("month", "").strip()
    if not text:
        return current
    try:
        month = Month.parse(text)
    except DateInputError as problem:
        messages.warning(request, f"「{text[:20]}」は{problem}")
        return current
    if month > current:
        messages.warning(request, f"{month.label}はまだ来ていません。今月を表示しています。")
        return current
    return month


def _chosen_center(request: HttpRequest) -> Center | None:
    """`center` of the address, or the only one that the user may see; None for the list."""
    visible = centers_visible(request.user, Right.FIGURES_READ)
    if wanted := request.GET.get("center"):
        try:
            return get_object_or_404(visible, pk=UUID(wanted))
        except ValueError:
            raise Http404 from None
    if rights_of(request.user).city_wide(Right.FIGURES_READ):
        return None
    return center_of(request.user)


def place_and_month(request: HttpRequest, pk: UUID, text: str, right: Right) -> tuple[Center, Month]:
    """A center that the user may see under the right, and a month that has begun and in which it ran; or 404."""
    centers = centers_visible(request.user, right).select_related("zone__ward", "corporation")
    center = get_object_or_404(centers, pk=pk)
    try:
        month = Month.parse(text)
    except DateInputError:
        raise Http404 from None
    if month.starts_on > today() or not ran_in(center, month):
        raise Http404
    return center, month


def _address(center: Center, month: Month) -> str:
    return reverse("reports:monthly_center", args=[center.pk, str(month)]) if ran_in(center, month) else ""


def may_close(request: HttpRequest, center: Center) -> bool:
    return center.pk in rights_of(request.user).center_ids(Right.MONTH_CLOSE)


def _readable(request: HttpRequest, center: Center) -> bool:
    """Whether the user may open the records behind the center's figures."""
    rights = rights_of(request.user)
    return rights.city_wide(Right.FIGURES_RECORDS) or center.pk in rights.center_ids(Right.FIGURES_RECORDS)


def _link(request: HttpRequest, center: Center, month: Month) -> Link:
    if not _readable(request, center):
        return lambda table, code: ""
    return lambda table, code: reverse(
        "reports:monthly_records", args=[center.pk, str(month), table.value, code]
    )


def _support_url(request: HttpRequest, center: Center, month: Month) -> str:
    """The month in the center's log of 後方支援, for who reads it."""
    if center.pk not in rights_of(request.user).center_ids(Right.SUPPORT_READ):
        return ""
    return f"{reverse('cases:supports')}?month={month}"
