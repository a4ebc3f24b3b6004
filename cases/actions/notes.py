"""Keeping the text search up to date with the records."""

from collections.abc import Iterable

from django.db.models import QuerySet

from cases.models import Consultation, NoteIndex
from cases.notes import salted
from centers.copying import copy_objects
from centers.text import fold, folded_grams

_TEXTS = ("facts", "view", "done", "counterpart_note", "place")
_AT_ONCE = 1_000


def index_notes(records: Iterable[Consultation]) -> None:
    """Make the records findable by their words as they stand. To be called in the transaction that writes them."""
    NoteIndex.unscoped.bulk_create(
        [indexed(record) for record in records],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["consultation"],
        update_fields=["folded", "grams"],
    )


def index_new(records: Iterable[Consultation]) -> None:
    """As index_notes, for records that were never findable: many at once. Call it in the transaction that adds them."""
    copy_objects(NoteIndex, map(indexed, records))


def unindexed() -> QuerySet[Consultation]:
    """Records that the text search does not know: rows that were written past the actions."""
    return Consultation.unscoped.filter(note_index__isnull=True)


def index_missing() -> int:
    """Bring the records of `unindexed` in, a thousand at a time; returns how many there were."""
    done = 0
    while records := list(unindexed().only("center_id", *_TEXTS)[:_AT_ONCE]):
        index_notes(records)
        done += len(records)
    return done


def indexed(record: Consultation) -> NoteIndex:
    """The index row of a record, not saved yet."""
    folded = fold("\n".join(getattr(record, name) for name in _TEXTS))
    return NoteIndex(
        consultation_id=record.pk,
        folded=folded,
        grams=salted(folded_grams(folded), center_id=record.center_id),
    )
