"""Every URL x every role x own, foreign and unknown objects x GET and POST, against a table written by hand."""

import os
import re
import uuid
from collections import Counter
from datetime import date
from functools import cache
from inspect import signature

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client as Browser
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from centers.access import PAGES
from centers.models import Center, Zone
from tests.architecture.walk import OWN_ZONE, ROLES, canary, expectations, own_things, settle, walker

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
CLOSED = ("no", "none")  # for the role, whatever the object
# Where a role that else sees no person reads names by right.
NAMES_FOR = {"shi": ("cases:abuse",)}


def named_urls(resolver=None, prefix=""):
    """Every URL of the site as (name, pattern); a URL without a name is listed by its route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from named_urls(entry, space)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}" if entry.name else str(entry.pattern), entry


@cache
def route(page: str):
    return dict(named_urls())[page].pattern


def url(page: str, kwargs: dict) -> str:
    """The page's address; of the offered arguments only those that its route takes."""
    pattern = route(page)
    return reverse(page, kwargs={key: value for key, value in kwargs.items() if key in pattern.converters})


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Every center with one of each thing; made once, each walk takes back what it has changed."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(SOUDAN_TODAY=date(2026, 11, 20)),
    ):
        yield {center.zone_id: settle(center) for center in Center.objects.select_related("zone__ward")}
        transaction.set_rollback(True)


def test_every_url_stands_in_both_tables():
    urls = {name for name, _ in named_urls()}
    table = {row["page"] for row in expectations()}
    assert urls == set(PAGES), "URLs and centers.access.PAGES differ"
    assert urls == table, "URLs and tests/architecture/access.csv differ"


def test_every_url_with_an_object_is_classified():
    for name, entry in named_urls():
        if entry.pattern.converters:
            row = next(row for row in expectations() if row["page"] == name)
            assert row["object"], f"{name} takes an object; name its kind in access.csv"


def signed_in(browser: Browser) -> bool:
    """Whether the browser holds a session; the log-out takes it away."""
    cookie = browser.cookies.get(settings.SESSION_COOKIE_NAME)
    return bool(cookie and cookie.value)


def ask(browser: Browser, method: str, address: str):
    return browser.generic(method, address, HTTP_SEC_FETCH_SITE="same-origin")


def reached(expected: str, zone: str, own_ward: str, wards: dict) -> bool:
    """Whether an object of the zone may be seen by a user of OWN_ZONE under the table's word."""
    if expected == "all":
        return True
    if expected == "ward":
        return wards[zone] == own_ward
    return expected in {"own", "mine"} and zone == OWN_ZONE


@pytest.mark.parametrize("role", ROLES)
def test_walk(role, world, record_property):
    user = walker(role)
    browser = Browser()
    wards = dict(Zone.objects.values_list("code", "ward"))
    mine = own_things(user, world[OWN_ZONE])
    counts: Counter[str] = Counter()
    wrong = []
    for row in expectations():
        page, kind, expected = row["page"], row["object"], row[role]
        for method in METHODS:
            foreign = 2 if method == "GET" and expected not in CLOSED else 1
            for zone, address in addresses(page, kind, world, mine, foreign):
                if not signed_in(browser):
                    browser.force_login(user)
                response = ask(browser, method, address)
                counts[method] += 1
                allowed = expected == "yes" or (
                    kind and zone is not None and reached(expected, zone, wards[OWN_ZONE], wards)
                )
                if expected == "mine" and zone == OWN_ZONE and address != url(page, mine.target(kind)):
                    allowed = False
                problem = judge(response, bool(allowed), zone)
                if not problem and page != "account_logout" and sent_to_login(response):
                    problem = "is taken for nobody"
                if problem:
                    wrong.append(f"{method} {page} {zone or kind}: {problem}")
                wrong += leaks(response, page, role, method, world)
    record_property("requests", sum(counts.values()))
    assert not wrong


def walked_zones(page: str, world: dict, foreign: int) -> list[str]:
    """The own zone and so many others, which take turns from page to page; TEST_WALK=all goes to all nine."""
    others = [zone for zone in world if zone != OWN_ZONE]
    if os.environ.get("TEST_WALK") != "all":
        turn = list(PAGES).index(page)
        others = [others[(2 * turn + step) % len(others)] for step in range(foreign)]
    return [OWN_ZONE, *others]


def addresses(page: str, kind: str, world: dict, mine, foreign: int):
    """The user's own thing, one of the own center, some of `foreign` others, and one that is not there."""
    if not kind:
        yield None, url(page, {})
        return
    yield OWN_ZONE, url(page, mine.target(kind))
    for zone in walked_zones(page, world, foreign):
        yield zone, url(page, world[zone].target(kind))
    if kind == "ward":
        yield None, url(page, {"code": "nowhere"})
    else:
        unknown = uuid.uuid4()
        known = mine.target(kind)
        yield None, url(page, known | {key: unknown for key in known if isinstance(known[key], uuid.UUID)})


def sent_to_login(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/accounts/login/")


def judge(response, allowed: bool, zone: str | None) -> str:
    """What is wrong with the answer, or nothing. A page that is let in may still ask for another method or input.

    405 is said before any object is looked up, so it tells nothing of one.
    """
    if response.status_code >= 500:
        return f"answers {response.status_code}"
    if allowed and response.status_code == 404:
        return "is closed but should be open"
    if not allowed and response.status_code not in {404, 405}:
        return f"is open ({response.status_code}) but should be 404"
    return ""


def leaks(response, page: str, role: str, method: str, world: dict) -> list[str]:
    """Canaries of other centers (or of any, for those who see no person) in the bytes of the answer."""
    if page in NAMES_FOR.get(role, ()):
        return []
    body = response.content.decode("utf-8", "replace") + str(dict(response.headers))
    own = {OWN_ZONE} if role in {"soudan", "kinou", "chiiki", "kanri"} else set()
    return [
        f"{method} {page} shows {zone}'s text to {role}"
        for zone in world
        if zone not in own and canary(zone) in body
    ]


def test_anonymous_is_sent_to_the_login(world):
    browser = Browser()
    wrong = []
    for row in expectations():
        for method in METHODS:
            for _, address in addresses(row["page"], row["object"], world, world[OWN_ZONE], foreign=0):
                response = ask(browser, method, address)
                to_login = response.status_code == 401 or sent_to_login(response)
                if row["anonymous"] == "login" and not to_login:
                    wrong.append(f"{method} {row['page']}: {response.status_code}")
                if response.status_code >= 500:
                    wrong.append(f"{method} {row['page']}: {response.status_code}")
    assert not wrong


def test_a_foreign_object_answers_like_an_unknown_one(world):
    browser = Browser()
    browser.force_login(walker("soudan"))
    foreign = browser.get(url("cases:client", world["higashi1"].target("client")))
    unknown = browser.get(url("cases:client", {"pk": uuid.uuid4()}))
    assert foreign.status_code == unknown.status_code == 404
    assert without_token(foreign) == without_token(unknown)


def without_token(response) -> str:
    """The page but for its one-time form tokens."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())


def test_the_walk_covers_every_role():
    assert set(signature(walker).parameters) == {"role"} and set(ROLES) <= set(expectations()[0])
