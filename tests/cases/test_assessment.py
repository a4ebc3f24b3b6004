"""アセスメント: each one saved is a version, written beside the last, compared with any."""

import uuid
from datetime import date

import pytest

from cases.models import Assessment
from centers.models import AccessLog
from tests.factories import AssessmentFactory, CaseFactory, ClientFactory, center

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


def typed(**fields) -> dict:
    return {
        "token": str(uuid.uuid4()),
        "held_on": "R8.11.18",
        "place": "home",
        "overall": "生活は落ち着いている。働く希望が強い。",
        "area_01_now": "持ち家に母と住む。",
        "area_01_need": "02",
        "area_06_hope": "週3日から働きたい。",
    } | fields


def test_written_twice_and_compared(desk):
    browser, _ = desk
    case = CaseFactory(client=ClientFactory())
    client = case.client
    address = f"/clients/{client.pk}/assessments/"
    assert "アセスメントはまだありません" in browser.get(address).content.decode()
    first = typed()
    assert browser.post(f"{address}new/", first)["Location"] == address
    assert browser.post(f"{address}new/", first)["Location"] == address  # the same form again
    saved = Assessment.unscoped.get()
    assert (saved.version, saved.case, saved.held_on) == (1, case, date(2026, 11, 18))
    assert saved.areas == {
        "01": {"now": "持ち家に母と住む。", "need": "02"},
        "06": {"hope": "週3日から働きたい。"},
    }

    page = browser.get(f"{address}new/").content.decode()
    assert "前回の回答" in page and page.count("週3日から働きたい。") == 1  # beside an empty field
    assert browser.get(f"{address}new/?copy=1").content.decode().count("週3日から働きたい。") == 2
    browser.post(
        f"{address}new/", typed(area_06_hope="週5日働きたい。", place="other", place_note="入院中のため病院")
    )
    text = browser.get(address).content.decode()
    assert "2版" in text and "入院中のため病院" in text and "見守り" in text
    compared = browser.get(f"{address}compare/").content.decode()
    assert "<del>週3日から働きたい。</del>" in compared and "<ins>週5日働きたい。</ins>" in compared
    assert "変わったところ 2か所" in compared  # the place, and the hope
    assert AccessLog.objects.filter(client_id=client.pk, page="cases:assessment_compare").exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"place": ""}, "実施場所が選ばれていません"),
        ({"place": "other"}, "場所と理由が空です"),
        ({"overall": ""}, "総合所見が空です"),
        ({"held_on": "R8.11.21"}, "未来の日付です"),
        ({"area_01_need": "88"}, "その答えは一覧にありません"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(desk, fields, told):
    browser, _ = desk
    client = ClientFactory()
    answer = browser.post(f"/clients/{client.pk}/assessments/new/", typed(**fields))
    text = answer.content.decode()
    assert answer.status_code == 422 and told in text
    assert "持ち家に母と住む。" in text and "週3日から働きたい。" in text
    assert not Assessment.unscoped.exists()


def test_who_writes_and_the_count_of_queries(desk, sign_in, queries_of):
    browser, _ = desk
    client = ClientFactory()
    address = f"/clients/{client.pk}/assessments/"
    AssessmentFactory(client=client)
    one = queries_of(lambda: browser.get(address))
    AssessmentFactory(client=client, version=2)
    AssessmentFactory(client=client, version=3, areas={"99": {"now": "前の表にあった領域。"}})
    assert queries_of(lambda: browser.get(address)) == one
    assert "前の表にあった領域。" in browser.get(address).content.decode()
    token = typed(token=str(Assessment.unscoped.first().pk))
    assert browser.post(f"{address}new/", token).status_code == 422  # somebody else's form
    assert browser.post(f"{address}new/", typed(token="x")).status_code == 400
    foreign = ClientFactory(center=center("kita1"))
    assert browser.post(f"/clients/{foreign.pk}/assessments/new/", typed()).status_code == 404
    chiiki, _ = sign_in("chiiki")
    assert chiiki.post(f"{address}new/", typed()).status_code == 404
