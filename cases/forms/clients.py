from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from cases.actions.basics import BasicData, DatedDisability
from cases.enums import DatePrecision, Sex
from cases.models import Client, ClientDisability
from cases.values import postal_code
from centers.choosing import ChoosingForm
from centers.enums import CodeList
from centers.fields import BirthDateField, KanaField, LineField, WarekiDateField
from centers.models import Ward
from centers.widgets import ToggleRadio

PHONES_SHOWN = 3


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
    contact_note = LineField(
        label="連絡・配慮の注意", limit=200, required=False, help_text="例: 大きな音が苦手。電話は母を先に"
    )

    def __init__(
        self,
        data=None,
        *,
        client: Client,
        disabilities: Iterable[ClientDisability],
        labels,
        **kwargs,
    ):
        """disabilities: those that have not ended; labels: code_labels of the day."""
        phones = list(client.phones.all())
        self.phone_rows = range(1, max(PHONES_SHOWN, len(phones) + 1) + 1)
        standing = {row.code: row for row in disabilities}
        kinds = labels[CodeList.DISABILITY]
        self.kinds = {
            code: kinds[code].short_label if code in kinds else code for code in {**kinds, **standing}
        }
        initial = _columns(client) | _phones(phones, self.phone_rows)
        initial |= _disabilities(standing, self.kinds)
        self.base_fields = type(self).base_fields | self._extra_fields()
        super().__init__(data, initial=initial, version=client.version, **kwargs)
        self.fields["ward_id"].choices = [("", "—"), *Ward.objects.values_list("code", "name")]

    def _extra_fields(self) -> dict[str, forms.Field]:
        """Fields that are as many as there are phones and kinds."""
        fields: dict[str, forms.Field] = {}
        for row in self.phone_rows:
            fields[f"phone_{row}"] = LineField(label=f"電話{row}", limit=20, required=False)
            fields[f"whose_{row}"] = LineField(label=f"電話{row}はだれの", limit=30, required=False)
        for code, label in self.kinds.items():
            fields[f"has_{code}"] = forms.BooleanField(label=label, required=False)
            fields[f"from_{code}"] = WarekiDateField(label=f"{label}: いつから", required=False)
            fields[f"until_{code}"] = WarekiDateField(label=f"{label}: いつまで", required=False)
        return fields

    # ---- for the page ----

    @property
    def phone_fields(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"phone_{row}"], self[f"whose_{row}"]) for row in self.phone_rows]

    @property
    def disability_fields(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [(self[f"has_{code}"], self[f"from_{code}"], self[f"until_{code}"]) for code in self.kinds]

    # ---- checks ----

    def clean_postal_code(self) -> str:
        try:
            return postal_code(self.cleaned_data["postal_code"])
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
        return given

    def _in_order(self, start: str, end: str) -> None:
        first, last = self.cleaned_data.get(start), self.cleaned_data.get(end)
        if first and last and last < first:
            self.add_error(end, "終わりの日が始まりの日より前です。日付を確かめてください。")

    # ---- what is to be saved ----

    def basic_data(self) -> BasicData:
        given = self.cleaned_data
        birth = given["birth"]
        columns = {name: given[name] for name in _TEXT_COLUMNS} | {
            "birth_date": birth and birth.day,
            "birth_precision": birth.precision if birth else DatePrecision.DAY,
            "ward_id": given["ward_id"] or None,
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
        )


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
    "contact_note",
)


def _columns(client: Client) -> dict[str, Any]:
    values = {name: getattr(client, name) for name in _TEXT_COLUMNS}
    return values | {
        "birth": client.birth,
        "ward_id": client.ward_id or "",
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
