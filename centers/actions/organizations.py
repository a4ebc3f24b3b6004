"""The registry of 関係機関: any center's staff keep it; each change says for which center."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from centers.models import Center, Organization, OrganizationPerson, User
from centers.organizations import search_key_of


class StaleOrganization(Exception):
    """Somebody has changed the organization, or the person, since the form was opened."""


@transaction.atomic
def register_organization(
    *, token: UUID, by: User, center: Center, on: date, values: Mapping[str, Any]
) -> Organization:
    """A new organization, known as of `on`. `values`: Organization.VERSIONED. `token` becomes its id: the same one twice is one registration."""
    with pghistory.context(user=str(by.pk)):
        organization, _ = Organization.objects.get_or_create(
            pk=token,
            defaults={
                **values,
                "search_key": search_key_of(values),
                "checked_on": on,
                "checked_by": by,
                "changed_by": by,
                "changed_for": center,
            },
        )
    return organization


@transaction.atomic
def update_organization(
    *, organization: Organization, by: User, center: Center, version: int, changes: Mapping[str, Any]
) -> Organization:
    """Put changes of Organization.VERSIONED in force. Raises StaleOrganization when `version` no longer stands."""
    standing = _locked(organization)
    if standing.version != version:
        raise StaleOrganization
    for name in Organization.VERSIONED:
        if name in changes:
            setattr(standing, name, changes[name])
    standing.search_key = search_key_of(vars(standing))
    standing.version += 1
    return _saved(standing, by, center)


@transaction.atomic
def confirm_organization(*, organization: Organization, by: User, center: Center, on: date) -> Organization:
    """確かめた: what stands there holds on the day."""
    standing = _locked(organization)
    standing.checked_on, standing.checked_by = on, by
    return _saved(standing, by, center)


@transaction.atomic
def close_organization(
    *, organization: Organization, by: User, center: Center, closed_on: date | None
) -> Organization:
    """The last day on which it was there; none opens it again. Records that name it keep their name."""
    standing = _locked(organization)
    standing.closed_on = closed_on
    return _saved(standing, by, center)


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def _saved(standing: Organization, by: User, center: Center) -> Organization:
    standing.changed_by, standing.changed_for = by, center
    with pghistory.context(user=str(by.pk)):
        standing.save()
    return standing


@transaction.atomic
def add_person(
    *, token: UUID, organization: Organization, by: User, center: Center, values: Mapping[str, Any]
) -> OrganizationPerson:
    """Somebody who works there. `token` becomes its id: the same one twice is one person."""
    with pghistory.context(user=str(by.pk)):
        person, _ = OrganizationPerson.objects.get_or_create(
            pk=token,
            defaults={**values, "organization": organization, "changed_by": by, "changed_for": center},
        )
    return person


@transaction.atomic
def update_person(
    *, person: OrganizationPerson, by: User, center: Center, version: int, changes: Mapping[str, Any]
) -> OrganizationPerson:
    """Raises StaleOrganization when `version` no longer stands."""
    standing = OrganizationPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if standing.version != version:
        raise StaleOrganization
    for name, value in changes.items():
        setattr(standing, name, value)
    standing.version += 1
    standing.changed_by, standing.changed_for = by, center
    with pghistory.context(user=str(by.pk)):
        standing.save()
    return standing
