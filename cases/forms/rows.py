"""Rows of fields in one form: as many as were posted, else those that stand and some empty ones. No script needed."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from cases.forms.followups import DueDateField
from centers.fields import WarekiDateField
from centers.forms import SoudanForm

MOST_ROWS = 30
Fields = Callable[[], Mapping[str, forms.Field]]


class ComingDateField(DueDateField):
    """12/1 is the next one; a day gone by may stand as well, as it does where a record is corrected."""

    def read(self, text: str):
        return self._next(text) or WarekiDateField.read(self, text)


class Rows:
    """The rows `name` of a form: fields name-0-part, name-1-part …; `fields` makes those of one row."""

    def __init__(
        self, form: SoudanForm, name: str, fields: Fields, *, standing: Sequence[Mapping], spare: int
    ):
        self.form, self.name = form, name
        count = self._posted() if form.is_bound else len(standing) + spare
        self.parts = list(fields())
        self.count = max(1, min(count, MOST_ROWS))
        for at in range(self.count):
            values = standing[at] if at < len(standing) else {}
            for part, field in fields().items():
                key = self._key(at, part)
                field.initial = values.get(part, field.initial)
                form.fields[key] = field
                form.prepare_field(key, field)

    def __iter__(self):
        """Each row as its bound fields, by part."""
        for at in range(self.count):
            yield {part: self.form[self._key(at, part)] for part in self.parts}

    def given(self) -> list[dict[str, Any]]:
        """Cleaned rows of which something besides hidden fields was filled in, with `at`, their place."""
        cleaned = self.form.cleaned_data
        rows = [
            {part: cleaned.get(self._key(at, part)) for part in self.parts} | {"at": at}
            for at in range(self.count)
        ]
        return [row for row in rows if any(row[part] for part in self._shown())]

    def refuse(self, at: int, part: str, message: str) -> None:
        self.form.add_error(self._key(at, part), message)

    def _shown(self) -> list[str]:
        return [part for part in self.parts if not self.form.fields[self._key(0, part)].widget.is_hidden]

    def _posted(self) -> int:
        shape = re.compile(rf"{self.name}-([0-9]{{1,2}})-")
        return max((int(found[1]) + 1 for key in self.form.data if (found := shape.match(key))), default=0)

    def _key(self, at: int, part: str) -> str:
        return f"{self.name}-{at}-{part}"
