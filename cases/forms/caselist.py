from collections.abc import Iterable

from django import forms

from cases.caselist import ANONYMOUS, NONE, SHARED, SORTS, VIEWS, CaseFilter
from cases.enums import CaseState
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.forms import SoudanForm

ALL = [("", "すべて")]
DUE = [("overdue", "期限切れ"), ("week", "今週"), (NONE, "予定なし")]
DEFAULT_VIEW, DEFAULT_SORT = "mine", "due"
# What a saved view decides by itself is not offered a second time.
_DECIDED = {"mine": ["staff"], "handover": ["state"], "watch": ["state"], "closed": ["state"]}


class CaseListForm(SoudanForm):
    """View, filters and order of ケース一覧, from the address. What is not on offer is left aside and told of."""

    state = forms.ChoiceField(
        label="状態", required=False, choices=[("", "終結を除く"), *CaseState.choices, ("any", "すべて")]
    )
    disability = forms.ChoiceField(label="障がい種別", required=False)
    staff = forms.ChoiceField(label="担当", required=False)
    district = forms.ChoiceField(label="校区", required=False)
    due = forms.ChoiceField(label="次の予定", required=False, choices=[*ALL, *DUE])

    def __init__(self, data, *, labels, staff: Iterable, districts: Iterable[str], **kwargs):
        """labels: centers.contracts.code_labels; staff: StaffMember rows; districts: names of 校区."""
        super().__init__(data, **kwargs)
        self.fields["disability"].choices = [*ALL, *screen_choices(labels[CodeList.DISABILITY])]
        self.fields["staff"].choices = [*ALL, (NONE, "担当なし"), *((str(one.pk), one.name) for one in staff)]
        self.fields["district"].choices = ALL + [(name, name) for name in districts]
        for name in _DECIDED.get(self.view, []):
            del self.fields[name]

    @property
    def view(self) -> str:
        given = self.data.get("view", "")
        return given if given in (*VIEWS, SHARED, ANONYMOUS) else DEFAULT_VIEW

    @property
    def sort(self) -> str:
        given = self.data.get("sort", "")
        return given if given in SORTS else DEFAULT_SORT

    @property
    def query(self) -> dict[str, str]:
        """The filters that hold."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def wanted(self) -> CaseFilter:
        return CaseFilter(**self.query)

    @property
    def applied(self) -> list[tuple[str, str, str]]:
        """(name, label, what was chosen) of each filter that holds."""
        return [
            (name, self[name].label, dict(self.fields[name].choices)[value])
            for name, value in self.query.items()
        ]
