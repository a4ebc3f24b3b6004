"""Form widgets of the product: toggle groups with key letters."""

from collections.abc import Sequence

from django import forms
from django.template.loader import render_to_string


class _Toggles(forms.widgets.ChoiceWidget):
    """Real radios or checkboxes drawn as buttons, for up to twelve choices.

    keys: one letter or figure for each choice in the order shown; it works while the focus is in the group.
    columns: 2, 3 or 4; none lets the width decide. A zero-width space in a label says where it may break.
    """

    template_name = "widgets/toggles.html"

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
        # The form renderer knows only Django's own templates; ours stand beside the pages'.
        return render_to_string(template_name, context)


class ToggleRadio(_Toggles, forms.RadioSelect):
    """One of several."""


class ToggleCheckbox(_Toggles, forms.CheckboxSelectMultiple):
    """Any of several."""
