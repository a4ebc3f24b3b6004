"""Widgets written in Python give what Django's own templates give, whatever is put into them."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from centers.form_renderer import Renderer
from centers.widgets import ToggleCheckbox, ToggleRadio

HOSTILE = "\"><script>alert(1)</script> &amp; 'x' 髙\u200b\U000e0100 {{ x }} {% now %}"
VALUES = [None, "", 0, 12, 1.5, True, False, HOSTILE, "a\nb"]
ATTRS = {
    "id": "id_x",
    "class": "form-control",
    "required": True,
    "disabled": False,
    "data-a": HOSTILE,
    "rows": 3,
}
CHOICES = [("", "—"), ("1", HOSTILE), (2, "二"), ("群", [("3", "三"), (HOSTILE, "四")])]
WIDGETS = [
    forms.TextInput,
    forms.NumberInput,
    forms.HiddenInput,
    forms.EmailInput,
    forms.DateInput,
    forms.TimeInput,
    forms.CheckboxInput,
    forms.Textarea,
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_inputs(widget, value):
    for attrs in ({}, ATTRS):
        mine = widget().render("na&me", value, attrs, renderer=Renderer())
        assert mine == widget().render("na&me", value, attrs, renderer=DjangoTemplates())


@pytest.mark.parametrize("value", [None, "", "1", 2, HOSTILE, ["1", "3"]], ids=range(6))
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple], ids=lambda widget: widget.__name__)
def test_selects(widget, value):
    written = [
        widget(choices=CHOICES).render("na&me", value, ATTRS, renderer=renderer())
        for renderer in (Renderer, DjangoTemplates)
    ]
    mine, djangos = (re.sub(r">\s+<", "><", html) for html in written)
    assert mine == djangos


@pytest.mark.parametrize("widget", [ToggleRadio, ToggleCheckbox], ids=lambda widget: widget.__name__)
def test_toggles_are_real_inputs_with_their_labels_escaped(widget):
    group = widget(keys="12", columns=3, choices=[("1", HOSTILE), (HOSTILE, "二")])
    html = group.render("na&me", ["1"], {"id": "id_x"}, renderer=Renderer())
    assert html.startswith('<div class="ks-tg c3"><input type="')
    assert html.count('class="btn-check"') == html.count("<label") == 2
    assert html.count(" checked") == 1
    assert 'data-toggle-key="1"' in html and '<span class="k" aria-hidden="true">2</span>' in html
    assert "<script>" not in html and "&lt;script&gt;" in html and 'name="na&amp;me"' in html
    assert 'for="id_x_1"' in html and 'id="id_x_1"' in html
