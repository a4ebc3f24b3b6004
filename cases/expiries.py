"""What runs out: 手帳, 支援区分, 受給者証, 自立支援医療, 指定難病, 支給決定, 同意の期間, and cautions to be looked at again.

Only of clients with an open case: a paper of somebody who comes no more needs nobody's work. What is past stays until
it is renewed, but for services and consents, which may simply end.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from uuid import UUID

from django.db import models
from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cases.enums import ExpiryKind, HandbookKind
from cases.models import Case, Client, Consent, GrantedService, Handbook, SheetDate
from cases.people import latest_cases
from cases.rules import expiry_stage
from centers.access import Right, rights_of
from centers.contracts import setting
from centers.models import StaffMember, User
from centers.models.base import in_force
from centers.periods import wareki_short

OVERDUE = "overdue"
Rows = Callable[[type[models.Model]], QuerySet]


@dataclass(frozen=True)
class Expiry:
    """One thing of one client that runs out, as a list shows it."""

    client: Client
    responsible: StaffMember | None
    kind: ExpiryKind
    detail: str
    due_on: date
    on: date
    stage: int

    @property
    def what(self) -> str:
        """療育手帳, 受給者証, 支給決定: 就労継続支援B型"""
        if self.kind == ExpiryKind.HANDBOOK:
            return HandbookKind(self.detail).label
        return f"{self.kind.label}: {self.detail}" if self.detail else self.kind.label

    @property
    def days_late(self) -> int:
        return max((self.on - self.due_on).days, 0)

    @property
    def words(self) -> str:
        """12日超過, 今日まで, あと23日"""
        left = (self.due_on - self.on).days
        if left < 0:
            return f"{-left}日超過"
        return f"あと{left}日" if left else "今日まで"

    @property
    def look(self) -> tuple[str, str]:
        """Chip and icon: past, within the second last step, further on."""
        if self.days_late:
            return "ng", "alert"
        return ("warn", "clock") if self.stage <= 30 else ("", "calendar")

    @property
    def day(self) -> str:
        return wareki_short(self.due_on)


@dataclass(frozen=True)
class CenterExpiries:
    """How much of a center's clients runs out within the first step, and how much of it is past."""

    center_id: UUID
    count: int
    overdue: int
    first: date


def expiry_steps(on: date) -> list[int]:
    """Days before the day at which one is reminded, the earliest first."""
    return sorted(setting("expiry_days", on), reverse=True)


def expiries_of(
    user: User, *, on: date, mine: bool, limit: int, stage: int | str | None = None
) -> list[Expiry]:
    """What runs out of the user's centers' clients, the most urgent first; `mine`: of the user's own cases alone.

    `stage` is one of expiry_steps, or OVERDUE; none is all that is shown. Four statements.
    """
    steps = expiry_steps(on)
    own = rights_of(user).center_ids(Right.CLIENT_READ)
    cases = Case.visible_to(user).filter(_running(on), center__in=own)
    if mine:
        cases = cases.filter(responsible__user=user.pk)
    first, last = _stretch(stage, steps, on)
    parts = _parts(lambda model: model.visible_to(user), cases, on)  # type: ignore[attr-defined]
    found = list(
        _union(
            part.filter(due__range=(first, last)).values_list("who", "what", "detail", "due")
            for part in parts
        ).order_by("due", "who", "what")[:limit]
    )
    ids = {row[0] for row in found}
    clients = Client.visible_to(user).in_bulk(ids)
    responsible = {pk: case.responsible for pk, case in latest_cases(user, ids).items()}
    return [
        Expiry(
            client=clients[who],
            responsible=responsible.get(who),
            kind=ExpiryKind(kind),
            detail=detail,
            due_on=due,
            on=on,
            stage=expiry_stage(due, on, steps) or 0,
        )
        for who, kind, detail, due in found
        if who in clients
    ]


def expiries_by_center(on: date) -> list[CenterExpiries]:
    """For every center with something to be seen to. One statement."""
    until = on + timedelta(days=max(expiry_steps(on)))
    cases = Case.unscoped.filter(_running(on))
    parts = _parts(lambda model: model.unscoped.all(), cases, on)  # type: ignore[attr-defined]
    counted = _union(
        part.filter(due__lte=until)
        .order_by()
        .values("place")
        .annotate(number=Count("who"), late=Count("who", filter=Q(due__lt=on)), soonest=Min("due"))
        .values_list("place", "number", "late", "soonest")
        for part in parts
    )
    totals: dict[UUID, CenterExpiries] = {}
    for place, number, late, soonest in counted:
        so_far = totals.get(place, CenterExpiries(place, 0, 0, soonest))
        totals[place] = CenterExpiries(
            place, so_far.count + number, so_far.overdue + late, min(so_far.first, soonest)
        )
    return list(totals.values())


def _running(on: date) -> Q:
    return in_force(on, start="opened_on", end="closed_on")


def _stretch(stage: int | str | None, steps: Collection[int], on: date) -> tuple[date, date]:
    """First and last day of what a stage shows; a stage begins where the next smaller one ends."""
    if stage == OVERDUE:
        return date.min, on - timedelta(days=1)
    if isinstance(stage, int):
        smaller = [step for step in steps if step < stage]
        first = on + timedelta(days=max(smaller) + 1) if smaller else on
        return first, on + timedelta(days=stage)
    return date.min, on + timedelta(days=max(steps))


def _parts(rows: Rows, cases: QuerySet, on: date) -> list[QuerySet]:
    """One queryset a source, each with who (client), place (center), what (kind), detail and due."""
    renewed = GrantedService.unscoped.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
        client=OuterRef("client"),
        service=OuterRef("service"),
    )
    services = rows(GrantedService).filter(~Exists(renewed), ends_on__gte=on)
    consents = rows(Consent).standing(on)  # type: ignore[attr-defined]
    return [
        _part(rows(SheetDate), cases, F("kind"), "due_on"),
        _part(rows(Handbook), cases, ExpiryKind.HANDBOOK, "next_on", F("kind")),
        _part(rows(Client), cases, ExpiryKind.LEVEL, "support_level_until", client=""),
        _part(services, cases, ExpiryKind.SERVICE, "ends_on", F("service")),
        _part(consents, cases, ExpiryKind.CONSENT, "ends_on"),
    ]


def _part(rows: QuerySet, cases: QuerySet, kind, due: str, detail=None, client: str = "client") -> QuerySet:
    path = f"{client}__" if client else ""
    return (
        rows.filter(Exists(cases.filter(client=OuterRef(client or "pk"))), **{f"{due}__isnull": False})
        .annotate(
            who=F(client or "pk"),
            place=F(f"{path}center"),
            what=Coalesce(kind if isinstance(kind, F) else Value(kind), Value(""), output_field=CharField()),
            detail=Coalesce(detail or Value(""), Value(""), output_field=CharField()),
            due=F(due),
        )
        .order_by()
    )


def _union(parts: Iterable[QuerySet]) -> QuerySet:
    return reduce(lambda one, other: one.union(other, all=True), parts)
