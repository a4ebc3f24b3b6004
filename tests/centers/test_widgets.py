from html.parser import HTMLParser

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.template.loader import render_to_string

from centers.fields import LineField
from centers.forms import SoudanForm
from centers.widgets import ToggleCheckbox, ToggleRadio


class LogForm(SoudanForm):
    marked_optional = ("due",)

    method = forms.ChoiceField(
        label="支援の方法",
        widget=ToggleRadio(keys="12", columns=4),
        choices=[("4", "電話"), ("2", "来所"), ("8", "<b>その他</b>")],
    )
    contents = forms.MultipleChoiceField(
        label="支援内容", widget=ToggleCheckbox(keys="QW"), choices=[("01", "福祉"), ("03", "健康")]
    )
    note = LineField(label="要点", limit=10, help_text="主訴・助言")
    due = LineField(label="次の予定", limit=10, required=False)
    place = LineField(label="場所", limit=10, required=False)


class Tags(HTMLParser):
    """Start tags of a markup as (tag, attributes)."""

    def __init__(self, markup: str):
        super().__init__()
        self.all: list[tuple[str, dict]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.all if name == tag]


def test_toggles_are_real_inputs_with_keys():
    tags = Tags(str(LogForm(initial={"method": "2"})["method"]))
    inputs = tags.named("input")
    assert [one["value"] for one in inputs] == ["4", "2", "8"]
    assert [one.get("data-toggle-key") for one in inputs] == ["1", "2", None]
    assert [("checked" in one) for one in inputs] == [False, True, False]
    assert {one["type"] for one in inputs} == {"radio"}
    assert [one["for"] for one in tags.named("label")] == [one["id"] for one in inputs]
    assert tags.named("div")[0]["class"] == "ks-tg c4"


def test_checkbox_toggles_keep_all_that_is_chosen():
    inputs = Tags(str(LogForm({"contents": ["01", "03"]})["contents"])).named("input")
    assert {one["type"] for one in inputs} == {"checkbox"}
    assert all("checked" in one for one in inputs)


def test_labels_of_choices_are_escaped():
    assert "<b>その他</b>" not in str(LogForm()["method"])


def test_keys_of_one_form_do_not_reach_another():
    first, second = LogForm(), LogForm()
    first.fields["method"].widget.keys = ("9",)
    assert 'data-toggle-key="1"' in str(second["method"])


def test_required_and_optional_stand_in_words():
    form = LogForm()
    assert "必須" in as_crispy_field(form["note"])
    assert "任意" in as_crispy_field(form["due"])
    assert "必須" not in as_crispy_field(form["place"])
    assert "任意" not in as_crispy_field(form["place"])
    assert "*" not in as_crispy_field(form["note"])


def test_a_field_names_its_help_and_its_error():
    form = LogForm({"note": "12345678901"})
    markup = as_crispy_field(form["note"])
    field = Tags(markup).named("input")[0]
    assert field["aria-describedby"] == "id_note_helptext id_note_error"
    assert field["aria-invalid"] == "true"
    assert 'id="id_note_helptext"' in markup
    assert 'id="id_note_error"' in markup
    assert markup.index("主訴・助言") < markup.index("<input")


def test_a_group_is_a_fieldset_with_a_legend():
    markup = as_crispy_field(LogForm({})["method"])
    fieldset = Tags(markup).named("fieldset")[0]
    assert fieldset["aria-describedby"] == "id_method_error"
    assert "err" in fieldset["class"].split()
    assert "<legend>支援の方法" in markup


def test_error_summary_links_to_fields_and_counts_places():
    form = LogForm({"note": "", "contents": ["01"]})
    markup = render_to_string("components/_error_summary.html", {"form": form})
    links = [one["href"] for one in Tags(markup).named("a")]
    assert "2か所を直すと保存できます" in markup
    assert links == ["#id_method_0", "#id_note"]
    assert form.errors["note"][0] in markup


def test_error_summary_of_a_good_form_is_nothing():
    form = LogForm({"method": "4", "contents": ["01"], "note": "要点"})
    assert render_to_string("components/_error_summary.html", {"form": form}).strip() == ""
