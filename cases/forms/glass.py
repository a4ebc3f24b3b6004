"""Forms of 緊急閲覧."""

from collections.abc import Iterable

from django import forms

from cases.enums import DatePrecision, Verdict
from cases.models import Client
from centers.contracts import setting
from centers.enums import CodeList
from centers.fields import BirthDateField, KanaField, LineField
from centers.forms import SoudanForm
from centers.periods import Birth
from centers.widgets import ToggleRadio


class WhyForm(SoudanForm):
    """Why one must look now."""

    kind = forms.ChoiceField(label="理由の種類", widget=forms.RadioSelect)
    reason = LineField(label="くわしい理由", limit=200)

    def __init__(self, *args, labels, **kwargs):
        super().__init__(*args, **kwargs)
        entries = sorted(labels[CodeList.GLASS_REASON].values(), key=lambda entry: entry.display_order)
        self.fields["kind"].choices = [(entry.code, entry.label) for entry in entries]
        self.shortest = setting("glass_reason_letters", self.on)
        self.fields[
            "reason"
        ].help_text = f"{self.shortest}文字以上。例: 救急隊から服薬の問い合わせ。本人は意識がない"

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if len(reason) < self.shortest:
            raise forms.ValidationError(
                f"理由が短すぎます({len(reason)}文字)。{self.shortest}文字以上で、なぜ今見るのかを入れてください。"
            )
        return reason


class GlassForm(WhyForm):
    """Whom: by the whole reading and the full birth date."""

    kana = KanaField(label="フリガナ(姓と名)", limit=130, help_text="姓だけではさがせません。")
    birth = BirthDateField(label="生年月日", help_text="年月日すべて。例: S60.5.10")

    field_order = ("kana", "birth", "kind", "reason")

    def clean_birth(self) -> Birth:
        birth = self.cleaned_data["birth"]
        if birth.precision != DatePrecision.DAY:
            raise forms.ValidationError("日までの生年月日がいります。例: S60.5.10")
        return birth


class PickForm(SoudanForm):
    """Which of several records."""

    client = forms.ChoiceField(label="どのセンターの記録", widget=forms.RadioSelect)

    def __init__(self, *args, found: Iterable[Client], **kwargs):
        super().__init__(*args, **kwargs)
        self.found = {str(client.pk): client for client in found}
        self.fields["client"].choices = [
            (pk, f"{client.center}({client.number})") for pk, client in self.found.items()
        ]


class JudgeForm(SoudanForm):
    verdict = forms.ChoiceField(label="判断", choices=Verdict.choices, widget=ToggleRadio(columns=2))
    comment = LineField(label="そう判断したわけ", limit=300)
