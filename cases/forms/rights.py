"""成年後見 and 差別解消 as forms: begun, changed by one at a time, and moved to a stage."""

from typing import Any

from django import forms

from cases.enums import GuardianshipStage
from cases.forms.abuse import ANSWERS, Labels, notes, options
from centers.choosing import ChoosingForm
from centers.enums import CodeList
from centers.fields import LineField, NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.widgets import ToggleCheckbox, ToggleRadio

_UNSET = [("", "—")]


class GuardianshipFields(SoudanForm):
    kind = forms.ChoiceField(label="類型", required=False)
    applicant = forms.ChoiceField(label="申立人", required=False)
    filed_on = WarekiDateField(label="申立日", required=False, allow_future=False)
    decided_on = WarekiDateField(label="審判日", required=False, allow_future=False)
    guardian_kind = forms.ChoiceField(label="後見人等の職種", required=False)
    guardian_name = LineField(label="後見人等の名前", limit=120, required=False)
    guardian_contact = LineField(label="後見人等の連絡先", limit=120, required=False)
    fee_support = forms.ChoiceField(label="報酬助成", choices=ANSWERS, required=False)
    note = NoteField(label="支援の内容", required=False, widget=notes(4))

    def __init__(self, *args, labels: Labels, **kwargs):
        super().__init__(*args, **kwargs)
        initial = self.initial or {}
        for name, kind in (
            ("kind", CodeList.GUARDIAN_TYPE),
            ("applicant", CodeList.GUARDIAN_APPLICANT),
            ("guardian_kind", CodeList.GUARDIAN_KIND),
        ):
            self.fields[name].choices = _UNSET + options(labels, kind, [initial.get(name, "")])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        filed, decided = given.get("filed_on"), given.get("decided_on")
        if filed and decided and decided < filed:
            self.add_error("decided_on", "審判日が申立日より前です。日付を確かめてください。")
        return given

    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in GuardianshipFields.base_fields}


class GuardianshipNewForm(GuardianshipFields):
    """With the stage in which the support begins."""

    stage = forms.ChoiceField(
        label="いまの段階", choices=GuardianshipStage.choices, widget=ToggleRadio(columns=3)
    )
    stage_on = WarekiDateField(label="段階の日", allow_future=False)


class GuardianshipEditForm(GuardianshipFields, ChoosingForm):
    pass


class StageForm(SoudanForm):
    stage = forms.ChoiceField(label="段階", choices=GuardianshipStage.choices, widget=ToggleRadio(columns=3))
    day = WarekiDateField(label="日付", allow_future=False)
    note = LineField(label="内容", limit=300, required=False)


class EqualityFields(SoudanForm):
    """差別解消 along the axes of the yearly report."""

    received_on = WarekiDateField(label="受付日", allow_future=False)
    asker = forms.ChoiceField(label="相談者", widget=ToggleRadio(columns=4))
    disabilities = forms.MultipleChoiceField(label="障がい種別", widget=ToggleCheckbox(columns=3))
    field = forms.ChoiceField(label="対象分野", widget=ToggleRadio(columns=3))
    complaint = forms.ChoiceField(label="主訴", widget=ToggleRadio(columns=3))
    other_party = LineField(label="相手方", limit=120, required=False)
    content = NoteField(label="相談の内容", widget=notes(5))
    adjustments = forms.IntegerField(
        label="調整回数",
        min_value=0,
        max_value=999,
        initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="相手方や関係機関と話した回数",
    )
    result = forms.ChoiceField(label="結果", required=False)
    ended_on = WarekiDateField(label="終わった日", required=False, allow_future=False)

    def __init__(self, *args, labels: Labels, **kwargs):
        super().__init__(*args, **kwargs)
        initial = self.initial or {}
        for name, kind in (
            ("asker", CodeList.EQUALITY_ASKER),
            ("disabilities", CodeList.EQUALITY_DISABILITY),
            ("field", CodeList.EQUALITY_FIELD),
            ("complaint", CodeList.EQUALITY_COMPLAINT),
            ("result", CodeList.EQUALITY_RESULT),
        ):
            standing = initial.get(name) or []
            choices = options(labels, kind, [standing] if isinstance(standing, str) else standing)
            self.fields[name].choices = (_UNSET if name == "result" else []) + choices

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        received, ended = given.get("received_on"), given.get("ended_on")
        if received and ended and ended < received:
            self.add_error("ended_on", "終わった日が受付日より前です。日付を確かめてください。")
        if ended and not given.get("result") and "result" not in self.errors:
            self.add_error("result", "結果が空です。終わった日を入れるときは、結果も選んでください。")
        return given

    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in EqualityFields.base_fields}


class EqualityEditForm(EqualityFields, ChoosingForm):
    pass
