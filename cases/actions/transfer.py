"""A person of one center registered at another, from what the sender holds of them."""

from datetime import date

from cases.actions.clients import register_client
from cases.models import Case, Client, Handbook
from centers.models import Center, StaffMember, User

# What a sheet shows, and so what a referral brings along; a hand-over brings the rest, too.
SHEET_COLUMNS = ("birth_date", "birth_precision", "postal_code", "ward_id", "town", "address", "contact_note")
MORE_COLUMNS = ("school_district", "recipient_number", "support_level", "support_level_until")


def register_copy(
    client: Client,
    *,
    center: Center,
    by: User,
    on: date,
    reason: str,
    whole: bool = False,
    responsible: StaffMember | None = None,
) -> Client:
    """A new client of the center with an open case; `whole` takes handbooks and certificates along.

    `responsible` is in charge of the case, else the one who registers. To be called in a transaction.
    """
    copy = register_client(
        center=center,
        by=by,
        on=on,
        reason=reason,
        family_name=client.family_name,
        given_name=client.given_name,
        family_kana=client.family_kana,
        given_kana=client.given_kana,
        sex=client.sex,
        phones=list(client.phones.values_list("number", flat=True)),
        disabilities=running_codes(client, on),
    )
    columns = SHEET_COLUMNS + (MORE_COLUMNS if whole else ())
    for name in columns:
        setattr(copy, name, getattr(client, name))
    copy.save(update_fields=[name.removesuffix("_id") for name in columns])
    if whole:
        books = Handbook.unscoped.filter(client=client)
        Handbook.unscoped.bulk_create(
            Handbook(client=copy, kind=book.kind, grade=book.grade, next_on=book.next_on) for book in books
        )
    if responsible:
        Case.unscoped.filter(client=copy).update(responsible=responsible)
    return copy


def running_codes(client: Client, on: date) -> list[str]:
    """Codes of the 障がい種別 that hold on the day."""
    rows = client.disabilities.order_by("code")
    return [
        row.code
        for row in rows
        if (not row.starts_on or row.starts_on <= on) and (not row.ends_on or row.ends_on >= on)
    ]
