"""Words of the rows beside the フェイスシート. `labels` is what centers.contracts.code_labels gives."""

from collections.abc import Iterable
from typing import cast

from django import template

from centers.enums import CodeList
from centers.periods import Precision, wareki_birth, wareki_short

register = template.Library()


@register.filter
def period_words(row) -> str:
    """令和6年4月から, 〜R8.3.31, 令和6年4月〜R8.3.31; "" where neither day is known."""
    began = wareki_birth(row.starts_on, cast(Precision, row.starts_precision)) if row.starts_on else ""
    if row.ends_on:
        return f"{began}〜{wareki_short(row.ends_on)}"
    return f"{began}から" if began else ""


@register.filter
def relation(labels, code: str) -> str:
    return _words(labels, CodeList.RELATION, [code])


@register.filter
def guardian(labels, code: str) -> str:
    return _words(labels, CodeList.GUARDIAN, [code])


@register.filter
def purposes(labels, codes: Iterable[str]) -> str:
    return _words(labels, CodeList.CONSENT_PURPOSE, codes)


@register.filter
def ranges(labels, codes: Iterable[str]) -> str:
    return _words(labels, CodeList.CONSENT_RANGE, codes)


def _words(labels, kind: CodeList, codes: Iterable[str]) -> str:
    known = labels[kind]
    return "、".join(known[code].label if code in known else code for code in codes)
