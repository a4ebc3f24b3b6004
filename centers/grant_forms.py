"""Forms of those who look after accounts. Roles, centers and wards are offered only as far as one may give them."""

import uuid
from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from centers.accounts import centers_to_give, may_give, roles_to_give
from centers.enums import CENTER_ROLES, TWO_PERSON_ROLES, Role
from centers.fields import LineField, MailAddressField, WarekiDateField
from centers.forms import SoudanForm
from centers.models import Center, StaffMember, User, Ward
from centers.models.base import overlaps
from centers.periods import wareki_short
from centers.widgets import ToggleRadio

REASON_HELP = "あとで見た人が分かるように書きます。"
_TWO = "(2人で決めます)"


class ReasonForm(SoudanForm):
    reason = LineField(label="理由", limit=200, help_text=REASON_HELP)


class StopForm(ReasonForm):
    """`left`: words for what the stop leaves without anybody; then it has to be confirmed."""

    sure = forms.BooleanField(label="いなくなることを確かめました")

    def __init__(self, *args, left: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not left:
            del self.fields["sure"]


class LastDayForm(SoudanForm):
    last_day = WarekiDateField(
        label="最後の日", help_text="例: R8.11.30。この日の24時までは使え、次の日から使えません。"
    )

    def __init__(self, *args, first: date, last: date | None = None, **kwargs):
        """last: on which it ends anyway, where that is settled."""
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last

    def clean_last_day(self) -> date:
        day = self.cleaned_data["last_day"]
        if day < self.first:
            raise ValidationError("過ぎた日です。今日か、これからの日を入れてください。")
        if self.last and day > self.last:
            raise ValidationError(
                f"この権限は{wareki_short(self.last)}までと決まっています。その日か、それより前の日を入れてください。"
                "のばすときは、次の日から始まる権限を加えます。"
            )
        return day


class MoveForm(LastDayForm):
    marked_optional = ("to",)

    to = forms.ModelChoiceField(
        Center.objects.none(),
        label="異動先のセンター",
        required=False,
        empty_label="ない(退職など)",
        help_text="選ぶと、異動先のセンター管理者に「異動で来る人」として届きます。権限は異動先が決めます。",
    )

    def __init__(self, *args, here, **kwargs):
        """here: ids of the centers that the person leaves."""
        super().__init__(*args, **kwargs)
        open_centers = Center.objects.open_on(self.on).select_related("zone")
        self.fields["to"].queryset = open_centers.exclude(pk__in=here)


class GrantForm(SoudanForm):
    """A role, where it holds, and from when to when.

    by: who gives it; at: the one center, where the page has settled it already.
    """

    role = forms.ChoiceField(label="権限", widget=ToggleRadio)
    center = forms.ModelChoiceField(
        Center.objects.none(), label="センター", required=False, empty_label="選んでください"
    )
    ward = forms.ModelChoiceField(
        Ward.objects.all(), label="区", required=False, empty_label="選んでください"
    )
    starts_on = WarekiDateField(label="いつから", help_text="例: R8.12.1、今日")
    ends_on = WarekiDateField(
        label="いつまで", required=False, help_text="分かっているときだけ。空なら、終えるまで続きます。"
    )
    marked_optional: tuple[str, ...] = ("ends_on",)

    def __init__(self, *args, by: User, at: Center | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.centers = list(centers_to_give(by, self.on)) if at is None else [at]
        roles = [role for role in roles_to_give(by) if at is None or role in CENTER_ROLES]
        self.fields["role"].choices = [(role, _label(role)) for role in roles]
        if len(self.centers) == 1 or not set(roles) & set(CENTER_ROLES):
            del self.fields["center"]
        else:
            self.fields["center"].queryset = centers_to_give(by, self.on)
            if set(roles) - set(CENTER_ROLES):
                self.fields["center"].help_text = f"{Role.KANRI.label}のときだけ選びます。"
        if Role.KU in roles:
            self.fields["ward"].help_text = "区役所福祉課のときだけ選びます。"
        else:
            del self.fields["ward"]

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        center = cleaned.get("center") or (self.centers[0] if len(self.centers) == 1 else None)
        cleaned["center"] = center if role in CENTER_ROLES else None
        cleaned["ward"] = cleaned.get("ward") if role == Role.KU else None
        if role in CENTER_ROLES and not center and "center" not in self.errors:
            self.add_error("center", "センターが選ばれていません。1つ選んでください。")
        elif role == Role.KU and not cleaned["ward"] and "ward" not in self.errors:
            self.add_error("ward", "区が選ばれていません。1つ選んでください。")
        elif role and not self.errors and not self._may(cleaned):
            self.add_error("role", "このセンターでは、この権限を付けられません。ほかの権限を選んでください。")
        self._check_days(cleaned)
        return cleaned

    def _may(self, cleaned) -> bool:
        return may_give(self.by, cleaned["role"], center=cleaned["center"], ward=cleaned["ward"])

    def _check_days(self, cleaned) -> None:
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and starts_on < self.on:
            self.add_error("starts_on", "過ぎた日です。今日か、これからの日を入れてください。")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "終わりの日が始まりの日より前です。日付を確かめてください。")

    def grant(self) -> dict:
        """What is given: role, center, ward, starts_on, ends_on."""
        return {name: self.cleaned_data[name] for name in ("role", "center", "ward", "starts_on", "ends_on")}


class InviteForm(GrantForm):
    """An invitation of somebody new; `key` is the id it gets, so that a form sent twice makes one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = LineField(label="氏名", limit=60, help_text="姓と名の間を1字あけます。本人が直せます。")
    staff = forms.ModelChoiceField(
        StaffMember.objects.none(),
        label="配置の職員",
        required=False,
        empty_label="結び付けない(新しい職員として登録)",
        help_text="契約・配置に名前がある人は、選ぶとアカウントと1人にまとまります。",
    )
    email = MailAddressField(
        required=False,
        help_text="入れると、リンクをこのアドレスに送ります。空なら、次の画面に出します。",
    )
    field_order = ("name", "role", "center", "ward", "starts_on", "ends_on", "staff", "email", "key")
    marked_optional = ("ends_on", "staff", "email")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        staff = _without_login(self.centers, self.on) if set(roles_to_give(self.by)) & {Role.SOUDAN} else None
        if staff is None or not staff.exists():
            del self.fields["staff"]
        else:
            self.fields["staff"].queryset = staff
        if not settings.SOUDAN_MAIL:
            del self.fields["email"]

    def facts(self) -> dict:
        """What the invitation carries."""
        role = self.cleaned_data["role"]
        return self.grant() | {
            "name": self.cleaned_data["name"],
            "email": self.cleaned_data.get("email", ""),
            "staff": self.cleaned_data.get("staff") if role in CENTER_ROLES else None,
        }


def _without_login(centers: list[Center], on: date):
    """Staff who work in the centers now or soon and have no account."""
    running = overlaps(on, date.max, start="assignments__starts_on", end="assignments__ends_on")
    posted = StaffMember.objects.filter(running, assignments__center__in=centers, user=None)
    return posted.distinct().order_by("kana", "name")


def _label(role: Role) -> str:
    return f"{role.label}{_TWO}" if role in TWO_PERSON_ROLES else role.label
