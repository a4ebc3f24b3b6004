from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import QuerySet

from centers.enums import AccessVerb, SampleState
from centers.fields import LineField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import AccessLog
from centers.periods import JST

ALL = [("", "すべて")]
VERBS = [
    (str(verb.value), str(verb.label))
    for verb in (AccessVerb.READ, AccessVerb.PRINT, AccessVerb.DOWNLOAD, AccessVerb.EXPORT)
]


class ReadsForm(SoudanForm):
    """Filters of a list of reads, from the address; without a first day it begins `days` before `on` (real clock)."""

    user = forms.ChoiceField(label="だれが", required=False)
    verb = forms.ChoiceField(label="操作", required=False, choices=ALL + VERBS)
    first = WarekiDateField(label="いつから", required=False)
    last = WarekiDateField(label="いつまで", required=False)

    def __init__(self, *args, days: int, users=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.days = days
        if users:
            self.fields["user"].choices = ALL + [(str(pk), name) for pk, name in users]
        else:
            del self.fields["user"]

    def narrowed(self, reads: QuerySet[AccessLog]) -> QuerySet[AccessLog]:
        """What cannot be read of the filters is left aside, and told of by the form's errors."""
        self.is_valid()
        given = self.cleaned_data
        first = given.get("first") or (None if given.get("last") else self.on - timedelta(days=self.days))
        if given.get("user"):
            reads = reads.filter(user=given["user"])
        if given.get("verb"):
            reads = reads.filter(verb=given["verb"])
        if first:
            reads = reads.filter(at__gte=_midnight(first))
        if given.get("last"):
            reads = reads.filter(at__lt=_midnight(given["last"] + timedelta(days=1)))
        return reads

    @property
    def query(self) -> dict[str, str]:
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


class SampleForm(SoudanForm):
    """What the センター管理者 says of one drawn read."""

    state = forms.ChoiceField(
        label="確認", choices=[(state.value, state.label) for state in (SampleState.FINE, SampleState.ASK)]
    )
    note = LineField(label="メモ", limit=200, required=False)

    def clean(self):
        given = super().clean()
        if given.get("state") == SampleState.ASK and not given.get("note") and "note" not in self.errors:
            self.add_error("note", "メモが空です。だれに何を確かめるかを入れてください。")
        return given


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=JST)
