"""Rows with a version, changed by one at a time."""

from collections.abc import Mapping
from typing import Any, TypeVar

import pghistory
from django.db import transaction

from cases.models import AbuseReport, DiscriminationConsultation, GuardianshipSupport
from centers.models import User

Row = TypeVar("Row", AbuseReport, GuardianshipSupport, DiscriminationConsultation)


class StaleRow(Exception):
    """Somebody has changed it since it was opened; `standing` is what holds now."""

    def __init__(self, standing: Any):
        super().__init__()
        self.standing = standing


@transaction.atomic
def update_row(*, row: Row, by: User, version: int, fields: Mapping[str, Any]) -> Row:
    """Put the fields in force. Raises StaleRow when `version` no longer stands."""
    standing = type(row).unscoped.select_for_update(of=("self",)).get(pk=row.pk)
    if standing.version != version:
        raise StaleRow(standing)
    for name, value in fields.items():
        setattr(standing, name, value)
    standing.version += 1
    with pghistory.context(user=str(by.pk)):
        standing.save()
    return standing
