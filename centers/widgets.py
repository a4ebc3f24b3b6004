"""Form widgets of the product: toggle groups with key letters."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from centers.form_renderer import attributes


class _Toggles(forms.widgets.ChoiceWidget):
    """Real radios or checkboxes drawn as buttons, for up to twelve choices.

    keys: one letter or figure for each choice in the order shown; it works while the focus is in the group.
    columns: 2, 3 or 4; none lets the width decide. A zero-width space in a label says where it may break.
    """

    def __init__(self, *, keys: Sequence[str] = (), columns: int | None = None, attrs=None, choices=()):
        super().__init__(attrs=attrs, choices=choices)
        self.keys = tuple(keys)
        self.columns = columns

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["columns"] = self.columns
        return context

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        if index < len(self.keys):
            option["key"] = self.keys[index]
            option["attrs"]["data-toggle-key"] = self.keys[index]
        return option

    def _render(self, template_name, context, renderer=None):
        widget = context["widget"]
        options = [option for _, group, _ in widget["optgroups"] for option in group]
        columns = f" c{widget['columns']}" if widget["columns"] else ""
        buttons = format_html_join("", "{}{}", ((_choice(option), _label(option)) for option in options))
        return format_html('<div class="ks-tg{}">{}</div>', columns, buttons)


class ToggleRadio(_Toggles, forms.RadioSelect):
    """One of several."""


class ToggleCheckbox(_Toggles, forms.CheckboxSelectMultiple):
    """Any of several."""


def _choice(option: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<input type="{}" class="btn-check" name="{}" value="{}" autocomplete="off"{}>',
        *(option["type"], option["name"], str(option["value"]), attributes(option["attrs"])),
    )


def _label(option: Mapping[str, Any]) -> SafeString:
    """With a tick that replaces the key letter once it is chosen."""
    key = option.get("key")
    letter = format_html('<span class="k" aria-hidden="true">{}</span>', key) if key else ""
    tick = format_html(
        '<svg class="ks-icon ck" aria-hidden="true"><use href="{}#check"/></svg>', static("img/icons.svg")
    )
    return format_html(
        '<label class="btn" for="{}">{}{}{}</label>', option["attrs"]["id"], letter, tick, option["label"]
    )
