"""基本情報 of a client: all of one form put in force at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory
from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet

from cases.actions.addresses import keep_address
from cases.actions.clients import StaleClient, search_keys
from cases.models import Client, ClientDisability, ClientPhone
from centers.models import User
from centers.text import phone_tail

COLUMNS = (
    "family_name",
    "given_name",
    "family_kana",
    "given_kana",
    "birth_date",
    "birth_precision",
    "sex",
    "postal_code",
    "ward_id",
    "town",
    "address",
    "school_district",
    "contact_note",
)


@dataclass(frozen=True, kw_only=True)
class DatedDisability:
    """障がい種別 from a day to a day; an empty start means as long as is known."""

    code: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class BasicData:
    """The whole of a client's basic data: COLUMNS of Client, and what hangs on it.

    phones: (number, whose).
    """

    columns: Mapping[str, Any]
    phones: Sequence[tuple[str, str]] = ()
    disabilities: Sequence[DatedDisability] = ()


@transaction.atomic
def update_client(*, client: Client, by: User, version: int, on: date, data: BasicData) -> Client:
    """Put the data in force. Raises StaleClient when `version` is no longer the standing one."""
    standing = Client.unscoped.select_for_update(of=("self",)).get(pk=client.pk)
    if standing.version != version:
        raise StaleClient(standing)
    for name in COLUMNS:
        setattr(standing, name, data.columns[name])
    for name, key in search_keys(standing).items():
        setattr(standing, name, key)
    standing.version += 1
    with pghistory.context(user=str(by.pk)):
        standing.save()
        _set_phones(standing, list(data.phones))
        _set_disabilities(standing, on, data.disabilities)
        keep_address(standing)
    return standing


def running_disabilities(client: Client, on: date) -> QuerySet[ClientDisability]:
    """The client's 障がい種別 that have not ended before the day, later ones included: what the form edits."""
    return ClientDisability.unscoped.filter(Q(ends_on=None) | Q(ends_on__gte=on), client=client).order_by(
        "code"
    )


def last_change(client: Client) -> tuple[User, datetime] | None:
    """Who changed the client last, and when, as the change history knows it."""
    events = apps.get_model("cases", "ClientEvent").objects.filter(pgh_obj=client.pk)
    event = events.select_related("pgh_context").order_by("-pgh_id").first()
    metadata = event.pgh_context.metadata if event and event.pgh_context else {}
    user = User.objects.filter(pk=metadata["user"]).first() if metadata.get("user") else None
    return (user, event.pgh_created_at) if user else None


def _set_phones(client: Client, phones: list[tuple[str, str]]) -> None:
    rows = ClientPhone.unscoped.filter(client=client)
    if list(rows.order_by("position", "id").values_list("number", "whose")) == phones:
        return
    rows.delete()
    ClientPhone.unscoped.bulk_create(
        ClientPhone(client=client, number=number, whose=whose, tail=phone_tail(number), position=position)
        for position, (number, whose) in enumerate(phones)
    )


def _set_disabilities(client: Client, on: date, wanted: Sequence[DatedDisability]) -> None:
    standing = {row.code: row for row in running_disabilities(client, on)}
    given = {one.code: one for one in wanted}
    for code, row in standing.items():
        if code not in given:
            row.delete()
    for code, one in given.items():
        row = standing.get(code) or ClientDisability(client=client, code=code)
        if row.pk is None or (row.starts_on, row.ends_on) != (one.starts_on, one.ends_on):
            row.starts_on, row.ends_on = one.starts_on, one.ends_on
            row.save()
