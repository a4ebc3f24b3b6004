"""Words of the case work's pages. `labels` is what centers.contracts.code_labels gives."""

from django import template

from cases.minutes import attendee_line
from centers.enums import CodeList

register = template.Library()
register.filter("attendee", attendee_line)


@register.filter
def conference_kind(labels, code: str) -> str:
    """サービス担当者会議"""
    entry = labels[CodeList.CONFERENCE].get(code)
    return entry.label if entry else code
