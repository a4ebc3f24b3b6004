import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from cases.actions.basics import BasicData, DatedDisability
from cases.enums import DatePrecision, HandbookKind, Sex
from cases.forms.choosing import ChoosingForm
from cases.models import Client, ClientDisability, Consent
from cases.values import RECIPIENT_DIGITS, SUPPORT_LEVELS, postal_code, recipient_number
from centers.enums import CodeList
from centers.fields import BirthDateField, KanaField, LineField, WarekiDateField
from centers.models import Ward
from centers.widgets import ToggleRadio

PHONES_SHOWN = 3
SCOPE_LIMIT = 30
LEVELS = [("", "—"), *((level, level) for level in SUPPORT_LEVELS)]
_BETWEEN_SCOPES = re.compile(r"[、・,;;]")


class ClientForm(ChoosingForm):
    """基本情報: everything about one client on one page; the reading of the family name is enough."""

    family_name = LineField(label="姓", limit=60, required=False)
    given_name = LineField(label="名", limit=60, required=False)
    family_kana = KanaField(label="セイ", limit=60, help_text="ひらがな・半角で入れてもカタカナに直します。")
    given_kana = KanaField(label="メイ", limit=60, required=False)
    birth = BirthDateField(
        label="生年月日", required=False, help_text="例: S60.5.10。日がわからなければ S60.5 や 昭和60年"
    )
    sex = forms.ChoiceField(label="性別", choices=Sex.choices, widget=ToggleRadio(columns=4))
    postal_code = LineField(label="郵便番号", limit=10, required=False, help_text="例: 860-0801")
    ward_id = forms.ChoiceField(label="区", required=False)
    town = LineField(label="町名", limit=60, required=False)
    address = LineField(label="番地・建物", limit=200, required=False)
    school_district = LineField(label="校区", limit=30, required=False)
    support_level = forms.ChoiceField(label="障害支援区分", required=False, choices=LEVELS)
    support_level_until = WarekiDateField(label="支援区分の期限", required=False, allow_short=False)
    recipient_number = LineField(
        label="受給者証番号", limit=20, required=False, help_text="10桁の数字です。頭の0も入れてください。"
    )
    contact_note = LineField(
        label="連絡・配慮の注意", limit=200, required=False, help_text="例: 大きな音が苦手。電話は母を先に"
    )
    consent_on = WarekiDateField(label="同意した日", required=False, allow_future=False)
    consent_scopes = LineField(
        label="情報共有の範囲", limit=200, required=False, help_text="「、」で区切ります。例: 事業所、医療"
    )
    consent_withdrawn_on = WarekiDateField(label="撤回した日", required=False, allow_future=False)

    def __init__(
        self,
        data=None,
        *,
        client: Client,
        disabilities: Iterable[ClientDisability],
        consent,
        labels,
        **kwargs,
    ):
        """disabilities: those that have not ended; consent: the standing one; labels: code_labels of the day."""
        phones = list(client.phones.all())
        self.phone_rows = range(1, max(PHONES_SHOWN, len(phones) + 1) + 1)
        standing = {row.code: row for row in disabilities}
        kinds = labels[CodeList.DISABILITY]
        self.kinds = {
            code: kinds[code].short_label if code in kinds else code for code in {**kinds, **standing}
        }
        initial = _columns(client) | _phones(phones, self.phone_rows) | _consent(consent)
        initial |= _disabilities(standing, self.kinds) | _handbooks(client)
        self.base_fields = type(self).base_fields | self._extra_fields()
        super().__init__(data, initial=initial, version=client.version, **kwargs)
        self.fields["ward_id"].choices = [("", "—"), *Ward.objects.values_list("code", "name")]
        if client.support_level not in dict(LEVELS):
            self.fields["support_level"].choices = [*LEVELS, (client.support_level, client.support_level)]

    def _extra_fields(self) -> dict[str, forms.Field]:
        """Fields that are as many as there are phones, kinds and handbooks."""
        fields: dict[str, forms.Field] = {}
        for row in self.phone_rows:
            fields[f"phone_{row}"] = LineField(label=f"電話{row}", limit=20, required=False)
            fields[f"whose_{row}"] = LineField(label=f"電話{row}はだれの", limit=30, required=False)
        for code, label in self.kinds.items():
            fields[f"has_{code}"] = forms.BooleanField(label=label, required=False)
            fields[f"from_{code}"] = WarekiDateField(label=f"{label}: いつから", required=False)
            fields[f"until_{code}"] = WarekiDateField(label=f"{label}: いつまで", required=False)
        for kind, label in HandbookKind.choices:
            fields[f"grade_{kind}"] = LineField(label=f"{label}の等級", limit=10, required=False)
            fields[f"next_{kind}"] = WarekiDateField(
                label=f"{label}の次回判定・期限", required=False, allow_short=False
            )
        return fields

    # ---- for the page ----

    @property
    def phone_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"phone_{row}"], self[f"whose_{row}"]) for row in self.phone_rows]

    @property
    def disability_fields(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [(self[f"has_{code}"], self[f"from_{code}"], self[f"until_{code}"]) for code in self.kinds]

    @property
    def handbook_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"grade_{kind}"], self[f"next_{kind}"]) for kind in HandbookKind.values]

    # ---- checks ----

    def clean_postal_code(self) -> str:
        return self._checked("postal_code", postal_code)

    def clean_recipient_number(self) -> str:
        return self._checked("recipient_number", recipient_number)

    def _checked(self, name: str, rule: Callable[[str], str]) -> str:
        try:
            return rule(self.cleaned_data[name])
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for code in self.kinds:
            self._in_order(f"from_{code}", f"until_{code}")
            if (given.get(f"from_{code}") or given.get(f"until_{code}")) and not given.get(f"has_{code}"):
                self.add_error(f"has_{code}", "日付だけが入っています。印を付けるか、日付を消してください。")
        for row in self.phone_rows:
            if (
                given.get(f"whose_{row}")
                and not given.get(f"phone_{row}")
                and f"phone_{row}" not in self.errors
            ):
                self.add_error(
                    f"phone_{row}", "番号が空です。電話番号を入れるか、「だれの」を消してください。"
                )
        for kind in HandbookKind.values:
            if given.get(f"next_{kind}") and not given.get(f"grade_{kind}"):
                self.add_error(f"grade_{kind}", "等級が空です。等級を入れるか、期限を消してください。")
        on_consent = given.get("consent_scopes") or given.get("consent_withdrawn_on")
        if on_consent and not given.get("consent_on") and "consent_on" not in self.errors:
            self.add_error("consent_on", "同意した日が空です。同意した日を入れてください。")
        if long := next((scope for scope in _scopes(given) if len(scope) > SCOPE_LIMIT), ""):
            self.add_error(
                "consent_scopes",
                f"1つの範囲は{SCOPE_LIMIT}字までです。いまは{len(long)}字のものがあります。「、」で区切るか、短くしてください。",
            )
        self._in_order("consent_on", "consent_withdrawn_on")
        return given

    def _in_order(self, start: str, end: str) -> None:
        first, last = self.cleaned_data.get(start), self.cleaned_data.get(end)
        if first and last and last < first:
            self.add_error(end, "終わりの日が始まりの日より前です。日付を確かめてください。")

    @property
    def warning(self) -> str:
        """What is saved all the same, but should be looked at."""
        number = self.cleaned_data["recipient_number"]
        if number and len(number) < RECIPIENT_DIGITS:
            return f"受給者証番号が{len(number)}桁です。10桁か、頭の0が抜けていないか確かめてください。"
        return ""

    # ---- what is to be saved ----

    def basic_data(self) -> BasicData:
        given = self.cleaned_data
        birth = given["birth"]
        columns = {name: given[name] for name in _TEXT_COLUMNS} | {
            "birth_date": birth and birth.day,
            "birth_precision": birth.precision if birth else DatePrecision.DAY,
            "ward_id": given["ward_id"] or None,
            "support_level_until": given["support_level_until"],
        }
        return BasicData(
            columns=columns,
            phones=[
                (given[f"phone_{row}"], given[f"whose_{row}"])
                for row in self.phone_rows
                if given[f"phone_{row}"]
            ],
            disabilities=[
                DatedDisability(code=code, starts_on=given[f"from_{code}"], ends_on=given[f"until_{code}"])
                for code in self.kinds
                if given[f"has_{code}"]
            ],
            handbooks={
                kind: (given[f"grade_{kind}"], given[f"next_{kind}"])
                for kind in HandbookKind.values
                if given[f"grade_{kind}"]
            },
            consent=self._consent(),
        )

    def _consent(self) -> tuple[date, list[str], date | None] | None:
        given = self.cleaned_data
        if not given["consent_on"]:
            return None
        return given["consent_on"], _scopes(given), given["consent_withdrawn_on"]


def _scopes(given: Mapping[str, Any]) -> list[str]:
    return [
        scope.strip() for scope in _BETWEEN_SCOPES.split(given.get("consent_scopes", "")) if scope.strip()
    ]


# ---- what stands ----

_TEXT_COLUMNS = (
    "family_name",
    "given_name",
    "family_kana",
    "given_kana",
    "sex",
    "postal_code",
    "town",
    "address",
    "school_district",
    "recipient_number",
    "support_level",
    "contact_note",
)


def _columns(client: Client) -> dict[str, Any]:
    values = {name: getattr(client, name) for name in _TEXT_COLUMNS}
    return values | {
        "birth": client.birth,
        "ward_id": client.ward_id or "",
        "support_level_until": client.support_level_until,
    }


def _phones(phones, rows: Iterable[int]) -> dict[str, str]:
    values = {}
    for row in rows:
        phone = phones[row - 1] if row <= len(phones) else None
        values[f"phone_{row}"] = phone.number if phone else ""
        values[f"whose_{row}"] = phone.whose if phone else ""
    return values


def _disabilities(standing: Mapping[str, ClientDisability], codes: Iterable[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for code in codes:
        row = standing.get(code)
        values[f"has_{code}"] = bool(row)
        values[f"from_{code}"] = row.starts_on if row else None
        values[f"until_{code}"] = row.ends_on if row else None
    return values


def _handbooks(client: Client) -> dict[str, Any]:
    books = {book.kind: book for book in client.handbooks.all()}
    values: dict[str, Any] = {}
    for kind in HandbookKind.values:
        values[f"grade_{kind}"] = books[kind].grade if kind in books else ""
        values[f"next_{kind}"] = books[kind].next_on if kind in books else None
    return values


def _consent(consent: Consent | None) -> dict[str, Any]:
    return {
        "consent_on": consent and consent.given_on,
        "consent_scopes": "、".join(consent.scopes) if consent else "",
        "consent_withdrawn_on": None,
    }
