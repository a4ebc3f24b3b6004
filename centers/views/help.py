from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from centers.contracts import setting
from centers.periods import today


def index(request: HttpRequest) -> HttpResponse:
    """操作の手引き, with the counting rules."""
    hours = settings.SOUDAN_SESSION_SECONDS // 3600
    return render(
        request,
        "help/index.html",
        {"session_hours": hours, "draft_days": setting("draft_days", today())},
    )


def keys(request: HttpRequest) -> HttpResponse:
    """キー操作: a page, or only the list for the dialog over a page."""
    return render(request, "help/_keys.html" if request.htmx else "help/keys.html")
