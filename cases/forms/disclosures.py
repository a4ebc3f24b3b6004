import uuid

from django import forms

from cases.enums import DisclosureAsker
from centers.fields import NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.text import clean_line

PASSAGE_LIMIT = 100
PASSAGES_LIMIT = 200


class DisclosureForm(SoudanForm):
    token = forms.UUIDField(widget=forms.HiddenInput)
    asked_on = WarekiDateField(label="請求のあった日", allow_future=False)
    asker = forms.ChoiceField(
        label="請求した人",
        choices=DisclosureAsker.choices,
        initial=DisclosureAsker.SELF,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"initial": {"token": uuid.uuid4(), "asked_on": kwargs.get("on")}} | kwargs)


class MarksForm(SoudanForm):
    """What is blacked out wherever it stands; the pieces of the page are read by the view."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    passages = NoteField(
        label="どこにあっても黒塗りにする語句",
        required=False,
        help_text="1行に1つ。ほかの人の氏名や電話番号など。全角・半角の違いは区別しません。",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_passages(self) -> list[str]:
        lines = [clean_line(line, limit=PASSAGE_LIMIT) for line in self.cleaned_data["passages"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > PASSAGES_LIMIT:
            raise forms.ValidationError(
                f"語句は{PASSAGES_LIMIT}個までです。まとめるか、項目ごとに黒塗りにしてください。"
            )
        return found
