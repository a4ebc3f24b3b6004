"""Puts a demo together, or says why it may not."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction

from cases.actions.facts import refresh_case_facts
from cases.models import Client
from centers.models import RuleSetting, User
from centers.reference import DEMO_MARK
from reports.demo.between import pass_between
from reports.demo.casework import leave_casework
from reports.demo.fill import fill
from reports.demo.intakes import close_last_month, write_assessments, write_intakes
from reports.demo.papers import leave_papers
from reports.demo.person import fill_sheets
from reports.demo.persons import People, invent_people
from reports.demo.records import Book, leave_drafts, share_one
from reports.demo.rights import invent_rights
from reports.demo.staff import Team, invent_corporations, mark_as_demo, settle_staff
from reports.demo.support import furnish_support
from reports.demo.volume import CITY, LARGE, Volume

NONE, SMALL = "none", "small"
VOLUMES = {"city": CITY, "large": LARGE}
SIZES = (NONE, SMALL, *VOLUMES)


class NotADemo(Exception):
    """The database holds what the demo did not make."""


class AlreadyThere(Exception):
    """The demo was made before."""


@transaction.atomic
def build_demo(*, seed: int, size: str | Volume, today: date, progress: Callable[[int, int], None]) -> None:
    """Fill an empty database (reference data aside) in one transaction. `progress(done, of)` is called along the way.

    `size` is one of SIZES, or a Volume for a size of one's own.
    """
    _refuse_real_data()
    rng = Random(seed)
    mark_as_demo(seed)
    invent_corporations()
    teams = settle_staff(rng, today)
    if size == NONE:
        progress(1, 1)
    elif size == SMALL:
        _settle_small(rng, list(teams.values()), today, progress)
        furnish_support(Random(f"support {seed}"), teams.values(), today)
    else:
        volume = size if isinstance(size, Volume) else VOLUMES[size]
        _leave_traces(rng, fill(seed, volume, teams.values(), today, progress), today)


def _settle_small(rng: Random, teams: list[Team], today: date, progress: Callable[[int, int], None]) -> None:
    everybody: list[People] = []
    for number, team in enumerate(teams, start=1):
        people = invent_people(rng, team, today)
        people.save()
        Book(rng, people, today).write().save()
        leave_drafts(rng, people)
        write_intakes(rng, people)
        write_assessments(rng, people, today)
        leave_casework(rng, people, today)
        everybody.append(people)
        progress(number, len(teams))
    share_one(rng, everybody[0], everybody[1], today)
    pass_between(rng, everybody, today)
    fill_sheets(everybody, today)
    close_last_month(everybody, today)
    for people in everybody:
        leave_papers(rng, people, today)
        invent_rights(rng, people, today)
    refresh_case_facts(client.pk for people in everybody for client in people.clients)


def _leave_traces(rng: Random, everybody: list[People], today: date) -> None:
    for people in everybody:
        leave_drafts(rng, people)
    share_one(rng, everybody[0], everybody[1], today)


def _refuse_real_data() -> None:
    if RuleSetting.objects.filter(key=DEMO_MARK).exists():
        raise AlreadyThere
    if Client.unscoped.exists() or User.objects.exists():
        raise NotADemo
