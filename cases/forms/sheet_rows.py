"""The forms of the rows beside the フェイスシート, and of a move."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms

from cases.enums import DatePrecision
from cases.models import GrantedService, RelatedPerson, Supporter
from cases.models.person import SheetRow
from cases.values import postal_code
from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import LineField, PartialDateField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import Ward
from centers.organization_fields import Named, OrganizationChoice
from centers.periods import Birth

EMPTY = ("", "—")
MOST_ORDER = 20


class RowForm(ChoosingForm):
    """One row. `key` is the id that a new row gets, so that a form posted twice makes one row."""

    model: type[SheetRow]
    columns: tuple[str, ...] = ()

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    began = PartialDateField(label="いつから", required=False, help_text="わかるところまで。例: R6.4.1、R6.4")
    ends_on = WarekiDateField(label="いつまで", required=False, allow_short=False)
    note = LineField(label="メモ", limit=300, required=False)

    def __init__(self, data=None, *, row: SheetRow | None, labels, **kwargs):
        """row: what stands, None for a new one; labels: code_labels of the day."""
        self.row = row
        super().__init__(
            data, initial=self._standing_values(row), version=row.version if row else 1, **kwargs
        )
        if row:
            del self.fields["key"]
        self.set_choices(labels)

    def set_choices(self, labels) -> None:
        """Fill the choices that come from the database."""

    def _standing_values(self, row: SheetRow | None) -> dict[str, Any]:
        if row is None:
            return {}
        values = {name: getattr(row, name) for name in (*self.columns, "ends_on", "note")}
        began = Birth(row.starts_on, row.starts_precision) if row.starts_on else None  # type: ignore[arg-type]
        return values | {"began": began}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        began, ended = given.get("began"), given.get("ends_on")
        if began and ended and ended < began.day:
            self.add_error("ends_on", "終わりの日が始まりの日より前です。日付を確かめてください。")
        return given

    def values(self) -> dict[str, Any]:
        """Columns of the row."""
        given = self.cleaned_data
        began = given["began"]
        return {name: given[name] for name in (*self.columns, "ends_on", "note")} | {
            "starts_on": began and began.day,
            "starts_precision": began.precision if began else DatePrecision.DAY,
        }


class ServiceForm(RowForm):
    model = GrantedService
    columns = ("service", "amount")

    service = LineField(label="サービス", limit=60, help_text="例: 就労継続支援B型")
    amount = LineField(label="支給量", limit=60, required=False, help_text="例: 月23日")
    field_order = ("service", "amount", "began", "ends_on", "note")


class RelatedPersonForm(RowForm):
    model = RelatedPerson
    columns = (
        "name",
        "relation",
        "guardian",
        "living_together",
        "contact",
        "key_person",
        "emergency_order",
        "care",
    )

    name = LineField(label="氏名", limit=60)
    relation = forms.ChoiceField(label="続柄", required=False)
    guardian = forms.ChoiceField(label="後見人等", required=False, help_text="後見人等のときだけ")
    living_together = forms.BooleanField(label="同居している", required=False)
    key_person = forms.BooleanField(label="キーパーソン", required=False)
    contact = LineField(label="連絡先", limit=100, required=False)
    emergency_order = forms.IntegerField(
        label="緊急連絡の順",
        required=False,
        min_value=1,
        max_value=MOST_ORDER,
        help_text="1が最初。緊急に連絡しない人は空のまま",
    )
    care = LineField(
        label="介護力・健康・就労", limit=200, required=False, help_text="例: 日中は仕事。腰痛あり"
    )
    field_order = (
        "name",
        "relation",
        "contact",
        "emergency_order",
        "living_together",
        "key_person",
        "guardian",
        "care",
        "began",
        "ends_on",
        "note",
    )

    def set_choices(self, labels) -> None:
        for name, codes in (("relation", CodeList.RELATION), ("guardian", CodeList.GUARDIAN)):
            known = screen_choices(labels[codes])
            standing = getattr(self.row, name) if self.row else ""
            extra = [(standing, standing)] if standing and standing not in dict(known) else []
            self.fields[name].choices = [EMPTY, *known, *extra]


class SupporterForm(RowForm):
    model = Supporter
    columns = ("person", "phone", "role")

    place = OrganizationChoice(
        label="機関",
        required=False,
        help_text="名前・フリガナの一部で探します。一覧になければ名前だけ残せます。",
    )
    person = LineField(label="担当", limit=60, required=False)
    phone = LineField(label="電話", limit=40, required=False)
    role = LineField(label="役割", limit=100, required=False, help_text="例: 服薬の見守り")
    field_order = ("place", "person", "phone", "role", "began", "ends_on", "note")

    def _standing_values(self, row: SheetRow | None) -> dict[str, Any]:
        values = super()._standing_values(row)
        if isinstance(row, Supporter):
            values["place"] = Named(row.organization, row.place_name) if row.place_name else None
        return values

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("place") and not given.get("person") and "place" not in self.errors:
            self.add_error("place", "機関も担当も空です。どちらかを入れてください。")
        return given

    def values(self) -> dict[str, Any]:
        named = self.cleaned_data["place"]
        return super().values() | {
            "organization": named and named.organization,
            "place": named.name if named else "",
        }


FORMS: dict[str, tuple[str, type[RowForm]]] = {
    "services": ("支給決定サービス", ServiceForm),
    "family": ("家族・関係者", RelatedPersonForm),
    "supporters": ("支援者・関係機関", SupporterForm),
}


class MoveForm(SoudanForm):
    """転居: from which day on, and where to."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    moved = PartialDateField(label="転居した日", help_text="日がわからなければ R8.10 のように月まで")
    postal_code = LineField(label="郵便番号", limit=10, required=False, help_text="例: 860-0801")
    ward_id = forms.ChoiceField(label="区", required=False, help_text="熊本市の外なら空のまま")
    town = LineField(label="町名", limit=60, required=False)
    address = LineField(label="番地・建物", limit=200, required=False)
    school_district = LineField(label="校区", limit=30, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ward_id"].choices = [EMPTY, *Ward.objects.values_list("code", "name")]

    def clean_moved(self) -> Birth:
        moved = self.cleaned_data["moved"]
        if moved.day > self.on:
            raise forms.ValidationError("これからの日付です。転居したあとに記録してください。")
        return moved

    def clean_postal_code(self) -> str:
        return _read(postal_code, self.cleaned_data["postal_code"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not any(given.get(name) for name in ("ward_id", "town", "address")) and not self.errors:
            self.add_error("town", "新しい住所が空です。区・町名・番地のどれかを入れてください。")
        return given

    def address_values(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("postal_code", "town", "address", "school_district")
        return {name: given[name] for name in names} | {"ward_id": given["ward_id"] or None}


def _read(rule: Callable[[str], str], text: str) -> str:
    try:
        return rule(text)
    except ValueError as problem:
        raise forms.ValidationError(str(problem)) from None
