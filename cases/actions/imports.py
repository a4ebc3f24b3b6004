"""Taking rows of a file in as one batch, and taking the batch back as a whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

import pghistory
from django.db import models, transaction

from cases.actions.clients import NewClient, columns_of, disabilities_of, phones_of
from cases.actions.entries import cases_of
from cases.actions.facts import refresh_case_facts
from cases.actions.notes import index_new
from cases.actions.numbers import Series, leave_out, lock_series, take_number
from cases.enums import ImportKind
from cases.models import (
    Case,
    Client,
    ClientDisability,
    ClientPhone,
    Consent,
    Consultation,
    Handbook,
    ImportBatch,
    ImportedRow,
    PlanCase,
)
from cases.rules import holding_case
from centers.copying import copy_objects, copy_rows
from centers.models import Center, StaffMember, User

AT_ONCE = 2000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class ImportedClient:
    """A person as a file tells them: more than the first contact knows, with the number that they have already."""

    number: str
    person: NewClient
    columns: Mapping[str, str] = field(default_factory=dict)
    handbooks: Mapping[str, str] = field(default_factory=dict)
    consent_on: date | None = None
    responsible: StaffMember | None = None


@dataclass(frozen=True)
class NewRow:
    """What one row of a file became, not yet saved; `source_number` is the file's own 記録番号."""

    line: int
    fingerprint: str
    source_number: str
    made: ImportedClient | Consultation | PlanCase


def lock_imports(center: Center) -> None:
    """One import a center at a time, so that two runs of one file see each other. Call it inside a transaction."""
    lock_series(center, Series.IMPORT)


@transaction.atomic
def save_batch(
    *,
    kind: ImportKind,
    center: Center,
    by: User,
    on: date,
    file_hash: str,
    rows: Sequence[NewRow],
    progress: Progress = lambda done, of: None,
) -> ImportBatch:
    """Save all rows as one batch. A fixed number of statements for each AT_ONCE rows.

    The batch itself is the first row: its statement tells the transaction who writes, which a COPY cannot.
    """
    with pghistory.context(user=str(by.pk)):
        batch = ImportBatch.unscoped.create(
            center=center,
            number=take_number(center, Series.IMPORT),
            kind=kind,
            file_hash=file_hash,
            rows=len(rows),
            taken_by=by,
        )
        done = 0
        for some in _chunks(rows):
            objects = _save(kind, center, by, on, [row.made for row in some])
            copy_rows(
                ImportedRow,
                ["batch_id", "center_id", "line", "fingerprint", "source_number", f"{LINKS[kind]}_id"],
                (
                    (batch.pk, center.pk, row.line, row.fingerprint, row.source_number, made.pk)
                    for row, made in zip(some, objects, strict=True)
                ),
            )
            done += len(some)
            progress(done, len(rows))
        _settle(kind, center, [row.made for row in rows])
    return batch


# The column of ImportedRow for each kind.
LINKS = {
    ImportKind.CLIENTS: "client",
    ImportKind.CONSULTATIONS: "consultation",
    ImportKind.PLAN_CASES: "plan_case",
}


def _chunks(rows: Sequence[NewRow]) -> Iterator[list[NewRow]]:
    rest = iter(rows)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _save(kind: ImportKind, center: Center, by: User, on: date, made: list) -> Sequence[models.Model]:
    if kind == ImportKind.CLIENTS:
        return _save_clients(center, by, on, made)
    if kind == ImportKind.CONSULTATIONS:
        return _save_consultations(center, made)
    copy_objects(PlanCase, made)
    return made


def _save_clients(center: Center, by: User, on: date, made: list[ImportedClient]) -> list[Client]:
    clients = [_client(center, by, on, one) for one in made]
    both = list(zip(clients, made, strict=True))
    copy_objects(Client, clients)
    copy_objects(ClientPhone, (row for client, one in both for row in phones_of(client, one.person.phones)))
    copy_objects(
        ClientDisability,
        (row for client, one in both for row in disabilities_of(client, one.person.disabilities)),
    )
    copy_objects(
        Handbook,
        (
            Handbook(client=client, kind=kind, grade=grade)
            for client, one in both
            for kind, grade in one.handbooks.items()
        ),
    )
    copy_objects(
        Consent, (Consent(client=client, given_on=one.consent_on) for client, one in both if one.consent_on)
    )
    copy_objects(
        Case,
        (
            Case(center=center, client=client, opened_on=on, responsible=one.responsible)
            for client, one in both
        ),
    )
    return clients


def _client(center: Center, by: User, on: date, one: ImportedClient) -> Client:
    return Client(
        center=center,
        number=one.number,
        registered_on=on,
        registered_by=by,
        **columns_of(one.person),
        **one.columns,
    )


def _save_consultations(center: Center, made: list[Consultation]) -> list[Consultation]:
    cases = cases_of({record.client_id for record in made if record.client_id}, center)
    for record in made:
        record.case = holding_case(cases.get(record.client_id, ()), record.date) if record.client_id else None
    copy_objects(Consultation, made)
    index_new(made)
    return made


def _settle(kind: ImportKind, center: Center, made: Sequence[Any]) -> None:
    """What follows from all rows together."""
    if kind == ImportKind.CLIENTS:
        leave_out(center, Series.CLIENT, (one.number for one in made))
    if kind == ImportKind.CONSULTATIONS:
        refresh_case_facts({record.client_id for record in made if record.client_id})
