from django import forms

from centers.fields import LineField, NoteField
from centers.forms import SoudanForm
from centers.widgets import ToggleRadio

OWN, CENTER = "own", "center"
TEXT_LIMIT = 500  # characters of the column


class QuickTextForm(SoudanForm):
    """One 定型文. `may_share`: the center's list is on offer; an existing one stays in its list."""

    key = LineField(label="短い名前", limit=12, help_text="一覧で選ぶときの名前。例: 不在、折返し")
    text = NoteField(
        label="文",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="あとで書きかえる所は〈日時〉のように〈〉で囲みます。入れた後、そこが選ばれます。利用者の名前は書かないでください。",
    )
    whose = forms.ChoiceField(
        label="だれが使うか",
        choices=[(OWN, "わたしだけ"), (CENTER, "センター全員")],
        initial=OWN,
        widget=ToggleRadio(columns=2),
    )

    def __init__(self, *args, may_share: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["whose"]

    @property
    def shared(self) -> bool:
        return self.cleaned_data.get("whose") == CENTER

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if not text:
            raise forms.ValidationError("文が空です。入れてください。")
        if len(text) > TEXT_LIMIT:
            raise forms.ValidationError(
                f"{TEXT_LIMIT}字までです。いまは{len(text)}字です。短くしてください。"
            )
        return text
