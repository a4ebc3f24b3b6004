"""Two people changed the same thing: both texts side by side, and one is chosen for each.

The first post of a stale form is answered with what differs; the next one brings the choices. Nothing typed is lost:
the typed values stay in the form's own fields, where they can still be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from centers.forms import SoudanForm
from centers.periods import Birth, wareki, wareki_birth

THEIRS, MINE = "theirs", "mine"
_PICK, _ASKED = "pick-", "asked"


@dataclass(frozen=True)
class Difference:
    """One field on which the standing text and the typed one differ; `refused` asks once more for a choice."""

    field: BoundField
    theirs: str
    mine: str
    picked: str
    refused: bool

    @property
    def pick_name(self) -> str:
        return _PICK + self.field.html_name


class ChoosingForm(SoudanForm):
    """A form that is bound to a row with a version; `initial` must hold what stands now."""

    data: QueryDict

    def __init__(self, data: QueryDict | None = None, *, initial: Mapping[str, Any], version: int, **kwargs):
        self.version = version
        self.posted_version = _number(data.get("version")) if data is not None else version
        # only what can differ: a name from elsewhere is no question
        self.asked = [name for name in data.getlist(_ASKED) if name in initial] if data is not None else []
        self.picks = {name: data.get(_PICK + name, "") for name in self.asked} if data is not None else {}
        super().__init__(data.copy() if data is not None else None, initial=initial, **kwargs)
        for name in self.asked:
            if self.picks[name] == THEIRS and name in self.fields:
                self._take_standing(name)

    @property
    def stale(self) -> bool:
        return self.posted_version != self.version

    @property
    def undecided(self) -> list[str]:
        return [
            name for name, pick in self.picks.items() if name in self.fields and pick not in (THEIRS, MINE)
        ]

    @property
    def must_choose(self) -> bool:
        """Whether both texts are to be shown: somebody was faster, or a choice is still open."""
        return self.stale or bool(self.undecided)

    def differences(self) -> list[Difference]:
        """The fields on which the two differ. After new changes by somebody else every choice is asked anew."""
        names = [name for name in self.fields if name in self.initial and self._differs(name)]
        return [self._difference(name) for name in names]

    def changes(self) -> dict[str, Any]:
        """Cleaned values that differ from what stands."""
        given = {name: value for name, value in self.cleaned_data.items() if name in self.initial}
        return {name: value for name, value in given.items() if not _same(value, self.initial[name])}

    def _differs(self, name: str) -> bool:
        return name in self.asked or not _same(self._typed(name), self._standing(name))

    def _difference(self, name: str) -> Difference:
        return Difference(
            field=self[name],
            theirs=self._standing(name),
            mine=self._typed(name),
            picked="" if self.stale else self.picks.get(name, ""),
            refused=not self.stale and name in self.undecided,
        )

    def _take_standing(self, name: str) -> None:
        field, value = self.fields[name], self.initial[name]
        if parts := getattr(field.widget, "parts_of", None):
            for part, text in parts(name, value).items():
                self.data[part] = text
        elif isinstance(field, forms.MultipleChoiceField):
            self.data.setlist(name, value)
        elif isinstance(field, forms.BooleanField):
            self.data.pop(name, None)
            if value:
                self.data[name] = "on"
        else:
            self.data[name] = "" if value is None else str(field.prepare_value(value))

    def _standing(self, name: str) -> str:
        return _in_words(self.fields[name], self.initial[name])

    def _typed(self, name: str) -> str:
        """What was typed, in the same words; as it is where it cannot be read."""
        typed = self[name].value()
        try:
            return _in_words(self.fields[name], self.fields[name].clean(typed))
        except forms.ValidationError:
            return "" if typed is None else str(typed)


def _same(one: Any, other: Any) -> bool:
    """Spaces at the ends of a text make no difference."""
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return one == other


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return "はい" if value else "いいえ"
    if isinstance(field, forms.MultipleChoiceField):
        labels = _labels(field)
        return "、".join(str(labels.get(one, one)) for one in value)
    if isinstance(field, forms.ChoiceField):
        return str(_labels(field).get(value, value)) if value else ""
    return _plain_words(value)


def _labels(field: Any) -> dict:
    return dict(field.choices)


def _plain_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case Birth():
            return wareki_birth(value.day, value.precision)
        case date():
            return wareki(value)
        case time():
            return f"{value:%H:%M}"
        case list():
            return "、".join(value)
    return str(value)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
