"""Words of the codes of 関係機関. `labels` is what centers.contracts.code_labels gives."""

from django import template

from centers.enums import CodeList

register = template.Library()


@register.filter
def organization(labels, code: str) -> str:
    """指定特定: {{ labels|organization:one.kind }}"""
    entry = labels[CodeList.ORGANIZATION].get(code)
    return entry.short_label if entry else code


@register.filter
def organization_full(labels, code: str) -> str:
    """指定特定相談支援事業所"""
    entry = labels[CodeList.ORGANIZATION].get(code)
    return entry.label if entry else code


@register.filter
def specialist(labels, code: str) -> str:
    """主任相談支援専門員"""
    entry = labels[CodeList.SPECIALIST].get(code)
    return entry.label if entry else code
