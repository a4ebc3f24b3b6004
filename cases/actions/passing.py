"""What a 紹介 and a 引き継ぎ have in common: a sheet that is locked, answered once, and gone when it is too late."""

from datetime import date
from typing import Any, TypeVar

import pghistory
from django.utils import timezone

from cases.enums import PassState
from cases.models import CenterHandover, Referral
from centers.models import Center, User

Sheet = TypeVar("Sheet", Referral, CenterHandover)


class Gone(Exception):
    """It is not there any more for the one who acts: taken back, answered, or the consent withdrawn."""


class CenterClosed(Exception):
    """The receiving center is not open on the day."""


def must_be_open(center: Center, on: date) -> None:
    """Raises CenterClosed."""
    if not Center.objects.open_on(on).filter(pk=center.pk).exists():
        raise CenterClosed


def locked(sheet: Sheet) -> Sheet:
    rows: Any = type(sheet).unscoped.select_for_update(of=("self",))
    return rows.select_related("client__center__zone", "center__zone", "to_center__zone", "written_by").get(
        pk=sheet.pk
    )


def waiting(sheet: Sheet, on: date) -> Sheet:
    """The locked sheet while it may be answered: by a center only as long as it reaches it. Raises Gone."""
    standing = locked(sheet)
    reaches = type(sheet).unscoped.filter(type(sheet).reaching(on), pk=sheet.pk).exists()
    if standing.state != PassState.SENT or not reaches:
        raise Gone
    return standing


def answer_sheet(sheet: Referral | CenterHandover, state: PassState, by: User, answer: str) -> None:
    sheet.state, sheet.answered_by, sheet.answer = state, by, answer
    sheet.answered_at = timezone.now()
    save_sheet(sheet, by)


def save_sheet(sheet: Referral | CenterHandover, by: User) -> None:
    sheet.version += 1
    with pghistory.context(user=str(by.pk)):
        sheet.save()
