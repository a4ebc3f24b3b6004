"""The text search's own copy of what is written in a record."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from cases.models.consultation import Consultation
from centers.access import Right
from centers.scoping import CenterScopedModel


class NoteIndex(CenterScopedModel):
    """A record's text, folded, and its grams salted by the center: derived, made anew at every change of the text.

    The salt keeps the search of one center out of the others' rows. Written by cases.actions.notes alone.
    """

    center_path = "consultation__center"
    read_right = Right.NOTE_READ

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, primary_key=True, related_name="note_index"
    )
    folded = models.TextField()
    grams = ArrayField(models.IntegerField())

    class Meta(CenterScopedModel.Meta):
        indexes = [GinIndex(fields=["grams"], name="note_index_grams")]
