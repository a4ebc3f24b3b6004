"""Forms of the course of a case. Center, writer and the present worker are never read from them."""

from typing import Any

from django import forms

from cases.enums import Priority, StepFate
from cases.forms.followups import DueDateField
from cases.forms.rows import ComingDateField, Rows
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import StaffMember, User
from centers.widgets import ToggleCheckbox, ToggleRadio

PRIORITY_HELP = "「高」のケースは、動きがないと早めに知らせます。"
FEW_LINES = {"rows": 3}


class StaffField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(queryset=StaffMember.objects.none(), **kwargs)


class OpenCaseForm(SoudanForm):
    """受付 of a case, also after a closed one: not before that one's last day."""

    opened_on = WarekiDateField(label="受付日", allow_future=False, help_text="例: 今日、11/18")
    reason = LineField(
        label="きっかけ", limit=200, help_text="例: 家族から電話。金銭管理の相談が再び始まった"
    )
    priority = forms.ChoiceField(
        label="優先度",
        choices=Priority,
        initial=Priority.NORMAL,
        widget=ToggleRadio(columns=3),
        help_text=PRIORITY_HELP,
    )
    staff = StaffField(label="担当", required=False, empty_label="決めない")

    marked_optional = ("staff",)

    def __init__(self, *args, staff, closed_on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff
        self.closed_on = closed_on

    def clean_opened_on(self):
        day = self.cleaned_data["opened_on"]
        if self.closed_on and day < self.closed_on:
            raise forms.ValidationError(
                "前のケースの終結日より前です。終結日か、その後の日を入れてください。"
            )
        return day


class AssignForm(SoudanForm):
    """The first worker of a case."""

    staff = StaffField(label="担当", empty_label="選んでください")

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff


class HandoverForm(SoudanForm):
    """引継書"""

    token = forms.UUIDField(widget=forms.HiddenInput)
    to_staff = StaffField(label="新しい担当", empty_label="選んでください")
    starts_on = ComingDateField(label="引き継ぐ日", help_text="例: 今日、12/1")
    summary = NoteField(
        label="概要",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="いまの課題と、これまでの支援の流れ。1枚に収まる長さで。",
    )
    todos = NoteField(
        label="済んでいない予定",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="いまの予定から書き出しました。受け取ると、いまの担当の予定は新しい担当に移ります。",
    )
    promises = NoteField(label="約束していること", required=False, widget=forms.Textarea(attrs=FEW_LINES))
    cautions = NoteField(
        label="配慮・注意すること",
        required=False,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text="してはいけないこと、危険の情報、秘密にすること。",
    )
    talked = LineField(
        label="面談での引き継ぎ",
        limit=200,
        required=False,
        help_text="例: R8.11.20 14:00 本人・母・新旧の担当",
    )
    told_on = WarekiDateField(label="本人に説明した日", required=False, allow_future=False)

    marked_optional = ("todos", "promises", "cautions", "talked", "told_on")

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_staff"].queryset = staff


class CourseForm(SoudanForm):
    """優先度, and whether the case is only watched over."""

    priority = forms.ChoiceField(
        label="優先度", choices=Priority, widget=ToggleRadio(columns=3), help_text=PRIORITY_HELP
    )
    watched = forms.BooleanField(
        label="見守りにする", required=False, help_text="支援が落ち着き、ときどき様子をみるケースです。"
    )
    watch_reason = LineField(
        label="見守りの理由", limit=200, required=False, help_text="例: 就労が続いており、月1回の電話で足りる"
    )
    watch_until = DueDateField(label="見直す日", required=False, help_text="例: 3か月後なら 2/20")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("watched"):
            for name, message in {
                "watch_reason": "見守りの理由が空です。入れてください。",
                "watch_until": "見直す日が空です。見守りを続けるか決める日を入れてください。",
            }.items():
                if name not in self.errors and not given.get(name):
                    self.add_error(name, message)
        return given

    @property
    def watch(self):
        given = self.cleaned_data
        return (given["watch_reason"], given["watch_until"]) if given["watched"] else None


class PlanForm(SoudanForm):
    """支援の目標と計画: one version. `standing` is the latest one, with its goals, or none."""

    wish = NoteField(label="本人の希望", required=False, widget=forms.Textarea(attrs=FEW_LINES))
    long_goal = NoteField(
        label="長期の目標",
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text="1年ほど先に、どうなっていたいか",
    )
    made_on = WarekiDateField(label="作った日", allow_future=False)
    review_on = DueDateField(label="見直す日", help_text="例: 3か月後なら 2/20")
    agreed_on = WarekiDateField(label="本人に説明し同意を得た日", required=False, allow_future=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    marked_optional = ("wish", "agreed_on")

    def __init__(self, *args, standing=None, **kwargs):
        initial = {"made_on": kwargs["on"], "version": standing.version if standing else 0}
        if standing:
            initial |= {"wish": standing.wish, "long_goal": standing.long_goal}
        super().__init__(*args, initial=initial, **kwargs)
        goals = [vars(goal) for goal in standing.goals.all()] if standing else []
        self.goals = Rows(self, "goal", _goal_fields, standing=goals, spare=1 if goals else 3)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        rows = self.goals.given()
        for row in rows:
            if not row["goal"]:
                self.goals.refuse(
                    row["at"], "goal", "短期の目標が空です。目標を入れるか、この行を空にしてください。"
                )
        if not rows and not self.errors:
            self.goals.refuse(0, "goal", "短期の目標が空です。1つ以上入れてください。")
        return given

    @property
    def fields_of_plan(self) -> dict[str, Any]:
        names = ("wish", "long_goal", "made_on", "review_on", "agreed_on")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def goal_rows(self) -> list[dict[str, Any]]:
        return [{name: row[name] for name in _goal_fields()} for row in self.goals.given()]


def _goal_fields() -> dict[str, forms.Field]:
    return {
        "goal": LineField(label="目標", limit=200, required=False),
        "by_when": ComingDateField(label="いつまでに", required=False),
        "client_does": LineField(label="本人がすること", limit=200, required=False),
        "others_do": LineField(label="支える人がすること(だれが・何を)", limit=300, required=False),
    }


class ClosingForm(SoudanForm):
    """終結. Every open next step gets its answer; `steps` are those that stand open."""

    closed_on = WarekiDateField(label="終結日", allow_future=False)
    code = forms.ChoiceField(label="終結の理由")
    note = LineField(label="理由の説明", limit=100, required=False)
    summary = NoteField(
        label="支援のまとめ",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="何に取り組み、どうなったか。次に相談があったときに読む人のために。",
    )
    remains = NoteField(label="残っていること", required=False, widget=forms.Textarea(attrs=FEW_LINES))

    marked_optional = ("note", "remains")

    def __init__(self, *args, case, steps, labels, **kwargs):
        super().__init__(*args, **kwargs)
        self.case, self.steps, self.entries = case, list(steps), labels[CodeList.CASE_CLOSING]
        self.fields["code"].choices = [("", "選んでください"), *screen_choices(self.entries)]
        for step in self.steps:
            self._ask(f"fate-{step.pk}", forms.ChoiceField(
                label=f"どうしますか: {step.what}", choices=StepFate, widget=ToggleRadio(columns=3)
            ))  # fmt: skip
            self._ask(f"to-{step.pk}", LineField(label="だれに引き継ぎますか", limit=100, required=False))

    def _ask(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.prepare_field(name, field)

    @property
    def step_fields(self) -> list[tuple]:
        return [(step, self[f"fate-{step.pk}"], self[f"to-{step.pk}"]) for step in self.steps]

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        if day < self.case.opened_on:
            raise forms.ValidationError("受付日より前の日付です。日付を確かめてください。")
        if self.case.last_contact_on and day < self.case.last_contact_on:
            raise forms.ValidationError(
                "最後の相談より前の日付です。相談のあった日か、その後の日を入れてください。"
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for step in self.steps:
            handed = given.get(f"fate-{step.pk}") == StepFate.HANDED
            if handed and not given.get(f"to-{step.pk}") and f"to-{step.pk}" not in self.errors:
                self.add_error(f"to-{step.pk}", "引き継ぐ相手が空です。機関や人の名を入れてください。")
        return given

    @property
    def reason(self) -> str:
        note = self.cleaned_data["note"]
        label = self.entries[self.cleaned_data["code"]].label
        return f"{label}({note})" if note else label

    @property
    def fates(self) -> dict:
        given = self.cleaned_data
        return {step.pk: (StepFate(given[f"fate-{step.pk}"]), given[f"to-{step.pk}"]) for step in self.steps}


class UsersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


class RestrictForm(SoudanForm):
    """閲覧を限る: why, and who may see the person besides センター管理者."""

    reason = LineField(label="閲覧を限る理由", limit=200, help_text="例: 職員の親族にあたるため")
    members = UsersField(
        label="見てよい職員", queryset=User.objects.none(), required=False, widget=ToggleCheckbox(columns=2)
    )

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = users


class ConflictForm(SoudanForm):
    """この人の記録を見ない: センター管理者 names the user, everybody else speaks for themselves."""

    user = forms.ModelChoiceField(label="職員", queryset=User.objects.none(), empty_label="選んでください")
    reason = LineField(label="理由", limit=200, help_text="例: 親族、近所づきあい、以前の利害関係")

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        if users is None:
            del self.fields["user"]
        else:
            self.fields["user"].queryset = users
