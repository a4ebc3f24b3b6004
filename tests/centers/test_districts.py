"""圏域・校区: the table that the system administrator keeps, and what it says of an address."""

from datetime import date

import pytest

from centers.districts import district_key, zone_of
from centers.enums import DistrictKind
from centers.models import DistrictZone

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
NEW = "/districts/new/"


def test_keys():
    for text, kind, key in (
        ("島崎 三丁目", "town", "島崎3丁目"),
        ("島崎3丁目", "town", "島崎3丁目"),
        ("八王寺町十二丁目", "town", "八王寺町12丁目"),
        ("白川小学校区", "school", "白川"),
        ("白川校区", "school", "白川"),
        ("白川小", "school", "白川"),
        ("校区", "school", ""),
    ):
        assert district_key(text, DistrictKind(kind)) == key, text


def add(browser, names, zone, *, kind="school", starts_on="H27.4.1", **rest):
    fields = {"kind": kind, "zone": zone, "names": names, "starts_on": starts_on, "source": "市の通知"}
    return browser.post(NEW, fields | rest)


def where(town="", school="", ward=None, address="", on=ON):
    zone = zone_of(town=town, address=address, school_district=school, ward_id=ward, on=on)
    return zone and zone.code


def test_a_pasted_list_tells_the_zone_of_addresses(sign_in, on):
    browser, _ = sign_in("system")
    assert "町丁・校区はまだ入っていません" in browser.get("/districts/").content.decode()
    assert add(browser, "白川校区\n\n 出水 \n", "chuo2").status_code == 302
    add(browser, "大江", "chuo1", kind="town")
    add(browser, "大江三丁目", "chuo2", kind="town")
    assert where(school="白川") == "chuo2" and where(school="しらない", ward="chuo") is None
    assert where(town="大江", school="白川", ward="chuo") == "chuo1", "the 町丁 goes before the 校区"
    assert where(town="大江", address="3丁目1-2") == "chuo2"
    assert where(town="大江四丁目") == "chuo1" and where(town="大江本町") is None
    assert where(ward="nishi") == "nishi", "the only 圏域 of its 区"


def test_a_zone_changes_from_a_day_on_and_the_past_keeps_its_answer(sign_in, on):
    browser, _ = sign_in("system")
    add(browser, "白川", "chuo1")
    again = add(browser, "白川\n碩台", "chuo2", starts_on="R8.10.1")
    assert again.status_code == 422 and "白川(中央1)" in again.content.decode()
    assert DistrictZone.objects.count() == 1
    assert add(browser, "白川\n碩台", "chuo2", starts_on="R8.10.1", replace="on").status_code == 302
    assert where(school="白川", on=date(2026, 9, 30)) == "chuo1" and where(school="白川") == "chuo2"
    assert add(browser, "白川", "chuo2", starts_on="R8.11.1").status_code == 302, "stands there already"
    assert DistrictZone.objects.count() == 3
    row = DistrictZone.objects.get(name="碩台")
    place = f"/districts/{row.pk}/end/"
    early = browser.post(place, {"last_day": "R8.9.30"})
    assert early.status_code == 422 and "始まりの日より前です" in early.content.decode()
    browser.post(place, {"last_day": "R8.11.1"})
    assert where(school="碩台") is None
    heading = '<th scope="row">碩台</th>'
    assert heading not in browser.get("/districts/?zone=chuo2").content.decode()
    assert heading in browser.get("/districts/?view=all").content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"names": ""}, "町丁・校区が空です"),
        ({"names": "校区"}, "名前になりません"),
        ({"names": "あ" * 61}, "60字まで"),
        ({"names": "\n".join(f"町{n}" for n in range(501))}, "500行まで"),
        ({"zone": "x"}, "その答えは一覧にありません"),
        ({"starts_on": "いつか"}, "日付として読めません"),
        ({"source": ""}, "出典が空です"),
    ],
)
def test_what_cannot_be_added(sign_in, on, fields, words):
    browser, _ = sign_in("system")
    answer = add(browser, **{"names": "白川", "zone": "chuo1"} | fields)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not DistrictZone.objects.exists()


def test_the_city_reads_and_does_not_change(sign_in, on):
    browser, _ = sign_in("shi")
    page = browser.get("/districts/")
    assert page.status_code == 200 and NEW not in page.content.decode()
    assert browser.get(NEW).status_code == 404
