"""ケース一覧: one row a client, by saved views and filters, ordered by what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cases.enums import CaseState, Priority
from cases.models import Case, Client, ClientDisability, FollowUp, Pin
from cases.people import disability_on
from cases.scoping import shared_clients
from centers.access import Right, rights_of
from centers.contracts import setting
from centers.paging import CappedCount, Cursor, Page, page_of
from centers.periods import age_on

NONE = "none"
OPEN = Q(closed_on__isnull=True)

# view → label; the first one is shown when none is asked for.
VIEWS = {
    "mine": "わたしの担当",
    "overdue": "期限を過ぎた連絡",
    "pinned": "ピン留め",
    "inactive": "{days}日 動きなし",
    "handover": "引き継ぎ中",
    "watch": "見守り",
    "closed": "終結",
    "all": "センター全体",
}
SHARED, ANONYMOUS = "shared", "anonymous"

# sort → the column it goes by, and the day that stands for none so that it comes last either way
_FAR, _LONG_AGO = date.max, date.min
SORTS: dict[str, tuple[str, object]] = {
    "due": ("next_due_on", _FAR),
    "-due": ("next_due_on", _LONG_AGO),
    "last": ("last_contact_on", _FAR),
    "-last": ("last_contact_on", _LONG_AGO),
    "kana": ("client__kana_key", ""),
    "-kana": ("client__kana_key", ""),
}


@dataclass(frozen=True)
class QuietDays:
    """After how many days without a contact a case counts as one without movement."""

    usual: int
    high: int

    @classmethod
    def on(cls, on: date) -> "QuietDays":
        return cls(setting("inactive_days", on), setting("inactive_days_high", on))


def inactive(on: date, quiet: QuietDays) -> Q:
    """動きのないケース: open, and no contact since the opening for longer than its priority allows."""
    usual, high = on - timedelta(days=quiet.usual), on - timedelta(days=quiet.high)
    return OPEN & (_quiet_since(usual) | Q(priority=Priority.HIGH) & _quiet_since(high))


def _quiet_since(day: date) -> Q:
    return Q(last_contact_on__lt=day) | Q(last_contact_on__isnull=True, opened_on__lt=day)


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """What narrows a view; what is empty does not. `staff` and `due` may be NONE."""

    state: str = ""
    disability: str = ""
    staff: str = ""
    district: str = ""
    due: str = ""


@dataclass(frozen=True)
class CaseRow:
    case: Case
    age: int | None
    disabilities: tuple[str, ...]
    step: FollowUp | None

    @property
    def client(self) -> Client:
        return self.case.client


class CaseList:
    """The cases of the user's centers on a day: of each client the open one, else the one closed last."""

    def __init__(self, user, *, on: date, quiet: QuietDays):
        self.user = user
        self.on = on
        self.quiet = quiet
        rights = rights_of(user)
        self._visible = Case.visible_to(user)
        self._current = OPEN | ~Exists(self._visible.filter(_later(), client=OuterRef("client")))
        self.cases = self._visible.filter(self._current, center__in=rights.center_ids(Right.CLIENT_READ))
        self.shared = self._visible.filter(self._current, client__in=shared_clients(rights, notes=False))

    @property
    def labels(self) -> dict[str, str]:
        return {key: label.format(days=self.quiet.usual) for key, label in VIEWS.items()}

    def counts(self) -> dict[str, CappedCount]:
        """View → number of its cases; one query."""
        found = self.cases.aggregate(**{key: Count("pk", filter=self._condition(key)) for key in VIEWS})
        return {key: CappedCount(number) for key, number in found.items()}

    def of_view(self, view: str, wanted: CaseFilter) -> QuerySet[Case]:
        """The cases of a saved view, narrowed."""
        cases = self.shared if view == SHARED else self.cases.filter(self._condition(view))
        return cases.filter(*self._narrowing(view, wanted))

    def page(self, cases: QuerySet[Case], sort: str, cursor: Cursor, *, with_center: bool = False) -> Page:
        """A page of CaseRow; four queries, five after the first page. `with_center`: each client's center is shown."""
        column, none = SORTS[sort]
        keyed = {"key": Coalesce(column, Value(none))}
        order = ("-key" if sort.startswith("-") else "key", "pk")
        client = "client__center__zone" if with_center else "client"
        listed = cases.select_related(client, "responsible").annotate(**keyed)
        page = page_of(listed, order, cursor, anchors=self._visible.annotate(**keyed))
        return Page(self._rows(page.rows), page.previous, page.next)

    def _condition(self, view: str) -> Q:
        return {
            "mine": OPEN & Q(responsible__user=self.user.pk),
            "overdue": OPEN & Q(next_due_on__lt=self.on),
            "pinned": Q(client__in=Pin.of(self.user).values("client")),
            "inactive": inactive(self.on, self.quiet),
            "handover": Q(state=CaseState.HANDOVER),
            "watch": Q(state=CaseState.WATCH),
            "closed": Q(state=CaseState.CLOSED),
            "all": Q(),
        }[view]

    def _narrowing(self, view: str, wanted: CaseFilter) -> list[Q]:
        conditions = []
        if wanted.state in CaseState.values:
            conditions.append(Q(state=wanted.state))
        elif wanted.state != "any" and view != "closed":
            conditions.append(OPEN)
        if wanted.disability:
            having = ClientDisability.visible_to(self.user).filter(
                disability_on(self.on), code=wanted.disability
            )
            conditions.append(Q(client__in=having.values("client")))
        if wanted.staff:
            conditions.append(Q(responsible=None) if wanted.staff == NONE else Q(responsible=wanted.staff))
        if wanted.district:
            conditions.append(Q(client__school_district=wanted.district))
        if wanted.due:
            conditions.append(self._due(wanted.due))
        return conditions

    def _due(self, due: str) -> Q:
        sunday = self.on + timedelta(days=6 - self.on.weekday())
        return {
            "overdue": Q(next_due_on__lt=self.on),
            "week": Q(next_due_on__range=(self.on, sunday)),
            NONE: Q(next_due_on__isnull=True),
        }[due]

    def _rows(self, cases: Sequence[Case]) -> list[CaseRow]:
        clients = [case.client_id for case in cases]
        disabilities = self._disabilities(clients)
        steps = self._steps(clients)
        return [
            CaseRow(
                case, self._age(case.client), disabilities.get(case.client_id, ()), steps.get(case.client_id)
            )
            for case in cases
        ]

    def _age(self, client: Client) -> int | None:
        return age_on(client.birth_date, self.on) if client.birth_date else None

    def _disabilities(self, clients: Sequence[UUID]) -> Mapping[UUID, tuple[str, ...]]:
        rows = ClientDisability.visible_to(self.user).filter(disability_on(self.on), client__in=clients)
        found: dict[UUID, tuple[str, ...]] = {}
        for client, code in rows.order_by("code").values_list("client", "code"):
            found[client] = (*found.get(client, ()), code)
        return found

    def _steps(self, clients: Sequence[UUID]) -> dict[UUID, FollowUp]:
        """The next step of each client, where the user may read it."""
        steps = FollowUp.visible_to(self.user).filter(client__in=clients, done_on__isnull=True)
        ordered = steps.order_by("client_id", "due_on", "due_at", "id").distinct("client_id")
        return {step.client_id: step for step in ordered}


def _later() -> Q:
    """Cases that stand before the outer, closed one: open, or closed after it."""
    return OPEN | Q(closed_on__gt=OuterRef("closed_on"))
