"""Who is told of an abuse report and its steps. No name, no number of a person or report stands in a notice."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse

from cases.enums import AbuseStepKind, ReportOrigin
from cases.models import AbuseMember, AbuseReport, AbuseStep
from centers.enums import Role, Severity
from centers.models import RoleGrant, User
from centers.notices import close_told, tell_role, tell_user

REQUEST, NOTIFIED, CITY_WORD = "abuse_request", "abuse_notified", "abuse_city_word"
_ICON = "shield"
_CITY_KINDS = (AbuseStepKind.JUDGEMENT, AbuseStepKind.FEEDBACK)


def page_of_report(pk: UUID) -> str:
    return reverse("cases:abuse", args=[pk])


def staff_with(roles: Collection[Role], center_id: UUID, on: date) -> set[UUID]:
    """Ids of the users who hold one of the roles in the center on the day."""
    grants = RoleGrant.objects.in_force(on).filter(center=center_id, role__in=roles)
    return set(grants.values_list("user", flat=True))


def tell_of_request(report: AbuseReport, on: date) -> None:
    """Everybody of the center who may take it."""
    users = staff_with((Role.KANRI, Role.KINOU, Role.SOUDAN), report.center_id, on)
    for user in User.objects.filter(pk__in=users):
        tell_user(
            user,
            severity=Severity.BREACH,
            icon=_ICON,
            kind=REQUEST,
            title="市から虐待対応の依頼が来ています",
            body="開いて内容を確かめ、「引き受ける」を押してください。",
            path=page_of_report(report.pk),
        )


def close_request(report: AbuseReport) -> None:
    """Somebody has taken the city's request."""
    close_told([REQUEST], report.pk)


def tell_of_step(report: AbuseReport, step: AbuseStep, on: date) -> None:
    if step.kind == AbuseStepKind.NOTIFIED and not step.by_city:
        tell_role(
            Role.SHI,
            icon=_ICON,
            kind=NOTIFIED,
            title=f"{report.center.zone.name}センターが虐待の通報を市へ連絡しました",
            body="受付票は「虐待対応の進み」から開けます。",
            path=page_of_report(report.pk),
        )
    if step.by_city and step.kind in _CITY_KINDS:
        _tell_the_center(report, AbuseStepKind(step.kind).label, on)


def _tell_the_center(report: AbuseReport, word: str, on: date) -> None:
    named = set(AbuseMember.unscoped.filter(report=report).values_list("user", flat=True))
    taker = report.received_by_id if report.origin == ReportOrigin.CENTER else report.taken_by_id
    users = named | staff_with((Role.KANRI,), report.center_id, on) | {taker}
    for user in User.objects.filter(pk__in=users - {None}):
        tell_user(
            user,
            icon=_ICON,
            kind=CITY_WORD,
            title=f"虐待の通報に、市の「{word}」が入りました",
            body="受付票を開いて確かめてください。",
            path=page_of_report(report.pk),
        )
