"""The city's view of the centers: numbers of a month beside staffing and caseload of a day. No names of clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from centers.contracts import code_labels
from centers.enums import CodeList, GapEffect, Post
from centers.models import Center, CheckRun, ContractTerm
from centers.periods import FiscalYear, Month
from reports.caseload import Caseload, caseloads
from reports.checks import CHECKS
from reports.presenters import CapCell, percent
from reports.rules import CapState
from reports.series import (
    Series,
    Split,
    contacts_by_content,
    contacts_by_method,
    contacts_by_month,
    contacts_by_part,
)
from reports.staffing import StaffedPost, staffed_posts

TREND_MONTHS = 12
LATE_AFTER = timedelta(hours=36)  # one and a half times the day between two runs


def judged_on(month: Month, today: date) -> date:
    """The day for which staffing and caseload are shown beside a month: today for this and the last month."""
    return today if month >= Month.of(today).previous() else month.ends_on


@dataclass(frozen=True)
class CenterRow:
    """One center in the table of centers."""

    center: Center
    month: Month
    series: Series
    posts: Sequence[StaffedPost]
    load: Caseload
    needs_confirmation: bool

    @property
    def contacts(self) -> int:
        return self.series.of(self.center.pk, self.month)

    @property
    def year_before(self) -> int | None:
        """The same month a year earlier; None where the center did not run yet."""
        before = self.month.shift(-12)
        return self.series.of(self.center.pk, before) if self.center.opened_on <= before.starts_on else None

    @property
    def change(self) -> str:
        return percent(self.contacts, self.year_before)

    @cached_property
    def trend(self) -> list[int]:
        """The twelve months up to the chosen one."""
        months = [self.month.shift(back) for back in range(1 - TREND_MONTHS, 1)]
        return [self.series.of(self.center.pk, month) for month in months]

    @property
    def cap(self) -> CapCell:
        return CapCell(self.load)

    @property
    def workers(self) -> StaffedPost | None:
        """The 相談員."""
        return next((post for post in self.posts if post.post == Post.SOUDAN), None)

    @property
    def other_posts(self) -> list[StaffedPost]:
        return [post for post in self.posts if post.post != Post.SOUDAN]

    @property
    def todo(self) -> list[str]:
        """What needs to be done about the center, in words."""
        gaps = [f"{post.short} 欠員{post.status.vacant}" for post in self.posts if post.status.vacant]
        cap = self.load.status.state != CapState.NONE
        return [*gaps, f"計画相談 {self.cap.words}"] if cap else gaps


@dataclass(frozen=True)
class Dashboard:
    """Everything that the city's page, its CSV and the page of one center are made of."""

    month: Month
    on: date
    today: date
    rows: Sequence[CenterRow]
    series: Series

    @property
    def year(self) -> FiscalYear:
        return FiscalYear.of(self.month.starts_on)

    @property
    def contacts(self) -> int:
        return self.series.total(self.month)

    @property
    def year_before(self) -> int:
        return self.series.total(self.month.shift(-12))

    @property
    def is_running(self) -> bool:
        """The chosen month is not over yet, so that it cannot be compared with a whole one."""
        return self.month.ends_on >= self.today

    @property
    def begun_months(self) -> list[Month]:
        """The months of the 年度 that have begun."""
        return [month for month in self.year.months() if month.starts_on <= self.today]

    @property
    def vacant_posts(self) -> list[StaffedPost]:
        return [post for row in self.rows for post in row.posts if post.status.vacant]

    @property
    def over_cap(self) -> list[CenterRow]:
        return [row for row in self.rows if row.load.status.state == CapState.OVER]

    @property
    def all_mandatory_filled(self) -> bool:
        return not any(post.on_gap == GapEffect.BREACH for post in self.vacant_posts)


def dashboard(centers: Sequence[Center], month: Month, *, today: date) -> Dashboard:
    """Figures of the centers (with their zone), in their order. Ten statements however many centers."""
    on = judged_on(month, today)
    year = FiscalYear.of(month.starts_on)
    ids = [center.pk for center in centers]
    series = contacts_by_month(ids, [year.previous(), year])
    shown = [center for center in centers if is_open(center, on)]
    posts = staffed_posts(shown, on=on)
    unsure = _unsure_terms(ids, on)
    rows = [
        CenterRow(load.center, month, series, posts[load.center.pk], load, load.center.pk in unsure)
        for load in caseloads(shown, on=on)
    ]
    return Dashboard(month, on, today, rows, series)


def is_open(center: Center, on: date) -> bool:
    return center.opened_on <= on and (center.closed_on is None or on <= center.closed_on)


def _unsure_terms(center_ids: Sequence, on: date) -> set:
    """Centers whose contract term of the day is not 実施, or that have none."""
    terms = ContractTerm.objects.in_force(on).filter(center__in=center_ids)
    sure = {term.center_id for term in terms if not term.needs_confirmation}
    return set(center_ids) - sure


@dataclass(frozen=True)
class Kinds:
    """The month's contacts by 支援方法, 支援内容 and 業務の区分, with the short names of the codes."""

    methods: Split
    contents: Split
    parts: Split
    method_labels: dict[str, str]
    content_labels: dict[str, str]


def kinds_of(centers: Sequence[Center], month: Month) -> Kinds:
    """Four statements."""
    ids = [center.pk for center in centers]
    labels = code_labels(month.ends_on)
    short = {
        which: {code: entry.short_label for code, entry in labels[which].items()}
        for which in (CodeList.METHOD, CodeList.CONTENT)
    }
    return Kinds(
        methods=contacts_by_method(ids, month),
        contents=contacts_by_content(ids, month),
        parts=contacts_by_part(ids, month),
        method_labels=short[CodeList.METHOD],
        content_labels=short[CodeList.CONTENT],
    )


@dataclass(frozen=True)
class LastRuns:
    """When the scheduled checks last ran through (real clock); None for one that never did."""

    oldest: datetime | None
    now: datetime

    @property
    def late(self) -> bool:
        return self.oldest is None or self.now - self.oldest > LATE_AFTER


def last_runs() -> LastRuns:
    """The check that has waited longest."""
    names = [check.name for check in CHECKS]
    runs = CheckRun.objects.filter(check_name__in=names, finished_at__isnull=False)
    latest = dict(runs.order_by("finished_at").values_list("check_name", "finished_at"))
    oldest = min(latest.values()) if len(latest) == len(names) else None
    return LastRuns(oldest, timezone.now())
