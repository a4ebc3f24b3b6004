"""Forms of 紹介・引き継ぎ・照会."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cases.enums import PassBasis, ShareBasis, ShareScope
from cases.forms.followups import DueDateField
from cases.models import Client
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, NoteField, TimeField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import Center, Organization, StaffMember
from centers.widgets import ToggleRadio

TO_CENTER, TO_AGENCY = "center", "agency"
NEW = "new"
_FEW_LINES, _MORE_LINES = 3, 6
SCOPES = [
    (ShareScope.IDENTITY.value, "基本情報"),
    (ShareScope.NOTES.value, "基本情報と経過"),
]


def center_choices(centers: Iterable[Center]) -> list[tuple[str, str]]:
    return [("", "選んでください"), *((str(center.pk), str(center)) for center in centers)]


def _note(label: str, *, rows: int = _FEW_LINES, **kwargs) -> NoteField:
    """A text that is most often some lines long."""
    return NoteField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ReferralForm(SoudanForm):
    """紹介: to whom, on which basis, what is told and asked."""

    target = forms.ChoiceField(
        label="紹介先",
        choices=[(TO_CENTER, "ほかのセンター"), (TO_AGENCY, "そのほかの機関")],
        widget=ToggleRadio(columns=2),
    )
    to_center = forms.ChoiceField(label="センター", required=False)
    to_name = LineField(
        label="機関の名称",
        limit=100,
        required=False,
        help_text="例: ○○病院 地域連携室。登録のある機関は同じ名称で",
    )
    basis = forms.ChoiceField(label="伝える根拠", choices=PassBasis.choices, widget=ToggleRadio(columns=2))
    law_reason = LineField(
        label="同意なしで伝える理由",
        limit=300,
        required=False,
        help_text="法令の根拠と事情。例: 生命・身体の保護のため、同意を得る時間がない",
    )
    summary = _note("これまでの経過と今の様子", rows=_MORE_LINES)
    request = _note("お願いしたいこと", rows=_MORE_LINES)
    reply_by = DueDateField(label="返事がほしい日", required=False, help_text="例: 12/1")
    offer = forms.ChoiceField(
        label="受け取った後に見せるもの",
        choices=[("", "見せない"), *SCOPES],
        required=False,
        widget=ToggleRadio(columns=3),
    )
    offer_until = DueDateField(
        label="いつまで見せるか", required=False, help_text="この日の終わりまで見られます。"
    )

    marked_optional = ("reply_by",)

    def __init__(self, *args, centers: Iterable[Center], **kwargs):
        """centers: those that may be chosen."""
        super().__init__(*args, **kwargs)
        self.centers = {str(center.pk): center for center in centers}
        self.fields["to_center"].choices = center_choices(self.centers.values())

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("target") == TO_CENTER and not given.get("to_center") and "to_center" not in self.errors:
            self.add_error("to_center", "センターが選ばれていません。1つ選んでください。")
        if given.get("target") == TO_AGENCY and not given.get("to_name") and "to_name" not in self.errors:
            self.add_error("to_name", "機関の名称が空です。入れてください。")
        if given.get("basis") == PassBasis.LAW and not given.get("law_reason"):
            self.add_error(
                "law_reason", "同意がないときは、理由がいります。法令の根拠と事情を入れてください。"
            )
        if given.get("offer") and given.get("target") == TO_AGENCY:
            self.add_error(
                "offer", "記録を見せられるのは、ほかのセンターだけです。「見せない」にしてください。"
            )
        if given.get("offer") and not given.get("offer_until") and "offer_until" not in self.errors:
            self.add_error("offer_until", "いつまで見せるかが空です。日付を入れてください。")
        return given

    def sheet(self) -> dict[str, Any]:
        """The columns of Referral; an agency that is registered under the name is tied to it."""
        given = self.cleaned_data
        to_center = given["target"] == TO_CENTER
        name = "" if to_center else given["to_name"]
        by_law = given["basis"] == PassBasis.LAW
        return {
            "to_center": self.centers[given["to_center"]] if to_center else None,
            "to_name": name,
            "organization": Organization.objects.open_on(self.on).filter(name=name).first() if name else None,
            "basis": given["basis"],
            "law_reason": given["law_reason"] if by_law else "",
            "summary": given["summary"],
            "request": given["request"],
            "reply_by": given["reply_by"],
            "offer": given["offer"],
            "offer_until": given["offer_until"] if given["offer"] else None,
        }


class HandoverForm(ChoosingForm):
    """引き継ぎ書. Its texts are those that the paper form asks for."""

    to_center = forms.ChoiceField(label="引き継ぎ先のセンター")
    reason = forms.ChoiceField(label="引き継ぎの理由")
    moves_on = DueDateField(label="引き継ぎ日", help_text="この日から、引き継ぎ先が受け取れます。例: 12/1")
    meeting_on = WarekiDateField(
        label="引き継ぎの面談の日", required=False, allow_short=False, help_text="例: R8.11.27"
    )
    meeting_at = TimeField(label="面談の時刻", required=False)
    attendees = LineField(label="面談の同席者", limit=200, required=False)
    explained_on = WarekiDateField(label="本人に説明した日", allow_future=False)
    explained_how = LineField(label="説明のしかた", limit=100, help_text="例: 訪問して、書面で")
    agreed = forms.ChoiceField(
        label="本人の同意", choices=[("yes", "同意あり"), ("no", "同意なし")], widget=ToggleRadio(columns=2)
    )
    law_reason = LineField(
        label="同意なしで引き継ぐ理由", limit=300, required=False, help_text="同意なしのときだけ"
    )
    overview = _note(
        "概要", rows=_MORE_LINES, help_text="1枚で分かるように: だれが、何に困り、どう支えてきたか"
    )
    issues = _note("今の課題", required=False)
    todos = _note("残っている予定(期限)", required=False)
    promises = _note("本人・家族との約束、次回の日程", required=False)
    agencies = _note("関係機関", required=False)
    cautions = _note("配慮・してはいけないこと・危険", required=False)
    expiries = _note(
        "期限のあるもの", required=False, help_text="受給者証、区分、手帳、医療、年金、モニタリング"
    )
    papers = _note("原本の一覧", required=False, help_text="紙・電子の別、冊数、渡し方")
    secrets = _note(
        "秘密性の高い記録の扱い", required=False, help_text="虐待・差別の記録など。だれに、どう渡すか"
    )

    def __init__(self, *args, centers: Iterable[Center], labels, **kwargs):
        """centers: those that may be chosen; labels: code_labels of the day."""
        super().__init__(*args, **kwargs)
        self.centers = {str(center.pk): center for center in centers}
        self.fields["to_center"].choices = center_choices(self.centers.values())
        reasons = screen_choices(labels[CodeList.HANDOVER_REASON])
        self.fields["reason"].choices = [("", "選んでください"), *reasons]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("agreed") == "no" and not given.get("law_reason"):
            self.add_error(
                "law_reason", "同意がないときは、理由がいります。法令の根拠と事情を入れてください。"
            )
        return given

    def sheet(self) -> dict[str, Any]:
        """The columns of CenterHandover."""
        agreed = self.cleaned_data["agreed"] == "yes"
        return self.cleaned_data | {
            "to_center": self.centers[self.cleaned_data["to_center"]],
            "agreed": agreed,
            "law_reason": "" if agreed else self.cleaned_data["law_reason"],
        }


class TakeForm(SoudanForm):
    """受け取る: as which client of the receiving center."""

    person = forms.ChoiceField(label="どの利用者として受け取るか", widget=forms.RadioSelect)

    def __init__(self, *args, candidates: Iterable[Client], **kwargs):
        """candidates: own clients that may be the same person."""
        super().__init__(*args, **kwargs)
        self.candidates = {str(client.pk): client for client in candidates}
        known = [(pk, f"{client.name}({client.number})と同じ人") for pk, client in self.candidates.items()]
        self.fields["person"].choices = [(NEW, "新しく登録する"), *known]
        self.initial.setdefault("person", NEW)

    @property
    def existing(self) -> Client | None:
        return self.candidates.get(self.cleaned_data["person"])


class TakeOverForm(TakeForm):
    """引き継ぎを受け取る: with who is in charge from now on."""

    responsible = forms.ModelChoiceField(
        label="これからの担当",
        queryset=StaffMember.objects.none(),
        required=False,
        empty_label="受け取った人",
    )

    def __init__(self, *args, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = staff


class NoteForm(SoudanForm):
    """A line that goes with an answer; may stay empty."""

    answer = LineField(label="先方からの返事", limit=300, required=False)


class ReasonForm(SoudanForm):
    reason = LineField(label="理由", limit=300)


class ResultForm(SoudanForm):
    result = LineField(label="その後の結果", limit=300, help_text="例: 12月から週2回の利用が始まった")


class InquiryForm(SoudanForm):
    """照会: why one asks. The person is one's own client."""

    purpose = LineField(
        label="知りたいこと・理由", limit=300, help_text="相手のセンターの管理者と機能強化員が読みます。"
    )


class InquiryAnswerForm(SoudanForm):
    """開く: what, until when, on which basis."""

    scope = forms.ChoiceField(label="見せる範囲", choices=SCOPES, widget=ToggleRadio(columns=2))
    until = DueDateField(label="いつまで", help_text="この日の終わりまで見られます。")
    basis = forms.ChoiceField(
        label="根拠",
        choices=[(value.value, value.label) for value in (ShareBasis.CONSENT, ShareBasis.LAW)],
        widget=ToggleRadio(columns=2),
    )
    note = LineField(label="根拠の説明", limit=300, help_text="例: 11/20 本人に電話で確かめ、同意を得た")
