"""The way in for the first システム管理者 and the first 市: a signed link that holds for an hour, and until it was used once.

Nothing is stored for it and it names nobody: what uses it up is the account that it makes. As soon as anybody
held the role, no link opens anything. For these roles, which two persons give, whoever works at the server is the
second person.
"""

from datetime import date, timedelta

from django.core import signing
from django.db import transaction

from centers.enums import Role
from centers.locks import wait_for_turn
from centers.models import RoleGrant, User

LIFETIME = timedelta(hours=1)

_SIGNER = signing.TimestampSigner(salt="centers.invitation")
_PURPOSES = {"first-admin": Role.SYSTEM, "first-city": Role.SHI}


class AdminExists(Exception):
    """Somebody holds or held the role; further accounts are theirs to make."""


def admin_exists(role: Role = Role.SYSTEM) -> bool:
    """Whether anybody has or ever had the role."""
    return RoleGrant.objects.filter(role=role).exists()


def invite(role: Role = Role.SYSTEM) -> str:
    """A token for the link. Raises AdminExists."""
    if admin_exists(role):
        raise AdminExists
    return _SIGNER.sign(next(purpose for purpose, given in _PURPOSES.items() if given == role))


def accepts(token: str) -> Role | None:
    """The role that the token gives: made here within LIFETIME (real clock) and not used up; else None."""
    try:
        role = _PURPOSES.get(_SIGNER.unsign(token, max_age=LIFETIME))
    except signing.BadSignature:
        return None
    return None if role is None or admin_exists(role) else role


@transaction.atomic
def make_first_admin(*, username: str, name: str, password: str, on: date, role: Role = Role.SYSTEM) -> User:
    """The account, with the role from `on`. Of two at the same time one is made; raises AdminExists for the other."""
    wait_for_turn("soudan_first_admin")
    if admin_exists(role):
        raise AdminExists
    user = User.objects.create_user(username, password, name=name)
    RoleGrant.objects.create(user=user, role=role, starts_on=on)
    return user
