from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from centers.access import Right, Rights, center_of, rights_of
from centers.audit import log_shown_steps
from centers.enums import Role
from centers.notices import unread
from centers.periods import JST, today
from reports.findings import open_findings
from reports.home import greeting, home_of, tiles

MOST_NOTICES = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: a center's staff see their own day, everybody else goes to their dashboard."""
    center = center_of(request.user)
    rights = rights_of(request.user)
    if center is None:
        elsewhere = _landing(rights)
        return redirect(elsewhere) if elsewhere else render(request, "reports/home_empty.html")
    day = today()
    manages = Role.KANRI in rights.roles
    page = home_of(request.user, center, on=day, manages=manages)
    log_shown_steps(request, [line.followup for line in page.steps.lines])
    news = list(unread(request.user)[: MOST_NOTICES + 1])
    context = {
        "today": day,
        "greeting": greeting(timezone.localtime(timezone=JST).hour),
        "home": page,
        "tiles": tiles(page, on=day, manages=manages),
        "findings": open_findings(rights.center_ids(Right.FINDING_READ)) if manages else [],
        "news": news[:MOST_NOTICES],
        "more_news": len(news) > MOST_NOTICES,
        "may_support": rights.allowed(Right.SUPPORT_WRITE),
    }
    return render(request, "reports/home.html", context)


def _landing(rights: Rights) -> str:
    """The first page of city, ward, auditor and system users; empty without a grant in force."""
    pages = {
        Role.SHI: lambda grant: reverse("reports:city"),
        Role.KU: lambda grant: reverse("reports:ward", args=[grant.ward_id]),
        Role.KANSA: lambda grant: reverse("reports:audit"),
        Role.SYSTEM: lambda grant: reverse("centers:contracts"),
    }
    by_role = {grant.role: grant for grant in reversed(rights.grants)}
    return next((page(by_role[role]) for role, page in pages.items() if role in by_role), "")
