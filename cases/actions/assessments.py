"""アセスメント: each one saved is a version of its own."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction
from django.db.models import Max

from cases.actions.entries import OtherWriter, cases_of
from cases.actions.merging import present
from cases.models import Assessment, Client
from cases.rules import holding_case
from centers.models import Center, User


@transaction.atomic
def save_assessment(
    *, token: UUID, client: Client, by: User, center: Center, answers: Mapping[str, Any]
) -> Assessment:
    """Save the next version. `token` is the form's: posted twice it is saved once. Raises OtherWriter."""
    (client,) = present([client])
    if standing := Assessment.unscoped.filter(pk=token).first():
        if standing.written_by_id != by.pk or standing.client_id != client.pk:
            raise OtherWriter
        return standing
    last = Assessment.unscoped.filter(client=client).aggregate(last=Max("version"))["last"] or 0
    cases = cases_of([client.pk], center).get(client.pk, ())
    with pghistory.context(user=str(by.pk)):
        return Assessment.unscoped.create(
            id=token,
            client=client,
            center=center,
            case=holding_case(cases, answers["held_on"]),
            version=last + 1,
            written_by=by,
            **answers,
        )
