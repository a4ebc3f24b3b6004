"""The city's view of the centers: numbers of a month beside staffing and caseload of a day. No names of clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from centers.charts import METER_SCALE
from centers.contracts import code_labels
from centers.enums import CodeList, Post
from centers.models import Center, CheckRun, ContractTerm
from centers.periods import FiscalYear, Month, covers
from reports.caseload import Caseload, caseloads
from reports.checks import CHECKS
from reports.presenters import CapCell, percent
from reports.rules import CapState
from reports.series import (
    Series,
    Split,
    contacts_by_kind,
    contacts_by_month,
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
    cap: CapCell
    needs_confirmation: bool

    @property
    def load(self) -> Caseload:
        return self.cap.load

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
    def trend_label(self) -> str:
        return f"{self.center.zone.name} 直近12か月の相談件数 {self.trend[0]}から{self.trend[-1]}"

    @property
    def url(self) -> str:
        """The center's month."""
        return reverse("reports:monthly_center", args=[self.center.pk, str(self.month)])

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
        return gaps if self.cap.state == CapState.NONE else [*gaps, f"計画相談 {self.cap.words}"]

    @property
    def todo_in_short(self) -> str:
        """The first of them and how many more, so that a row of the table stays one line."""
        first, *more = self.todo
        return f"{first} ほか{len(more)}" if more else first


@dataclass(frozen=True)
class Figures:
    """The contacts of some centers: a month, its 年度 and the one before."""

    month: Month
    today: date
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
        """The month is not over yet, so that it cannot be compared with a whole one."""
        return self.month.ends_on >= self.today

    @property
    def full_months(self) -> list[Month]:
        """The months of the 年度 that are over."""
        return [month for month in self.year.months() if month.ends_on < self.today]

    @property
    def begun_months(self) -> list[Month]:
        """The months of the 年度 that have begun."""
        return [month for month in self.year.months() if month.starts_on <= self.today]


@dataclass(frozen=True)
class Dashboard(Figures):
    """The figures beside staffing and caseload of the day `on`; `rows` are the centers open on it."""

    on: date
    rows: Sequence[CenterRow]

    @property
    def vacant_posts(self) -> list[StaffedPost]:
        return [post for row in self.rows for post in row.posts if post.status.vacant]

    @property
    def over_cap(self) -> list[CenterRow]:
        return [row for row in self.rows if row.load.status.state == CapState.OVER]


def figures(centers: Sequence[Center], month: Month, *, today: date) -> Figures:
    """One statement."""
    year = FiscalYear.of(month.starts_on)
    series = contacts_by_month([center.pk for center in centers], [year.previous(), year])
    return Figures(month, today, series)


def dashboard(centers: Sequence[Center], month: Month, *, today: date) -> Dashboard:
    """The centers (with their zone) in their order; nine statements however many centers."""
    on = judged_on(month, today)
    series = figures(centers, month, today=today).series
    shown = [center for center in centers if covers(center.opened_on, center.closed_on, on)]
    posts = staffed_posts(shown, on=on)
    unsure = _unsure_terms(shown, on)
    loads = caseloads(shown, on=on)
    scale = max([METER_SCALE, *(load.held.count for load in loads)])
    rows = [
        CenterRow(
            load.center, month, series, posts[load.center.pk], CapCell(load, scale), load.center.pk in unsure
        )
        for load in loads
    ]
    return Dashboard(month, today, series, on, rows)


def _unsure_terms(centers: Sequence[Center], on: date) -> set:
    """Ids of the centers whose contract term of the day is not 実施, or that have none."""
    terms = ContractTerm.objects.in_force(on).filter(center__in=centers)
    sure = {term.center_id for term in terms if not term.needs_confirmation}
    return {center.pk for center in centers} - sure


@dataclass(frozen=True)
class Kinds:
    """The month's contacts by 支援方法, 支援内容 and 業務の区分, with the short names of the codes."""

    methods: Split
    contents: Split
    parts: Split
    method_labels: dict[str, str]
    content_labels: dict[str, str]


def kinds_of(centers: Sequence[Center], month: Month) -> Kinds:
    """Three statements."""
    labels = code_labels(month.ends_on)
    short = {
        which: {code: entry.short_label for code, entry in labels[which].items()}
        for which in (CodeList.METHOD, CodeList.CONTENT)
    }
    return Kinds(
        **contacts_by_kind([center.pk for center in centers], month),
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
    latest = dict(runs.values_list("check_name").annotate(last=Max("finished_at")))
    oldest = min(latest.values()) if len(latest) == len(names) else None
    return LastRuns(oldest, timezone.now())
