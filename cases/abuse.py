"""What the pages say of abuse reports: their clocks, where each stands, and which of them wait for something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from cases.clocks import Clock
from cases.enums import AbuseStepKind, ReportOrigin
from cases.models import AbuseReport
from centers.models import RuleSetting
from centers.periods import JST, covers

# The procedure as its path shows it; 訪問, 引き受け and フィードバック stand in the list of steps alone.
PATH = (
    AbuseStepKind.RECEIVED,
    AbuseStepKind.NOTIFIED,
    AbuseStepKind.RESPONSE,
    AbuseStepKind.SAFETY,
    AbuseStepKind.MEETING,
    AbuseStepKind.SUPPORT,
    AbuseStepKind.JUDGEMENT,
    AbuseStepKind.MONITORING,
    AbuseStepKind.CLOSED,
)


class Wait(StrEnum):
    """The views of a list of reports; the value stands in the address."""

    OPEN = "open"
    NOTICE = "notice"
    SAFETY = "safety"
    JUDGED = "judged"
    CLOSED = "closed"


_OPEN = Q(closed_at__isnull=True)
WAITS: dict[Wait, tuple[str, Q]] = {
    Wait.OPEN: ("対応中のすべて", _OPEN),
    Wait.NOTICE: ("市への連絡前", _OPEN & Q(notified_at__isnull=True)),
    Wait.SAFETY: ("安全確認前", _OPEN & Q(safe_at__isnull=True)),
    Wait.JUDGED: ("市の判断後", _OPEN & Q(judged_at__isnull=False)),
    Wait.CLOSED: ("終結", Q(closed_at__isnull=False)),
}


@dataclass(frozen=True)
class Limits:
    """Hours from 受付: to the reminder of 市への連絡, to 安全確認, and its reminders."""

    notice: int
    safety: int
    reminders: tuple[int, ...]


class LimitBook:
    """The dated hours, read once for a page of reports."""

    def __init__(self) -> None:
        rows = RuleSetting.objects.filter(key__startswith="abuse_")
        self._rows = list(rows.values_list("key", "starts_on", "ends_on", "value"))

    def on(self, day: date) -> Limits:
        """Raises LookupError on a day without the hours."""
        return Limits(
            notice=self._setting("abuse_city_notice_hours", day),
            safety=self._setting("abuse_safety_hours", day),
            reminders=tuple(self._setting("abuse_safety_reminders", day)),
        )

    def _setting(self, key: str, day: date):
        for name, start, end, value in self._rows:
            if name == key and covers(start, end, day):
                return value
        raise LookupError(f"no rule setting {key} on {day}")


@dataclass(frozen=True)
class Standing:
    """One report with its two clocks as of `now`."""

    report: AbuseReport
    notice: Clock
    safety: Clock
    now: datetime

    @classmethod
    def of(cls, report: AbuseReport, limits: Limits, now: datetime) -> "Standing":
        start = report.received_at.astimezone(JST)
        notice = Clock(start, limits.notice, report.notified_at)
        return cls(report, notice, Clock(start, limits.safety, report.safe_at, limits.reminders), now)

    @property
    def asks_notice(self) -> bool:
        """A request of the city needs no 市への連絡."""
        return self.report.origin == ReportOrigin.CENTER

    @property
    def notice_words(self) -> str:
        return self.notice.words(self.now)

    @property
    def safety_words(self) -> str:
        return self.safety.words(self.now)

    @property
    def notice_state(self) -> str:
        return self.notice.state(self.now)

    @property
    def safety_state(self) -> str:
        return self.safety.state(self.now)

    @property
    def stage(self) -> str:
        """Where the report stands, in a word."""
        report = self.report
        if report.closed_at:
            return AbuseStepKind.CLOSED.label
        if report.waits:
            return "引き受け待ち"
        if not report.notified_at:
            return "市への連絡前"
        if not report.safe_at:
            return "安全確認前"
        return "市の判断後" if report.judged_at else "対応中"


def standings(reports: Iterable[AbuseReport], now: datetime) -> list[Standing]:
    """Each report with its clocks. One query."""
    book = LimitBook()
    return [
        Standing.of(report, book.on(report.received_at.astimezone(JST).date()), now) for report in reports
    ]


def open_beside(user, center_ids) -> int:
    """How many reports of the centers are open that the user may not read; nothing else is told of them."""
    reports = AbuseReport.unscoped.filter(_OPEN, center__in=center_ids)
    return reports.exclude(pk__in=AbuseReport.visible_to(user).filter(_OPEN).values("pk")).count()


@dataclass(frozen=True)
class PathStep:
    label: str
    done: bool
    current: bool


def path_of(report: AbuseReport, kinds: Iterable[str]) -> list[PathStep]:
    """The procedure: what is done, and the first that is not as the current one. `kinds` are of the standing steps."""
    done = set(kinds)
    if report.origin == ReportOrigin.CITY:
        done.add(AbuseStepKind.NOTIFIED)
    left = [kind for kind in PATH if kind not in done]
    current = left[0] if left and AbuseStepKind.CLOSED not in done else None
    return [PathStep(kind.label, kind in done, kind == current) for kind in PATH]
