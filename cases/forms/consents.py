import re
import uuid
from typing import Any

from django import forms

from cases.enums import ConsentWay, Signer
from cases.models import Consent
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import StaffMember
from centers.widgets import ToggleCheckbox, ToggleRadio

SCOPE_LIMIT = 30
_BETWEEN_SCOPES = re.compile(r"[、・,;;]")
_COLUMNS = (
    "given_on",
    "ends_on",
    "purposes",
    "ranges",
    "excluded",
    "way",
    "explained_by",
    "signer",
    "signer_note",
)


class ScopesField(LineField):
    """提供先, apart at 「、」. Value: list of texts."""

    def __init__(self, **kwargs):
        super().__init__(limit=200, **kwargs)

    def to_python(self, value):
        return super().to_python(value) or []

    def read(self, text: str) -> Any:
        scopes = [scope.strip() for scope in _BETWEEN_SCOPES.split(super().read(text)) if scope.strip()]
        if long := next((scope for scope in scopes if len(scope) > SCOPE_LIMIT), ""):
            raise ValueError(
                f"1つの提供先は{SCOPE_LIMIT}字までです。いまは{len(long)}字のものがあります。"
                "「、」で区切るか、短くしてください。"
            )
        return scopes

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list) else value


class ConsentForm(ChoosingForm):
    """One consent; `key` is the id that a new one gets, so that a form posted twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    given_on = WarekiDateField(label="同意した日", allow_future=False)
    ends_on = WarekiDateField(
        label="いつまで", required=False, allow_short=False, help_text="期間を決めたときだけ"
    )
    purposes = forms.MultipleChoiceField(label="利用目的", widget=ToggleCheckbox(columns=2))
    scopes = ScopesField(
        label="提供先", required=False, help_text="「、」で区切ります。例: 事業所、医療、学校"
    )
    ranges = forms.MultipleChoiceField(
        label="提供してよい範囲", required=False, widget=ToggleCheckbox(columns=2)
    )
    excluded = LineField(
        label="除きたい先・情報",
        limit=300,
        required=False,
        help_text="例: 父には伝えない。病名は学校に伝えない",
    )
    way = forms.ChoiceField(label="方法", choices=ConsentWay.choices, widget=ToggleRadio(columns=3))
    explained_by = forms.ModelChoiceField(
        label="説明した人", queryset=StaffMember.objects.none(), required=False, empty_label="—"
    )
    signer = forms.ChoiceField(label="署名", choices=Signer.choices, widget=ToggleRadio(columns=3))
    signer_note = LineField(
        label="代筆・後見人等の氏名と続柄", limit=100, required=False, help_text="本人の署名のときは空のまま"
    )

    def __init__(self, data=None, *, consent: Consent | None, staff, labels, **kwargs):
        """consent: what stands, None for a new one; staff: who may have explained it; labels: of the day."""
        initial = {"signer": Signer.SELF, "way": ConsentWay.PAPER}
        if consent:
            initial = {name: getattr(consent, name) for name in (*_COLUMNS, "scopes")}
        super().__init__(data, initial=initial, version=consent.version if consent else 1, **kwargs)
        if consent:
            del self.fields["key"]
        self.fields["explained_by"].queryset = staff
        self.fields["purposes"].choices = screen_choices(labels[CodeList.CONSENT_PURPOSE])
        self.fields["ranges"].choices = screen_choices(labels[CodeList.CONSENT_RANGE])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("given_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "終わりの日が同意した日より前です。日付を確かめてください。")
        for_another = given.get("signer") in (Signer.PROXY, Signer.GUARDIAN)
        if for_another and not given.get("signer_note") and "signer_note" not in self.errors:
            self.add_error("signer_note", "代筆・後見人等の氏名と続柄が空です。入れてください。")
        return given

    def values(self) -> dict[str, Any]:
        """Columns of the consent."""
        return {name: self.cleaned_data[name] for name in (*_COLUMNS, "scopes")}


class WithdrawForm(SoudanForm):
    """撤回: from when and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    withdrawn_on = WarekiDateField(label="撤回の申し出があった日", allow_future=False)
    reason = LineField(label="撤回の理由", limit=200, help_text="例: 学校には伝えないでほしいと本人から電話")

    def __init__(self, *args, consent: Consent, **kwargs):
        self.consent = consent
        super().__init__(*args, **kwargs)

    def clean_withdrawn_on(self):
        day = self.cleaned_data["withdrawn_on"]
        if day < self.consent.given_on:
            raise forms.ValidationError("同意した日より前です。日付を確かめてください。")
        return day
