"""Scenario A3: an abuse report on Friday evening, its clocks over the week-end, its steps, its closing.

Each stretch is served with its own fixed day and time of day; the checks run at the scenario's moments.
"""

from datetime import date, time

import pytest

from cases.models import AbuseReport, AbuseReporter
from centers.models import Finding, Notice
from centers.periods import Month
from reports.checks import FREQUENT, run_checks
from reports.rights import rights_figures
from tests.browser.conftest import served
from tests.factories import PASSWORD, CaseFactory, ClientFactory, center, user_with

ZONE = "minami2"
TELLER = "通報 する人"
FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)


@pytest.fixture
def checked_at(here, settings):
    """checked_at(day, "17:40") → the kinds and hours that stand open for the zone after the checks of that moment."""

    def _run(day: date, clock: str) -> dict[str, int]:
        settings.SOUDAN_TODAY, settings.SOUDAN_TIME = day, time.fromisoformat(clock)
        run_checks(day, store=True, checks=FREQUENT)
        standing = Finding.objects.filter(kind__startswith="abuse", resolved_on=None, center__zone=ZONE)
        return {finding.kind: finding.figures["hours"] for finding in standing}

    return _run


def test_friday_evening(site_database, login, page, tmp_path, checked_at):
    receiver = login("soudan", ZONE)
    other = user_with("soudan", ZONE)
    person = ClientFactory(center=center(ZONE), family_name="熊本", given_name="太郎")
    CaseFactory(client=person, responsible=receiver.staff_member)

    with served(site_database, tmp_path, SOUDAN_TODAY="2026-11-20", SOUDAN_TIME="17:45") as friday:
        log_the_call(page, friday, person)
        assert page.inner_text("h1") == "虐待通報受付票"
        assert "あざがある" in page.input_value("#id_account")
        page.fill("#id_time", "16:40")
        tick(page, "types", "01")
        tick(page, "accused_kind", "01")
        page.fill("#id_accused_relation", "父")
        page.fill("#id_reporter_name", TELLER)
        page.click("button:text-is('保存')")
        page.wait_for_selector("h1:has-text('虐待の通報')")
        report = AbuseReport.unscoped.get(client=person)
        assert "令和8年11月22日 16:40" in page.inner_text("main")  # a Sunday; the 23rd is a holiday
        assert "市への連絡: 期限を 5分過ぎています" in page.inner_text("main")

        assert checked_at(FRIDAY, "17:39") == {}
        assert checked_at(FRIDAY, "17:40") == {"abuse_city_notice": 1}
        told = Notice.objects.filter(kind="abuse_city_notice", path__contains=report.pk, closed_at=None)
        assert {receiver.pk} <= set(told.values_list("user", flat=True))
        assert not [one for one in told if "熊本" in one.title + one.body]

        page.goto(f"{friday}/rights/abuse/{report.pk}/steps/new/?kind=closed")
        page.fill("#id_text", "様子をみる")
        page.click("button:text-is('保存')")
        assert "市への連絡が入っていないため、終結できません" in page.inner_text(".ks-errsum")
        enter(page, friday, report, "notified", "", "17:05", detail="4", partner="市 虐待防止センター")
        assert "市への連絡: 達成 25分" in page.inner_text("main")
        assert checked_at(FRIDAY, "17:50") == {}
    assert checked_at(date(2026, 11, 21), "16:40") == {"abuse_safety_check": 24}
    assert checked_at(SUNDAY, "08:40") == {"abuse_safety_check": 40}

    with served(site_database, tmp_path, SOUDAN_TODAY="2026-11-22", SOUDAN_TIME="08:45") as sunday:
        page.goto(f"{sunday}/rights/abuse/{report.pk}/")
        assert "安全確認まで あと 7時間" in page.inner_text("main")
        page.goto(f"{sunday}/rights/abuse/{report.pk}/steps/new/?kind=safety")
        assert no_judgement(page)
        enter(page, sunday, report, "safety", "R8.11.21", "10:30", detail="01", text="居室で会えた")
        assert "安全確認: 達成 17時間50分" in page.inner_text("main")
        assert checked_at(SUNDAY, "08:50") == {}

        page.goto(f"{sunday}/rights/abuse/{report.pk}/reporter/")
        assert page.input_value("#id_reporter_name") == TELLER
        sign_in_as(page, sunday, other)
        assert page.goto(f"{sunday}/rights/abuse/{report.pk}/reporter/").status == 404
        page.goto(f"{sunday}/rights/")
        assert "太郎" not in page.content() and TELLER not in page.content()

    found = rights_figures([center(ZONE)], Month(2026, 11))[center(ZONE).pk]
    assert (found.received, found.types["01"], found.accused["01"], found.notified) == (1, 1, 1, 1)
    assert AbuseReporter.unscoped.get(report=report).name == TELLER


def log_the_call(page, site: str, person) -> None:
    page.goto(f"{site}/clients/{person.pk}/log/")
    tick(page, "method", "4")
    tick(page, "contents", "11")
    page.fill("#id_facts", "事業所の職員から電話。左腕にあざがある。")
    page.check("#id_rights_concern")
    page.press("#id_facts", "Control+Enter")
    page.wait_for_url("**/rights/abuse/new/**")


def enter(page, site, report, kind, day, clock, *, detail, partner="", text="") -> None:
    page.goto(f"{site}/rights/abuse/{report.pk}/steps/new/?kind={kind}")
    if day:
        page.fill("#id_day", day)
    page.fill("#id_time", clock)
    page.select_option("#id_detail", detail)
    for name, value in (("partner", partner), ("text", text)):
        if value:
            page.fill(f"#id_{name}", value)
    page.click("button:text-is('保存')")
    page.wait_for_url(f"**/rights/abuse/{report.pk}/")


def tick(page, name: str, value: str) -> None:
    page.click(f'input[name="{name}"][value="{value}"] + label')


def no_judgement(page) -> bool:
    """The center writes what it saw; whether it was abuse is no field of its forms."""
    return "虐待の事実" not in page.inner_text("main")


def sign_in_as(page, site: str, user) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
