from django import forms

from centers.districts import district_key
from centers.enums import DistrictKind
from centers.fields import LineField, NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import Zone
from centers.text import clean_line
from centers.widgets import ToggleRadio

NAME_LIMIT = 60
MOST_NAMES = 500


class DistrictForm(SoudanForm):
    """町丁 or 校区 of one 圏域, one a line: a list can be pasted as it is."""

    kind = forms.ChoiceField(label="種類", choices=DistrictKind.choices, widget=ToggleRadio(columns=2))
    zone = forms.ModelChoiceField(label="圏域", queryset=Zone.objects.all(), empty_label="—")
    names = NoteField(label="町丁・校区", help_text="1行に1つ。例: 健軍本町、健軍三丁目、白川")
    starts_on = WarekiDateField(label="いつから", help_text="例: R9.4.1", allow_short=False)
    source = LineField(label="出典", limit=300, help_text="例: 市の通知(R9.3.1)、委託仕様書の別表")
    replace = forms.BooleanField(label="別の圏域にあるものは、前の日で終わりにして移す", required=False)

    def clean_names(self) -> list[str]:
        names = [_name(line) for line in self.cleaned_data["names"].split("\n") if line.strip()]
        kind = DistrictKind(self.cleaned_data.get("kind") or DistrictKind.TOWN)
        if empty := next((name for name in names if not district_key(name, kind)), None):
            raise forms.ValidationError(f"「{empty}」は名前になりません。町丁か校区の名前を入れてください。")
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(
                f"一度に{MOST_NAMES}行までです。いまは{len(names)}行です。分けて入れてください。"
            )
        return names


class DistrictEndForm(SoudanForm):
    last_day = WarekiDateField(
        label="最後の日", allow_short=False, help_text="この日までこの圏域です。例: R9.3.31"
    )


def _name(line: str) -> str:
    try:
        return clean_line(line, limit=NAME_LIMIT)
    except ValueError as problem:
        raise forms.ValidationError(f"「{line.strip()[:20]}」: {problem}") from None
