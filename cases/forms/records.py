import datetime
from collections.abc import Mapping
from typing import Any

from django import forms

from cases.enums import Direction, VoidReason
from cases.models import Consultation
from cases.values import NO_TERM
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices, term_on
from centers.enums import CodeList
from centers.fields import LineField, NoteField, TimeField, WarekiDateField
from centers.forms import SoudanForm
from centers.widgets import ToggleCheckbox, ToggleRadio

MINUTES_OF_A_DAY = 24 * 60


class CorrectionForm(ChoosingForm):
    """訂正 of a record: the versioned fields, and why."""

    date = WarekiDateField(label="相談日", allow_future=False)
    start_time = TimeField(label="開始", required=False)
    minutes = forms.IntegerField(label="分", required=False, min_value=0, max_value=MINUTES_OF_A_DAY)
    method = forms.ChoiceField(label="支援方法", widget=ToggleRadio(columns=4))
    direction = forms.ChoiceField(label="発着", required=False, choices=[("", "—"), *Direction.choices])
    contents = forms.MultipleChoiceField(label="支援内容", required=False, widget=ToggleCheckbox(columns=3))
    business_item = forms.ChoiceField(label="業務項目")
    counterpart = forms.ChoiceField(label="話した人", required=False)
    counterpart_note = LineField(label="話した人(くわしく)", limit=60, required=False)
    place = LineField(label="場所", limit=60, required=False)
    facts = NoteField(label="相談の要点", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    view = NoteField(label="所見", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    done = NoteField(label="対応", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    unanswered = forms.BooleanField(label="不在・つながらず", required=False)
    counted = forms.BooleanField(label="計上する", required=False)
    uncounted_reason = LineField(label="計上しない理由", limit=100, required=False)
    rights_concern = forms.BooleanField(label="虐待・差別の疑い", required=False)
    reason = LineField(label="訂正の理由", limit=200, help_text="例: 聞き違い、日付の間違い、書き足し")

    def __init__(self, data=None, *, record: Consultation, labels, items: Mapping[str, str], **kwargs):
        """labels: centers.contracts.code_labels of the record's day; items: the 業務項目 of its catalogue."""
        self.record = record
        super().__init__(data, initial=standing_values(record), version=record.version, **kwargs)
        self.fields["method"].choices = _choices(labels[CodeList.METHOD], [record.method])
        self.fields["contents"].choices = _choices(labels[CodeList.CONTENT], record.contents)
        self.fields["business_item"].choices = list(items.items())
        counterparts = _choices(labels[CodeList.COUNTERPART], [record.counterpart])
        self.fields["counterpart"].choices = [("", "—"), *counterparts]

    def clean_date(self) -> datetime.date:
        return day_in_catalogue(self.record, self.cleaned_data["date"])

    def clean_contents(self) -> list[str]:
        return sorted(set(self.cleaned_data["contents"]))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("unanswered"):
            self._need(given, "contents", "支援内容が選ばれていません。1つ以上選んでください。")
            self._need(given, "facts", "相談の要点が空です。何があったかを入れてください。")
        if not given.get("counted"):
            self._need(
                given, "uncounted_reason", "計上しない理由が空です。理由を入れるか、計上するにしてください。"
            )
        return given

    def _need(self, given: dict[str, Any], name: str, message: str) -> None:
        if name not in self.errors and not given.get(name):
            self.add_error(name, message)


class VoidForm(SoudanForm):
    """取り消し of a record: why, and of which text."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(label="理由", choices=[("", "選んでください"), *VoidReason.choices])
    note = LineField(
        label="説明", limit=200, required=False, help_text="「そのほか」のときは必ず入れてください。"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("reason") == VoidReason.OTHER and not given.get("note") and "note" not in self.errors:
            self.add_error("note", "説明が空です。取り消す訳を短く入れてください。")
        return given


def day_in_catalogue(record: Any, day: datetime.date) -> datetime.date:
    """A record stays in its catalogue of 業務項目, so it cannot move to a day with another catalogue, or with none."""
    if day == record.date:
        return day
    term = term_on(record.center, day)
    if term is None:
        raise forms.ValidationError(NO_TERM)
    if term.generation.catalogue_id != record.business_item.catalogue_id:
        raise forms.ValidationError(
            "この日は契約期が違い、業務項目が合いません。取り消して、記録し直してください。"
        )
    return day


def standing_values(record: Consultation) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in Consultation.VERSIONED}
    return values | {"contents": sorted(record.contents), "business_item": record.business_item.code}


def _choices(entries, standing: list[str]) -> list[tuple[str, str]]:
    """Codes in the order of the screen; one that is no longer in force stays choosable where it stands."""
    choices = screen_choices(entries)
    return choices + [(code, code) for code in standing if code and code not in entries]
