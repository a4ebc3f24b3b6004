"""Scenario A2: a month is closed, then the caller without a name turns out to be a client."""

import pgtrigger
import pytest

from cases.models import ClosedMonth
from reports.models import MonthlyReport
from tests.browser.test_a1 import MONTH, report, set_aside, table
from tests.factories import center
from tests.reports import a1


@pytest.fixture
def open_again(here):
    """The month is open for the other tests on this site."""
    yield
    with pgtrigger.ignore("reports.MonthlyReport:append_only"):
        MonthlyReport.unscoped.all().delete()
    ClosedMonth.unscoped.all().delete()


def test_a_caller_is_known_after_the_closing(site, login, page, no_axe_violations, open_again):
    login("kanri", "nishi")
    set_aside()
    people = a1.enter()
    month = f"{site}/reports/monthly/{center().pk}/{MONTH}/"
    page.goto(month)
    page.click("a:text-is('この月を締める')")
    no_axe_violations()
    page.click("button:text-is('この月を締める')")
    page.wait_for_selector(".ks-toast")
    first = report()
    assert (first["version"], first["contacts"], first["ages"]["unknown"]) == (1, 12, 1)

    # from the figure to the record, and to the person
    page.click("section:has(h2:text-is('年齢(延べ)')) tr:has(th:text-is('不明')) a")
    page.click("tbody tr a:has-text('開く')")
    page.click("a:has-text('だれかわかった')")
    page.fill("#identify-q", "すいぜんじ")
    page.press("#identify-q", "Enter")
    page.check(f"input[value='{people['P5'].pk}']")
    no_axe_violations()
    page.fill("#id_basis", "本人が名乗った")
    page.click("button:text-is('この人の記録にする')")
    page.wait_for_url(f"**/clients/{people['P5'].pk}/")

    page.goto(month)
    assert "締め後の変更 1件" in page.inner_text("section[aria-label='締め']")
    assert report() == first
    page.click("a:text-is('訂正版を作る')")
    page.fill("#id_reason", "匿名の相談者がわかったため")
    no_axe_violations()
    page.click("button:text-is('訂正版 2 を作る')")
    page.wait_for_selector(".ks-toast")
    second = report()
    assert (second["version"], second["contacts"], second["persons"]["month_distinct"]) == (2, 12, 4)
    assert list(table(page, "年齢(延べ)").values()) == [2, 3, 4, 3, 0]

    page.context.clear_cookies()
    login("shi")
    page.goto(f"{site}/reports/monthly/?month={MONTH}")
    page.click("tr:has-text('西 光') a:has-text('版 2')")
    told = page.inner_text("main")
    assert "訂正の理由: 匿名の相談者がわかったため" in told
    assert "年齢: 不明 → 18〜39歳" in told and "水前寺" not in page.content()
    no_axe_violations()
