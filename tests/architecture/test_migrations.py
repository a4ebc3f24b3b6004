"""Migrations are quick to apply: a first start and every run of the tests goes through all of them."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from centers.operations import AtOnce

OWN = ("centers", "cases", "meetings", "outreach", "reports")
MANY = 5


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None, ignore_no_migrations=True)


def test_many_operations_go_at_once(loader):
    """The rest of Django's work grows with operations x models."""
    slow = [
        f"{app}.{name}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in OWN and len(migration.operations) > MANY
    ]
    assert not slow, "wrap their operations in centers.operations.AtOnce"


def test_at_once_leads_to_the_state_of_one_after_the_other(loader):
    before = loader.project_state(("centers", "0005_mail"))
    (operation,) = loader.disk_migrations["centers", "0006_organizations"].operations
    assert isinstance(operation, AtOnce)
    at_once, singly = before.clone(), before.clone()
    _ = at_once.apps
    operation.state_forwards("centers", at_once)
    for one in operation.operations:
        one.state_forwards("centers", singly)
    for name in ("organization", "organizationevent", "codeentry"):
        assert at_once.models["centers", name] == singly.models["centers", name]
    assert at_once.apps.get_model("centers", "Organization")._meta.constraints


@pytest.mark.django_db
def test_what_was_made_at_once_is_taken_back_whole(loader):
    before = loader.project_state(("cases", "0004_speed"))
    after: ProjectState = loader.project_state(("cases", "0005_imports"))
    (operation,) = loader.disk_migrations["cases", "0005_imports"].operations
    assert operation.reversible
    with connection.schema_editor(atomic=True) as editor:
        operation.database_backwards("cases", editor, after, before)
    assert "cases_importbatch" not in connection.introspection.table_names()
    with connection.schema_editor(atomic=True) as editor:
        operation.database_forwards("cases", editor, before, after)
    assert "cases_importbatch" in connection.introspection.table_names()
