"""虐待通報: 市への連絡 and 安全確認 that are still to come, by calendar hours, at night and on holidays too."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse

from cases.abuse import Standing, standings
from cases.actions.abuse_notices import staff_with
from cases.clocks import Clock
from cases.models import AbuseReport
from centers.enums import Role, Scope, Severity
from centers.notices import To
from centers.periods import JST, now, today, wareki
from reports.checks.facts import Fact

NOTICE, SAFETY = "abuse_city_notice", "abuse_safety_check"
KINDS = (NOTICE, SAFETY)


def find(on: date) -> list[Fact]:
    """As of now; for a day gone by as of its end. No name and no number of a report stands in a fact."""
    moment = now() if on == today() else datetime.combine(on + timedelta(days=1), time.min, JST)
    return found_at(moment)


def found_at(moment: datetime) -> list[Fact]:
    """What holds at the moment: a report without 市への連絡 or 安全確認 whose first reminder has come."""
    still_open = Q(closed_at__isnull=True) | Q(closed_at__gt=moment)
    waiting = Q(notified_at__isnull=True) | Q(notified_at__gt=moment)
    waiting |= Q(safe_at__isnull=True) | Q(safe_at__gt=moment)
    reports = (
        AbuseReport.unscoped.filter(still_open, waiting, received_at__lte=moment)
        .select_related("center__zone")
        .order_by("received_at", "pk")
    )
    return [fact for one in standings(reports, moment) for fact in _facts(one)]


def _facts(one: Standing) -> list[Fact]:
    found = []
    if one.asks_notice and (reached := _open_at(one.notice, one.now).reminder(one.now)):
        message = f"虐待の通報の受付から{reached}時間たちましたが、市への連絡が入っていません。連絡した日時を入れてください。"
        found.append(_fact(one, NOTICE, one.notice, reached, Severity.WARN, "市への連絡がまだです", message))
    if reached := _open_at(one.safety, one.now).reminder(one.now):
        words = "期限を過ぎています" if reached == one.safety.hours else "まだです"
        message = f"虐待の通報の受付から{reached}時間たちましたが、安全確認が入っていません。期限は{_moment(one.safety.due_at)}です。"
        found.append(
            _fact(
                one, SAFETY, one.safety, reached, _weight(one.safety, reached), f"安全確認が{words}", message
            )
        )
    return found


def _open_at(clock: Clock, moment: datetime) -> Clock:
    """As the clock stood at a moment: what was done later was not done yet."""
    done = clock.done_at if clock.done_at and clock.done_at <= moment else None
    return Clock(clock.started_at, clock.hours, done, clock.reminders)


def _weight(clock: Clock, reached: int) -> Severity:
    """Graver with each reminder, so that each of them is told anew."""
    if reached >= clock.hours:
        return Severity.BREACH
    return Severity.WARN if reached == max(clock.reminders) else Severity.INFO


def _fact(
    one: Standing, kind: str, clock: Clock, reached: int, severity: Severity, title: str, message: str
) -> Fact:
    report, zone = one.report, one.report.center.zone.name
    return Fact(
        kind=kind,
        scope=Scope.CENTER,
        target=zone,
        target_key=str(report.pk),
        period=f"{clock.hours}h",
        since=(clock.started_at + timedelta(hours=reached)).date(),
        severity=severity,
        figures={"hours": reached, "limit": clock.hours, "due": clock.due_at.isoformat()},
        message=message,
        title=f"{zone} 虐待の通報 {title}",
        icon="shield",
        center_id=report.center_id,
        to=tuple(_addressees(report, one.now.date())),
    )


def _addressees(report: AbuseReport, on: date) -> list[To]:
    """Who received or took it, the center's 機能強化員 and the city.

    機能強化員 may not be on the case, so that theirs leads to the list.
    """
    page = reverse("cases:abuse", args=[report.pk])
    receiver = report.taken_by_id or report.received_by_id
    leaders = staff_with((Role.KINOU,), report.center_id, on) - {receiver}
    the_list = f"{reverse('cases:rights')}?report={report.pk}"
    return [
        To(page, user_id=receiver),
        *(To(the_list, user_id=user) for user in sorted(leaders, key=str)),
        To(page, role=Role.SHI),
    ]


def _moment(at: datetime) -> str:
    return f"{wareki(at.date(), weekday=True)} {at:%-H:%M}"
