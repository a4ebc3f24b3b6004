"""The whole フェイスシート of a client as one user sees it: for its page and for its print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import F, Q

from cases.enums import HandbookKind, SheetKind
from cases.face_sheet.fields import SECTIONS, Home
from cases.face_sheet.values import in_words, section_values
from cases.models import (
    Case,
    Client,
    ClientAddress,
    Consent,
    GrantedService,
    Handbook,
    RelatedPerson,
    SheetDate,
    SheetSection,
    Supporter,
)
from cases.models.person import OPEN_SECTIONS
from cases.scoping import opened_clients, shared_clients
from centers.access import Reach, Right, rights_of
from centers.contracts import code_labels
from centers.districts import zone_of
from centers.enums import CodeList
from centers.models import User, Zone
from centers.periods import Precision, today, wareki_birth

MOST_ROWS = 50
PEOPLE_SHOWN = 6


@dataclass(frozen=True)
class SectionView:
    """One section in words: (label, text) of each field that is filled in."""

    kind: SheetKind
    row: SheetSection | None
    lines: list[tuple[str, str]]

    @property
    def label(self) -> str:
        return self.kind.label


@dataclass(frozen=True)
class Sheet:
    """`sections` are those that the user may read, in order; of the rows at most MOST_ROWS each, running ones first."""

    client: Client
    on: date
    labels: Mapping[CodeList, Mapping]
    sections: list[SectionView]
    services: list[GrantedService]
    people: list[RelatedPerson]
    supporters: list[Supporter]
    addresses: list[ClientAddress]
    consents: list[Consent]
    zone: Zone | None

    @property
    def elsewhere(self) -> bool:
        """Whether the address lies in a 圏域 that is not the center's own."""
        return self.zone is not None and self.zone.pk != self.client.center.zone_id

    @property
    def hidden_sections(self) -> bool:
        return len(self.sections) < len(SheetKind)


def sheet_of(user: User, client: Client, on: date | None = None, labels: Mapping | None = None) -> Sheet:
    """The client's sheet on a day (today unless named), in at most 10 statements.

    `client` is one that the user sees, best from people_with_facts. The caller notes the read.
    """
    on = on or today()
    labels = labels or code_labels(on)
    sections = {row.kind: row for row in _of(SheetSection, user, client).select_related("updated_by")}
    dates = {row.kind: row for row in _of(SheetDate, user, client)}
    open_ones = SheetKind if reads_notes(user, client) else OPEN_SECTIONS
    return Sheet(
        client=client,
        on=on,
        labels=labels,
        sections=[
            _section(kind, client, sections.get(kind), dates, labels)
            for kind in SheetKind
            if kind in open_ones
        ],
        services=_rows(GrantedService, user, client),
        people=_rows(RelatedPerson, user, client),
        supporters=_rows(Supporter, user, client, "organization"),
        addresses=list(_of(ClientAddress, user, client).select_related("ward")[:MOST_ROWS]),
        consents=list(_of(Consent, user, client).select_related("explained_by", "withdrawn_by")[:MOST_ROWS]),
        zone=zone_of(
            town=client.town,
            address=client.address,
            school_district=client.school_district,
            ward_id=client.ward_id,
            on=on,
        ),
    )


def people_around(user: User, client: Client, on: date) -> list[RelatedPerson]:
    """家族・関係者 of today, whom to call first on top, at most PEOPLE_SHOWN. One statement."""
    rows = _of(RelatedPerson, user, client).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return list(rows[:PEOPLE_SHOWN])


def reads_notes(user: User, client: Client) -> bool:
    """Whether the sections beyond the identity are open: the rule of SheetSection.visibility, for empty ones too."""
    rights = rights_of(user)
    if client.center_id in rights.center_ids(Right.NOTE_READ):
        return True
    if client.pk in shared_clients(rights, notes=True) | opened_clients(rights):
        return True
    own = client.center_id in rights.center_ids(Right.NOTE_READ, Reach.OWN)
    return own and Case.visible_to(user).filter(client=client, responsible__user=user.pk).exists()


def _section(kind, client, row, dates, labels) -> SectionView:
    values = section_values(kind, client, row, dates)
    plain = [field for field in SECTIONS[kind].fields if field.home != Home.HANDBOOK]
    words = [(field.label, in_words(field, values[field.name], labels)) for field in plain]
    if kind == SheetKind.PAPERS:
        words = [(HandbookKind(book.kind).label, _handbook_words(book)) for book in _books(client)] + words
    return SectionView(kind, row, [(label, text) for label, text in words if text])


def _books(client: Client) -> list[Handbook]:
    order = HandbookKind.values
    return sorted(client.handbooks.all(), key=lambda book: order.index(book.kind))


def _handbook_words(book: Handbook) -> str:
    """2級(番号 12345、交付 令和6年4月、次回判定・期限 令和8年4月)"""
    more = [f"番号 {book.number}"] if book.number else []
    for label, day, precision in (
        ("交付", book.issued_on, book.issued_precision),
        ("次回判定・期限", book.next_on, book.next_precision),
    ):
        if day:
            more.append(f"{label} {wareki_birth(day, cast(Precision, precision))}")
    return f"{book.grade}({'、'.join(more)})" if more else book.grade


def _of(model, user: User, client: Client):
    return model.visible_to(user).filter(client=client)


def _rows(model, user: User, client: Client, *related: str) -> list:
    """What runs on comes before what has ended; inside both the model's own order."""
    rows = _of(model, user, client).select_related("updated_by", *related)
    return list(rows.order_by(F("ends_on").desc(nulls_first=True), *model._meta.ordering)[:MOST_ROWS])
