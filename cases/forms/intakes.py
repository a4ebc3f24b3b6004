"""相談受付票: the fields that a 相談記録 does not have, and the judgement on it."""

from typing import Any

from django import forms

from cases.actions.entries import NextStep
from cases.enums import Aware, CallBack, FollowUpKind, Priority, Subject
from cases.forms.followups import DueDateField
from cases.models import Consultation, Intake
from cases.rules import OPENS_A_CASE, REFERS
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, NoteField, TimeField
from centers.forms import SoudanForm
from centers.models import Organization, StaffMember
from centers.widgets import ToggleCheckbox, ToggleRadio

NEXT = ("next_on", "next_at", "next_kind", "next_what")
NOT_A_PERSON = "だれの相談かがわかっていないため、ケースにできません。先に利用者を結び付けるか、ほかの方針を選んでください。"
SAME_NAME_LIMIT = 2


class IntakeForm(ChoosingForm):
    """`intake` is none while it is made; then it asks for the next step, too. An approved one is changed with a reason."""

    complaint = NoteField(
        label="主訴(本人の言葉で)",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="聞いたままを書きます。例: 「家にいるのがつらい。働きたい」",
    )
    urgency = forms.ChoiceField(label="緊急度", choices=Priority.choices, widget=ToggleRadio(columns=3))
    risks = forms.MultipleChoiceField(label="リスク", required=False, widget=ToggleCheckbox(columns=4))
    aware = forms.ChoiceField(
        label="本人の同意(相談を知っているか)", choices=Aware.choices, widget=ToggleRadio(columns=4)
    )
    route = forms.ChoiceField(label="紹介経路")
    relation = LineField(label="本人との関係", limit=60, help_text="例: 本人、母、民生委員")
    caller_name = LineField(
        label="相談者の氏名", limit=60, required=False, help_text="本人でないとき。名乗らなければ空のまま"
    )
    caller_contact = LineField(label="相談者の連絡先", limit=60, required=False, help_text="例: 096-000-0000")
    contact_hours = LineField(
        label="連絡できる時間帯", limit=60, required=False, help_text="例: 平日18時から後"
    )
    call_back = forms.ChoiceField(
        label="折返しの電話", choices=CallBack.choices, widget=ToggleRadio(columns=3)
    )
    services = NoteField(label="利用中のサービス", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    doctor = LineField(label="受診先", limit=100, required=False)
    plan = forms.ChoiceField(label="今後の方針", widget=ToggleRadio(columns=3))
    referred_note = LineField(
        label="紹介先", limit=100, required=False, help_text="他機関を紹介したとき。機関の名前を入れます。"
    )
    staff = forms.ModelChoiceField(
        label="担当", queryset=StaffMember.objects.none(), empty_label="選んでください"
    )
    next_on = DueDateField(label="次の予定日", required=False)
    next_at = TimeField(label="時刻", required=False)
    next_kind = forms.ChoiceField(label="方法", choices=FollowUpKind.choices, required=False)
    next_what = LineField(label="すること", limit=200, required=False)
    reason = LineField(
        label="変更の理由",
        limit=200,
        help_text="承認の後の変更です。前の内容は残り、もう一度承認を受けます。",
    )

    marked_optional = ("referred_note",)

    def __init__(
        self,
        data=None,
        *,
        record: Consultation,
        intake: Intake | None,
        labels,
        staff,
        own: StaffMember | None = None,
        **kwargs,
    ):
        """labels: centers.contracts.code_labels of the record's day; staff: who may be 担当; own: the writer's."""
        self.record, self.intake = record, intake
        initial = standing_values(intake) if intake else _first_values(record, labels, own)
        super().__init__(data, initial=initial, version=intake.version if intake else 0, **kwargs)
        self._offer(labels, staff)
        for name, hint in {
            "next_on": "例: 12/1",
            "next_at": "例: 10:30",
            "next_what": "例: 折返しの電話",
        }.items():
            self.fields[name].widget.attrs["placeholder"] = hint
        dropped = NEXT if intake else ("reason",)
        for name in (*dropped, *(("reason",) if intake and not intake.approved else ())):
            self.fields.pop(name, None)

    def _offer(self, labels, staff) -> None:
        standing = self.intake
        offers = {
            "route": (CodeList.ROUTE, [standing.route] if standing else []),
            "risks": (CodeList.RISK, standing.risks if standing else []),
            "plan": (CodeList.INTAKE_PLAN, [standing.plan] if standing else []),
        }
        for name, (kind, kept) in offers.items():
            choices = screen_choices(labels[kind])
            choices += [(code, code) for code in kept if code not in labels[kind]]
            self.fields[name].choices = choices
        self.fields["route"].choices = [("", "選んでください"), *self.fields["route"].choices]
        self.fields["staff"].queryset = staff

    def clean_risks(self) -> list[str]:
        return sorted(set(self.cleaned_data["risks"]))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("plan") == OPENS_A_CASE and self.record.subject != Subject.CLIENT:
            self.add_error("plan", NOT_A_PERSON)
        if (
            given.get("plan") == REFERS
            and not given.get("referred_note")
            and "referred_note" not in self.errors
        ):
            self.add_error("referred_note", "紹介先が空です。紹介した機関の名前を入れてください。")
        wanted = given.get("next_what") or given.get("next_at")
        if wanted and not given.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "次の予定の日付が空です。日付を入れてください。")
        return given

    def answers(self) -> dict[str, Any]:
        """What Intake.VERSIONED names; a place that goes by the given name is found among 関係機関."""
        given = {name: self.cleaned_data[name] for name in Intake.VERSIONED if name in self.cleaned_data}
        return given | {"referred_to": self._organization(given["referred_note"])}

    def _organization(self, name: str) -> Organization | None:
        found = (
            list(Organization.objects.open_on(self.on).filter(name=name)[:SAME_NAME_LIMIT]) if name else []
        )
        return found[0] if len(found) == 1 else None

    def follow_up(self) -> NextStep | None:
        given = self.cleaned_data
        if not given.get("next_on"):
            return None
        kind = FollowUpKind(given["next_kind"] or FollowUpKind.CALL)
        return NextStep(
            due_on=given["next_on"], due_at=given["next_at"], kind=kind, what=given["next_what"] or kind.label
        )


class DecisionForm(SoudanForm):
    """承認 or 差し戻し: of which version, and why it goes back."""

    APPROVE, RETURN = "approve", "return"

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=[(APPROVE, "承認する"), (RETURN, "差し戻す")], widget=forms.HiddenInput
    )
    note = LineField(
        label="差し戻しの理由", limit=200, required=False, help_text="何を直せばよいかを書きます。"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("outcome") == self.RETURN and not given.get("note") and "note" not in self.errors:
            self.add_error("note", "差し戻しの理由が空です。何を直せばよいかを入れてください。")
        return given


def standing_values(intake: Intake) -> dict[str, Any]:
    names = (name for name in Intake.VERSIONED if name != "referred_to")
    return {name: getattr(intake, name) for name in names} | {"risks": sorted(intake.risks)}


def _first_values(record: Consultation, labels, own: StaffMember | None) -> dict[str, Any]:
    """What the record and the writer tell already; the rest is asked."""
    spoken = labels[CodeList.COUNTERPART].get(record.counterpart)
    relation = record.counterpart_note or (spoken.short_label if spoken else "")
    empty = {name: "" for name in Intake.VERSIONED if name not in ("referred_to", "staff")}
    return empty | {
        "risks": [],
        "relation": relation,
        "call_back": CallBack.UNKNOWN,
        "staff": record.staff or own,
    }
