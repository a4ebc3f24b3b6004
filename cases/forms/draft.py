"""What of a posted form goes into its draft, and comes back from there as the form's initial values."""

import json

from django import forms
from django.http import QueryDict

from cases.forms.log import LogForm

# Room for every note at its limit and a paste that is too long for one.
LIMIT_BYTES = 200_000
_LONGEST_LIST = 50


class DraftTooLong(ValueError):
    """More than a draft holds; the text says so in Japanese."""


def typed_values(data: QueryDict) -> dict[str, str | list[str]]:
    """The form's own fields as typed, right or wrong; several values of one field as a list.

    NUL, which no database column holds, is left out.
    """
    return {name: _typed(data, name, field) for name, field in LogForm.base_fields.items()}


def content_of(data: QueryDict) -> dict[str, str | list[str]]:
    """What a draft keeps: the typed values. Raises DraftTooLong beyond LIMIT_BYTES."""
    content = typed_values(data)
    size = len(json.dumps(content, ensure_ascii=False).encode())
    if size > LIMIT_BYTES:
        raise DraftTooLong("文が長すぎるため、下書きに残せません。短くするか、分けて記録してください。")
    return content


def _typed(data: QueryDict, name: str, field: forms.Field) -> str | list[str]:
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return [_storable(value) for value in data.getlist(name)[:_LONGEST_LIST]]
    return _storable(data.get(name, ""))


def _storable(text: str) -> str:
    return text.replace("\x00", "")
