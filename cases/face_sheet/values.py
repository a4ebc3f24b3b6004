"""The values of a section, from wherever they are kept, and the words in which they are shown."""

from collections.abc import Mapping
from typing import Any, cast

from cases.enums import SheetKind
from cases.face_sheet.fields import SECTIONS, Field, Home, Kind
from cases.models import Client, SheetDate, SheetSection
from centers.enums import CodeList
from centers.periods import Birth, Precision, wareki, wareki_birth

HANDBOOK_DAYS = {"issued": ("issued_on", "issued_precision"), "next": ("next_on", "next_precision")}


def empty_value(field: Field) -> Any:
    """What a field holds when nothing is filled in."""
    match field.kind:
        case Kind.CODES:
            return []
        case Kind.FLAG:
            return False
        case Kind.DAY | Kind.PARTIAL | Kind.MONEY:
            return None
    return ""


def section_values(
    kind: SheetKind, client: Client, section: SheetSection | None, dates: Mapping[str, SheetDate]
) -> dict[str, Any]:
    """Name → value of each field of the section. `client.handbooks` is read where the section has them."""
    content = section.content if section else {}
    books = {book.kind: book for book in client.handbooks.all()} if kind == SheetKind.PAPERS else {}
    return {field.name: _value(field, client, content, dates, books) for field in SECTIONS[kind].fields}


def _value(field: Field, client: Client, content: Mapping, dates: Mapping[str, SheetDate], books: Mapping):
    match field.home:
        case Home.CLIENT:
            return getattr(client, field.home_key)
        case Home.DATE:
            row = dates.get(field.home_key)
            return _partial(row.due_on, row.precision) if row else None
        case Home.HANDBOOK:
            kind, name = field.home_key.split(".")
            return _of_handbook(books.get(kind), name)
    return content.get(field.name, empty_value(field))


def _of_handbook(book, name: str):
    if name in HANDBOOK_DAYS:
        day, precision = HANDBOOK_DAYS[name]
        return _partial(getattr(book, day), getattr(book, precision)) if book else None
    return getattr(book, name) if book else ""


def _partial(day, precision: str) -> Birth | None:
    return Birth(day, cast(Precision, precision)) if day else None


def in_words(field: Field, value: Any, labels: Mapping[CodeList, Mapping]) -> str:
    """The value as people read it; "" for nothing filled in. A code that has run out stands as itself."""
    if value in ("", None, [], False):
        return ""
    match field.kind:
        case Kind.CODE:
            return _label(labels, field, value)
        case Kind.CODES:
            return "、".join(_label(labels, field, code) for code in value)
        case Kind.FLAG:
            return "はい"
        case Kind.MONEY:
            return f"{value:,}円"
        case Kind.DAY:
            return wareki(value)
        case Kind.PARTIAL:
            return wareki_birth(value.day, value.precision)
    return str(value)


def _label(labels, field: Field, code: str) -> str:
    entry = labels[field.list].get(code) if field.list else None
    return entry.label if entry else code
