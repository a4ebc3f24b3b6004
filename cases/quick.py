"""定型文 at hand: the ones on offer, and the way to put one in without a script."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import F
from django.http import QueryDict

from cases.models import QuickText
from centers.models import Center, User

INTO = "facts"


def quick_texts_of(user: User, center: Center) -> list[QuickText]:
    """Those that the user may put in at the center: the own ones first, then the center's. One query."""
    texts = QuickText.visible_to(user).filter(center=center)
    return list(texts.order_by(F("owner").asc(nulls_last=True), "key"))


def with_quick_text(user: User, posted: QueryDict) -> QueryDict:
    """The post with the chosen 定型文 (`quick`) at the end of its note."""
    data = posted.copy()
    try:
        chosen = QuickText.visible_to(user).filter(pk=UUID(posted.get("quick", ""))).first()
    except ValueError:
        chosen = None
    if chosen:
        note = data.get(INTO, "").replace("\r\n", "\n")
        data[INTO] = f"{note}\n{chosen.text}" if note else chosen.text
    return data


def typed_fields(form: type[forms.Form], data: QueryDict) -> dict[str, Any]:
    """What stands in the form's fields, right or wrong, as its initial values."""
    return {
        name: field.widget.value_from_datadict(data, {}, name) for name, field in form.base_fields.items()
    }
