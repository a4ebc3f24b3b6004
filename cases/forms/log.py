"""The quick log's form. Center, writer and staff are never read from it: see cases.views.log."""

from django import forms
from django.core.exceptions import ValidationError

from cases.enums import AgeBand, Direction, FollowUpKind, Sex, Who
from cases.forms.choices import LogChoices
from cases.forms.entry import Answers
from cases.forms.followups import DueDateField
from cases.rules import preset_day
from cases.values import contact_day, split_name
from centers.enums import CodeList
from centers.fields import BirthDateField, KanaField, LineField, NoteField, TimeField, WarekiDateField
from centers.forms import SoudanForm
from centers.widgets import ToggleCheckbox, ToggleRadio

NAME_LIMIT = 60
CLIENTS_LIMIT = 20
METHOD_KEYS = "12345678"
CONTENT_KEYS = "QWERTYASDFGH"
DISABILITY_KEYS = "ZXCVBNM"

NOT_FOUND = "この利用者は見つかりません。もう一度探して選んでください。"
NOBODY = "だれの相談かが選ばれていません。カナや番号で探すか、新しい利用者・匿名・機関から選んでください。"

# Fields that belong to one answer of「だれの相談か」; elsewhere they are left aside, wrong or right.
_FIELDS_OF = {
    Who.NEW: ("name", "kana", "birth", "phone", "disabilities"),
    Who.ANONYMOUS: ("thread", "handle", "sex", "age_band"),
}


class PeopleField(forms.ModelMultipleChoiceField):
    """Some of the people on offer; an id of somebody else's reads like one that does not exist, or is none."""

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            raise ValidationError(NOT_FOUND) from None


class LogForm(SoudanForm):
    """One entry. `clients` are the people that may be chosen, `unanswered` a post by 「不在で保存」."""

    subject = forms.ChoiceField(
        label="だれの相談か", choices=Who, initial=Who.CLIENT, widget=ToggleRadio(columns=2)
    )
    clients = PeopleField(queryset=None, label="利用者", required=False)
    name = LineField(label="氏名", limit=2 * NAME_LIMIT + 1, required=False)
    kana = KanaField(
        label="カナ",
        limit=2 * NAME_LIMIT + 1,
        help_text="姓だけ、ひらがな・半角でも登録できます。",
        error_messages={"required": "カナが空です。わかる読みだけで登録できます。"},
    )
    birth = BirthDateField(label="生年月日", required=False)
    phone = LineField(label="電話", limit=20, required=False)
    disabilities = forms.MultipleChoiceField(
        label="障がい種別", required=False, widget=ToggleCheckbox(keys=DISABILITY_KEYS, columns=2)
    )
    thread = forms.ChoiceField(label="前にもあった人", required=False)
    handle = LineField(label="呼び名", limit=60, required=False)
    sex = forms.ChoiceField(label="性別", choices=Sex, initial=Sex.UNKNOWN, required=False)
    age_band = forms.ChoiceField(label="年代", choices=AgeBand, initial=AgeBand.UNKNOWN, required=False)

    method = forms.ChoiceField(label="支援の方法", widget=ToggleRadio(keys=METHOD_KEYS, columns=4))
    contents = forms.MultipleChoiceField(
        label="支援内容", widget=ToggleCheckbox(keys=CONTENT_KEYS, columns=3)
    )
    part = forms.ChoiceField(label="業務の区分", required=False, widget=ToggleRadio(columns=5))
    business_item = forms.ChoiceField(label="業務項目", required=False)
    date = WarekiDateField(label="日付", allow_future=False)
    start = TimeField(label="開始", required=False)
    minutes = forms.IntegerField(
        label="分", required=False, min_value=0, max_value=1440, widget=forms.TextInput
    )
    counterpart = forms.ChoiceField(label="話した人", required=False)
    counterpart_note = LineField(label="話した人(くわしく)", limit=60, required=False)
    direction = forms.ChoiceField(label="発着", choices=[("", "—"), *Direction.choices], required=False)
    facts = NoteField(label="相談の要点", help_text="主訴・助言・決めたこと(後で追記できます)")
    view = NoteField(label="所見", required=False)
    done = NoteField(label="対応", required=False)
    place = LineField(label="場所", limit=60, required=False)
    uncounted_reason = LineField(
        label="計上しない理由", limit=100, required=False, help_text="書くと、月次実績の件数に入りません。"
    )
    rights_concern = forms.BooleanField(
        label="虐待・差別の疑いがある",
        required=False,
        help_text="区分は権利擁護になります。保存すると、虐待・差別の受付票が開きます。",
    )

    next = forms.ChoiceField(label="次の予定", required=False, widget=ToggleRadio(columns=4))
    next_date = DueDateField(label="次の予定日", required=False)
    next_time = TimeField(label="時刻", required=False)
    next_kind = forms.ChoiceField(
        label="次の方法", choices=FollowUpKind, initial=FollowUpKind.CALL, required=False
    )
    next_what = LineField(label="すること", limit=200, required=False)

    def __init__(self, *args, clients, choices: LogChoices, unanswered: bool = False, **kwargs):
        super().__init__(*args, on=choices.on, **kwargs)
        self.choices, self.unanswered = choices, unanswered
        self._offer(clients)
        self.fields["business_item"].error_messages["invalid_choice"] = (
            "その日の業務項目表にない項目です。選び直してください。"
        )
        self._dress()
        if unanswered:
            for name in ("method", "contents", "facts"):
                self.fields[name].required = False

    def _dress(self) -> None:
        """Classes and hints of the fields that the template draws itself."""
        for name, hint in {
            "next_date": "例: 11/27",
            "next_time": "例: 10:30",
            "next_what": "例: 見学の日程",
        }.items():
            self.fields[name].widget.attrs |= {"class": "form-control", "placeholder": hint}
        self.fields["next_kind"].widget.attrs["class"] = "form-select"
        self.fields["minutes"].widget.attrs["inputmode"] = "numeric"
        for name in ("view", "done"):
            self.fields[name].widget.attrs["rows"] = 2

    def _offer(self, clients) -> None:
        fields, choices = self.fields, self.choices
        fields["clients"].queryset = clients
        fields["thread"].choices = choices.callers
        fields["method"].choices = choices.codes(CodeList.METHOD)
        fields["contents"].choices = choices.codes(CodeList.CONTENT)
        fields["disabilities"].choices = choices.codes(CodeList.DISABILITY)
        fields["counterpart"].choices = [("", "—"), *choices.codes(CodeList.COUNTERPART)]
        fields["part"].choices = choices.parts
        fields["business_item"].choices = choices.business_items
        fields["next"].choices = choices.next_steps
        fields["part"].initial = self.choices.usual_part

    @property
    def next_fields(self) -> list[forms.BoundField]:
        """Day, time, way and what of the next step, which share one row of the screen."""
        return [self[name] for name in ("next_date", "next_time", "next_kind", "next_what")]

    @property
    def preset_days(self) -> list[dict]:
        keys = (key for key, _ in self.choices.next_steps if key)
        return [{"key": key, "day": preset_day(key, self.choices.on)} for key in keys]

    # ---- reading ----

    def clean_clients(self):
        """In the order in which they were chosen."""
        if len(self.cleaned_data["clients"]) > CLIENTS_LIMIT:
            raise ValidationError(f"1回に記録できるのは{CLIENTS_LIMIT}人までです。分けて記録してください。")
        order = [str(value) for value in self["clients"].value() or []]
        return sorted(self.cleaned_data["clients"], key=lambda client: order.index(str(client.pk)))

    def clean_date(self):
        choices = self.choices
        try:
            return contact_day(
                self.cleaned_data["date"], opened_on=choices.center.opened_on, items=choices.items
            )
        except ValueError as problem:
            raise ValidationError(str(problem)) from None

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        cleaned["who"] = self._who(cleaned)
        self._leave_aside(cleaned["who"])
        self._check_people(cleaned["who"])
        self._check_next_step(cleaned)
        return cleaned

    def _who(self, cleaned) -> Who:
        """A reading typed while nobody is chosen means a new person, whatever the switch says."""
        who = Who(cleaned.get("subject") or Who.CLIENT)
        typed = (self["kana"].value() or "").strip()
        return Who.NEW if who == Who.CLIENT and not cleaned.get("clients") and typed else who

    def _leave_aside(self, who: Who) -> None:
        for owner, names in _FIELDS_OF.items():
            if owner != who:
                for name in names:
                    self.errors.pop(name, None)

    def _check_people(self, who: Who) -> None:
        chosen = self.cleaned_data.get("clients")
        if "clients" in self.errors or "subject" in self.errors:
            return
        if who == Who.CLIENT and not chosen:
            self.add_error("subject", NOBODY)
        if who in (Who.ANONYMOUS, Who.ORGANIZATION) and chosen:
            self.add_error(
                "subject", "利用者が選ばれたままです。利用者を外すか、『利用者』に戻してください。"
            )
        if who == Who.NEW:
            self._check_new_person()

    def _check_new_person(self) -> None:
        for name in ("name", "kana"):
            if any(len(part) > NAME_LIMIT for part in split_name(self.cleaned_data.get(name, ""))):
                self.add_error(name, f"姓と名はそれぞれ{NAME_LIMIT}字までです。短くしてください。")

    def _check_next_step(self, cleaned) -> None:
        wanted = cleaned.get("next_what") or cleaned.get("next_time")
        if (
            wanted
            and not (cleaned.get("next") or cleaned.get("next_date"))
            and "next_date" not in self.errors
        ):
            self.add_error(
                "next_date", "次の予定の日付が空です。日付を入れるか、『1週間』などを選んでください。"
            )

    def entry(self) -> dict:
        """The arguments of cases.actions.entries.record_entry that the form answers."""
        return Answers(self.cleaned_data, self.choices, self.unanswered).entry()
