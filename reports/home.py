"""What stands on the home of a center's staff: their own work, what is due first, and how the center stands.

People are shown by name and number as in a list of candidates, with what is to be done; no text of a record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from cases.actions.drafts import OLD_AFTER, open_drafts
from cases.enums import FollowUpKind
from cases.expiries import Expiry, expiries_of
from cases.models import Case, Consultation, Draft, FollowUp, PlanCase
from cases.people import pinned_cases
from centers.charts import Bar
from centers.contracts import code_labels, opening_hours_on
from centers.enums import CodeList
from centers.models import Center, OpeningHours, User
from centers.periods import JST, Month
from reports.caseload import Caseload, caseloads
from reports.presenters import CapCell, Tile
from reports.series import records_by_worker

MOST_STEPS = 12
MOST_CASES = 5
MOST_DRAFTS = 5
MOST_COUNTED_DRAFTS = 50
MOST_EXPIRIES = 6
DAYS_AHEAD = 7

STEP_ICONS = {
    FollowUpKind.CALL: "phone",
    FollowUpKind.VISIT: "walk",
    FollowUpKind.COME: "person",
    FollowUpKind.ACCOMPANY: "walk",
    FollowUpKind.MEETING: "calendar",
}


def greeting(hour: int) -> str:
    """By the hour of the day, 0..23."""
    if 5 <= hour < 11:
        return "おはようございます"
    return "こんにちは" if 11 <= hour < 17 else "おつかれさまです"


@dataclass(frozen=True)
class Step:
    """One 次の予定 as a line of the list."""

    followup: FollowUp
    on: date
    last: str
    own: bool

    @property
    def overdue(self) -> int:
        """Days past the day it was due."""
        return max((self.on - self.followup.due_on).days, 0)

    @property
    def when(self) -> str:
        """5日超過, 10:30, 今日 or 11/24"""
        if self.overdue:
            return f"{self.overdue}日超過"
        if self.followup.due_on == self.on:
            return f"{self.followup.due_at:%-H:%M}" if self.followup.due_at else "今日"
        return f"{self.followup.due_on.month}/{self.followup.due_on.day}"

    @property
    def due(self) -> str:
        """期限 11/13"""
        return f"期限 {self.followup.due_on.month}/{self.followup.due_on.day}"

    @property
    def icon(self) -> str:
        return STEP_ICONS.get(FollowUpKind(self.followup.kind), "clock")


@dataclass(frozen=True)
class Steps:
    """What the user has to do: the first lines of the list, and how much there is of it."""

    lines: list[Step]
    overdue: int
    oldest: date | None
    week: int
    today: int
    center_overdue: int


@dataclass(frozen=True)
class Records:
    """Records of the user in the month up to the day, and up to the same day of the month before."""

    now: int
    before: int


@dataclass(frozen=True)
class DraftLine:
    draft: Draft
    saved: str
    old: bool


@dataclass(frozen=True)
class Home:
    center: Center
    hours: OpeningHours | None
    records: Records
    steps: Steps
    moved: list[tuple[Case, str]]
    own_cases: int
    pinned: list[Case]
    all_drafts: list[DraftLine]
    load: Caseload
    own_plans: int
    workers: list[Bar]
    expiries: list[Expiry]

    @property
    def drafts(self) -> list[DraftLine]:
        return self.all_drafts[:MOST_DRAFTS]


def tiles(home: Home, *, on: date, manages: bool) -> list[Tile]:
    """The row of figures on top. センター管理者 is told of the center's overdue steps too."""
    before = f"先月の同じ日 {home.records.before}件"
    return [
        Tile("今月の記録", home.records.now, "件", before, "check"),
        *_step_tiles(home.steps, on, manages),
        _draft_tile(home.all_drafts),
        _plan_tile(home),
    ]


def _step_tiles(steps: Steps, on: date, manages: bool) -> list[Tile]:
    url = reverse("cases:followups")
    oldest = f"最も古いもの {(on - steps.oldest).days}日前" if steps.oldest else "なし"
    late = f"センター全体 {steps.center_overdue}件" if manages else oldest
    kind = "ng" if steps.overdue else ""
    return [
        Tile("期限を過ぎた連絡", steps.overdue, "件", late, "alert", url, kind),
        Tile("今週の連絡予定", steps.week, "件", f"うち今日 {steps.today}件", "clock", url),
    ]


def _draft_tile(drafts: list[DraftLine]) -> Tile:
    old = sum(line.old for line in drafts)
    kind = "warn" if old else ""
    return Tile("下書き", len(drafts), "件", f"24時間以上前 {old}件", "pencil", reverse("cases:drafts"), kind)


def _plan_tile(home: Home) -> Tile:
    cap = CapCell(home.load)
    own = f"・担当 {home.own_plans}件" if home.own_plans else ""
    unit = f"/{home.load.status.cap}件" if home.load.rule else "件"
    note = cap.words + own
    return Tile("計画相談(センター)", home.load.held.count, unit, note, "clipboard", "", cap.tile_kind)


def home_of(user: User, center: Center, *, on: date, manages: bool) -> Home:
    """The number of statements does not grow with rows."""
    methods = {code: entry.short_label for code, entry in code_labels(on)[CodeList.METHOD].items()}
    own_cases = Case.visible_to(user).filter(responsible__user=user.pk, closed_on__isnull=True)
    return Home(
        center=center,
        hours=opening_hours_on(center, on),
        records=_records(user, on),
        steps=_steps(user, methods, on, manages=manages),
        moved=_moved(own_cases, methods),
        own_cases=own_cases.count(),
        pinned=pinned_cases(user),
        all_drafts=_drafts(user, timezone.now()),
        load=caseloads([center], on=on)[0],
        own_plans=PlanCase.visible_to(user).held_on(on).filter(center=center, specialist=user.name).count(),
        workers=_workers(center, on),
        expiries=expiries_of(user, on=on, mine=True, limit=MOST_EXPIRIES),
    )


def _records(user: User, on: date) -> Records:
    month = Month.of(on)
    before = month.previous()
    same_day = min(before.starts_on + timedelta(days=on.day - 1), before.ends_on)
    mine = Q(staff__user=user.pk) | Q(staff__isnull=True, written_by=user.pk)
    rows = Consultation.visible_to(user).standing().filter(mine, date__range=(before.starts_on, on))
    counts = rows.aggregate(
        now=Count("pk", filter=Q(date__gte=month.starts_on)), before=Count("pk", filter=Q(date__lte=same_day))
    )
    return Records(**counts)


def _steps(user: User, methods: dict[str, str], on: date, *, manages: bool) -> Steps:
    """The user's own steps of the coming days; who manages the center also sees what is overdue there."""
    still_open = FollowUp.visible_to(user).filter(done_on__isnull=True)
    mine = Q(staff__user=user.pk) | Q(staff__isnull=True, written_by=user.pk)
    late, this_week = Q(due_on__lt=on), Q(due_on__range=(on, on + timedelta(days=6 - on.weekday())))
    counts = still_open.aggregate(
        overdue=Count("pk", filter=mine & late),
        oldest=Min("due_on", filter=mine & late),
        week=Count("pk", filter=mine & this_week),
        today=Count("pk", filter=mine & Q(due_on=on)),
        center_overdue=Count("pk", filter=late),
    )
    soon = mine & Q(due_on__lte=on + timedelta(days=DAYS_AHEAD))
    shown = still_open.filter(soon | late if manages else soon).select_related("client", "thread", "staff")
    followups = list(shown.order_by("due_on", "due_at", "id")[:MOST_STEPS])
    last = _last_contacts(user, followups, methods)
    return Steps(
        lines=[Step(one, on, last.get(one.client_id, ""), one.is_for(user)) for one in followups], **counts
    )


def _last_contacts(user: User, followups: Iterable[FollowUp], methods: dict[str, str]) -> dict:
    clients = [one.client_id for one in followups if one.client_id]
    cases = Case.visible_to(user).filter(client__in=clients, closed_on__isnull=True)
    return {case.client_id: last_contact(case, methods) for case in cases if case.last_contact_on}


def last_contact(case: Case, methods: dict[str, str]) -> str:
    """11/11 電話"""
    day = case.last_contact_on
    if day is None:
        return ""
    return f"{day.month}/{day.day} {methods.get(case.last_contact_method, '')}".strip()


def _moved(cases, methods: dict[str, str]) -> list[tuple[Case, str]]:
    moved = (
        cases.filter(last_contact_on__isnull=False)
        .select_related("client")
        .order_by("-last_contact_on", "pk")
    )
    return [(case, last_contact(case, methods)) for case in moved[:MOST_CASES]]


def _drafts(user: User, now: datetime) -> list[DraftLine]:
    return [
        DraftLine(draft, _moment(draft.updated_at, now), now - draft.updated_at > OLD_AFTER)
        for draft in open_drafts(user)[:MOST_COUNTED_DRAFTS]
    ]


def _moment(then: datetime, now: datetime) -> str:
    """今日 9:12, 昨日 8:55 or 11/16 17:20"""
    local, today = then.astimezone(JST), now.astimezone(JST).date()
    days = (today - local.date()).days
    day = {0: "今日", 1: "昨日"}.get(days, f"{local.month}/{local.day}")
    return f"{day} {local:%-H:%M}"


def _workers(center: Center, on: date) -> list[Bar]:
    """This month's records of the whole center by who did them, by family name where that tells them apart."""
    counts = records_by_worker(center.pk, Month.of(on).starts_on, on)
    families = [name.split()[0] for name, _ in counts]
    return [
        Bar(family if families.count(family) == 1 else name, number)
        for family, (name, number) in zip(families, counts, strict=True)
    ]
