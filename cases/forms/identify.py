from django import forms

from centers.fields import LineField
from centers.forms import SoudanForm

GONE = "この利用者は見つかりません。もう一度探して選んでください。"


class IdentifyForm(SoudanForm):
    """Who the caller is, and how that came to be known. `clients` are the people that may be chosen."""

    client: forms.ModelChoiceField = forms.ModelChoiceField(
        label="わかった利用者",
        queryset=None,
        error_messages={
            "required": "利用者が選ばれていません。探して、候補から選んでください。",
            "invalid_choice": GONE,
            "invalid_pk_value": GONE,
        },
    )
    basis = LineField(
        label="どのようにわかったか",
        limit=150,
        help_text="例: 本人が名乗った、家族からの電話で同じ人とわかった",
    )

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients


class UndoForm(SoudanForm):
    """Why the records are taken from the client again."""

    reason = LineField(label="取り消す理由", limit=150, help_text="例: 別の人だった")
