"""A section of the フェイスシート put in force, wherever its fields are kept."""

from collections.abc import Mapping
from typing import Any

import pghistory
from django.db import transaction

from cases.enums import DatePrecision, SheetKind
from cases.face_sheet.fields import SECTIONS, Field, Home
from cases.face_sheet.values import HANDBOOK_DAYS, empty_value
from cases.models import Client, Handbook, SheetDate, SheetSection
from centers.models import User
from centers.periods import Birth


class StaleSection(Exception):
    """Somebody has changed the section since it was opened."""


@transaction.atomic
def save_section(
    *, client: Client, kind: SheetKind, by: User, version: int, values: Mapping[str, Any]
) -> SheetSection:
    """Keep the values of all fields of the section (names as in cases.face_sheet.fields).

    `version` is 0 for a section that was empty. Raises StaleSection when it is no longer the standing one. The
    client is locked meanwhile, so that of two who fill an empty section one waits.
    """
    standing = Client.unscoped.select_for_update(of=("self",)).get(pk=client.pk)
    row = SheetSection.unscoped.filter(client=client, kind=kind).first()
    if version != (row.version if row else 0):
        raise StaleSection
    row = row or SheetSection(client=client, kind=kind)
    fields = SECTIONS[kind].fields
    row.content = {
        field.name: values[field.name]
        for field in fields
        if field.home is None and values[field.name] != empty_value(field)
    }
    row.version = version + 1
    row.updated_by = by
    with pghistory.context(user=str(by.pk)):
        row.save()
        _keep_columns(standing, [field for field in fields if field.home == Home.CLIENT], values)
        _keep_dates(client, {f.home_key: values[f.name] for f in fields if f.home == Home.DATE})
        _keep_handbooks(client, {f.home_key: values[f.name] for f in fields if f.home == Home.HANDBOOK})
    return row


def _keep_columns(client: Client, fields: list[Field], values: Mapping[str, Any]) -> None:
    changed = [field for field in fields if getattr(client, field.home_key) != values[field.name]]
    for field in changed:
        setattr(client, field.home_key, values[field.name])
    if changed:
        client.save(update_fields=[*(field.home_key for field in changed), "updated_at"])


def _keep_dates(client: Client, wanted: Mapping[str, Birth | None]) -> None:
    rows = {row.kind: row for row in SheetDate.unscoped.filter(client=client, kind__in=wanted)}
    for kind, day in wanted.items():
        row = rows.get(kind)
        if day is None:
            if row:
                row.delete()
        elif row is None or (row.due_on, row.precision) != day:
            row = row or SheetDate(client=client, kind=kind)
            row.due_on, row.precision = day
            row.save()


def _keep_handbooks(client: Client, wanted: Mapping[str, Any]) -> None:
    """`wanted` is "kind.field" → value; a handbook without a grade is none."""
    books = {row.kind: row for row in Handbook.unscoped.filter(client=client)} if wanted else {}
    for kind in dict.fromkeys(key.partition(".")[0] for key in wanted):
        given = {key.partition(".")[2]: value for key, value in wanted.items() if key.startswith(f"{kind}.")}
        row = books.get(kind)
        if not given["grade"]:
            if row:
                row.delete()
            continue
        row = row or Handbook(client=client, kind=kind)
        columns = {name: value for name, value in given.items() if name not in HANDBOOK_DAYS}
        for name, (day, precision) in HANDBOOK_DAYS.items():
            columns[day] = given[name] and given[name].day
            columns[precision] = given[name].precision if given[name] else DatePrecision.DAY
        if row.pk is None or any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            row.save()
