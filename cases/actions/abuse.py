"""虐待通報: taken, requested, gone on with step by step, closed. The moments of a report follow from its steps."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from cases.actions.abuse_notices import close_request, tell_of_request, tell_of_step
from cases.actions.merging import present
from cases.actions.numbers import Series, lock_series, take_number
from cases.enums import AbuseStepKind, ReportOrigin
from cases.models import AbuseMember, AbuseReport, AbuseReporter, AbuseStep
from centers.access import Right, rights_of
from centers.models import Center, User
from centers.periods import JST, wareki_short

ALREADY_CLOSED = "この通報は終結しています。続けるときは、先に「終結」の行を取り消してください。"
NOT_NOTIFIED = "市への連絡が入っていないため、終結できません。先に「市への連絡」を入れてください。"


class OtherReport(Exception):
    """The token of the form belongs to another report."""


class StepGone(Exception):
    """The step was corrected or taken back meanwhile."""


class NotPossible(ValidationError):
    """The step does not fit the report; the text says what is to be done first."""


def writable_reports(user: User) -> QuerySet[AbuseReport]:
    """Reports to which the user may add: those they read, of their own centers."""
    return AbuseReport.visible_to(user).filter(center__in=rights_of(user).center_ids(Right.ABUSE_MAKE))


def steppable_reports(user: User) -> QuerySet[AbuseReport]:
    """Reports to which the user may add a step: the center's, and all of them for the city."""
    rights = rights_of(user)
    theirs = Q(center__in=rights.center_ids(Right.ABUSE_MAKE))
    return AbuseReport.visible_to(user).filter(Q() if rights.city_wide(Right.ABUSE_CITY) else theirs)


def correctable_steps(user: User) -> QuerySet[AbuseStep]:
    """Standing steps that the user may correct: each side, center and city, those of its own."""
    by_city = rights_of(user).city_wide(Right.ABUSE_CITY)
    steps = AbuseStep.visible_to(user).filter(correction__isnull=True, void=False, by_city=by_city)
    return steps.filter(report__in=steppable_reports(user))


@transaction.atomic
def take_report(
    *,
    pk: UUID,
    by: User,
    center: Center,
    on: date,
    received_at: datetime,
    fields: Mapping[str, Any],
    reporter: Mapping[str, Any],
    origin: ReportOrigin = ReportOrigin.CENTER,
) -> AbuseReport:
    """Save a 受付票 with who told of it (in a table of its own) and its first step.

    `pk` is the form's token: what stands already is returned and nothing is written. `fields` are columns of
    AbuseReport, `reporter` those of AbuseReporter. A request of the city tells the center, and needs no 市への連絡.
    Raises NotPossible for a day before the center opened.
    """
    lock_series(center, Series.ABUSE)  # of two posts of one form the second finds the first
    if standing := AbuseReport.unscoped.filter(pk=pk).first():
        if standing.received_by_id != by.pk:
            raise OtherReport
        return standing
    _check_opening(center, received_at)
    if fields.get("client"):
        fields = {**fields, "client": present([fields["client"]])[0]}
    with pghistory.context(user=str(by.pk)):
        report = AbuseReport.unscoped.create(
            id=pk,
            center=center,
            number=take_number(center, Series.ABUSE),
            origin=origin,
            received_at=received_at,
            received_by=by,
            **fields,
        )
        if any(reporter.values()):
            AbuseReporter.unscoped.create(report=report, **reporter)
        AbuseStep.unscoped.create(
            report=report,
            kind=AbuseStepKind.RECEIVED,
            at=received_at,
            who=by.name,
            by_city=origin == ReportOrigin.CITY,
            written_by=by,
        )
        settle(report)
    if origin == ReportOrigin.CITY:
        tell_of_request(report, on)
    return report


@transaction.atomic
def set_reporter(*, report: AbuseReport, by: User, fields: Mapping[str, Any]) -> AbuseReporter:
    with pghistory.context(user=str(by.pk)):
        row, _ = AbuseReporter.unscoped.update_or_create(report=report, defaults=fields)
    return row


@transaction.atomic
def set_members(*, report: AbuseReport, by: User, users: Collection[User]) -> None:
    """Name the staff who work on the report, beside who took it."""
    with pghistory.context(user=str(by.pk)):
        AbuseMember.unscoped.filter(report=report).exclude(user__in=users).delete()
        for user in users:
            AbuseMember.unscoped.get_or_create(report=report, user=user)


@transaction.atomic
def accept_request(*, report: AbuseReport, by: User, at: datetime) -> AbuseReport:
    """引き受け of the city's request; who was first stands."""
    standing = _locked(report)
    if not standing.waits:
        return standing
    with pghistory.context(user=str(by.pk)):
        standing.taken_by = by
        standing.save(update_fields=["taken_by"])
        AbuseStep.unscoped.create(
            report=standing, kind=AbuseStepKind.TAKEN, at=at, who=by.name, written_by=by
        )
    close_request(standing)
    return standing


@transaction.atomic
def add_step(
    *, pk: UUID, report: AbuseReport, by: User, on: date, kind: AbuseStepKind, at: datetime, **fields
) -> AbuseStep:
    """One more step, idempotent by `pk`. Raises NotPossible where it does not fit: 終結 before 市への連絡."""
    standing = _locked(report)
    if done := AbuseStep.unscoped.filter(pk=pk, report=standing).first():
        return done
    by_city = rights_of(by).city_wide(Right.ABUSE_CITY)
    if standing.closed_at and not by_city:
        raise NotPossible(ALREADY_CLOSED)
    _check(standing, kind, at)
    with pghistory.context(user=str(by.pk)):
        step = AbuseStep.unscoped.create(
            id=pk, report=standing, kind=kind, at=at, by_city=by_city, written_by=by, **fields
        )
        settle(standing)
    tell_of_step(standing, step, on)
    return step


@transaction.atomic
def correct_step(*, step: AbuseStep, by: User, reason: str, void: bool = False, **fields) -> AbuseStep:
    """Write the step anew, or take it back, as a row that points to the former one, which stays as it was.

    Raises StepGone when somebody did so before, and NotPossible where the report could not stand without it.
    """
    report = _locked(step.report)
    if void and step.kind == AbuseStepKind.RECEIVED:
        raise NotPossible("受付は取り消せません。日時の間違いは訂正してください。")
    values = {name: getattr(step, name) for name in ("at", "who", "partner", "detail", "text")} | fields
    if not void:
        _check(report, AbuseStepKind(step.kind), values["at"])
    try:
        with transaction.atomic(), pghistory.context(user=str(by.pk)):
            row = AbuseStep.unscoped.create(
                report=report,
                kind=step.kind,
                corrects=step,
                void=void,
                reason=reason,
                by_city=step.by_city,
                written_by=by,
                **values,
            )
            settle(report)
    except IntegrityError as problem:
        if "abuse_closed_after_notice" in str(problem):
            raise NotPossible(NOT_NOTIFIED) from None
        raise StepGone from None
    return row


def settle(report: AbuseReport) -> None:
    """The moments of the report, from its standing steps. A request of the city needs no 市への連絡: the city knows."""
    moments: dict[str, list[datetime]] = {}
    for kind, at in AbuseStep.unscoped.standing().filter(report=report).values_list("kind", "at"):
        moments.setdefault(kind, []).append(at)
    report.received_at = min(moments[AbuseStepKind.RECEIVED])
    first = {name: min(moments.get(kind, []), default=None) for name, kind in _FIRST.items()}
    if report.origin == ReportOrigin.CITY:
        first["notified_at"] = report.received_at
    for name, value in first.items():
        setattr(report, name, value)
    report.judged_at = max(moments.get(AbuseStepKind.JUDGEMENT, []), default=None)
    report.save(update_fields=["received_at", *_FIRST, "judged_at"])


_FIRST = {
    "notified_at": AbuseStepKind.NOTIFIED,
    "safe_at": AbuseStepKind.SAFETY,
    "closed_at": AbuseStepKind.CLOSED,
}


def _check(report: AbuseReport, kind: AbuseStepKind, at: datetime) -> None:
    if kind == AbuseStepKind.CLOSED and report.notified_at is None:
        raise NotPossible(NOT_NOTIFIED)
    if kind == AbuseStepKind.RECEIVED:
        _check_opening(report.center, at)
    elif at < report.received_at:
        raise NotPossible("受付より前の日時です。日時を確かめるか、受付の日時を訂正してください。")


def _check_opening(center: Center, at: datetime) -> None:
    if at.astimezone(JST).date() < center.opened_on:
        opened = wareki_short(center.opened_on)
        raise NotPossible(f"センターの開所日({opened})より前の日付です。日付を確かめてください。")


def _locked(report: AbuseReport) -> AbuseReport:
    return AbuseReport.unscoped.select_for_update(of=("self",)).get(pk=report.pk)
