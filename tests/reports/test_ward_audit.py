import uuid
from datetime import date

import pytest
from django.utils import timezone

from centers.models import AccessLog
from tests.factories import ClientFactory, ConsultationFactory, center, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on")]


def test_a_ward_sees_the_sums_of_its_own_centers(sign_in):
    browser, _ = sign_in("ku", "higashi1")
    for zone, n in (("higashi1", 2), ("higashi2", 3), ("nishi", 7)):
        secret = ClientFactory(center=center(zone), family_name="秘密名", family_kana="ヒミツメイ")
        ConsultationFactory.create_batch(n, client=secret, date=date(2026, 10, 1))
    text = browser.get("/wards/higashi/").content.decode()
    assert "東1 青空" in text
    assert "東2 きらり" in text
    assert "西 光" not in text
    assert '<span class="v">5<small>件' in text
    assert "秘密名" not in text
    assert "配置" not in text.split('id="main"')[1]


@pytest.mark.parametrize("code", ["nishi", "nowhere"])
def test_another_ward_is_not_there(sign_in, code):
    browser, _ = sign_in("ku", "higashi1")
    assert browser.get(f"/wards/{code}/").status_code == 404
    assert AccessLog.objects.get().verb == "denied"


def test_the_city_sees_every_ward_and_nobody_else_any(sign_in):
    browser, _ = sign_in("shi")
    assert browser.get("/wards/kita/").status_code == 200
    for role in ("soudan", "kansa", "system"):
        browser, _ = sign_in(role)
        assert browser.get("/wards/nishi/").status_code == 404


def note(verb, n=1, **fields):
    user = user_with("soudan")
    for _ in range(n):
        AccessLog.objects.create(user=user, verb=verb, roles="相談員", page="cases:client", **fields)


def test_the_auditor_sees_deeds_without_persons(sign_in):
    secret = ClientFactory(family_name="秘密名", family_kana="ヒミツメイ")
    thing = uuid.uuid4()
    note("read", 2, client_id=secret.pk, center=center())
    note("search", hits=42, query_hash="f" * 64)
    note("denied", object_id=thing)
    browser, _ = sign_in("kansa")
    text = browser.get("/audit/").content.decode()
    assert "西 光" in text
    assert ">42<" in text
    for secret_text in ("秘密名", str(secret.pk), secret.number, str(thing), "f" * 64):
        assert secret_text not in text


def test_the_log_is_narrowed_and_paged(sign_in):
    note("read", 51, center=center())
    note("denied")
    browser, _ = sign_in("kansa")
    first = browser.get("/audit/?verb=read").content.decode()
    last = AccessLog.objects.filter(verb="read").order_by("pk")[1].pk
    assert f"after={last}" in first
    second = browser.get(f"/audit/?verb=read&after={last}").content.decode()
    assert second.count('<th scope="row" class="nw">試験') == 1
    assert browser.get("/audit/?verb=<x>&after=x&month=x").status_code == 200


def test_an_older_month_holds_nothing_of_this_one(sign_in):
    note("read", center=center())
    browser, _ = sign_in("kansa")
    year = timezone.now().year
    assert "この月の記録はありません" in browser.get(f"/audit/?month={year - 1}-01").content.decode()


@pytest.mark.parametrize("role", ["soudan", "kanri", "shi", "ku", "system"])
def test_the_log_is_closed_to_others(sign_in, role):
    browser, _ = sign_in(role)
    assert browser.get("/audit/").status_code == 404
