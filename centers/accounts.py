"""Who sees, manages and gives what among the accounts. The rights stand in centers.access; here is how far they go.

An account belongs to where its roles are: the running and coming ones, else those that ended last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from centers.access import Right, Rights, rights_of
from centers.enums import CENTER_ROLES, TWO_PERSON_ROLES, AccountState, Purpose, Role
from centers.models import Center, Invitation, RoleGrant, User, Ward
from centers.rules import account_state

# Which right gives which role.
GIVEN_BY: dict[Role, Right] = {
    Role.SOUDAN: Right.ROLE_GIVE_STAFF,
    Role.KINOU: Right.ROLE_GIVE_STAFF,
    Role.CHIIKI: Right.ROLE_GIVE_STAFF,
    Role.KANRI: Right.ROLE_GIVE_MANAGER,
    Role.KU: Right.ROLE_GIVE_WARD,
} | dict.fromkeys(TWO_PERSON_ROLES, Right.ROLE_PROPOSE)
# The city looks after these and sees no other account.
CITY_SEES = (Role.KANRI, Role.KU, *TWO_PERSON_ROLES)
CITY_MANAGES = frozenset({Role.KU, Role.SHI})
# Links for an account that is there.
RESETS = (Purpose.PASSWORD, Purpose.SECOND_STEP)
# Of these one must remain: nobody else could give them again.
NEVER_NONE = (Role.SYSTEM, Role.SHI)


def visible_accounts(user: User) -> QuerySet[User]:
    """The accounts that the user may look at, those of the past included."""
    rights = rights_of(user)
    if _sees_all(rights):
        return User.objects.all()
    grants = RoleGrant.objects.filter(user=OuterRef("pk")).filter(_reach(rights))
    return User.objects.filter(Exists(grants))


def visible_invitations(user: User) -> QuerySet[Invitation]:
    """Invitations and proposals that the user may look at."""
    rights = rights_of(user)
    if _sees_all(rights):
        return Invitation.objects.all()
    grants = RoleGrant.objects.filter(_reach(rights)).exclude(ends_on__lt=rights.on)
    here = Q(purpose__in=RESETS, user__in=grants.values("user"))
    mine = _reach(rights) | Q(invited_by=user.pk) | here
    if rights.city_wide(Right.ACCOUNT_READ):
        mine |= Q(purpose=Purpose.MOVE)
    return Invitation.objects.filter(mine)


def _sees_all(rights: Rights) -> bool:
    return not {Role.SYSTEM, Role.KANSA}.isdisjoint(rights.roles)


def _reach(rights: Rights) -> Q:
    """Condition on anything with role and center: a center's own, and what the city sees."""
    within = Q(center__in=rights.center_ids(Right.ACCOUNT_READ))
    if rights.city_wide(Right.ACCOUNT_READ):
        within |= Q(role__in=CITY_SEES)
    return within


def is_here(user: User, account: "Account") -> bool:
    """Whether one of the account's standing roles lies within the user's reach; else it is somebody who was here.

    What other centers wrote about them since is not for the user.
    """
    rights = rights_of(user)
    centers, city = rights.center_ids(Right.ACCOUNT_READ), rights.city_wide(Right.ACCOUNT_READ)
    return _sees_all(rights) or any(
        grant.center_id in centers or (city and grant.role in CITY_SEES) for grant in account.grants
    )


def with_facts(accounts: QuerySet[User]) -> QuerySet[User]:
    """Each account with its roles (`roles_held`) and `has_second_step`. Two statements more, whatever the number."""
    second_step = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    grants = RoleGrant.objects.select_related("center__zone", "ward").order_by("-starts_on", "pk")
    return accounts.annotate(has_second_step=Exists(second_step)).prefetch_related(
        Prefetch("grants", grants, to_attr="roles_held")
    )


@dataclass(frozen=True)
class Account:
    """One account on one day, for a page. `user` comes from with_facts."""

    user: User
    on: date

    @property
    def state(self) -> AccountState:
        periods = [(grant.starts_on, grant.ends_on) for grant in self.user.roles_held]
        return account_state(self.user.is_active, periods, self.on)

    @property
    def grants(self) -> Sequence[RoleGrant]:
        return standing(self.user.roles_held, self.on)


def standing(grants: Iterable[RoleGrant], on: date) -> list[RoleGrant]:
    """The running and coming roles; where there are none, those that ended last."""
    grants = list(grants)
    live = [grant for grant in grants if grant.ends_on is None or grant.ends_on >= on]
    if live:
        return live
    last = max((grant.ends_on for grant in grants if grant.ends_on), default=None)
    return [grant for grant in grants if grant.ends_on == last]


def may_manage(user: User, account: User, *, on: date) -> bool:
    """Stop, reset, end sessions: only where all that the account is lies within the manager's reach."""
    rights = rights_of(user)
    if user.pk == account.pk:
        return False
    if Role.SYSTEM in rights.roles:
        return True
    held = [(grant.role, grant.center_id) for grant in standing(account.grants.all(), on)]
    if not account.is_active:
        held += _held_at_stop(account)
    centers = rights.center_ids(Right.ACCOUNT_MANAGE)
    city = rights.city_wide(Right.ACCOUNT_MANAGE)
    return bool(held) and all(center in centers or (city and role in CITY_MANAGES) for role, center in held)


def _held_at_stop(account: User) -> list[tuple[str, UUID | None]]:
    """Role and center of what the stop took, those included that had not begun: a start brings all of it back."""
    stops = account.stops.filter(started_at=None)
    return [
        (kept["role"], UUID(kept["center"]) if kept["center"] else None)
        for stop in stops
        for kept in stop.grants
    ]


def may_give(user: User, role: Role | str, *, center: Center | None = None, ward: Ward | None = None) -> bool:
    """Give, end, or propose the role in the center or ward."""
    right = GIVEN_BY[Role(role)]
    rights = rights_of(user)
    if role in CENTER_ROLES:
        return center is not None and (rights.city_wide(right) or center.pk in rights.center_ids(right))
    return center is None and (ward is not None) == (role == Role.KU) and rights.city_wide(right)


def roles_to_give(user: User) -> list[Role]:
    """In the order of every list."""
    return [role for role in Role if rights_of(user).allowed(GIVEN_BY[role])]


def centers_to_give(user: User, on: date) -> QuerySet[Center]:
    """Where the user may give a center's role: the own centers, for the city all that are open."""
    rights = rights_of(user)
    centers = Center.objects.open_on(on).select_related("zone")
    if rights.city_wide(Right.ROLE_GIVE_MANAGER):
        return centers
    return centers.filter(pk__in=rights.center_ids(Right.ROLE_GIVE_MANAGER))


def may_decide(user: User, invitation: Invitation) -> bool:
    """Say yes to a proposal: with the right, and not the one who made it, nor the one it is for."""
    return rights_of(user).allowed(Right.ROLE_APPROVE) and user.pk not in {
        invitation.invited_by_id,
        invitation.user_id,
    }


def still_stands(invitation: Invitation, *, on: date) -> bool:
    """Whether those who gave the invitation could still do so today."""
    giver, account = invitation.invited_by, invitation.user
    if account and invitation.purpose in RESETS:
        return account.is_active and may_manage(giver, account, on=on)
    if invitation.purpose == Purpose.MOVE:
        return True  # who takes the person decides anew
    if not may_give(giver, invitation.role, center=invitation.center, ward=invitation.ward):
        return False
    return not invitation.approved_by or may_decide(invitation.approved_by, invitation)


def left_without(account: User, *, on: date) -> list[RoleGrant]:
    """The account's roles of the day that nobody in use would hold in that place the day after: センター管理者, システム管理者, 市."""
    grants = account.grants.filter(role__in=(Role.KANRI, *NEVER_NONE)).in_force(on).select_related("center")
    return [grant for grant in grants if not _others(grant, on).exists()]


def _others(grant: RoleGrant, on: date) -> QuerySet[RoleGrant]:
    others = RoleGrant.objects.in_force(on + timedelta(days=1)).filter(
        role=grant.role, center=grant.center_id
    )
    return others.exclude(user=grant.user_id).filter(user__is_active=True)


def open_invitations(user: User, *, now: datetime) -> QuerySet[Invitation]:
    """What the user sees of what still waits, the next to lapse first."""
    rows = visible_invitations(user).open_at(now)
    return rows.select_related("center__zone", "ward", "user", "invited_by", "approved_by", "staff").order_by(
        "expires_at", "pk"
    )


def closed_because(invitation: Invitation, *, now: datetime, on: date) -> str:
    """Why a link opens nothing: used, cancelled, late, lost (who made it may not any more); "" when it is open."""
    if invitation.used_at:
        return "used"
    if invitation.cancelled_at:
        return "cancelled"
    if invitation.expires_at <= now or (invitation.ends_on and invitation.ends_on < on):
        return "late"
    return "" if still_stands(invitation, on=on) else "lost"
