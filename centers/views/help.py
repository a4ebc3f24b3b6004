from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centers import guide as guides
from centers.enums import Role


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """操作の手引き: the user's own guides first, then the others."""
    own, others = guides.guides_of(request.user)
    context = {"own": list(map(guides.guide, own)), "others": list(map(guides.guide, others))}
    return render(request, "help/index.html", context)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide with all its chapters; every guide is open to everybody who is signed in."""
    if slug not in Role.values:
        raise Http404
    return render(request, "help/guide.html", {"guide": guides.guide(Role(slug))})


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """キー操作: a page, or only the list for the dialog over a page."""
    return render(request, "help/_keys.html" if request.htmx else "help/keys.html")
