"""バックアップ: one finding while the last attempt failed or the last good one is too old."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from centers.contracts import setting
from centers.enums import Scope, Severity
from centers.models import BackupRun
from centers.periods import JST
from centers.wording import moment_words
from reports.checks.facts import Fact

KINDS = ("check_late",)
TARGET = "バックアップ"


def find(on: date) -> list[Fact]:
    """As of now, for a day gone by as of its end. Where no folder is set nothing is expected."""
    if not settings.SOUDAN_BACKUP_DIR:
        return []
    now = timezone.now()
    until = min(now, datetime.combine(on + timedelta(days=1), time.min, JST))
    runs = BackupRun.objects.filter(finished_at__lte=until).order_by("-finished_at")
    last, good = runs.first(), runs.filter(problem="").first()
    if last is None and until < now:  # nobody asked for backups yet
        return []
    hours = setting("backup_alarm_hours", on)
    failed = bool(last and last.problem)
    late = good is None or good.older_than(hours, until)
    return [_fact(on, last, good, hours)] if failed or late else []


def _fact(on: date, last: BackupRun | None, good: BackupRun | None, hours: int) -> Fact:
    known = good or last
    return Fact(
        kind="check_late",
        scope=Scope.CITY,
        target=TARGET,
        target_key="backup",
        period="nightly",
        since=known.finished_at.astimezone(JST).date() if known else on,
        severity=Severity.WARN,
        figures={"last_good": good and good.finished_at.isoformat(), "hours": hours},
        message=_message(last, good, hours),
        title="バックアップができていません",
    )


def _message(last: BackupRun | None, good: BackupRun | None, hours: int) -> str:
    when = f"最後にできたのは{moment_words(good.finished_at)}です" if good else "まだ1度もできていません"
    why = f"前回の失敗: {last.problem}" if last and last.problem else f"きまりは{hours}時間以内です。"
    return f"{when}。{why}"[:300]
