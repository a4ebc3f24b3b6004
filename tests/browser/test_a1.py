"""Scenario A1: a month typed at 西 through the browser, and the report that comes of it."""

import json
from datetime import date
from io import StringIO

from django.core.management import call_command

from cases.models import Consultation
from centers.periods import wareki_short
from tests.factories import ConsultationFactory, center
from tests.reports.a1 import CONTACTS, EARLIER, EXPECTED, PEOPLE

MONTH = "2026-10"


class Typist:
    """Somebody at the quick log. Who was entered once is found by kana the next time."""

    def __init__(self, page, site: str):
        self.page, self.site = page, site
        self.known: set[str] = set()

    def log(self, day: date, who: str | None, method: str, contents, counterpart: str) -> None:
        self.page.goto(f"{self.site}/log/")
        self._choose(who)
        self._toggle("method", method)
        for code in contents:
            self._toggle("contents", code)
        self.page.fill("#id_date", wareki_short(day))
        self.page.select_option("#id_counterpart", counterpart)
        self.page.fill("#id_facts", f"{day.month}/{day.day} の相談")
        self.page.press("#id_facts", "Control+Enter")
        self.page.wait_for_selector(".ks-toast")

    def _choose(self, who: str | None) -> None:
        if who is None:
            self._toggle("subject", "anonymous")
        elif who in self.known:
            self._find(who)
        else:
            self._register(who)
            self.known.add(who)

    def _find(self, who: str) -> None:
        _, _, family, given, *_ = PEOPLE[who]
        self.page.fill("#id_clients", f"{family}{given}")
        self.page.click(f"#log-candidates [data-client]:has-text('{given}')")
        self.page.wait_for_selector("#log-people .ks-picked")

    def _register(self, who: str) -> None:
        family, given, family_kana, given_kana, birth, disabilities = PEOPLE[who]
        self._toggle("subject", "new")
        self.page.fill("#id_name", f"{family} {given}")
        self.page.fill("#id_kana", f"{family_kana} {given_kana}")
        self.page.fill("#id_birth", wareki_short(birth))
        for code in disabilities:
            self._toggle("disabilities", code)

    def _toggle(self, name: str, value: str) -> None:
        self.page.click(f'input[name="{name}"][value="{value}"] + label')


def set_aside() -> None:
    """What other tests logged at 西 is not counted."""
    Consultation.unscoped.filter(center=center(), counted=True).update(
        counted=False, uncounted_reason="別の試験"
    )


def report() -> dict:
    out = StringIO()
    call_command("soudan_monthly_report", "--center", "西", "--month", MONTH, "--json", stdout=out)
    return json.loads(out.getvalue())


def table(page, title: str) -> dict[str, int]:
    """label → figure of a table of the page."""
    rows = page.locator(f"section:has(h2:text-is('{title}')) tbody tr")
    return {
        row.locator("th").inner_text(): int(
            row.locator("td").first.evaluate("cell => (cell.firstElementChild || cell).firstChild.data")
        )
        for row in rows.all()
    }


def test_a_month_typed_by_hand_gives_the_hand_count(site, login, page, no_axe_violations):
    login("soudan", "nishi")
    set_aside()
    typist = Typist(page, site)
    for who, day in EARLIER:
        typist.log(day, who, "4", ["01"], "01")
    for day, who, method, contents, counterpart in CONTACTS:
        typist.log(date(2026, 10, day), who, method, contents, counterpart)

    found = report()
    assert {name: found[name] for name in EXPECTED} == EXPECTED

    page.goto(f"{site}/reports/monthly/?month={MONTH}")
    assert page.inner_text("h1") == "月次実績 令和8年10月分"
    assert table(page, "支援の方法") == {
        "電話相談": 5, "来所相談": 1, "訪問": 2, "同行": 1, "電子メール": 1, "個別支援会議": 1, "関係機関": 1, "その他": 0,
    }  # fmt: skip
    assert list(table(page, "支援内容(重複あり)").values()) == [5, 0, 3, 2, 2, 1, 2, 0, 2, 0, 1, 0]
    assert list(table(page, "年齢(延べ)").values()) == [2, 2, 4, 3, 1]
    assert list(table(page, "実人員").values()) == [4, 3, 2, 1, 3, 1, 0]
    assert list(table(page, "障がい種別(重複計上)").values()) == [1, 0, 1, 2, 1, 0, 0]
    assert sum(table(page, "業務項目").values()) == 12
    assert page.locator("section:has(#control) li.ng").count() == 0
    no_axe_violations()

    page.click("section:has(h2:text-is('支援の方法')) tr:has(th:text-is('電話相談')) a")
    page.wait_for_url("**/records/methods/4/")
    assert page.locator("tbody tr").count() == 5
    no_axe_violations()

    page.go_back()
    page.click("section:has(h2:text-is('実人員')) tr:has(th:text-is('月実人員')) a")
    page.wait_for_url("**/records/persons/month_distinct/")
    assert page.locator("tbody tr").count() == 4
    assert "熊本 太郎" in page.inner_text("tbody")
    no_axe_violations()


def test_the_city_opens_a_figure_without_names(site, login, page, no_axe_violations):
    login("shi")
    ConsultationFactory(client__family_name="隠田", date=date(2026, 10, 2), method="3", facts="伏せた話。")
    page.goto(f"{site}/reports/monthly/?month={MONTH}")
    no_axe_violations()
    page.click("tbody a:text-is('西 光')")
    page.wait_for_url(f"**/{MONTH}/")
    page.click("tr:has(th:text-is('同行')) a")
    page.wait_for_url("**/records/methods/3/")
    assert "10月2日(金)" in page.inner_text("tbody")
    assert "隠田" not in page.content() and "伏せた話" not in page.content()
    no_axe_violations()
