from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from centers.access import may_open
from centers.models import Notice, User
from centers.notices import mark_read, unread_count, visible_notices, with_read_mark
from centers.paging import Cursor, page_of

# ?show=… → title of the list, and which notices stand in it
VIEWS = {
    "": ("いまのお知らせ", lambda notices: notices.filter(closed_at__isnull=True)),
    "unread": ("まだ開いていないもの", lambda notices: notices.filter(closed_at__isnull=True, is_read=False)),
    "closed": ("解消したもの", lambda notices: notices.filter(closed_at__isnull=False)),
}


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """お知らせ of the user, newest first."""
    show = request.GET.get("show", "")
    show = show if show in VIEWS else ""
    title, narrow = VIEWS[show]
    rows: QuerySet[Notice] = narrow(with_read_mark(visible_notices(request.user), request.user))
    page = page_of(rows, ("-created_at", "pk"), Cursor.of(request.GET), anchors=visible_notices(request.user))
    context = {
        "views": [(name, label, name == show) for name, (label, _) in VIEWS.items()],
        "list_title": title,
        "page": page,
        "query_text": urlencode({"show": show}),
        "unread": unread_count(request.user),
    }
    return render(request, "centers/notices.html", context)


@require_POST
def notice_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Marks the notice as read by the user and goes on to what it tells of."""
    notice = get_object_or_404(visible_notices(request.user), pk=pk)
    mark_read(notice, by=request.user)
    return redirect(_destination(notice, request.user))


def _destination(notice: Notice, user: User) -> str:
    """The notice's own path; else the page on which the user sees the center that it concerns."""
    if notice.path.startswith("/") and not notice.path.startswith("//"):
        return notice.path
    if notice.center_id and may_open(user, "reports:city_center"):
        return reverse("reports:city_center", args=[notice.center_id])
    return reverse("reports:home")
