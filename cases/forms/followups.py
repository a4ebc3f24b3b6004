from datetime import date

from django import forms

from cases.enums import FollowUpKind
from centers.fields import LineField, TimeField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import StaffMember
from centers.periods import DateInputError, parse_month_day
from centers.widgets import ToggleRadio

PRESETS_LIST = "due-presets"


class DueDateField(WarekiDateField):
    """A day to come: 12/1 is the next one. Days before `on` are refused."""

    def read(self, text: str) -> date:
        day = self._next(text) or super().read(text)
        if day < self.today:
            raise ValueError("過ぎた日付です。今日か、これからの日を入れてください。")
        return day

    def _next(self, text: str) -> date | None:
        try:
            month, day = parse_month_day(text)
        except DateInputError:
            return None
        for year in (self.today.year, self.today.year + 1):
            try:
                coming = date(year, month, day)
            except ValueError:  # 2/29 of a common year
                continue
            if coming >= self.today:
                return coming
        return None


class FollowUpForm(SoudanForm):
    """次の予定 for one client."""

    due_on = DueDateField(label="期限", help_text="例: 12/1、R8.12.1、今日")
    due_at = TimeField(label="時刻", required=False, help_text="決まっているときだけ。例: 10:30")
    kind = forms.ChoiceField(label="方法", choices=FollowUpKind.choices, widget=ToggleRadio(columns=3))
    what = LineField(label="すること", limit=200, help_text="例: 見学の日程を決める")
    staff = forms.ModelChoiceField(
        label="担当", queryset=StaffMember.objects.none(), required=False, empty_label="決めない"
    )

    marked_optional = ("due_at", "staff")

    def __init__(self, *args, staff, **kwargs):
        """staff: the StaffMember rows who may do it."""
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff
        self.fields["due_on"].widget.attrs["list"] = PRESETS_LIST


class DropForm(SoudanForm):
    """しないことにした: why."""

    reason = LineField(label="しないことにした理由", limit=200, help_text="例: 本人から断りの電話があった")
