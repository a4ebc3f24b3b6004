"""COPY: how many rows at once get into a table."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from io import StringIO
from uuid import UUID

from django.db import connection, models

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]) -> int:
    """Insert rows of plain values in the order of `columns` (database names); returns how many.

    The triggers of the table run as for any insert. Raises IntegrityError where a row breaks a constraint.
    """
    lines = ["\t".join([_text(value) for value in row]) for row in rows]
    if not lines:
        return 0
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(
            f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", StringIO("\n".join([*lines, ""]))
        )
    return len(lines)


def copy_objects(model: type[models.Model], objects: Iterable[models.Model]) -> int:
    """Insert unsaved objects of one model; a key that the database gives is left to it."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    rows = ([_stored(field, row) for field in fields] for row in objects)
    return copy_rows(model, [field.column for field in fields], rows)


def _stored(field: models.Field, row: models.Model):
    """What is set on the row; where nothing is, what the field fills in by itself, like the time of writing."""
    value = getattr(row, field.attname)
    return field.pre_save(row, add=True) if value is None else value


def _text(value) -> str:
    if value is None:
        return r"\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return _array(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    if isinstance(value, int | UUID):
        return str(value)
    raise TypeError(f"no COPY text for {type(value).__name__}")


def _array(values: list[str] | list[int]) -> str:
    """Texts quoted as PostgreSQL reads them in an array; plain numbers, of which a note has hundreds, as they are."""
    if values and isinstance(values[0], int):
        return "{" + ",".join(map(str, values)) + "}"
    quoted = ",".join(json.dumps(value, ensure_ascii=False) for value in values)
    return ("{" + quoted + "}").translate(_ESCAPES)
