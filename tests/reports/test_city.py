from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.csv_output import csv_text
from reports.presenters import percent
from tests.factories import ClientFactory, ConsultationFactory, PlanCaseFactory, center

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on")]


def contacts(zone, day, n=1, **fields):
    client = ClientFactory(center=center(zone), family_name="秘密名", family_kana="ヒミツメイ")
    ConsultationFactory.create_batch(n, client=client, date=day, facts="秘密の要点", **fields)


def page(browser, query="") -> str:
    return browser.get(f"/city/{query}").content.decode()


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(106, 100, "+6%"), (91, 100, "−9%"), (5, 5, "±0%"), (5, 0, ""), (5, None, "")],
)
def test_percent(now, before, words):
    assert percent(now, before) == words


def test_the_last_full_month_against_the_year_before(sign_in):
    browser, _ = sign_in("shi")
    contacts("nishi", date(2026, 10, 31), 3)
    contacts("nishi", date(2025, 10, 1), 2)
    contacts("nishi", date(2026, 10, 1), counted=False, uncounted_reason="不在")
    text = page(browser)
    assert "令和8年10月分" in text
    assert "前年同月比 +50%" in text
    assert f'href="/reports/monthly/{center("nishi").pk}/2026-10/">3</a>' in text
    assert "月の途中" in page(browser, "?month=2026-11")


def test_nine_centers_in_the_order_of_the_zones(sign_in):
    browser, _ = sign_in("shi")
    text = page(browser)
    places = [
        text.index(f'?month=2026-10">{zone} ')
        for zone in ("中央1", "中央2", "東1", "東2", "西", "南1", "南2", "北1", "北2")
    ]
    assert places == sorted(places)
    assert text.count("要確認") >= 9


def test_the_day_of_the_city_paper(sign_in, settings):
    settings.SOUDAN_TODAY = date(2021, 11, 26)
    browser, _ = sign_in("shi")
    text = page(browser)
    assert "上限 50、西 75" in text
    assert text.count("H29.3の報告数") == 9
    for words in ("40件超過", "150件超過", "30件超過", "5件超過", "100件超過", "残り5件", "まで490日"):
        assert words in text
    assert "記録</td>" not in text


def test_no_names_and_no_texts_anywhere(sign_in):
    contacts("nishi", date(2026, 10, 1))
    PlanCaseFactory(client=ClientFactory(family_name="秘密名"), specialist="秘密名 専門員")
    for role in ("shi", "kansa"):
        browser, _ = sign_in(role)
        for path in ("/city/", "/city/export.csv", f"/city/centers/{center().pk}/"):
            answer = browser.get(path)
            assert answer.status_code == 200
            assert "秘密" not in answer.content.decode()
        browser.logout()


def test_records_are_linked_only_for_who_may_open_them(sign_in):
    contacts("nishi", date(2026, 10, 1))
    link = f"/reports/monthly/{center().pk}/2026-10/records/methods/4/"
    browser, _ = sign_in("shi")
    assert link in page(browser)
    browser, _ = sign_in("kansa")
    assert link not in page(browser)


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2026-13", "月として読めません"),
        ("x", "月として読めません"),
        ("2027-01", "まだ来ていません"),
        ("0001-01", "月として読めません"),
        ("2015-03", "まだセンターがありません"),
        ("1869-01", "まだセンターがありません"),
    ],
)
def test_a_month_that_cannot_be_shown_is_said_and_the_last_one_shown(sign_in, month, words):
    browser, _ = sign_in("shi")
    text = page(browser, f"?month={month}")
    assert words in text
    assert "令和8年10月を表示しています。" in text


def test_csv(sign_in, settings):
    settings.SOUDAN_DEMO = True
    browser, _ = sign_in("shi")
    contacts("nishi", date(2026, 10, 1), 2)
    answer = browser.get("/city/export.csv?month=2026-10")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert "架空" in lines[0]
    assert lines[1].startswith('"圏域","センター","受託法人"')
    assert len(lines) == 2 + 9 + 1
    (west,) = [line for line in lines if line.startswith('"西"')]
    assert '"2026-10","2","0"' in west


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_is_never_a_formula(text):
    assert csv_text([[text, -1, None, 'a"b']]) == f'"\'{text}","-1","","a""b"\r\n'


@pytest.mark.parametrize("role", ["soudan", "kanri", "ku", "system"])
def test_closed_to_others(sign_in, role):
    browser, _ = sign_in(role)
    for path in ("/city/", "/city/export.csv", f"/city/centers/{center().pk}/"):
        assert browser.get(path).status_code == 404


def test_the_number_of_statements_does_not_grow(sign_in):
    browser, _ = sign_in("shi")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            page(browser)
        return len(queries)

    contacts("nishi", date(2026, 10, 1))
    statements()  # the first request of a session notes the session
    one = statements()
    contacts("higashi1", date(2026, 9, 1), 2)
    contacts("kita1", date(2025, 9, 1), 2)
    assert statements() == one
