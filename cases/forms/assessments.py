"""アセスメント: ten areas with the same questions, then the summary. The last answers stand beside the fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from cases.assessments import NEED, NEED_LABEL, PARTS, SUMMARY, areas_of, sections_of
from cases.enums import AssessmentPlace
from cases.models import Assessment
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.widgets import ToggleRadio

ROWS = 2


@dataclass(frozen=True)
class Area:
    """The fields of one area, or of the summary, and what was answered last: (label, text)."""

    code: str
    title: str
    fields: list[BoundField]
    last: list[tuple[str, str]]


def _note(label: str, **kwargs) -> NoteField:
    return NoteField(label=label, widget=forms.Textarea(attrs={"rows": ROWS}), **kwargs)


class AssessmentForm(SoudanForm):
    held_on = WarekiDateField(label="実施日", allow_future=False)
    place = forms.ChoiceField(
        label="実施場所", choices=AssessmentPlace.choices, widget=ToggleRadio(columns=2)
    )
    place_note = LineField(
        label="居宅でない場所と理由",
        limit=100,
        required=False,
        help_text="「そのほか」のときは必ず入れてください。例: 入院中のため病院で",
    )
    attendees = LineField(label="同席者", limit=200, required=False, help_text="例: 母、相談支援専門員")
    behaviour = _note("行動障害", required=False, help_text="なければ空のまま")
    risk = _note("リスクの評価", required=False)
    unknown = _note("未確認のこと", required=False)
    overall = _note("総合所見")
    priorities = _note("優先課題(順に)", required=False, help_text="1行に1つ、大事なものから")
    short_term = _note("支援方針(短期)", required=False)
    long_term = _note("支援方針(長期)", required=False)
    decision_support = _note("意思決定支援の工夫", required=False)

    def __init__(self, data=None, *, labels, last: Assessment | None, **kwargs):
        """labels: centers.contracts.code_labels; last: the latest version, whose answers stand beside."""
        self._areas = areas_of(labels)
        self._former = sections_of(last, labels, self._areas) if last else []
        needs = [("", "—"), *screen_choices(labels[CodeList.NEED])]
        # declared anew for each form, before the base class gives all fields their words
        self.base_fields = self.base_fields | dict(self._area_fields(needs))
        super().__init__(data, **kwargs)

    def _area_fields(self, needs) -> Iterator[tuple[str, forms.Field]]:
        for code in self._areas:
            for part, label in PARTS.items():
                yield _name(code, part), _note(label, required=False)
            yield _name(code, NEED), forms.ChoiceField(label=NEED_LABEL, choices=needs, required=False)

    @property
    def areas(self) -> list[Area]:
        """For the template: the areas, then the summary, each with the last answers."""
        found = [
            Area(code, title, [self[_name(code, part)] for part in (*PARTS, NEED)], self._last(title))
            for code, title in self._areas.items()
        ]
        return [
            *found,
            Area("summary", SUMMARY, [self[name] for name in Assessment.TEXTS], self._last(SUMMARY)),
        ]

    def _last(self, title: str) -> list[tuple[str, str]]:
        return next((section.answered for section in self._former if section.title == title), [])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if (
            given.get("place") == AssessmentPlace.OTHER
            and not given.get("place_note")
            and "place_note" not in self.errors
        ):
            self.add_error("place_note", "場所と理由が空です。居宅で行わなかった理由も入れてください。")
        return given

    def answers(self) -> dict[str, Any]:
        """The fields of an Assessment."""
        names = ("held_on", "place", "place_note", "attendees", *Assessment.TEXTS)
        given = {name: self.cleaned_data[name] for name in names}
        return given | {"areas": {code: answer for code in self._areas if (answer := self._answer(code))}}

    def _answer(self, code: str) -> dict[str, str]:
        answer = {part: self.cleaned_data[_name(code, part)] for part in (*PARTS, NEED)}
        return {part: value for part, value in answer.items() if value}


def copied(last: Assessment) -> dict[str, Any]:
    """The last answers as a new form's own; the day and the place are asked anew."""
    values = {name: getattr(last, name) for name in ("attendees", *Assessment.TEXTS)}
    return values | {
        _name(code, part): value for code, answer in last.areas.items() for part, value in answer.items()
    }


def _name(code: str, part: str) -> str:
    return f"area_{code}_{part}"
