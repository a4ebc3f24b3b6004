"""Who comes to one center on which day: the plan that the large sizes are written from."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from centers.periods import FiscalYear, is_business_day, is_holiday
from reports.demo.volume import WITHOUT_CLIENT, Volume

NEW_SHARE = 0.56
# Spread of the number of contacts a person has: with it the first tenth has about half of them.
SPREAD = 1.2
MOST_A_YEAR = 240
WEEKDAYS = {1: 1.2, 2: 1.05, 3: 1.0, 4: 0.95, 5: 1.1, 6: 0.25, 7: 0.2}
SEASON = {
    4: 1.12,
    5: 0.97,
    6: 1.02,
    7: 1.0,
    8: 0.9,
    9: 1.0,
    10: 1.04,
    11: 1.0,
    12: 0.96,
    1: 0.93,
    2: 0.96,
    3: 1.1,
}
_BITS = 20


@dataclass
class Visitor:
    registered_on: date
    weight: float
    first: date = date.max
    last: date = date.min


@dataclass
class Attendance:
    """`visitors` in the order of their registration; `visits` in the order of days."""

    visitors: list[Visitor]
    _visits: array

    def __len__(self) -> int:
        return len(self._visits)

    def visits(self) -> Iterator[tuple[date, int]]:
        """(day, place in `visitors`) of every contact with a known person."""
        for packed in self._visits:
            yield date.fromordinal(packed >> _BITS), packed & ((1 << _BITS) - 1)


def attend(rng: Random, volume: Volume, zone: str, weekdays: set[int], today: date) -> Attendance:
    """Draw the people of a center and the days of their contacts, up to today.

    `weekdays` are those the center is open on. Somebody who has come in a 年度 may come again in the next.
    """
    visitors: list[Visitor] = []
    visits: list[int] = []
    before: list[int] = []
    this_year = FiscalYear.of(today)
    for ago in range(volume.years - 1, -1, -1):
        year = FiscalYear(this_year.year - ago)
        days, chances = _days(year, weekdays)
        people = volume.people_of(zone, ago)
        staying = _stayers(rng, visitors, before, people)
        coming = _newcomers(rng, people - len(staying), days, chances, known_before=not before)
        arrivals = dict.fromkeys(staying, 0)
        for visitor, arrival in coming:
            arrivals[len(visitors)] = arrival
            visitors.append(visitor)
        contacts = volume.contacts_of(zone, ago) * (1 - WITHOUT_CLIENT)
        visits += _year(rng, visitors, arrivals, contacts, days, chances)
        before = list(arrivals)
    return _up_to(today, visitors, visits)


def _days(year: FiscalYear, weekdays: set[int]) -> tuple[list[date], list[float]]:
    """The open days of a 年度 and the running sum of how busy they are."""
    length = (year.ends_on - year.starts_on).days + 1
    days = [year.starts_on + timedelta(days=number) for number in range(length)]
    days = [day for day in days if day.isoweekday() in weekdays and _is_open(day)]
    return days, list(accumulate(WEEKDAYS[day.isoweekday()] * SEASON[day.month] for day in days))


def _is_open(day: date) -> bool:
    """Business days, and weekends between two of them: on long weekends and around the new year nobody is in."""
    if day.isoweekday() <= 5:
        return is_business_day(day)
    friday = day - timedelta(days=day.isoweekday() - 5)
    return not is_holiday(day) and all(is_business_day(friday + timedelta(days=days)) for days in (0, 3))


def _stayers(rng: Random, visitors: list[Visitor], before: list[int], people: int) -> list[int]:
    """Of last year's people those who come again: rather the ones who came often."""
    keys = {number: rng.random() ** (1 / visitors[number].weight ** 0.5) for number in before}
    return sorted(sorted(before, key=keys.__getitem__, reverse=True)[: round(people * (1 - NEW_SHARE))])


def _newcomers(
    rng: Random, count: int, days: list[date], chances: list[float], *, known_before: bool
) -> list[tuple[Visitor, int]]:
    """New people by arrival. In the first year most are known from before: they stand in from the start."""
    coming = []
    for _ in range(count):
        weight = rng.lognormvariate(0, SPREAD)
        if known_before and rng.random() > NEW_SHARE:
            coming.append((Visitor(days[0] - timedelta(days=rng.randrange(1, 900)), weight), 0))
            continue
        arrival = bisect_left(chances, rng.random() * chances[-1])
        coming.append((Visitor(days[arrival], weight), arrival))
    return coming


def _year(
    rng: Random,
    visitors: list[Visitor],
    arrivals: dict[int, int],
    contacts: float,
    days: list[date],
    chances: list[float],
) -> list[int]:
    """The packed visits of one year: everybody at least once, newcomers on the day they arrive."""
    left = {
        number: visitors[number].weight * (1 - chances[arrival] / chances[-1] + 0.02)
        for number, arrival in arrivals.items()
    }
    rate = contacts / sum(left.values())
    visits = []
    for number, arrival in arrivals.items():
        low = chances[arrival - 1] if arrival else 0.0
        for index in range(min(max(int(left[number] * rate + rng.random()), 1), MOST_A_YEAR)):
            place = bisect_left(chances, low + rng.random() * (chances[-1] - low))
            if index == 0 and visitors[number].registered_on == days[arrival]:
                place = arrival
            visits.append(days[place].toordinal() << _BITS | number)
    return visits


def _up_to(today: date, visitors: list[Visitor], visits: list[int]) -> Attendance:
    """Leave out what lies ahead, and who has not come yet; number the others by registration."""
    limit = today.toordinal() + 1 << _BITS
    known = sorted(visit for visit in visits if visit < limit)
    for visit in known:
        visitor, day = visitors[visit & ((1 << _BITS) - 1)], date.fromordinal(visit >> _BITS)
        visitor.first, visitor.last = min(visitor.first, day), max(visitor.last, day)
    seen = [number for number, visitor in enumerate(visitors) if visitor.first != date.max]
    seen.sort(key=lambda number: (visitors[number].registered_on, number))
    places = {number: place for place, number in enumerate(seen)}
    moved = ((visit >> _BITS << _BITS) | places[visit & ((1 << _BITS) - 1)] for visit in known)
    return Attendance([visitors[number] for number in seen], array("q", moved))
