"""Rows beside the フェイスシート (支給決定, 家族・関係者, 支援者): added once, changed by one at a time, taken off."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

import pghistory
from django.db import transaction

from cases.actions.merging import present
from cases.models import Client
from cases.models.person import SheetRow
from centers.models import User

Row = TypeVar("Row", bound=SheetRow)


class StaleRow(Exception):
    """Somebody has changed or taken off the row since it was opened."""


@transaction.atomic
def add_row(*, model: type[Row], client: Client, pk: UUID, by: User, values: Mapping[str, Any]) -> Row:
    """Add the row under the id that the form brought; a second post of the same form changes nothing.

    Raises StaleRow where the id stands for another client's row.
    """
    (client,) = present([client])
    if model.unscoped.filter(pk=pk).exclude(client=client).exists():
        raise StaleRow
    with pghistory.context(user=str(by.pk)):
        row, _ = model.unscoped.get_or_create(
            pk=pk, client=client, defaults=dict(values) | {"updated_by": by}
        )
    return row


@transaction.atomic
def change_row(*, row: Row, by: User, version: int, values: Mapping[str, Any]) -> Row:
    """Put the values in force. Raises StaleRow when `version` is no longer the standing one."""
    standing = _standing(row, version)
    for name, value in values.items():
        setattr(standing, name, value)
    standing.version += 1
    standing.updated_by = by
    with pghistory.context(user=str(by.pk)):
        standing.save()
    return standing


@transaction.atomic
def remove_row(*, row: SheetRow, by: User, version: int) -> None:
    """Take off a row that was entered by mistake; the change history keeps it. Raises StaleRow."""
    standing = _standing(row, version)
    with pghistory.context(user=str(by.pk)):
        standing.delete()


def _standing(row: Row, version: int) -> Row:
    standing = type(row).unscoped.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if standing is None or standing.version != version:
        raise StaleRow
    return standing
