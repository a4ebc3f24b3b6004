"""個別支援会議録: the form of a new one and of its correction."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from cases.enums import ConferencePlace, Part, SharingBasis, TookPart
from cases.forms.rows import ComingDateField, Rows
from cases.minutes import Attendee, Decision, Minutes
from cases.models import CaseConference, Client
from cases.rules import offered_parts, proposed_business_item
from cases.values import contact_day
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, NoteField, TimeField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import BusinessItem, Center, Organization, StaffMember
from centers.widgets import ToggleCheckbox, ToggleRadio

ORGANIZATIONS_LIST = "organization-names"
MOST_CLIENTS = 20
_SEPARATORS = re.compile(r"[\s、,，;；]+")


class _MinutesForm(SoudanForm):
    """What both forms share. `standing` are initial values, `attendees` and `decisions` the rows that stand."""

    kind = forms.ChoiceField(label="種別")
    held_on = WarekiDateField(label="開催日", allow_future=False, help_text="例: 今日、11/18")
    starts_at = TimeField(label="開始", required=False, help_text="例: 10:30")
    minutes = forms.IntegerField(label="分", required=False, min_value=0, max_value=1440)
    place_kind = forms.ChoiceField(
        label="形式", choices=ConferencePlace, initial=ConferencePlace.MEETING, widget=ToggleRadio(columns=3)
    )
    place = LineField(label="場所", limit=60, required=False, help_text="例: 区役所 会議室")
    host = LineField(label="主催", limit=100)
    took_part = forms.ChoiceField(label="本人・家族の参加", choices=TookPart, widget=ToggleRadio(columns=2))
    purpose = LineField(label="目的", limit=200, help_text="例: 退院後の住まいと支援の分担を決める")
    basis = forms.ChoiceField(label="情報を共有した根拠", choices=SharingBasis, widget=ToggleRadio(columns=3))
    shared = LineField(
        label="共有した情報の範囲",
        limit=200,
        required=False,
        help_text="例: 生活の様子、医療の情報(病名は除く)",
    )
    contents = forms.MultipleChoiceField(
        label="支援内容",
        widget=ToggleCheckbox(columns=3),
        help_text="月次実績に入ります(支援の方法は個別支援会議)。",
    )
    discussion = NoteField(label="協議したこと", widget=forms.Textarea(attrs={"rows": 8}))
    next_on = ComingDateField(label="次回", required=False)
    handed_out = LineField(label="会議録の配布先", limit=200, required=False)
    collected = forms.BooleanField(label="配った資料を回収した", required=False)

    marked_optional = ("starts_at", "minutes", "place", "next_on", "handed_out")

    def __init__(
        self,
        *args,
        labels,
        staff,
        organizations: Sequence[Organization],
        attendees: Sequence[Mapping] = (),
        decisions: Sequence[Mapping] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.kinds = labels[CodeList.CONFERENCE]
        self.fields["kind"].choices = [("", "選んでください"), *screen_choices(self.kinds)]
        self.fields["contents"].choices = screen_choices(labels[CodeList.CONTENT])
        self.organizations = {one.name: one for one in organizations}
        self.staff = staff
        self.attendees = Rows(self, "attendee", _attendee_fields, standing=attendees, spare=4)
        self.decisions = Rows(self, "decision", self._decision_fields, standing=decisions, spare=3)

    def _decision_fields(self) -> dict[str, forms.Field]:
        return {
            "what": LineField(label="すること", limit=160, required=False),
            "staff": forms.ModelChoiceField(
                label="センターの担当",
                queryset=StaffMember.objects.filter(pk__in=self.staff),
                required=False,
                empty_label="—",
            ),
            "who": LineField(label="ほかのだれが", limit=60, required=False),
            "due_on": ComingDateField(label="いつまでに", required=False),
            "key": forms.UUIDField(required=False, widget=forms.HiddenInput),
        }

    def clean_contents(self) -> list[str]:
        return sorted(set(self.cleaned_data["contents"]))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        told = given.get("basis") in (SharingBasis.CONSENT, SharingBasis.LAW)
        if told and not given.get("shared") and "shared" not in self.errors:
            self.add_error("shared", "共有した情報の範囲が空です。何を伝えたかを入れてください。")
        for row in self.decisions.given():
            if not row["what"]:
                self.decisions.refuse(
                    row["at"], "what", "決めたことが空です。入れるか、この行を空にしてください。"
                )
        return given

    def minutes_of(self, known: set | None = None) -> Minutes:
        """What was typed. `known`: ids of the decisions that stand, others are taken for new ones."""
        given = self.cleaned_data
        return Minutes(
            fields={name: given[name] for name in CaseConference.VERSIONED},
            kind_label=self.kinds[given["kind"]].label,
            attendees=[self._attendee(row) for row in self.attendees.given()],
            decisions=[
                Decision(
                    what=row["what"],
                    staff=row["staff"],
                    who=row["who"],
                    due_on=row["due_on"],
                    key=row["key"] if row["key"] in (known or set()) else None,
                )
                for row in self.decisions.given()
            ],
        )

    def _attendee(self, row: Mapping[str, Any]) -> Attendee:
        """A name that is a known 関係機関's becomes a link to it."""
        known = self.organizations.get(row["place"])
        return Attendee(
            organization=known,
            organization_name="" if known else row["place"],
            post=row["post"],
            name=row["name"],
        )


def _attendee_fields() -> dict[str, forms.Field]:
    return {
        "place": LineField(
            label="機関・関係",
            limit=100,
            required=False,
            widget=forms.TextInput(attrs={"list": ORGANIZATIONS_LIST}),
        ),
        "post": LineField(label="職", limit=60, required=False),
        "name": LineField(label="氏名", limit=60, required=False),
    }


class ConferenceForm(_MinutesForm):
    """A new 会議録. `clients` are those whom the user may name beside the person of the page."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    others = LineField(
        label="ほかの利用者",
        limit=300,
        required=False,
        help_text="同じ会議で話し合った人の利用者番号。何人でも、「、」で区切ります。",
    )
    part = forms.ChoiceField(label="業務の区分", initial=Part.CONSULT, widget=ToggleRadio(columns=4))
    issue = LineField(
        label="地域課題として提起する",
        limit=100,
        required=False,
        help_text="この人だけでは解決できないこと。会議で使う見出しを、名前を入れずに書きます。",
    )
    issue_text = NoteField(label="地域課題の説明", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args, center: Center, client: Client, clients, items: Sequence[BusinessItem], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.center, self.client, self.clients, self.items = center, client, clients, items
        parts = [part for part in offered_parts(items) if part != Part.PLAN]
        self.fields["part"].choices = [(part.value, part.label) for part in parts]

    def clean_held_on(self):
        try:
            return contact_day(
                self.cleaned_data["held_on"], opened_on=self.center.opened_on, items=self.items
            )
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_others(self) -> list[Client]:
        """The clients of the numbers, in their order, without the person of the page."""
        numbers = [one.upper() for one in _SEPARATORS.split(self.cleaned_data["others"]) if one]
        found = {
            client.number.upper(): client for client in self.clients.filter(number__in=numbers[:MOST_CLIENTS])
        }
        if len(numbers) >= MOST_CLIENTS:
            raise forms.ValidationError(f"1つの会議録は{MOST_CLIENTS}人までです。分けて記録してください。")
        if missing := [number for number in numbers if number not in found]:
            raise forms.ValidationError(
                f"「{'、'.join(missing)}」の利用者が見つかりません。番号を確かめてください。"
            )
        return [client for client in found.values() if client.pk != self.client.pk]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("issue_text") and not given.get("issue") and "issue" not in self.errors:
            self.add_error("issue", "地域課題の見出しが空です。入れるか、説明を空にしてください。")
        for name in ("issue", "issue_text"):
            if named := self._names_in(given.get(name, "")):
                self.add_error(
                    name, f"「{named}」のお名前が入っています。だれのことかわからない書き方にしてください。"
                )
        return given

    def _names_in(self, text: str) -> str:
        """A name of one of the conference's people that stands in a text meant for everybody."""
        people = [self.client, *(self.cleaned_data.get("others") or [])]
        names = [name for one in people for name in (one.family_name, one.given_name, one.number) if name]
        return next((name for name in names if len(name) > 1 and name in text), "")

    @property
    def people(self) -> list[Client]:
        return [self.client, *self.cleaned_data["others"]]

    @property
    def item(self) -> BusinessItem | None:
        return proposed_business_item(
            Part(self.cleaned_data["part"]), subject="client", items=list(self.items)
        )

    @property
    def issue_given(self) -> tuple[str, str] | None:
        given = self.cleaned_data
        return (given["issue"], given["issue_text"]) if given["issue"] else None


class ConferenceCorrectionForm(_MinutesForm):
    """訂正 of a 会議録. Its people stay; a day under another 業務項目表 is refused, as for a record."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = LineField(label="訂正の理由", limit=200, help_text="例: 出席者の書きもれ、日付の間違い")

    def __init__(self, *args, conference: CaseConference, same_catalogue, **kwargs):
        """same_catalogue(day): whether the records of the conference may move to the day."""
        self.conference, self.same_catalogue = conference, same_catalogue
        initial = {name: getattr(conference, name) for name in CaseConference.VERSIONED}
        super().__init__(*args, initial=initial | {"version": conference.version}, **kwargs)

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day != self.conference.held_on and not self.same_catalogue(day):
            raise forms.ValidationError(
                "この日は契約期が違い、業務項目が合いません。取り消して、記録し直してください。"
            )
        return day


class ConferenceVoidForm(SoudanForm):
    """取り消し of a 会議録: why, and of which text."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = LineField(label="取り消す理由", limit=200, help_text="例: 別の人の会議だった")
