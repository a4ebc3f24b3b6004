"""The way in for the first システム管理者: a signed link that holds for an hour, and until it was used once.

Nothing is stored for it and it names nobody: what uses it up is the account that it makes. As soon as anybody
was システム管理者, no link opens anything.
"""

from datetime import date, timedelta

from django.core import signing
from django.db import connection, transaction

from centers.enums import Role
from centers.models import RoleGrant, User

LIFETIME = timedelta(hours=1)

_SIGNER = signing.TimestampSigner(salt="centers.invitation")
_PURPOSE = "first-admin"


class AdminExists(Exception):
    """There is or was a システム管理者; further accounts are theirs to make."""


def admin_exists() -> bool:
    """Whether anybody is or ever was システム管理者."""
    return RoleGrant.objects.filter(role=Role.SYSTEM).exists()


def invite() -> str:
    """A token for the link. Raises AdminExists."""
    if admin_exists():
        raise AdminExists
    return _SIGNER.sign(_PURPOSE)


def accepts(token: str) -> bool:
    """Whether the token was made here within LIFETIME (real clock) and is not used up."""
    try:
        purpose = _SIGNER.unsign(token, max_age=LIFETIME)
    except signing.BadSignature:
        return False
    return purpose == _PURPOSE and not admin_exists()


@transaction.atomic
def make_first_admin(*, username: str, name: str, password: str, on: date) -> User:
    """The account, システム管理者 from `on`. Of two at the same time one is made; raises AdminExists for the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('soudan_first_admin'))")
    if admin_exists():
        raise AdminExists
    user = User.objects.create_user(username, password, name=name)
    RoleGrant.objects.create(user=user, role=Role.SYSTEM, starts_on=on)
    return user
