"""What one center lets another see of a client: given for a time on a named basis, and taken back at once."""

from collections.abc import Collection
from datetime import date

import pghistory
from django.db import transaction
from django.utils import timezone

from cases.enums import ShareBasis, ShareScope
from cases.models import Client, ShareGrant
from centers.models import Center, User


@transaction.atomic
def share(
    *,
    client: Client,
    to_center: Center,
    scope: ShareScope,
    basis: ShareBasis,
    by: User,
    starts_on: date,
    ends_on: date | None = None,
) -> ShareGrant:
    """Show the client to the other center, both days included; without an end until it is taken back."""
    with pghistory.context(user=str(by.pk)):
        return ShareGrant.unscoped.create(
            client=client,
            to_center=to_center,
            scope=scope,
            basis=basis,
            granted_by=by,
            starts_on=starts_on,
            ends_on=ends_on,
        )


@transaction.atomic
def revoke_shares(*, client: Client, by: User, bases: Collection[ShareBasis]) -> int:
    """Take back at once what is shared of the client on these bases; returns how many shares that were."""
    with pghistory.context(user=str(by.pk)):
        standing = ShareGrant.unscoped.filter(client=client, basis__in=bases, revoked_at__isnull=True)
        return standing.update(revoked_at=timezone.now())
