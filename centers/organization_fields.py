"""A 関係機関 chosen in a form: its name is typed, what the registry has is offered, one is chosen or the name alone kept.

The choices are radio buttons in the page. A script brings them while the name is typed (centers:organization_choices);
without it a post with several possible ones comes back with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.template.loader import render_to_string

from centers.models import Organization
from centers.organizations import candidates, named, organization_key
from centers.text import clean_line

NAME_LIMIT = 100
NOT_LISTED = "-"


@dataclass(frozen=True)
class Named:
    """A name as it was written, and the organization of the registry that it stands for, if any."""

    organization: Organization | None
    name: str

    def __str__(self) -> str:
        return self.name

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class Typed:
    """What the form brought: the text, and the id that was chosen, NOT_LISTED or nothing."""

    text: str
    choice: str


class OrganizationPicker(forms.Widget):
    """`kind`: a code of 関係機関の種別 to which the offer is limited. `free`: a name alone may be kept."""

    on: date

    def __init__(self, *, kind: str = "", free: bool = True, attrs=None):
        super().__init__(attrs)
        self.kind, self.free = kind, free

    def value_from_datadict(self, data, files, name) -> Typed:
        return Typed(data.get(f"{name}_text", "").strip(), data.get(name, ""))

    def value_omitted_from_data(self, data, files, name) -> bool:
        return f"{name}_text" not in data and name not in data

    def parts_of(self, name: str, value: "Named | None") -> Mapping[str, str]:
        """The posted values that stand for a value of the field."""
        organization = value and value.organization
        choice = str(organization.pk) if organization else NOT_LISTED if value else ""
        return {f"{name}_text": value.name if value else "", name: choice}

    def render(self, name, value, attrs=None, renderer=None):
        typed = value if isinstance(value, Typed) else Typed(*self.parts_of(name, value).values())
        context = offer(name, typed, kind=self.kind, free=self.free, on=self.on)
        return render_to_string(
            "widgets/organization.html", context | {"attrs": self.build_attrs(self.attrs, attrs)}
        )


def offer(name: str, typed: Typed, *, kind: str, free: bool, on: date) -> dict[str, Any]:
    """What the widget shows: the organizations that the text may mean, the chosen one among them."""
    found = candidates(typed.text, kind=kind, on=on)
    chosen = _organization(typed.choice)
    if chosen and chosen not in found:
        found = [chosen, *found]
    return {
        "name": name,
        "typed": typed,
        "kind": kind,
        "free": free,
        "found": found,
        "chosen": chosen and chosen.pk,
        "not_listed": NOT_LISTED,
    }


def _organization(choice: str) -> Organization | None:
    try:
        return Organization.objects.select_related("ward").filter(pk=UUID(choice)).first()
    except ValueError:
        return None


class OrganizationChoice(forms.Field):
    """One 関係機関. Value: Named, or None where nothing was typed. `free=False` takes only what the registry has."""

    widget = OrganizationPicker
    default_error_messages = {
        "choose": "似た名前の機関があります。下から1つ選んでください。",
        "unknown": "この名前の機関は、関係機関の一覧にありません。先に登録するか、別の名前で探してください。",
    }

    def __init__(self, *, kind: str = "", free: bool = True, **kwargs):
        super().__init__(widget=OrganizationPicker(kind=kind, free=free), **kwargs)
        self.kind, self.free = kind, free

    @property
    def on(self) -> date | None:
        return getattr(self.widget, "on", None)

    @on.setter
    def on(self, day: date | None) -> None:
        if day is None:
            raise ImproperlyConfigured("a form with a 関係機関 needs on=")
        self.widget.on = day

    def clean(self, value: Any) -> Named | None:
        typed = value if isinstance(value, Typed) else Typed("", "")
        found = self._meant(typed)
        if found is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def _meant(self, typed: Typed) -> Named | None:
        """A choice stands until another name is typed over it."""
        chosen = _organization(typed.choice)
        if chosen and (not typed.text or organization_key(typed.text) in chosen.search_key):
            return Named(chosen, chosen.name)
        if not typed.text:
            return None
        text = _line(typed.text)
        found = candidates(text, kind=self.kind, on=self.widget.on)
        same = [one for one in found if one in list(named(text, Organization.objects.all()))]
        if len(same) == 1 and typed.choice != NOT_LISTED:
            return Named(same[0], same[0].name)
        if self.free and (typed.choice == NOT_LISTED or not found):
            return Named(None, text)
        raise ValidationError(self.error_messages["choose" if found else "unknown"], code="choose")


def _line(text: str) -> str:
    try:
        return clean_line(text, limit=NAME_LIMIT)
    except ValueError as error:
        raise ValidationError(str(error), code="unreadable") from None
