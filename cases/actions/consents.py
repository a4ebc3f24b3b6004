"""個人情報の取扱いへの同意: given, corrected, and withdrawn with effect from that moment."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction
from django.utils import timezone

from cases.actions.merging import present
from cases.actions.sharing import revoke_shares
from cases.enums import ShareBasis
from cases.models import Client, Consent
from centers.models import User

# What is shared on these bases rests on the person's will.
BY_CONSENT = (ShareBasis.CONSENT, ShareBasis.REFERRAL)


class StaleConsent(Exception):
    """Somebody has corrected or withdrawn the consent since it was opened."""


@transaction.atomic
def give_consent(*, client: Client, pk: UUID, by: User, values: Mapping[str, Any]) -> Consent:
    """Note a consent under the id that the form brought; a second post of the same form changes nothing.

    Raises StaleConsent where the id stands for another client's consent.
    """
    (client,) = present([client])
    if Consent.unscoped.filter(pk=pk).exclude(client=client).exists():
        raise StaleConsent
    with pghistory.context(user=str(by.pk)):
        consent, _ = Consent.unscoped.get_or_create(pk=pk, client=client, defaults=dict(values))
        _touch(client)
    return consent


@transaction.atomic
def correct_consent(*, consent: Consent, by: User, version: int, values: Mapping[str, Any]) -> Consent:
    """Mend what was noted. Raises StaleConsent, also for one that is withdrawn."""
    standing = _standing(consent, version)
    for name, value in values.items():
        setattr(standing, name, value)
    standing.version += 1
    with pghistory.context(user=str(by.pk)):
        standing.save()
        _touch(standing.client)
    return standing


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User, version: int, on: date, reason: str) -> int:
    """Withdraw the consent, and take back at once all that is shared of the client by consent or referral.

    Which of several consents a share rests on is not kept, so that all end; a new one is given for what shall go
    on. Returns how many shares ended. Raises StaleConsent.
    """
    standing = _standing(consent, version)
    standing.withdrawn_on, standing.withdrawn_reason, standing.withdrawn_by = on, reason, by
    standing.version += 1
    with pghistory.context(user=str(by.pk)):
        standing.save()
        _touch(standing.client)
        return revoke_shares(client=standing.client, by=by, bases=BY_CONSENT)


def _touch(client: Client) -> None:
    """The client counts as changed: an import that brought them is not taken back over what was noted since."""
    Client.unscoped.filter(pk=client.pk).update(updated_at=timezone.now())


def _standing(consent: Consent, version: int) -> Consent:
    rows = Consent.unscoped.select_for_update(of=("self",)).select_related("client")
    standing = rows.get(pk=consent.pk)
    if standing.version != version or standing.withdrawn_on:
        raise StaleConsent
    return standing
