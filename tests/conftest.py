from datetime import date

import pytest
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import blocking_manager_key

from centers.memory import forget
from tests.databases import blank_database, copy_database
from tests.factories import user_with


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_keepdb,
    django_db_createdb,
    django_db_blocker,
):
    """The test database, in which the nine centers, their terms and the code lists stand from the start.

    In place of pytest-django's, which makes none when no selected test is marked: the browser tests ask for the
    database itself, and would work on the one that is served.
    """
    with django_db_blocker.unblock():
        keep = django_db_keepdb and not django_db_createdb
        made = setup_databases(verbosity=0, interactive=False, aliases={DEFAULT_DB_ALIAS}, keepdb=keep)
        call_command("soudan_reference", verbosity=0)
        copy_database(connection.settings_dict["NAME"], blank_database())
    yield
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{blank_database()}"')
    if django_db_keepdb:
        return
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:  # a test's thread may have left its connection open
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        teardown_databases(made, verbosity=0)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with real transactions empties every table when it is over; the reference data come back.

    After the last test the database is gone already.
    """
    yield
    if nextitem is None:
        return
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            call_command("soudan_reference", verbosity=0)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """A test may have its own code lists and settings."""
    forget()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def plain_site(settings):
    """Plain HTTP and no second step: what they change is tested where they are the subject."""
    settings.SECURE_SSL_REDIRECT = False
    settings.SOUDAN_REQUIRE_MFA = False


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
