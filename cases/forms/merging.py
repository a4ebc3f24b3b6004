import uuid
from collections.abc import Sequence

from django import forms

from cases.merges import Difference
from cases.models import Client
from centers.fields import LineField
from centers.forms import SoudanForm

KEPT, OTHER = "kept", "other"


class MergeForm(SoudanForm):
    """Which value stays of each column that is not the same, and why the two are one."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = LineField(label="理由", limit=200, help_text="例: 住所と電話が同じ。本人に電話で確かめた。")
    sure = forms.BooleanField(label="2つの登録が同じ人であることを確かめました")

    def __init__(self, *args, kept: Client, other: Client, differences: Sequence[Difference], **kwargs):
        first = {"token": uuid.uuid4(), "kept_version": kept.version, "other_version": other.version}
        super().__init__(*args, **{"initial": first} | kwargs)
        self.differences = differences
        for one in differences:
            field = forms.ChoiceField(
                label=one.label,
                choices=[(KEPT, one.kept or "(空)"), (OTHER, one.other or "(空)")],
                initial=one.better,
                widget=forms.RadioSelect(attrs={"class": "form-check-input me-1"}),
            )
            self.fields[self.name_of(one)] = field
            self.prepare_field(self.name_of(one), field)

    @staticmethod
    def name_of(one: Difference) -> str:
        return f"take_{one.name}"

    @property
    def choices(self):
        """The fields of the columns, bound."""
        return [self[self.name_of(one)] for one in self.differences]

    @property
    def taken(self) -> set[str]:
        return {one.name for one in self.differences if self.cleaned_data[self.name_of(one)] == OTHER}

    @property
    def versions(self) -> tuple[int, int]:
        return self.cleaned_data["kept_version"], self.cleaned_data["other_version"]


class MergeUndoForm(SoudanForm):
    reason = LineField(label="理由", limit=200)
