from django.http import Http404, HttpRequest

from centers.access import PAGES, PUBLIC, may_open
from centers.audit import log_denial


class AccessMiddleware:
    """Every page asks the access table; who may not open it gets the same 404 as for a page that is not there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match and request.user.is_authenticated:
            log_denial(request)
        return response

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):
        page = request.resolver_match.view_name
        if PAGES.get(page) != PUBLIC and request.user.is_authenticated and not may_open(request.user, page):
            raise Http404


class PrivacyHeadersMiddleware:
    """Pages of a signed-in user are kept in no cache; logging out clears what the browser holds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if signed_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        if signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
