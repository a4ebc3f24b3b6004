from django import forms

from cases.forms.timeline import TimelineForm
from centers.text.search import MAX_LENGTH


class NoteSearchForm(TimelineForm):
    """Words, and the filters of 経過. Words that are too many are left aside."""

    q = forms.CharField(label="探す言葉", required=False, max_length=MAX_LENGTH)

    field_order = ("q", "period", "method", "content", "writer")

    @property
    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")
