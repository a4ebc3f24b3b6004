from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def index(request: HttpRequest) -> HttpResponse:
    """操作の手引き, with the counting rules."""
    hours = settings.SOUDAN_SESSION_SECONDS // 3600
    return render(request, "help/index.html", {"session_hours": hours})


def keys(request: HttpRequest) -> HttpResponse:
    """キー操作: a page, or only the list for the dialog over a page."""
    return render(request, "help/_keys.html" if request.htmx else "help/keys.html")
