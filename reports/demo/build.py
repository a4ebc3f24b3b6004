"""Puts a demo together, or says why it may not."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction

from cases.actions.facts import refresh_case_facts
from cases.models import Client
from centers.models import RuleSetting, User
from centers.reference import DEMO_MARK
from reports.demo.persons import People, invent_people
from reports.demo.records import Book, leave_drafts, share_one
from reports.demo.staff import invent_corporations, mark_as_demo, settle_staff

NONE, SMALL = "none", "small"
SIZES = (NONE, SMALL)


class NotADemo(Exception):
    """The database holds what the demo did not make."""


class AlreadyThere(Exception):
    """The demo was made before."""


@transaction.atomic
def build_demo(*, seed: int, size: str, today: date, progress: Callable[[int, int], None]) -> None:
    """Fill an empty database (reference data aside). `progress(done, of)` is called along the way."""
    _refuse_real_data()
    rng = Random(seed)
    mark_as_demo(seed)
    invent_corporations()
    teams = settle_staff(rng, today)
    steps = len(teams) + 1
    progress(1, steps)
    if size == NONE:
        return
    everybody: list[People] = []
    for number, team in enumerate(teams.values(), start=2):
        people = invent_people(rng, team, today)
        people.save()
        Book(rng, people, today).write().save()
        leave_drafts(rng, people)
        everybody.append(people)
        progress(number, steps)
    share_one(rng, everybody[0], everybody[1], today)
    refresh_case_facts(client.pk for people in everybody for client in people.clients)


def _refuse_real_data() -> None:
    if RuleSetting.objects.filter(key=DEMO_MARK).exists():
        raise AlreadyThere
    if Client.unscoped.exists() or User.objects.exists():
        raise NotADemo
