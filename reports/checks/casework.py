"""ケースの動き: cases without movement and next steps that are overdue, one finding a center; numbers, no persons."""

from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from cases.caselist import QuietDays, inactive
from cases.enums import Priority
from cases.models import Case, FollowUp
from centers.enums import Scope, Severity
from centers.models import Center
from centers.periods import FiscalYear, wareki_short
from reports.checks.facts import Fact

KINDS = ("case_inactive", "followup_overdue")


def find(on: date) -> list[Fact]:
    """Three statements and two settings, however many cases there are."""
    zones = dict(Center.objects.open_on(on).values_list("pk", "zone__name"))
    return [*_inactive(on, zones), *_overdue(on, zones)]


def _inactive(on: date, zones: dict) -> list[Fact]:
    quiet = QuietDays.on(on)
    moved = Coalesce("last_contact_on", "opened_on")
    high = Q(priority=Priority.HIGH)
    rows = (
        Case.unscoped.filter(inactive(on, quiet), center__in=zones)
        .values("center")
        .annotate(
            cases=Count("pk"),
            high=Count("pk", filter=high),
            oldest=Min(moved, filter=~high),
            oldest_high=Min(moved, filter=high),
        )
        .order_by()
    )
    return [_inactive_fact(zones[row["center"]], row, quiet, on) for row in rows]


def _inactive_fact(zone: str, row: dict, quiet: QuietDays, on: date) -> Fact:
    ends = [(row["oldest"], quiet.usual), (row["oldest_high"], quiet.high)]
    since = min(day + timedelta(days=days + 1) for day, days in ends if day)
    high = f"(うち優先度 高 {row['high']}件)" if row["high"] else ""
    return Fact(
        kind="case_inactive",
        scope=Scope.CENTER,
        target=zone,
        target_key=str(row["center"]),
        period=FiscalYear.of(on).label,
        since=since,
        severity=Severity.INFO,
        figures={"cases": row["cases"], "high": row["high"], "days": quiet.usual, "days_high": quiet.high},
        message=f"動きのないケースが{row['cases']}件あります{high}。"
        f"{quiet.usual}日(優先度 高は{quiet.high}日)、相談がありません。",
        title=f"{zone} 動きのないケース {row['cases']}件",
        icon="clock",
        center_id=row["center"],
    )


def _overdue(on: date, zones: dict) -> list[Fact]:
    late = FollowUp.unscoped.filter(done_on__isnull=True, due_on__lt=on, center__in=zones)
    rows = late.values("center").annotate(steps=Count("pk"), oldest=Min("due_on")).order_by()
    return [_overdue_fact(zones[row["center"]], row, on) for row in rows]


def _overdue_fact(zone: str, row: dict, on: date) -> Fact:
    return Fact(
        kind="followup_overdue",
        scope=Scope.CENTER,
        target=zone,
        target_key=str(row["center"]),
        period=FiscalYear.of(on).label,
        since=row["oldest"] + timedelta(days=1),
        severity=Severity.INFO,
        figures={"steps": row["steps"], "oldest": row["oldest"].isoformat()},
        message=f"期限を過ぎた連絡・訪問の予定が{row['steps']}件あります。"
        f"いちばん古い期限は{wareki_short(row['oldest'])}です。",
        title=f"{zone} 期限を過ぎた予定 {row['steps']}件",
        icon="clock",
        center_id=row["center"],
    )
