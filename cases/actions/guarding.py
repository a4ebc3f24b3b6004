"""Who may not see a person of the own center: restricted cases, and conflicts of interest. And pins."""

from collections.abc import Collection

import pghistory
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseMember, Client, ConflictOfInterest, Pin
from centers.enums import Role, Severity
from centers.models import User
from centers.notices import tell_role


class TooManyPins(Exception):
    """As many persons are pinned as the rule allows."""


@transaction.atomic
def restrict_case(*, case: Case, by: User, reason: str, members: Collection[User]) -> None:
    """Only the named members and センター管理者 see the person. All cases of the person, so that no old one shows them."""
    with pghistory.context(user=str(by.pk)):
        cases = _cases_of(case)
        Case.unscoped.filter(pk__in=[one.pk for one in cases]).update(
            restricted=True, restricted_reason=reason
        )
        wanted = {user.pk for user in members}
        for one in cases:
            known = CaseMember.unscoped.filter(case=one)
            known.exclude(user__in=wanted).delete()
            missing = wanted - set(known.values_list("user", flat=True))
            CaseMember.unscoped.bulk_create(CaseMember(case=one, user_id=user) for user in missing)


@transaction.atomic
def unrestrict_case(*, case: Case, by: User) -> None:
    """Everybody of the center may see the person again; the change history keeps who was named, and why."""
    with pghistory.context(user=str(by.pk)):
        cases = [one.pk for one in _cases_of(case)]
        Case.unscoped.filter(pk__in=cases).update(restricted=False, restricted_reason="")
        CaseMember.unscoped.filter(case__in=cases).delete()


def _cases_of(case: Case) -> list[Case]:
    rows = Case.unscoped.filter(client=case.client_id, center=case.center_id)
    return list(rows.order_by("pk").select_for_update())


@transaction.atomic
def declare_conflict(*, client: Client, user: User, by: User, reason: str) -> ConflictOfInterest:
    """From now on the user sees nothing of the client. Declared twice is once. センター管理者 is told."""
    with pghistory.context(user=str(by.pk)):
        conflict, made = ConflictOfInterest.unscoped.get_or_create(
            client=client, user=user, lifted_at=None, defaults={"reason": reason, "declared_by": by}
        )
        Pin.unscoped.filter(client=client, user=user).delete()
        if made and by.pk == user.pk:
            tell_role(
                Role.KANRI,
                center_id=client.center_id,
                severity=Severity.INFO,
                icon="lock",
                kind="conflict_declared",
                title="記録を見ない申し出がありました",
                body="職員が、ある利用者の記録を見ないことを申し出ました。担当の確認が要るときは替えてください。",
                path=reverse("cases:client_conflict", args=[client.pk]),
            )
    return conflict


@transaction.atomic
def lift_conflict(*, conflict: ConflictOfInterest, by: User) -> None:
    with pghistory.context(user=str(by.pk)):
        standing = ConflictOfInterest.unscoped.select_for_update(of=("self",)).get(pk=conflict.pk)
        if standing.lifted_at is None:
            standing.lifted_at, standing.lifted_by = timezone.now(), by
            standing.save(update_fields=["lifted_at", "lifted_by"])


@transaction.atomic
def pin(*, client: Client, by: User, limit: int) -> None:
    """Keep the person at hand. Raises TooManyPins beyond `limit`."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if Pin.unscoped.filter(user=by, client=client).exists():
        return
    if Pin.unscoped.filter(user=by).count() >= limit:
        raise TooManyPins
    Pin.unscoped.create(user=by, client=client)


def unpin(*, client: Client, by: User) -> None:
    Pin.unscoped.filter(user=by, client=client).delete()
