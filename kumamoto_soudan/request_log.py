"""One access line a request, and the number by which a user's report and the log find each other."""

import logging
import re
import time
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from kumamoto_soudan.logs import REQUEST_ID

logger = logging.getLogger("access")
HEADER = "X-Request-ID"


class RequestLogMiddleware:
    """Stands first, so that its line tells of what every other middleware answered too.

    The line: method, page name with its UUIDs, status, milliseconds, the user's UUID. No path and no query (they
    may hold words that somebody typed, or the token of a link), no name, no address of the visitor.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.static = re.compile(rf"/{settings.STATIC_URL.strip('/')}/")

    def __call__(self, request: HttpRequest):
        number = uuid4().hex[:12]
        mark = REQUEST_ID.set(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            if not (self.static.match(request.path) and response.status_code < 400):
                took = (time.perf_counter() - started) * 1000
                logger.info(
                    "%s %s %d %dms user=%s",
                    _method(request),
                    page_of(request),
                    response.status_code,
                    took,
                    user_id(request),
                )
            return response
        finally:
            REQUEST_ID.reset(mark)


def _method(request: HttpRequest) -> str:
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return request.method if request.method in known else "OTHER"


def page_of(request: HttpRequest) -> str:
    """cases:client pk=…: the page's name and those of its arguments that are UUIDs; a token is none."""
    match = request.resolver_match
    if match is None:
        return "(no page)"
    ids = [f"{name}={value}" for name, value in match.kwargs.items() if isinstance(value, UUID)]
    return " ".join([match.view_name or "(unnamed)", *ids])


def user_id(request: HttpRequest) -> str:
    """Asks the database for nothing: only a user that the request has looked up already."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    return str(getattr(user, "pk", None) or "-")


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: the page with its number; it uses neither the database nor the session."""
    page = render_to_string("500.html", {"request_id": REQUEST_ID.get()})
    return HttpResponse(page, status=500)
