"""The base of the product's forms: the day they judge from, and messages that say what to do."""

from datetime import date
from typing import Any

from django import forms


def _is_choice(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.MultipleChoiceField)


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        required = f"{label}が選ばれていません。1つ以上選んでください。"
    elif _is_choice(field):
        required = f"{label}が選ばれていません。1つ選んでください。"
    elif isinstance(field, forms.BooleanField):
        required = f"{label}に印がありません。確かめて印を付けてください。"
    else:
        required = f"{label}が空です。入れてください。"
    return {
        "required": required,
        "invalid_choice": "その答えは一覧にありません。一覧から選んでください。",
        "invalid_list": "答えが読めません。一覧から選んでください。",
        "invalid_pk_value": "その答えは一覧にありません。一覧から選んでください。",
        "invalid": f"{label}として読めません。入れ直してください。",
        "max_value": "%(limit_value)s以下で入れてください。",
        "min_value": "%(limit_value)s以上で入れてください。",
        "max_length": "%(limit_value)d字までです。いまは%(show_value)d字です。短くしてください。",
    }


class Worded:
    """Mixin of Form and ModelForm.

    on: the day that the form takes as today; its date fields read by it.
    marked_optional: names of fields whose label says 任意.
    """

    marked_optional: tuple[str, ...] = ()

    def __init__(self, *args, on: date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.on: date = on  # type: ignore[assignment]  # none where the form reads no day
        for name, field in self.fields.items():
            self.prepare_field(name, field)

    def prepare_field(self, name: str, field: forms.Field) -> None:
        """Once for each field of a new form: our words, and the day."""
        _reword(field, str(field.label or name))
        if hasattr(field, "on"):
            field.on = self.on


def _reword(field: forms.Field, label: str) -> None:
    """Replace Django's own messages; one that the form's author wrote stays."""
    for code, text in _messages(field, label).items():
        if field.error_messages.get(code) == _django_message(field, code):
            field.error_messages[code] = text


def _django_message(field: forms.Field, code: str):
    kinds = (getattr(kind, "default_error_messages", {}) for kind in type(field).__mro__)
    return next((messages[code] for messages in kinds if code in messages), None)


class SoudanForm(Worded, forms.Form):
    """A form that is not tied to one model."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        return self.cleaned_data


class SoudanModelForm(Worded, forms.ModelForm):
    """A form of one model; name its fields one by one, never center, owner or writer."""
