"""後方支援 as it is typed: a new one, and its 訂正."""

from collections.abc import Mapping, Sequence
from datetime import date as day_type
from typing import Any

from django import forms

from cases.actions.support import Help, SupportStep
from cases.enums import FollowUpKind
from cases.forms.followups import DueDateField
from cases.forms.records import day_in_catalogue
from cases.models import Client, ProviderSupport
from cases.values import contact_day
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.fields import LineField, NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import BusinessItem, Center, Organization, OrganizationPerson
from centers.organization_fields import Named, OrganizationChoice
from centers.text import name_key
from centers.widgets import ToggleCheckbox, ToggleRadio

METHOD_KEYS = "12345678"
CONTENT_KEYS = "QWERASDF"
PEOPLE_LIST = "support-people"


class _SupportFields(SoudanForm):
    """The fields that a new one and a 訂正 share."""

    provider = OrganizationChoice(
        label="事業所",
        kind=Organization.PROVIDER,
        help_text="指定相談支援事業所の名前・フリガナの一部",
    )
    person_name = LineField(label="相談支援専門員", limit=60, required=False)
    method = forms.ChoiceField(label="方法", widget=ToggleRadio(keys=METHOD_KEYS, columns=4))
    contents = forms.MultipleChoiceField(label="内容", widget=ToggleCheckbox(keys=CONTENT_KEYS, columns=2))
    date = WarekiDateField(label="日付", allow_future=False)
    minutes = forms.IntegerField(
        label="分", required=False, min_value=0, max_value=1440, widget=forms.TextInput
    )
    business_item = forms.ChoiceField(label="業務項目", widget=ToggleRadio(columns=2))
    facts = NoteField(
        label="要点", help_text="何を聞かれ、何を伝えたか", widget=forms.Textarea(attrs={"rows": 5})
    )
    result = NoteField(label="結果", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def offer(self, labels, items: Sequence[BusinessItem], standing: ProviderSupport | None = None) -> None:
        """Put the codes of the day on offer; what stands stays choosable."""
        for name, code_list in ProviderSupport.CODE_LISTS.items():
            held = getattr(standing, name, None) or []
            known = screen_choices(labels[code_list])
            held = [held] if isinstance(held, str) else held
            self.fields[name].choices = known + [
                (code, code) for code in held if code not in labels[code_list]
            ]
        self.fields["business_item"].choices = [
            (item.code, f"{item.mark} {item.short_label}") for item in items
        ]
        self.fields["person_name"].widget.attrs["list"] = PEOPLE_LIST

    def person(self) -> OrganizationPerson | None:
        """Who of the provider's people bears the typed name on that day."""
        named: Named = self.cleaned_data["provider"]
        if not (named.organization and self.cleaned_data["person_name"]):
            return None
        wanted = name_key(self.cleaned_data["person_name"])
        there = named.organization.people.there_on(self.cleaned_data["date"])
        return next((one for one in there if name_key(one.name) == wanted), None)

    def clean_contents(self) -> list[str]:
        return sorted(set(self.cleaned_data["contents"]))


class SupportForm(_SupportFields):
    """A new 後方支援. `clients` are the people that may be named, by their number."""

    number = LineField(
        label="利用者番号",
        limit=20,
        required=False,
        help_text="利用者のことで助言したときだけ。例: C2-00418",
    )
    next_date = DueDateField(label="次の予定日", required=False)
    next_kind = forms.ChoiceField(
        label="次の方法", choices=FollowUpKind, initial=FollowUpKind.CALL, required=False
    )
    next_what = LineField(label="すること", limit=200, required=False)

    marked_optional = ("minutes", "person_name", "result", "number")

    def __init__(
        self, data=None, *, center: Center, labels, items: Sequence[BusinessItem], clients, **kwargs
    ):
        """labels and items: those of the typed day; items empty on a day without any."""
        self.center, self.items, self.clients = center, items, clients
        super().__init__(data, **kwargs)
        self.offer(labels, items)
        if items:
            self.fields["business_item"].initial = items[-1].code

    def clean_number(self) -> Client | None:
        number = self.cleaned_data["number"]
        if not number:
            return None
        client = self.clients.filter(number=number.upper()).first()
        if client is None:
            raise forms.ValidationError(
                "この番号の利用者は見つかりません。利用者ページの番号を確かめてください。"
            )
        return client

    def clean_date(self) -> day_type:
        try:
            return contact_day(self.cleaned_data["date"], opened_on=self.center.opened_on, items=self.items)
        except ValueError as told:
            raise forms.ValidationError(str(told)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("next_what") and not given.get("next_date") and "next_date" not in self.errors:
            self.add_error("next_date", "次の予定日が空です。日を入れるか、「すること」を消してください。")
        return given

    def given(self) -> Help:
        data = self.cleaned_data
        named: Named = data["provider"]
        return Help(
            date=data["date"],
            minutes=data["minutes"],
            provider=named.organization,
            provider_name=named.name,
            person=self.person(),
            person_name=data["person_name"],
            method=data["method"],
            contents=data["contents"],
            business_item=next(item for item in self.items if item.code == data["business_item"]),
            facts=data["facts"],
            result=data["result"],
        )

    def step(self) -> SupportStep | None:
        """Without words of its own it names the provider."""
        data = self.cleaned_data
        if not data["next_date"]:
            return None
        what = data["next_what"] or f"{data['provider'].name}への後方支援"
        return SupportStep(due_on=data["next_date"], kind=data["next_kind"] or FollowUpKind.CALL, what=what)


class SupportCorrectionForm(_SupportFields, ChoosingForm):
    """訂正 of a 後方支援: the versioned fields, and why."""

    reason = LineField(label="訂正の理由", limit=200, help_text="例: 聞き違い、日付の間違い、書き足し")

    def __init__(
        self, data=None, *, support: ProviderSupport, labels, items: Sequence[BusinessItem], **kwargs
    ):
        self.support = support
        super().__init__(data, initial=_standing(support), version=support.version, **kwargs)
        self.offer(labels, items, support)

    def clean_date(self) -> day_type:
        return day_in_catalogue(self.support, self.cleaned_data["date"])

    def columns(self) -> Mapping[str, Any]:
        """The changes as columns of ProviderSupport."""
        changes = self.changes()
        if not changes:
            return {}
        if named := changes.pop("provider", None):
            changes |= {"provider": named.organization, "provider_name": named.name}
        return changes | {"person": self.person()}


def _standing(support: ProviderSupport) -> dict[str, Any]:
    names = ("person_name", "method", "contents", "date", "minutes", "facts", "result")
    values = {name: getattr(support, name) for name in names}
    return values | {
        "contents": sorted(support.contents),
        "provider": Named(support.provider, support.provider_name),
        "business_item": support.business_item.code,
    }
