"""Fills a database with a city's volume, center by center."""

from collections.abc import Callable, Iterable
from datetime import date
from random import Random

from django.db import connection

from cases.actions.facts import refresh_case_facts
from centers.models import OpeningHours
from reports.demo.attendance import attend
from reports.demo.crowd import settle
from reports.demo.ledger import Ledger
from reports.demo.persons import People
from reports.demo.staff import Team
from reports.demo.volume import Volume
from reports.rollups import fold


def fill(
    seed: int, volume: Volume, teams: Iterable[Team], today: date, progress: Callable[[int, int], None]
) -> list[People]:
    """Write the volume; returns the first people of each center. Call it in a transaction.

    Every center has its own source of chance, so that one does not depend on another. `progress(done, of)` is told
    contacts. Foreign keys are checked at the end of each COPY, since waiting checks would fill the memory.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    tally = _Tally(volume.contacts_until(today), progress)
    first_people = [_fill_center(seed, volume, team, today, tally) for team in teams]
    fold(on=today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tally.finish()
    return first_people


class _Tally:
    """Turns rows written into progress; what is to come is an estimate."""

    def __init__(self, planned: int, progress: Callable[[int, int], None]):
        self.planned, self.progress, self.done = planned, progress, 0

    def add(self, rows: int) -> None:
        self.done += rows
        self.progress(min(self.done, self.planned - 1), self.planned)

    def finish(self) -> None:
        self.progress(self.done, self.done)


def _fill_center(seed: int, volume: Volume, team: Team, today: date, tally: _Tally) -> People:
    zone = team.center.zone_id
    rng = Random(f"{seed} {zone}")
    hours = OpeningHours.objects.in_force(today).filter(center=team.center)
    attendance = attend(rng, volume, zone, set(hours.values_list("weekday", flat=True)), today)
    crowd = settle(rng, team, attendance, today)
    Ledger(rng, crowd, today).write(attendance, tally.add)
    refresh_case_facts(client for client, _ in crowd.ids)
    return People(team, clients=crowd.first_clients)
