"""The change history is kept by the database, whatever way a row is changed; the access log takes no change."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cases.models import Client
from centers.models import AccessLog, User
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db

ClientEvent = apps.get_model("cases", "ClientEvent")
UserEvent = apps.get_model("centers", "UserEvent")


def towns(client) -> list[str]:
    return list(
        ClientEvent.objects.filter(pgh_obj=client.pk).order_by("pgh_id").values_list("town", flat=True)
    )


def test_bulk_updates_and_raw_sql_are_in_the_history():
    client = ClientFactory(town="大江")
    Client.unscoped.filter(pk=client.pk).update(town="出水")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_client SET town = %s WHERE id = %s", ["健軍", client.pk])
    assert towns(client) == ["大江", "出水", "健軍"]


def test_a_deleted_row_stays_in_the_history():
    client = ClientFactory(town="大江")
    key = client.pk
    Client.unscoped.filter(pk=key).delete()
    last = ClientEvent.objects.order_by("pgh_id").last()
    assert (last.pgh_label, last.id, last.town) == ("delete", key, "大江")


def test_a_change_in_derived_columns_alone_is_no_history():
    client = ClientFactory()
    Client.unscoped.filter(pk=client.pk).update(kana_key="ベツ")
    assert len(towns(client)) == 1


def test_the_history_names_the_user_and_the_page(sign_in):
    browser, user = sign_in("soudan")
    browser.post("/me/", {})
    change = UserEvent.objects.filter(pgh_obj=user.pk).latest("pgh_id")
    assert change.single_keys is False
    assert change.pgh_context.metadata == {"user": str(user.pk), "url": "/me/"}


def test_passwords_stay_out_of_the_history():
    assert "password" not in {field.name for field in UserEvent._meta.get_fields()}


@pytest.mark.parametrize(
    "change", [lambda rows: rows.update(hits=0), lambda rows: rows._raw_delete("default")]
)
def test_the_access_log_takes_no_change(sign_in, change):
    browser, user = sign_in("soudan")
    browser.post("/search/", {"q": "ヤマ"})
    rows = AccessLog.objects.filter(user=User.objects.get(pk=user.pk))
    assert rows.count() == 1
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        change(rows)
    assert rows.count() == 1


@pytest.mark.parametrize("log", ["cases_clientevent", "centers_userevent", "centers_accesslog"])
def test_nobody_but_the_owner_may_change_what_was_noted_down(log):
    revoke = import_module("cases.migrations.0002_append_only").REVOKE
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {log} TO pg_monitor")
        cursor.execute(revoke)
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = 'pg_monitor' AND table_name = %s ORDER BY 1",
            [log],
        )
        assert [name for (name,) in cursor.fetchall()] == ["INSERT", "SELECT"]
