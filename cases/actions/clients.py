"""Registering 利用者 and callers without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from cases.actions.numbers import Series, take_number
from cases.enums import AgeBand, DatePrecision, Sex
from cases.models import AnonymousThread, Case, Client, ClientDisability, ClientPhone
from cases.scoping import not_handed_over, shared_clients
from centers.access import rights_of
from centers.models import Center, StaffMember, User
from centers.periods import Birth
from centers.text import kana_key, name_key, phone_tail


class StaleClient(Exception):
    """Somebody has changed the basic data since they were opened; `standing` is what holds now."""

    def __init__(self, standing: Client):
        super().__init__()
        self.standing = standing


@dataclass(frozen=True, kw_only=True)
class NewClient:
    """What is known of a person at the first contact; the reading of the family name is enough."""

    family_kana: str
    given_kana: str = ""
    family_name: str = ""
    given_name: str = ""
    birth: Birth | None = None
    sex: str = Sex.UNKNOWN
    phones: Sequence[str] = ()
    disabilities: Sequence[str] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class NewThread:
    """Who calls without a name, so that the next call is known as the same person's."""

    handle: str
    sex: str = Sex.UNKNOWN
    age_band: str = AgeBand.UNKNOWN


@transaction.atomic
def register_client(
    *, center: Center, by: User, on: date, family_kana: str, received_on: date | None = None, **details
) -> Client:
    """Register a person with the center and open their case, 受付, with the writer responsible.

    `details` are the other fields of NewClient; kana as full katakana (centers.text.to_katakana), disabilities as
    codes. `received_on` is the day of the first contact where it lies before `on`.
    """
    person = NewClient(family_kana=family_kana, **details)
    client = Client.unscoped.create(
        center=center,
        number=take_number(center, Series.CLIENT),
        registered_on=on,
        registered_by=by,
        **columns_of(person),
    )
    ClientPhone.unscoped.bulk_create(phones_of(client, person.phones))
    ClientDisability.unscoped.bulk_create(disabilities_of(client, person.disabilities))
    open_case(
        client=client,
        on=received_on or on,
        reason=person.reason,
        responsible=getattr(by, "staff_member", None),
    )
    return client


def open_case(*, client: Client, on: date, reason: str, responsible: StaffMember | None) -> Case:
    """A new case, 受付, of a client who has none that is open. Call it inside a transaction."""
    return Case.unscoped.create(
        center=client.center, client=client, opened_on=on, reason=reason, responsible=responsible
    )


def columns_of(person: NewClient) -> dict[str, Any]:
    """What the person's own row holds of a NewClient: name, readings, search keys, birth date, sex."""
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "family_kana": person.family_kana,
        "given_kana": person.given_kana,
        **search_keys(person),
        "birth_date": person.birth and person.birth.day,
        "birth_precision": person.birth.precision if person.birth else DatePrecision.DAY,
        "sex": person.sex,
    }


def search_keys(person) -> dict[str, str]:
    """The stored keys of a name: of anything with family_name, given_name, family_kana and given_kana.

    Cut to their columns, since a character like ㍿ is several in the key.
    """
    keys = {
        "name_key": name_key(person.family_name + person.given_name),
        "kana_key": kana_key(person.family_kana + person.given_kana),
    }
    return {name: key[: _width(name)] for name, key in keys.items()}


def _width(column: str) -> int:
    return Client._meta.get_field(column).max_length  # type: ignore[union-attr, return-value]


def phones_of(client: Client, numbers: Sequence[str]) -> list[ClientPhone]:
    """Unsaved, the first number first."""
    return [
        ClientPhone(client=client, number=number, tail=phone_tail(number), position=position)
        for position, number in enumerate(numbers)
    ]


def disabilities_of(client: Client, codes: Sequence[str]) -> list[ClientDisability]:
    """Unsaved. Without a start: they hold as long as is known."""
    return [ClientDisability(client=client, code=code) for code in codes]


@transaction.atomic
def open_thread(
    *,
    center: Center,
    by: User,
    on: date,
    handle: str,
    sex: str = Sex.UNKNOWN,
    age_band: str = AgeBand.UNKNOWN,
) -> AnonymousThread:
    """Give a caller without a name a number and a handle."""
    return AnonymousThread.unscoped.create(
        center=center,
        number=take_number(center, Series.THREAD),
        handle=handle,
        sex=sex,
        age_band=age_band,
        opened_on=on,
        opened_by=by,
    )


def writable_clients(user: User, center: Center) -> QuerySet[Client]:
    """Clients about whom the user may add a record in the center's name: its own, and those shared to it.

    Not those who have moved on to another center.
    """
    rights = rights_of(user)
    shared = shared_clients(rights, notes=False)
    ours = Client.visible_to(user).filter(Q(center=center) | Q(pk__in=shared))
    return ours.filter(not_handed_over(rights.on, "pk"))
