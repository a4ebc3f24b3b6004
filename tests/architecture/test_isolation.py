"""One boundary, by construction: a center's rows are reached through `visible_to(user)` alone."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from centers.scoping import CenterScopedModel

ROOT = Path(__file__).resolve().parents[2]
SCOPED_APPS = ("cases", "meetings", "outreach")
# Modules that face a request: they may neither name `unscoped` nor fetch a scoped model by itself.
FACING = [
    path
    for app in ("centers", *SCOPED_APPS, "reports")
    for pattern in (
        "views/**/*.py",
        "views.py",
        "forms/**/*.py",
        "forms.py",
        "search.py",
        "templatetags/*.py",
    )
    for path in (ROOT / app).glob(pattern)
]
HISTORY_FREE = {
    "centers.Ward": "the five wards never change with a person",
    "centers.Zone": "zones are lasting",
    "centers.NumberSequence": "a counter",
    "centers.Finding": "derived; recomputed by the checks",
    "centers.BackupRun": "a run note",
    "centers.CheckRun": "a run note",
    "centers.Notice": "no personal data; follows its finding",
    "centers.NoticeRead": "a mark",
    "centers.MailPreference": "the user's own choice; the address is in User",
    "centers.NoticeMail": "a mark",
    "centers.IdleWarning": "a mark",
    "centers.AccessLog": "append-only itself",
    "centers.ReadSampling": "a draw",
    "centers.ReadAlarm": "a mark",
    "cases.NoteIndex": "derived from the records",
    "cases.LogTiming": "a measure of nobody",
    "cases.ImportedRow": "where a row came from; its batch and its object keep their own",
    "cases.QuickText": "words to write with, of no person",
    "cases.Pin": "the user's own choice",
    "cases.Draft": "drafts stay outside the history and are purged",
}


def own_models(*labels):
    return [
        model
        for label in labels
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
    ]


def scoped_models():
    return [model for model in own_models(*SCOPED_APPS) if hasattr(model, "visible_to")]


def test_every_model_of_the_upper_apps_is_scoped():
    open_doors = [model._meta.label for model in own_models(*SCOPED_APPS) if not hasattr(model, "visible_to")]
    assert not open_doors


def test_scoped_models_have_no_objects():
    assert not [model._meta.label for model in scoped_models() if hasattr(model, "objects")]


def test_every_scoped_model_names_a_path_to_its_center():
    for model in scoped_models():
        if not issubclass(model, CenterScopedModel):
            continue
        step = model
        for part in model.center_path.split("__"):
            step = step._meta.get_field(part).related_model
        assert step._meta.label == "centers.Center", model


@pytest.mark.parametrize("path", FACING, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_reach_rows_only_through_visible_to(path):
    names = {model.__name__ for model in scoped_models()}
    wrong = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in {"unscoped", "_default_manager", "_base_manager"}:
            wrong.append(f"line {node.lineno}: {node.attr}")
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "get_object_or_404",
            "get_list_or_404",
        }:
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id in names:
                wrong.append(f"line {node.lineno}: {first.id} without visible_to")
    assert not wrong


def test_personal_and_contract_data_keep_their_history():
    tracked = {
        model._meta.label
        for model in own_models("centers", *SCOPED_APPS)
        if hasattr(model, "pgh_event_model")
    }
    missing = {
        model._meta.label
        for model in own_models("centers", *SCOPED_APPS)
        if not any(f.related_model is model for e in apps.get_models() if hasattr(e, "pgh_tracked_model")
                   for f in e._meta.get_fields() if f.name == "pgh_obj")
    } - tracked  # fmt: skip
    assert missing == set(HISTORY_FREE)
