"""Addresses of a client over time. The columns of Client are the current one; both are kept in step here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from cases.actions.clients import StaleClient
from cases.models import Client, ClientAddress
from centers.models import User
from centers.periods import Birth

ADDRESS = ("postal_code", "ward_id", "town", "address", "school_district")


class MovedBefore(Exception):
    """The day of the move lies on or before the first day of the address that runs."""


def keep_address(client: Client) -> None:
    """The running row says what the columns say, after they were corrected. Inside the caller's transaction."""
    columns = {name: getattr(client, name) for name in ADDRESS}
    if not correct_running(client) and any(columns.values()):
        ClientAddress.unscoped.create(client=client, **columns)


def correct_running(client: Client) -> int:
    """Bring the running row, if there is one, to what the columns say; returns how many rows run."""
    running = ClientAddress.unscoped.filter(client=client, ends_on__isnull=True)
    return running.update(**{name: getattr(client, name) for name in ADDRESS})


@transaction.atomic
def move_client(
    *, client: Client, pk: UUID, by: User, version: int, moved: Birth, values: Mapping[str, Any]
) -> ClientAddress:
    """転居: the running address ends on the day before, the new one (ADDRESS in `values`) holds from then on.

    `pk` is the new row's id, which the form brought; a second post changes nothing. Raises StaleClient where the
    basic data were changed since `version`, and MovedBefore.
    """
    standing = Client.unscoped.select_for_update(of=("self",)).get(pk=client.pk)
    if done := ClientAddress.unscoped.filter(pk=pk, client=client).first():
        return done
    if standing.version != version or ClientAddress.unscoped.filter(pk=pk).exists():
        raise StaleClient(standing)
    with pghistory.context(user=str(by.pk)):
        keep_address(standing)
        running = ClientAddress.unscoped.filter(client=client, ends_on__isnull=True).first()
        if running and running.starts_on and running.starts_on >= moved.day:
            raise MovedBefore
        if running:
            running.ends_on = moved.day - timedelta(days=1)
            running.save(update_fields=["ends_on"])
        row = ClientAddress.unscoped.create(
            pk=pk, client=client, starts_on=moved.day, starts_precision=moved.precision, **values
        )
        for name in ADDRESS:
            setattr(standing, name, values[name])
        standing.version += 1
        standing.save()
    return row
