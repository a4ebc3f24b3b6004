from datetime import date

import pytest
from django.core.management import call_command

from tests.factories import user_with


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The nine centers, their terms and the code lists stand in the test database from the start."""
    with django_db_blocker.unblock():
        call_command("soudan_reference", verbosity=0)


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def on(settings):
    """The day that screens and checks take as today in the test."""
    settings.SOUDAN_TODAY = date(2026, 11, 20)
    return settings.SOUDAN_TODAY


@pytest.fixture
def sign_in(client):
    """sign_in("soudan", "nishi") → (client signed in, user)."""

    def _sign_in(role: str, zone: str = "nishi"):
        user = user_with(role, zone)
        client.force_login(user)
        return client, user

    return _sign_in
