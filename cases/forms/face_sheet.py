"""The form of one section of the フェイスシート, made from the table of its fields."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from cases.enums import HandbookKind, SheetKind
from cases.face_sheet.fields import SECTIONS, Field, Kind, Section
from cases.values import RECIPIENT_DIGITS, SUPPORT_LEVELS, recipient_number
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.fields import LineField, NoteField, PartialDateField, WarekiDateField
from centers.text import digits
from centers.widgets import ToggleCheckbox

MOST_MONEY = 1_000_000
EMPTY = ("", "—")
_OTHER_THAN_MONEY = re.compile(r"[^0-9\uff10-\uff19,\uff0c円¥\uffe5\s]")


class MoneyField(LineField):
    """Yen: 9,300 or ９３００円. Value: int or None."""

    def __init__(self, **kwargs):
        super().__init__(limit=20, **kwargs)
        self.empty_value = None

    def read(self, text: str) -> Any:
        figures = digits(text)
        if not figures or _OTHER_THAN_MONEY.search(text):
            raise ValueError("金額として読めません。9300 のように数字で入れてください。")
        if int(figures) > MOST_MONEY:
            raise ValueError(f"金額は{MOST_MONEY:,}円までです。桁を確かめてください。")
        return int(figures)

    def prepare_value(self, value):
        return f"{value:,}" if isinstance(value, int) else value


class SectionForm(ChoosingForm):
    """One section; `values` is what stands, `labels` code_labels of the day."""

    def __init__(self, data=None, *, kind: SheetKind, values: Mapping[str, Any], labels, **kwargs):
        self.section: Section = SECTIONS[kind]
        self.base_fields = {
            field.name: _form_field(field, values[field.name], labels) for field in self.section.fields
        }
        super().__init__(data, initial=values, **kwargs)

    @property
    def rows(self) -> Iterator[tuple[BoundField, str]]:
        """Each field for the page, and the classes of its width."""
        widths = {3: "col-6 col-lg-3", 6: "col-12 col-sm-6", 12: "col-12"}
        return ((self[field.name], widths[field.columns]) for field in self.section.fields)

    def clean_recipient_number(self) -> str:
        try:
            return recipient_number(self.cleaned_data["recipient_number"])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.section.kind == SheetKind.PAPERS:
            for kind in HandbookKind:
                self._graded(kind)
        return given

    def _graded(self, kind: HandbookKind) -> None:
        rest = [self.cleaned_data.get(f"{kind}_{name}") for name in ("number", "issued", "next")]
        if any(rest) and not self.cleaned_data.get(f"{kind}_grade") and f"{kind}_grade" not in self.errors:
            self.add_error(f"{kind}_grade", "等級が空です。等級を入れるか、番号と日付を消してください。")

    @property
    def warning(self) -> str:
        """What is saved all the same, but should be looked at."""
        number = self.cleaned_data.get("recipient_number", "")
        if number and len(number) < RECIPIENT_DIGITS:
            return f"受給者証番号が{len(number)}桁です。10桁か、頭の0が抜けていないか確かめてください。"
        return ""


def _form_field(field: Field, value: Any, labels) -> forms.Field:
    about: dict[str, Any] = {"label": field.label, "required": False, "help_text": field.hint}
    match field.kind:
        case Kind.TEXT:
            return NoteField(**about, widget=forms.Textarea(attrs={"rows": 3}))
        case Kind.CODE:
            return forms.ChoiceField(**about, choices=[EMPTY, *_choices(field, [value], labels)])
        case Kind.CODES:
            return forms.MultipleChoiceField(
                **about, choices=_choices(field, value, labels), widget=ToggleCheckbox
            )
        case Kind.FLAG:
            return forms.BooleanField(**about)
        case Kind.MONEY:
            return MoneyField(**about)
        case Kind.LEVEL:
            known = [EMPTY, *((level, level) for level in SUPPORT_LEVELS)]
            return forms.ChoiceField(**about, choices=known + _unknown(value, dict(known)))
        case Kind.DAY:
            return WarekiDateField(**about, allow_short=False)
        case Kind.PARTIAL:
            return PartialDateField(**about)
    return LineField(**about, limit=field.limit)


def _choices(field: Field, standing: list[str], labels) -> list[tuple[str, str]]:
    """The codes of the day; one that stands but has run out may stay."""
    known = screen_choices(labels[field.list])
    return known + [pair for code in standing for pair in _unknown(code, dict(known))]


def _unknown(code: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, code)] if code and code not in known else []
