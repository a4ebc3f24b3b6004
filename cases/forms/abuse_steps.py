"""One step of the procedure as a form: what it asks hangs on its kind."""

from dataclasses import dataclass

from django import forms

from cases.enums import AbuseStepKind
from cases.forms.abuse import Labels, MomentForm, notes, options
from cases.models import AbuseStep
from centers.enums import CodeList
from centers.fields import LineField, NoteField
from centers.forms import SoudanForm


@dataclass(frozen=True)
class Shape:
    """`detail` is the code list that the step chooses from, `partner` the label of the other side; "" asks for none."""

    text: str
    text_needed: bool = True
    partner: str = ""
    partner_needed: bool = False
    detail: CodeList | None = None
    detail_label: str = ""
    who: str = "だれが"


SHAPES: dict[AbuseStepKind, Shape] = {
    AbuseStepKind.RECEIVED: Shape("補足", text_needed=False, who="受け付けた人"),
    AbuseStepKind.TAKEN: Shape("補足", text_needed=False, who="引き受けた人"),
    AbuseStepKind.NOTIFIED: Shape(
        "伝えた内容",
        text_needed=False,
        partner="相手(市の部署・担当者)",
        partner_needed=True,
        detail=CodeList.METHOD,
        detail_label="連絡の方法",
        who="連絡した人",
    ),
    AbuseStepKind.RESPONSE: Shape("決めたこと", who="決めた人"),
    AbuseStepKind.SAFETY: Shape(
        "結果(本人の様子)",
        partner="立ち会った人",
        detail=CodeList.ABUSE_SAFETY_WAY,
        detail_label="確認の方法",
        who="確認した人",
    ),
    AbuseStepKind.VISIT: Shape("訪問の内容", partner="会った人", who="訪問した人"),
    AbuseStepKind.MEETING: Shape(
        "話し合ったこと・決めたこと",
        partner="出席した機関・人",
        detail=CodeList.ABUSE_MEETING,
        detail_label="会議の種類",
        who="記録した人",
    ),
    AbuseStepKind.SUPPORT: Shape("支援の内容", partner="相手", who="支援した人"),
    AbuseStepKind.JUDGEMENT: Shape(
        "市の説明・根拠",
        text_needed=False,
        partner="市の担当者(聞いた相手)",
        partner_needed=True,
        detail=CodeList.ABUSE_JUDGEMENT,
        detail_label="市の判断",
        who="書き写した人",
    ),
    AbuseStepKind.FEEDBACK: Shape("伝えたこと・伝えられたこと", partner="相手", who="伝えた人"),
    AbuseStepKind.MONITORING: Shape("確かめたこと", partner="相手", who="確かめた人"),
    AbuseStepKind.CLOSED: Shape("終結の理由", who="決めた人"),
}
_CITY_JUDGEMENT = Shape(
    "説明・根拠",
    text_needed=False,
    detail=CodeList.ABUSE_JUDGEMENT,
    detail_label="市の判断",
    who="判断した部署・人",
)
FOR_CENTER = tuple(
    kind for kind in AbuseStepKind if kind not in {AbuseStepKind.RECEIVED, AbuseStepKind.TAKEN}
)
FOR_CITY = (AbuseStepKind.JUDGEMENT, AbuseStepKind.FEEDBACK, AbuseStepKind.SAFETY, AbuseStepKind.MEETING)


def shape_of(kind: AbuseStepKind, *, by_city: bool) -> Shape:
    return _CITY_JUDGEMENT if by_city and kind == AbuseStepKind.JUDGEMENT else SHAPES[kind]


_LABELS = {"who": "who", "detail": "detail_label", "partner": "partner", "text": "text"}
_NEEDED = {"partner": "partner_needed", "text": "text_needed"}


class StepForm(MomentForm):
    who = LineField(label="だれが", limit=100)
    detail = forms.ChoiceField(label="方法")
    partner = LineField(label="相手", limit=100)
    text = NoteField(label="内容", widget=notes(4))

    field_order = ("day", "time", "who", "detail", "partner", "text")

    def __init__(self, *args, shape: Shape, labels: Labels, standing: str = "", **kwargs):
        """standing: the code that stands in the step that is corrected."""
        self.shape = shape
        super().__init__(*args, **kwargs)
        if shape.detail:
            choices = options(labels, shape.detail, [standing])
            self.fields["detail"].choices = [("", "選んでください"), *choices]
        else:
            del self.fields["detail"]
        if not shape.partner:
            del self.fields["partner"]

    def prepare_field(self, name: str, field: forms.Field) -> None:
        """The words of the kind of step, before the messages are made of them."""
        field.label = getattr(self.shape, _LABELS.get(name, ""), None) or field.label
        if name in _NEEDED:
            field.required = getattr(self.shape, _NEEDED[name])
        super().prepare_field(name, field)

    def step(self) -> dict:
        """Columns of AbuseStep."""
        names = ("at", "who", "detail", "partner", "text")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class StepCorrectionForm(StepForm):
    """A step written anew, with the reason."""

    reason = LineField(label="訂正の理由", limit=200, help_text="例: 聞き違い、時刻の間違い、書き足し")


class StepVoidForm(SoudanForm):
    """A step taken back."""

    reason = LineField(label="取り消す理由", limit=200, help_text="例: 別の通報の対応だった")


def step_values(step: AbuseStep, at) -> dict:
    return {
        "day": at.date(),
        "time": at.time(),
        "who": step.who,
        "detail": step.detail,
        "partner": step.partner,
        "text": step.text,
    }
