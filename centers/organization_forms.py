"""Forms of the registry of 関係機関."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from centers.choosing import ChoosingForm
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.fields import KanaField, LineField, NoteField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import Organization, OrganizationPerson, Ward, Zone
from centers.organizations import found_by, stale_before, twins_of
from centers.text import digits
from centers.widgets import ToggleCheckbox

ALL = [("", "すべて")]
OFFICE_NUMBER_DIGITS = 10
POSTAL_CODE_DIGITS = 7
NOTE_LIMIT = 500  # characters of the column


class OrganizationListForm(SoudanForm):
    """The list's filters, from the address; the words come by POST alone and stay out of it."""

    q = LineField(label="名称・フリガナ・法人・事業所番号", limit=100, required=False)
    kind = forms.ChoiceField(label="種別", required=False)
    ward = forms.ChoiceField(label="区", required=False)
    district = forms.ChoiceField(label="校区", required=False)
    state = forms.ChoiceField(
        label="状態",
        required=False,
        choices=[("", "開いている機関"), ("stale", "要確認だけ"), ("closed", "閉じた機関")],
    )

    def __init__(self, data, *, labels, districts: Iterable[str], **kwargs):
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = ALL + screen_choices(labels[CodeList.ORGANIZATION])
        self.fields["ward"].choices = ALL + [(ward.pk, ward.name) for ward in Ward.objects.all()]
        self.fields["district"].choices = ALL + [(name, name) for name in districts]

    @property
    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q", "")

    @property
    def query(self) -> dict[str, str]:
        """The filters that hold."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "q"}

    def rows(self):
        """The organizations that fit words and filters."""
        query = self.query
        if query.get("state") == "closed":
            rows = Organization.objects.filter(closed_on__lt=self.on)
        else:
            rows = Organization.objects.open_on(self.on)
        if query.get("state") == "stale":
            rows = rows.unchecked_since(stale_before(self.on))
        columns = {"kind": "kind", "ward": "ward", "district": "school_district"}
        rows = rows.filter(**{column: query[name] for name, column in columns.items() if name in query})
        return found_by(self.words, rows)


class OrganizationForm(ChoosingForm):
    """All public facts of one; a new one has none that stand. `distinct` is asked for where a likely twin stands."""

    name = LineField(label="名称", limit=100)
    kana = KanaField(label="フリガナ", limit=150, required=False)
    kind = forms.ChoiceField(label="種別")
    corporation = LineField(label="法人", limit=100, required=False)
    office_number = LineField(
        label="事業所番号", limit=20, required=False, help_text="10桁。指定を受けた事業所だけ"
    )
    postal_code = LineField(label="郵便番号", limit=10, required=False)
    address = LineField(label="住所", limit=200, required=False)
    ward_id = forms.ChoiceField(label="区", required=False)
    school_district = LineField(label="校区", limit=30, required=False)
    zones = forms.MultipleChoiceField(
        label="担当する圏域",
        required=False,
        widget=ToggleCheckbox(columns=3),
        help_text="選ばないときは、区の圏域とみなします。",
    )
    phone = LineField(label="電話", limit=20, required=False)
    note = NoteField(
        label="得意なこと・受け入れの条件",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="どのセンターと市・区からも見えます。利用者のことは書かないでください。",
    )
    distinct = forms.BooleanField(label="同じ機関ではないことを確かめた", required=False)

    def __init__(self, data=None, *, organization: Organization | None, labels, token=None, **kwargs):
        """token: the id of a new one; what it has registered before is no twin of it."""
        self.organization, self.token = organization, token
        self.twins: list[Organization] = []
        standing = (
            {name: getattr(organization, name) for name in Organization.VERSIONED} if organization else {}
        )
        version = organization.version if organization else 0
        super().__init__(data, initial={k: v or "" if k == "ward_id" else v for k, v in standing.items()},
                         version=version, **kwargs)  # fmt: skip
        kinds = screen_choices(labels[CodeList.ORGANIZATION])
        if organization and organization.kind not in labels[CodeList.ORGANIZATION]:
            kinds.append((organization.kind, organization.kind))
        self.fields["kind"].choices = [("", "選んでください"), *kinds]
        self.fields["ward_id"].choices = [("", "—"), *((ward.pk, ward.name) for ward in Ward.objects.all())]
        self.fields["zones"].choices = [(zone.pk, zone.name) for zone in Zone.objects.all()]

    def clean_office_number(self) -> str:
        return _figures(self.cleaned_data["office_number"], OFFICE_NUMBER_DIGITS, "事業所番号")

    def clean_postal_code(self) -> str:
        return _figures(self.cleaned_data["postal_code"], POSTAL_CODE_DIGITS, "郵便番号")

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if len(note) > NOTE_LIMIT:
            raise forms.ValidationError(
                f"{NOTE_LIMIT}字までです。いまは{len(note)}字です。短くしてください。"
            )
        return note

    def clean_zones(self) -> list[str]:
        return sorted(set(self.cleaned_data["zones"]))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.errors:
            return given
        own = self.organization.pk if self.organization else self.token
        number = given["office_number"]
        twins = twins_of(name=given["name"], office_number=number, but=own)
        if any(number and one.office_number == number and one.kind == given["kind"] for one in twins):
            self.twins = twins
            self.add_error(
                "office_number",
                "この事業所番号は、同じ種別でもう登録されています。下の機関を開いて直してください。",
            )
        elif twins and not given["distinct"] and self._renamed(given):
            self.twins = twins
            self.add_error(
                "distinct",
                "似た機関がもう登録されています。同じ機関なら、そちらを直してください。別の機関なら、印を付けて保存してください。",
            )
        return given

    def _renamed(self, given: dict[str, Any]) -> bool:
        """What stood beside its twin before is not asked about again."""
        standing = self.organization
        return not standing or (standing.name, standing.office_number) != (
            given["name"],
            given["office_number"],
        )

    @property
    def values(self) -> dict[str, Any]:
        """Organization.VERSIONED as typed."""
        return {name: self.cleaned_data[name] for name in Organization.VERSIONED} | {
            "ward_id": self.cleaned_data["ward_id"] or None
        }


def _figures(text: str, length: int, label: str) -> str:
    found = digits(text)
    if text and len(found) != length:
        raise forms.ValidationError(
            f"{label}は{length}桁の数字です。いまは{len(found)}桁です。確かめてください。"
        )
    return found


class CloseForm(SoudanForm):
    closed_on = WarekiDateField(
        label="閉じた日", required=False, help_text="空にして保存すると、開いている機関に戻ります。"
    )


class PersonForm(ChoosingForm):
    """Somebody who works at a 関係機関."""

    name = LineField(label="氏名", limit=60)
    kana = KanaField(label="フリガナ", limit=100, required=False)
    post = LineField(label="職", limit=60, required=False, help_text="例: 管理者、相談員")
    phone = LineField(label="電話", limit=20, required=False, help_text="職場の番号だけ")
    specialist = forms.ChoiceField(label="相談支援専門員", required=False)
    starts_on = WarekiDateField(label="いつから", required=False)
    ends_on = WarekiDateField(label="いつまで", required=False, help_text="異動や退職のときに入れます。")

    COLUMNS = ("name", "kana", "post", "phone", "specialist", "starts_on", "ends_on")

    def __init__(self, data=None, *, person: OrganizationPerson | None, labels, **kwargs):
        standing = {name: getattr(person, name) for name in self.COLUMNS} if person else {}
        super().__init__(data, initial=standing, version=person.version if person else 0, **kwargs)
        choices = [(code, entry.label) for code, entry in labels[CodeList.SPECIALIST].items()]
        self.fields["specialist"].choices = [("", "いいえ"), *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("starts_on"), given.get("ends_on")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("ends_on", "終わりの日が始まりの日より前です。日付を確かめてください。")
        return given
