"""緊急閲覧 (break-glass): one person, read only, for some minutes; told at once and judged afterwards."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.actions.passing import Gone
from cases.models import BreakGlass, Client
from centers.contracts import setting
from centers.enums import Role, Severity
from centers.models import Center, User
from centers.notices import tell_role
from centers.periods import next_business_day, wareki_short

SEARCH_REASON = "緊急閲覧の照合"
KIND = "break_glass"


class OwnDeed(Exception):
    """Nobody judges their own 緊急閲覧."""


@transaction.atomic
def break_glass(
    *, token: UUID, client: Client, user: User, for_center: Center | None, on: date, kind: str, reason: str
) -> BreakGlass:
    """Open the client to the user from now on. The same token twice opens once, and for the first minutes alone."""
    now = timezone.now()
    judge_by = judgement_day(on, setting("glass_judge_days", on))
    with pghistory.context(user=str(user.pk)):
        glass, new = BreakGlass.unscoped.get_or_create(
            pk=token,
            user=user,
            defaults={
                "client": client,
                "for_center": for_center,
                "starts_at": now,
                "ends_at": now + timedelta(minutes=setting("glass_minutes", on)),
                "kind": kind,
                "reason": reason,
                "judge_by": judge_by,
            },
        )
    if new:
        _tell(client.center, for_center, judge_by)
    return glass


def judgement_day(on: date, days: int) -> date:
    """The last of so many business days after the day."""
    for _ in range(days):
        on = next_business_day(on)
    return on


@transaction.atomic
def judge_glass(*, glass: BreakGlass, by: User, verdict: str, comment: str) -> BreakGlass:
    """妥当 or 不当, once. Raises Gone when it was judged before, OwnDeed for one's own."""
    standing = BreakGlass.unscoped.select_for_update(of=("self",)).get(pk=glass.pk)
    if standing.user_id == by.pk:
        raise OwnDeed
    if standing.verdict:
        raise Gone
    standing.verdict, standing.comment = verdict, comment
    standing.judged_by, standing.judged_at = by, timezone.now()
    with pghistory.context(user=str(by.pk)):
        standing.save(update_fields=["verdict", "comment", "judged_by", "judged_at"])
    return standing


def _tell(center: Center, for_center: Center | None, judge_by: date) -> None:
    """To the owning center and to the auditor; nobody is named."""
    who = str(for_center) if for_center else "市"
    told: dict[str, Any] = {
        "severity": Severity.WARN,
        "icon": "key",
        "kind": KIND,
        "title": "緊急閲覧がありました",
    }
    body = f"{who}の職員が、{center}の利用者1人の記録を緊急閲覧で開きました。"
    for role in (Role.KANRI, Role.KINOU):
        until = f"センター管理者は{wareki_short(judge_by)}までに判断してください。"
        tell_role(role, center_id=center.pk, body=body + until, path=reverse("cases:glasses"), **told)
    tell_role(Role.KANSA, body=body, path=reverse("reports:audit_glasses"), **told)
