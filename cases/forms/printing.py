from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices

from centers.fields import WarekiDateField
from centers.forms import SoudanForm
from centers.widgets import ToggleCheckbox


class PrintPart(TextChoices):
    """What of a person's record is printed."""

    BASIC = "basic", "基本情報"
    CASE = "case", "ケースと計画"
    STEPS = "steps", "次の予定"
    RECORDS = "records", "経過"
    CONFERENCES = "conferences", "個別支援会議"


class PrintForm(SoudanForm):
    """Period and parts of a print. The days narrow 経過 and 会議."""

    starts_on = WarekiDateField(label="いつから", help_text="例: R8.4.1")
    ends_on = WarekiDateField(label="いつまで")
    parts = forms.MultipleChoiceField(
        label="印刷するもの", choices=PrintPart, widget=ToggleCheckbox(columns=3)
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        start, end = given.get("starts_on"), given.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "終わりの日が始まりの日より前です。日付を確かめてください。")
        return given

    @property
    def period(self) -> tuple[date, date]:
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
