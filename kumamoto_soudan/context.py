"""What every template gets: navigation, person search, who is signed in, and the notices of the frame."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cases.actions.waiting import between_waiting, glass_waiting
from centers import guide
from centers.access import center_of, may_open, navigation, rights_of
from centers.models import User
from centers.notices import unread_count
from centers.periods import JST, wareki

LOG_PAGE = "cases:log"
SEARCH_PAGE = "cases:search"
SUGGEST_PAGE = "cases:suggest"

# G, then this letter. Only pages that have a place in the navigation.
SHORTCUTS = {
    "reports:home": "g h",
    "cases:client_list": "g c",
    "reports:monthly": "g r",
}

# Pages without a line of their own in the navigation, by the line that they belong to.
WITHIN: dict[str, tuple[str, ...]] = {
    "reports:home": ("reports:ward",),
    "reports:city": ("reports:ward",),
    "cases:client_list": (
        "cases:client",
        "cases:consultation",
        "cases:thread",
        "cases:search",
        "cases:followup_new",
    ),
    "cases:followups": ("cases:followup_done",),
    "cases:between": ("cases:referral", "cases:handover", "cases:inquiry"),
    "cases:glasses": ("cases:glass_new", "cases:glass_judge"),
    "centers:accounts": ("centers:account",),
}
# Where the way to the help leads to the list of guides, in the same tab.
HELP_PAGES = ("centers:help", "centers:guide", "centers:keys", "reports:counting_rules")
# What waits to be seen, by page of the navigation.
COUNTS: dict[str, Callable[[User], int]] = {
    "centers:notices": unread_count,
    "cases:between": between_waiting,
    "cases:glasses": glass_waiting,
}


@dataclass(frozen=True)
class NavLink:
    """One line of the side navigation; `count` is shown only when somebody must act."""

    key: str
    label: str
    icon: str
    url: str
    current: bool
    shortcut: str = ""
    count: int = 0


def frame(request: HttpRequest) -> dict:
    """Context processor. An anonymous visitor and an error page get the notices alone."""
    notices = {
        "demo": settings.SOUDAN_DEMO,
        "mfa_not_required": not settings.SOUDAN_REQUIRE_MFA,
        "fixed_today": settings.SOUDAN_TODAY,
        "idle_minutes": settings.SOUDAN_IDLE_SECONDS // 60,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return notices
    return notices | {
        "nav": _links(request),
        "nav_primary": _url_for(request, LOG_PAGE),
        "find_url": _url_for(request, SEARCH_PAGE),
        "suggest_url": _url_for(request, SUGGEST_PAGE),
        "help": _help(request),
        "place": _place(user),
        "idle_seconds": settings.SOUDAN_IDLE_SECONDS,
        "printed_at": _stamp(),
    }


@dataclass(frozen=True)
class HelpLink:
    """The way to the help. `beside`: a chapter for this page, opened beside it so that nothing half-typed is left."""

    url: str
    beside: bool


def _help(request: HttpRequest) -> HelpLink:
    page = _page(request)
    if page in HELP_PAGES:
        return HelpLink(reverse("centers:help"), beside=False)
    return HelpLink(guide.help_url(request.user, page), beside=True)


def _page(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _links(request: HttpRequest) -> list[NavLink]:
    here = _page(request)
    return [
        NavLink(
            key=item.page,
            label=item.label,
            icon=item.icon,
            url=_address(item.page),
            current=here.startswith((item.page, *WITHIN.get(item.page, ()))),
            shortcut=SHORTCUTS.get(item.page, ""),
            count=_count(request, item.page),
        )
        for item in navigation(request.user)
    ]


_address = cache(reverse)


def _count(request: HttpRequest, page: str) -> int:
    """Asked for only where the navigation is drawn, and once; a part of a page does without."""
    count = COUNTS.get(page)
    return cast(int, SimpleLazyObject(partial(count, request.user))) if count else 0


def _url_for(request: HttpRequest, page: str) -> str:
    return _address(page) if may_open(request.user, page) else ""


def _place(user) -> str:
    """中央2 ウィズ・相談員: in whose name the user works, and as what."""
    center = center_of(user)
    roles = "・".join(role.label for role in rights_of(user).roles)
    return "・".join(part for part in (str(center) if center else "", roles) if part)


def _stamp() -> str:
    """The head line of a print tells the real time, also where the screens' day is fixed."""
    now = timezone.now().astimezone(JST)
    return f"{wareki(now.date())} {now:%H:%M}"
