"""Judgements on contract facts: the plan-case cap and the posts. Pure: no database, no clock.

Sources: the city's paper of 2021-11-26, headings 3 計画相談の件数制限 and 2 人員体制, and the plan of 2017,
(2) 人員配置. Every number, deadline and consequence comes in as dated data of a contract term.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from centers.enums import GapEffect, Severity
from centers.periods import covers

DAY = timedelta(days=1)


def unbroken_since(holds: Callable[[date], bool], changes: Iterable[date], *, on: date) -> date:
    """The first day of the run up to `on` through which a fact holds.

    `changes` are the days on which it may begin or end; the run never reaches back behind the first of them.
    """
    since = on
    for day in sorted((day for day in changes if day <= on), reverse=True):
        if not holds(day):
            break
        since = day
    return since


def at_most_warn(severity: Severity, *, settled: bool) -> Severity:
    """A condition that was planned or is presumed (not 実施) is never the ground of a breach."""
    return Severity.WARN if severity == Severity.BREACH and not settled else severity


# ---- plan-case cap (計画相談の件数制限) ----


class CapState(StrEnum):
    NONE = "none"
    NEAR = "near"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True)
class CapStatus:
    """How the plan cases held stand to the cap; `cap` None = no limit in force; severity None = nothing to say."""

    held: int
    cap: int | None
    state: CapState
    severity: Severity | None

    @property
    def over(self) -> int:
        return max(self.held - self.cap, 0) if self.cap is not None else 0

    @property
    def left(self) -> int:
        return max(self.cap - self.held, 0) if self.cap is not None else 0


def plan_cap_status(
    held: int, cap: int | None, *, on: date, deadline: date | None, settled: bool, near_tenths: int
) -> CapStatus:
    """Near from `near_tenths` tenths of the cap on, full at the cap, over above it.

    Over is `warn` up to the deadline, that day included, and `breach` after it; without a deadline the limit
    binds from its first day.
    """
    state = _cap_state(held, cap, near_tenths)
    if state == CapState.NONE:
        return CapStatus(held, cap, state, None)
    late = state == CapState.OVER and (deadline is None or on > deadline)
    severity = at_most_warn(Severity.BREACH if late else Severity.WARN, settled=settled)
    return CapStatus(held, cap, state, severity)


def _cap_state(held: int, cap: int | None, near_tenths: int) -> CapState:
    if cap is None or held == 0:
        return CapState.NONE
    if held > cap:
        return CapState.OVER
    if held == cap:
        return CapState.FULL
    return CapState.NEAR if held * 10 >= cap * near_tenths else CapState.NONE


# ---- posts (人員配置) ----


@dataclass(frozen=True)
class Requirement:
    """What a term asks of one post; `starts_on` is the first day on which it is asked."""

    post: str
    required: int
    on_gap: GapEffect
    starts_on: date
    full_time: bool
    exclusive: bool
    all_of: frozenset[str]
    any_of: frozenset[str]
    experience_months: int
    qualification_settled: bool
    settled: bool


@dataclass(frozen=True)
class Placement:
    """One person in the post for a time; `elsewhere` are the periods of their other posts, in any center."""

    starts_on: date
    ends_on: date | None
    full_time: bool
    exclusive: bool
    qualifications: frozenset[str]
    experience_months: int
    elsewhere: tuple[tuple[date, date | None], ...] = ()

    def holds(self, day: date) -> bool:
        return covers(self.starts_on, self.ends_on, day)

    def experience_on(self, day: date) -> int:
        """Months of practice on the day: those brought along and the full ones served since."""
        months = (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month
        return self.experience_months + months - (day.day < self.starts_on.day)


@dataclass(frozen=True)
class Noted:
    """How many of those in the post have a want, and since when somebody has it without a break."""

    count: int
    since: date
    severity: Severity


@dataclass(frozen=True)
class PostStatus:
    """One post on one day.

    since: first day of the present gap, None without one; severity: what the gap means, None where the sources
    tell no consequence; vacant_days: days with a gap from the requirement's first day to the day itself;
    part_timers: people in the post who do not fill it because 常勤 is asked for.
    """

    required: int
    filled: int
    part_timers: int
    vacant_days: int
    since: date | None
    severity: Severity | None
    unqualified: Noted | None
    concurrent: Noted | None

    @property
    def vacant(self) -> int:
        return max(self.required - self.filled, 0)


def staffing_status(requirement: Requirement, placements: Sequence[Placement], *, on: date) -> PostStatus:
    """Who fills the post on the day. A gap in a 必置 post is a `breach`, in a 減算 post a `warn`."""
    days = _turns(requirement, placements, on)
    gap = _short(requirement, placements, on)
    return PostStatus(
        required=requirement.required,
        filled=_filled(requirement, placements, on),
        part_timers=sum(requirement.full_time and not p.full_time for p in placements if p.holds(on)),
        vacant_days=_vacant_days(requirement, placements, days, on),
        since=unbroken_since(lambda day: _short(requirement, placements, day), days, on=on) if gap else None,
        severity=_gap_severity(requirement) if gap else None,
        unqualified=_noted(
            lambda p, day: not is_qualified(requirement, p, on=day),
            placements,
            days,
            on,
            Severity.WARN if requirement.qualification_settled and requirement.settled else Severity.INFO,
        ),
        concurrent=_noted(
            lambda p, day: is_concurrent(requirement, p, on=day), placements, days, on, Severity.WARN
        ),
    )


def is_qualified(requirement: Requirement, placement: Placement, *, on: date) -> bool:
    """All of `all_of`, one of `any_of` where there are any, and the months of practice."""
    has_all = requirement.all_of <= placement.qualifications
    has_one = not requirement.any_of or bool(requirement.any_of & placement.qualifications)
    return has_all and has_one and placement.experience_on(on) >= requirement.experience_months


def is_concurrent(requirement: Requirement, placement: Placement, *, on: date) -> bool:
    """兼務 that the term does not allow: a second post on the day, or not 専従 where the post must be."""
    second_post = any(covers(start, end, on) for start, end in placement.elsewhere)
    return second_post or (requirement.exclusive and not placement.exclusive)


def _noted(
    fact: Callable[[Placement, date], bool],
    placements: Sequence[Placement],
    days: Iterable[date],
    on: date,
    severity: Severity,
) -> Noted | None:
    def count(day: date) -> int:
        return sum(p.holds(day) and fact(p, day) for p in placements)

    if not count(on):
        return None
    return Noted(count(on), unbroken_since(lambda day: count(day) > 0, days, on=on), severity)


def _gap_severity(requirement: Requirement) -> Severity | None:
    if requirement.on_gap == GapEffect.BREACH:
        return at_most_warn(Severity.BREACH, settled=requirement.settled)
    return Severity.WARN if requirement.on_gap == GapEffect.DEDUCTION else None


def _filled(requirement: Requirement, placements: Sequence[Placement], day: date) -> int:
    return sum(p.holds(day) and (p.full_time or not requirement.full_time) for p in placements)


def _short(requirement: Requirement, placements: Sequence[Placement], day: date) -> bool:
    return _filled(requirement, placements, day) < requirement.required


def _vacant_days(
    requirement: Requirement, placements: Sequence[Placement], days: Sequence[date], on: date
) -> int:
    """Between two turns nothing changes, so each stretch is judged by its first day."""
    stretches = zip(days, [*days[1:], on + DAY], strict=True)
    return sum((end - start).days for start, end in stretches if _short(requirement, placements, start))


def _turns(requirement: Requirement, placements: Sequence[Placement], on: date) -> list[date]:
    """The requirement's first day, and the later ones up to `on` on which somebody comes or has gone."""
    periods = [period for p in placements for period in ((p.starts_on, p.ends_on), *p.elsewhere)]
    days = {start for start, _ in periods} | {end + DAY for _, end in periods if end}
    return sorted({requirement.starts_on} | {day for day in days if requirement.starts_on < day <= on})
