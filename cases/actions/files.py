"""文書: a file attached, a paper kept outside noted, both taken back with a reason."""

import hashlib
from datetime import date
from typing import TypeVar
from uuid import UUID

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.actions.merging import present
from cases.models import Attachment, Client, Consultation, PaperOriginal
from cases.scoping import not_handed_over
from centers import filestore
from centers.access import Reach, Right, rights_of
from centers.filetypes import FileType
from centers.models import Center, User

Paper = TypeVar("Paper", Attachment, PaperOriginal)


class OtherAttachment(Exception):
    """The token belongs to another attachment."""


def correctable_papers(user: User, model: type[Paper]) -> QuerySet[Paper]:
    """Rows that the user may take back or go on with: those of their centers; 地域支援員 what they put in."""
    rights = rights_of(user)
    own_center = Q(center__in=rights.center_ids(Right.NOTE_CORRECT))
    own_entry = Q(center__in=rights.center_ids(Right.NOTE_CORRECT, Reach.OWN), added_by=user)
    rows = model.visible_to(user).filter(own_center | own_entry)
    # a paper is still given back after a hand-over; a file is what the next center reads
    return rows.filter(not_handed_over(rights.on)) if model is Attachment else rows


def attach(
    *,
    pk: UUID,
    client: Client,
    center: Center,
    by: User,
    data: bytes,
    name: str,
    file_type: FileType,
    kind: str,
    dated_on: date | None = None,
    note: str = "",
    consultation: Consultation | None = None,
) -> Attachment:
    """Keep the file, which was judged before (centers.filetypes). `pk` is the form's token: sent twice is kept once.

    The file is written first, so that no row is without one; a file without a row is swept away a day later.
    Raises OtherAttachment.
    """
    digest = hashlib.sha256(data).hexdigest()
    if standing := Attachment.unscoped.filter(pk=pk).first():
        return _same(standing, client, by, digest)
    key = filestore.put(data)
    try:
        with transaction.atomic(), pghistory.context(user=str(by.pk)):
            (client,) = present([client])
            return Attachment.unscoped.create(
                id=pk,
                client=client,
                center=center,
                consultation=consultation,
                name=name,
                file_type=file_type.code,
                size=len(data),
                sha256=digest,
                key=key,
                kind=kind,
                dated_on=dated_on,
                note=note,
                added_by=by,
            )
    except IntegrityError:
        filestore.remove(key)
        standing = Attachment.unscoped.filter(pk=pk).first()
        if not standing:
            raise
        return _same(standing, client, by, digest)


def _same(standing: Attachment, client: Client, by: User, digest: str) -> Attachment:
    if (standing.client_id, standing.added_by_id, standing.sha256) != (client.pk, by.pk, digest):
        raise OtherAttachment
    return standing


@transaction.atomic
def keep_paper(*, pk: UUID, client: Client, center: Center, by: User, **fields) -> PaperOriginal:
    """Note a paper that is kept outside; `pk` is the form's token. `fields`: kind, what, place, count, since, note."""
    (client,) = present([client])
    with pghistory.context(user=str(by.pk)):
        paper, _ = PaperOriginal.unscoped.get_or_create(
            pk=pk, defaults={"client": client, "center": center, "added_by": by} | fields
        )
    return paper


@transaction.atomic
def hand_paper(*, paper: PaperOriginal, by: User, to: str, on: date) -> PaperOriginal:
    """To whom the paper went, and when. Who was first stands."""
    standing = _locked(paper)
    if not standing.handed_on:
        standing.handed_to, standing.handed_on = to, on
        with pghistory.context(user=str(by.pk)):
            standing.save(update_fields=["handed_to", "handed_on"])
    return standing


@transaction.atomic
def void_paper(*, paper: Paper, by: User, reason: str) -> Paper:
    """Take the row back; it stays readable for what it was, a file's bytes until disposal. Done twice is done once."""
    standing = _locked(paper)
    if not standing.voided_at:
        standing.voided_at, standing.voided_by, standing.void_reason = timezone.now(), by, reason
        with pghistory.context(user=str(by.pk)):
            standing.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return standing


def _locked(paper: Paper) -> Paper:
    return type(paper).unscoped.select_for_update(of=("self",)).get(pk=paper.pk)
