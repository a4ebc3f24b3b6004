"""Plan cases held by the centers against the cap in force: numbers only, no persons.

Rows win from the first day on which a center has any; before it the latest number reported for a day counts.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cases.models import PlanCase
from centers.contracts import setting
from centers.enums import CapBasis, FactStatus, PlanKind, Post
from centers.models import Center, PlanCap, ReportedHolding, StaffAssignment
from centers.periods import wareki_short
from reports.rules import DAY, CapStatus, plan_cap_status, unbroken_since

Span = tuple[date, date | None]


@dataclass(frozen=True)
class Spans:
    """Periods, both days included, that can be counted on any day."""

    spans: Collection[Span] = ()

    @cached_property
    def _starts(self) -> list[date]:
        return sorted(start for start, _ in self.spans)

    @cached_property
    def _ends(self) -> list[date]:
        return sorted(end for _, end in self.spans if end)

    def on(self, day: date) -> int:
        return bisect_right(self._starts, day) - bisect_left(self._ends, day)

    def turns(self) -> set[date]:
        return {*self._starts, *(end + DAY for end in self._ends)}


@dataclass(frozen=True)
class Held:
    """How many plan cases are held; `reported_on` dates a number reported in place of rows."""

    count: int
    reported_on: date | None = None

    @property
    def source(self) -> str:
        return "reported" if self.reported_on else "rows"

    @property
    def source_words(self) -> str:
        """記録 or H29.3の報告数"""
        if not self.reported_on:
            return "記録"
        return f"{wareki_short(self.reported_on).rpartition('.')[0]}の報告数"


@dataclass(frozen=True)
class Holdings:
    """What one center holds over time: rows of the kinds that count, and reported numbers in order of days."""

    counted: Spans = Spans()
    first_row: date | None = None
    reports: tuple[tuple[date, int], ...] = ()

    def on(self, day: date) -> Held:
        if self.first_row is None or day < self.first_row:
            known = [report for report in self.reports if report[0] <= day]
            if known:
                return Held(known[-1][1], known[-1][0])
        return Held(self.counted.on(day))

    def turns(self) -> set[date]:
        first = {self.first_row} if self.first_row else set()
        return self.counted.turns() | first | {day for day, _ in self.reports}


@dataclass(frozen=True)
class Caseload:
    """One center's plan cases on one day.

    `rule` is the cap in force, None where there is none; `since` the first day of the present state under it.
    """

    center: Center
    on: date
    held: Held
    status: CapStatus
    since: date
    rule: PlanCap | None = None
    workers: int = 0
    settled: bool = True

    @property
    def basis_words(self) -> str:
        """上限50件, or 20件×相談員2名 where the limit is per 相談員."""
        if self.rule is None:
            return "上限なし"
        if self.rule.basis == CapBasis.STAFF:
            return f"{self.rule.limit}件×相談員{self.workers}名"
        return f"上限{self.rule.limit}件"


@dataclass
class _Facts:
    """Everything that the centers' caseloads of one day are made of, by center id."""

    rules: dict = field(default_factory=dict)
    rows: dict = field(default_factory=lambda: defaultdict(list))
    reports: dict = field(default_factory=lambda: defaultdict(list))
    workers: dict = field(default_factory=dict)
    near_tenths: int = 0


def caseloads(centers: Iterable[Center], *, on: date) -> list[Caseload]:
    """The caseload of each center on a day, in the order given; five statements however many centers."""
    centers = list(centers)
    facts = _facts([center.pk for center in centers], on)
    return [_caseload(center, facts, on) for center in centers]


def _caseload(center: Center, facts: _Facts, on: date) -> Caseload:
    rule = facts.rules.get(center.pk)
    kinds = rule.counts if rule else [PlanKind.PLAN]
    holdings = _holdings(facts.rows[center.pk], facts.reports[center.pk], kinds)
    workers = facts.workers.get(center.pk, Spans())
    if rule is None:
        return Caseload(center, on, holdings.on(on), _no_limit(holdings, on), since=on)

    settled = rule.status == rule.term.status == FactStatus.CARRIED_OUT

    def status(day: date) -> CapStatus:
        cap = rule.limit * (workers.on(day) if rule.basis == CapBasis.STAFF else 1)
        return plan_cap_status(
            holdings.on(day).count,
            cap,
            on=day,
            deadline=rule.deadline,
            settled=settled,
            near_tenths=facts.near_tenths,
        )

    now = status(on)
    turns = {rule.starts_on} | {day for day in holdings.turns() | workers.turns() if day > rule.starts_on}
    since = unbroken_since(lambda day: status(day).state == now.state, turns, on=on)
    return Caseload(center, on, holdings.on(on), now, since, rule, workers.on(on), settled)


def _no_limit(holdings: Holdings, on: date) -> CapStatus:
    return plan_cap_status(holdings.on(on).count, None, on=on, deadline=None, settled=True, near_tenths=10)


def _holdings(rows: list[tuple[str, date, date | None]], reports: list, kinds: Collection[str]) -> Holdings:
    return Holdings(
        counted=Spans([(start, end) for kind, start, end in rows if kind in kinds]),
        first_row=min((start for _, start, _ in rows), default=None),
        reports=tuple(reports),
    )


def _facts(center_ids: list, on: date) -> _Facts:
    facts = _Facts(near_tenths=setting("plan_near_tenths", on))
    caps = PlanCap.objects.in_force(on).filter(term__center__in=center_ids).select_related("term")
    facts.rules = {cap.term.center_id: cap for cap in caps}
    rows = PlanCase.unscoped.filter(center__in=center_ids, contract_on__lte=on)
    for center, *row in rows.values_list("center", "kind", "contract_on", "ends_on"):
        facts.rows[center].append(tuple(row))
    reports = ReportedHolding.objects.filter(center__in=center_ids, on__lte=on).order_by("on")
    for center, day, held in reports.values_list("center", "on", "held"):
        facts.reports[center].append((day, held))
    facts.workers = _workers(center_ids, on)
    return facts


def _workers(center_ids: list, on: date) -> dict:
    """相談員 placed over time, by center."""
    spans = defaultdict(list)
    placed = StaffAssignment.objects.filter(center__in=center_ids, post=Post.SOUDAN, starts_on__lte=on)
    for center, start, end in placed.values_list("center", "starts_on", "ends_on"):
        spans[center].append((start, end))
    return {center: Spans(periods) for center, periods in spans.items()}
