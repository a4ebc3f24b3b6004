"""The 虐待通報受付票 as forms: taken at the center, asked for by the city, changed afterwards, and who told of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms

from cases.enums import YesNo
from cases.models import AbuseReport, AbuseReporter
from cases.values import SUPPORT_LEVELS
from centers.choosing import ChoosingForm
from centers.enums import CodeList
from centers.fields import LineField, NoteField, TimeField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import Center, CodeEntry, User
from centers.periods import JST
from centers.widgets import ToggleCheckbox, ToggleRadio

Labels = Mapping[CodeList, Mapping[str, CodeEntry]]
ANSWERS = [("", "—"), *YesNo.choices]
TOO_LATE = "これからの日時です。いままでの日時を入れてください。"

PERSON = (
    "person_name",
    "person_birth",
    "person_address",
    "person_disabilities",
    "person_level",
)
REPORTER = ("kinds", "name", "affiliation", "contact", "relation", "anonymous")


def options(labels: Labels, kind: CodeList, standing: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(code, label) in the order of the screen; a code that stands but is no longer in force stays choosable."""
    entries = sorted(labels[kind].values(), key=lambda entry: entry.display_order)
    old = [(code, code) for code in standing if code and code not in labels[kind]]
    return [(entry.code, entry.label) for entry in entries] + old


def notes(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MomentForm(SoudanForm):
    """A day and a time of day in JST, not after `now`; cleaned_data holds them together as `at`."""

    day = WarekiDateField(label="日付", allow_future=False)
    time = TimeField(label="時刻", help_text="例: 16:40")

    def __init__(self, *args, now: datetime, **kwargs):
        self.now = now
        super().__init__(*args, on=now.date(), **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("day") and given.get("time") is not None:
            given["at"] = datetime.combine(given["day"], given["time"], JST)
            if given["at"] > self.now:
                self.add_error("time", TOO_LATE)
        return given


class ReportFields(SoudanForm):
    """What the 受付票 asks of the person, of who is said to have done it, and of what happened."""

    person_name = LineField(
        label="本人の名前・わかること", limit=120, help_text="例: 40代の男性、〇〇町のアパート"
    )
    person_birth = LineField(label="生年月日・年齢", limit=40, required=False)
    person_address = LineField(label="住所", limit=200, required=False)
    person_disabilities = forms.MultipleChoiceField(
        label="障がい種別", required=False, widget=ToggleCheckbox(columns=4)
    )
    person_level = forms.ChoiceField(
        label="障害支援区分",
        required=False,
        choices=[("", "—"), *((level, level) for level in SUPPORT_LEVELS)],
    )
    whereabouts = LineField(label="いまいる所", limit=200, required=False)
    reachable = forms.ChoiceField(label="本人に連絡できるか", choices=ANSWERS, required=False)
    types = forms.MultipleChoiceField(
        label="虐待の類型", widget=ToggleCheckbox(columns=3), help_text="あてはまるものをすべて選びます。"
    )
    accused_kind = forms.ChoiceField(label="虐待者の区分", widget=ToggleRadio(columns=2))
    accused_name = LineField(label="虐待者とされる人の名前", limit=120, required=False)
    accused_relation = LineField(
        label="続柄・所属", limit=100, required=False, help_text="例: 父、〇〇事業所の職員"
    )
    accused_same_home = forms.ChoiceField(label="本人と同居しているか", choices=ANSWERS, required=False)
    certainty = forms.ChoiceField(label="情報の確かさ", required=False, widget=ToggleRadio(columns=2))
    account = NoteField(
        label="いつ・どこで・どのくらい・何があったか",
        widget=notes(5),
        help_text="聞いたこと・見たことを、そのまま書きます。通報した人がわかることは書きません。",
    )
    injuries = NoteField(label="傷の部位・様子", required=False, widget=notes(2))
    wishes = NoteField(label="本人の意思・訴え", required=False, widget=notes(2))
    danger = forms.ChoiceField(label="いまの危険", required=False, widget=ToggleRadio(columns=2))
    urgency = forms.MultipleChoiceField(
        label="緊急性の確かめ", required=False, widget=ToggleCheckbox(columns=2)
    )
    earlier = forms.ChoiceField(label="前にも通報があったか", choices=ANSWERS, required=False)
    agencies = LineField(label="関係機関", limit=300, required=False)
    part_of_center = NoteField(label="センターの役割分担", required=False, widget=notes(2))

    def __init__(self, *args, labels: Labels, has_client: bool, **kwargs):
        """labels: centers.contracts.code_labels of the day; has_client: the person is known, so not asked for."""
        super().__init__(*args, **kwargs)
        initial = self.initial or {}
        for name, kind in (
            ("person_disabilities", CodeList.DISABILITY),
            ("types", CodeList.ABUSE_TYPE),
            ("accused_kind", CodeList.ABUSE_BY),
            ("certainty", CodeList.ABUSE_CERTAINTY),
            ("danger", CodeList.ABUSE_DANGER),
            ("urgency", CodeList.ABUSE_URGENCY),
        ):
            standing = initial.get(name) or []
            self.fields[name].choices = options(
                labels, kind, [standing] if isinstance(standing, str) else standing
            )
        if has_client:
            for name in PERSON:
                del self.fields[name]

    def columns(self) -> dict[str, Any]:
        """The cleaned values as columns of AbuseReport."""
        own = {field.name for field in AbuseReport._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in own}


class ReporterFields(SoudanForm):
    """通報した人: stored apart; the names begin with `reporter_` so that they stand beside those of the report."""

    reporter_kinds = forms.MultipleChoiceField(
        label="通報・届出者の区分", required=False, widget=ToggleCheckbox(columns=3)
    )
    reporter_name = LineField(label="通報した人の名前", limit=120, required=False)
    reporter_affiliation = LineField(label="所属", limit=120, required=False)
    reporter_contact = LineField(label="連絡先", limit=120, required=False)
    reporter_relation = LineField(label="本人との関係", limit=100, required=False)
    reporter_anonymous = forms.BooleanField(label="匿名を希望している", required=False)

    def __init__(self, *args, labels: Labels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reporter_kinds"].choices = options(labels, CodeList.ABUSE_REPORTER)

    def reporter(self) -> dict[str, Any]:
        """The cleaned values as columns of AbuseReporter."""
        return {name: self.cleaned_data[f"reporter_{name}"] for name in REPORTER}


def reporter_values(row: AbuseReporter | None) -> dict[str, Any]:
    return {f"reporter_{name}": getattr(row, name) for name in REPORTER} if row else {}


class ReceivingForm(ReportFields, MomentForm):
    """A report as it comes to the center."""

    method = forms.ChoiceField(label="受付の方法")
    reporter_kinds = ReporterFields.base_fields["reporter_kinds"]
    reporter_name = ReporterFields.base_fields["reporter_name"]
    reporter_affiliation = ReporterFields.base_fields["reporter_affiliation"]
    reporter_contact = ReporterFields.base_fields["reporter_contact"]
    reporter_relation = ReporterFields.base_fields["reporter_relation"]
    reporter_anonymous = ReporterFields.base_fields["reporter_anonymous"]
    reporter = ReporterFields.reporter

    def __init__(self, *args, labels: Labels, **kwargs):
        super().__init__(*args, labels=labels, **kwargs)
        self.fields["method"].choices = options(labels, CodeList.METHOD)
        self.fields["reporter_kinds"].choices = options(labels, CodeList.ABUSE_REPORTER)


class ReportEditForm(ReportFields, ChoosingForm):
    """The 受付票 changed afterwards; two people at once see both texts."""

    def __init__(self, data=None, *, report: AbuseReport, **kwargs):
        names = [name for name in ReportFields.base_fields if not report.client_id or name not in PERSON]
        initial = {name: getattr(report, name) for name in names}
        super().__init__(
            data,
            initial=initial,
            version=report.version,
            has_client=bool(report.client_id),
            **kwargs,
        )


class CityRequestForm(MomentForm):
    """A request from 市虐待防止センター to a center."""

    center = forms.ModelChoiceField(
        label="依頼するセンター", queryset=Center.objects.none(), empty_label="選んでください"
    )
    request = NoteField(
        label="依頼の内容", widget=notes(3), help_text="例: 安全確認への同行、本人への聞き取りの手伝い"
    )
    person_name = ReportFields.base_fields["person_name"]
    person_birth = ReportFields.base_fields["person_birth"]
    person_address = ReportFields.base_fields["person_address"]
    whereabouts = ReportFields.base_fields["whereabouts"]
    types = ReportFields.base_fields["types"]
    accused_kind = ReportFields.base_fields["accused_kind"]
    account = ReportFields.base_fields["account"]

    def __init__(self, *args, labels: Labels, centers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = centers
        self.fields["types"].choices = options(labels, CodeList.ABUSE_TYPE)
        self.fields["accused_kind"].choices = options(labels, CodeList.ABUSE_BY)

    columns = ReportFields.columns


class CityReasonForm(SoudanForm):
    """Why the city looks at who told of it."""

    reason = LineField(
        label="見る理由",
        limit=200,
        help_text="例: 事実確認のための聞き取り。理由は閲覧の記録に残ります。",
    )


class MembersForm(SoudanForm):
    """Who of the center's staff works on the report."""

    users = forms.ModelMultipleChoiceField(
        label="担当に加える人",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="選んだ相談員と相談支援機能強化員は、この通報を見られるようになります。",
    )

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = users
        self.fields["users"].label_from_instance = lambda user: user.name
