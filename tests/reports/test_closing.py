"""Closing a month: the figures are frozen, the records go on, and what changed since is told without names."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.actions.identify import identify_record
from cases.models import ClosedMonth, Consultation
from centers.periods import Month
from reports.changes import steps_of
from reports.closing import NothingChanged, NotOver, StaleClosing, close_month
from reports.models import MonthlyReport
from tests.at_once import at_once
from tests.factories import ConsultationFactory, center, user_with
from tests.reports import a1

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)
CLOSED_ON = date(2026, 11, 6)


def report(zone: str = "西") -> dict:
    out = StringIO()
    call_command("soudan_monthly_report", "--center", zone, "--month", "2026-10", "--json", stdout=out)
    return json.loads(out.getvalue())


def close(by, version: int = 1, **more) -> MonthlyReport:
    return close_month(center=center(), month=OCTOBER, by=by, on=CLOSED_ON, version=version, **more)


@pytest.fixture
def world(on):
    return a1.enter()


def address(rest: str = "") -> str:
    return f"/reports/monthly/{center().pk}/2026-10/{rest}"


def test_an_anonymous_caller_becomes_known_after_the_closing(world, sign_in):
    """Scenario A2 by hand."""
    browser, manager = sign_in("kanri")
    assert "この月を締める" in browser.get(address()).content.decode()
    browser.post(address("close/"), {"version": "1"})
    assert ClosedMonth.unscoped.get().center == center()
    first = report()
    assert (first["version"], first["ages"]["unknown"]) == (1, 1)
    caller = Consultation.unscoped.get(client=None)
    identify_record(record=caller, client=world["P5"], by=manager, basis="本人が名乗った")

    assert report() == first  # version 1 is unchanged
    page = browser.get(address()).content.decode()
    assert "締め後の変更 1件" in page and "版 1" in page
    refused = browser.post(address("close/"), {"version": "2", "reason": ""})
    assert refused.status_code == 422 and "訂正の理由が空です" in refused.content.decode()
    browser.post(address("close/"), {"version": "2", "reason": "匿名の相談者がわかったため"})
    second = report()
    assert (second["version"], second["contacts"], second["persons"]["month_distinct"]) == (2, 12, 4)
    assert second["ages"] == {"0-17": 2, "18-39": 3, "40-64": 4, "65+": 3, "unknown": 0}
    assert MonthlyReport.unscoped.get(version=1).figures["ages"]["unknown"] == 1
    assert "締め後の変更はありません" in browser.get(address()).content.decode()

    city, _ = sign_in("shi")
    assert "版 2" in city.get("/reports/monthly/?month=2026-10").content.decode()
    told = city.get(address("versions/")).content.decode()
    assert "匿名の相談者がわかったため" in told and "令和8年10月7日(水)の記録" in told
    assert "年齢: 不明 → 18〜39歳" in told and "だれかわかった" in told
    assert "水前寺" not in told and "/consultations/" not in told
    assert city.get(address("close/")).status_code == 404


def test_every_kind_of_change_after_the_closing_is_told(world, on):
    manager = user_with("kanri")
    close(manager)
    records = Consultation.unscoped.filter(date__range=(OCTOBER.starts_on, OCTOBER.ends_on))
    calls = list(records.filter(method="4", client=world["P3"]).order_by("date"))
    Consultation.unscoped.filter(pk=calls[0].pk).update(method="1", version=2)
    Consultation.unscoped.filter(pk=calls[1].pk).update(counted=False, uncounted_reason="事務の連絡だけ")
    texts = records.get(client=world["P2"], method="2")
    Consultation.unscoped.filter(pk=texts.pk).update(facts="書き足した。", version=2)
    moved = records.get(client=world["P2"], method="6")
    Consultation.unscoped.filter(pk=moved.pk).update(date=date(2026, 11, 2), version=2)
    ConsultationFactory(client=world["P1"], date=date(2026, 10, 31))
    now, first = steps_of(center(), OCTOBER)
    assert first.report.version == 1 and not first.records
    told = {change.what for change in now.records}
    assert told == {
        ("支援の方法: 電話相談 → 訪問",),
        ("件数から外れた",),
        ("内容の訂正(数は変わりません)",),
        ("件数に加わった",),
    }
    assert len(now.records) == 5
    figures = {(change.label, change.before, change.after) for change in now.figures}
    assert ("相談件数(延べ)", 12, 11) in figures and ("訪問", 2, 3) in figures


def test_what_cannot_be_closed(world, on, sign_in):
    manager = user_with("kanri")
    with pytest.raises(NotOver):
        close_month(center=center(), month=OCTOBER, by=manager, on=date(2026, 10, 31), version=1)
    close(manager)
    with pytest.raises(StaleClosing):
        close(manager)
    with pytest.raises(NothingChanged):
        close(manager, 2, reason="念のため")
    with pytest.raises(DatabaseError), transaction.atomic():
        MonthlyReport.unscoped.update(figures={})
    browser, _ = sign_in("kanri")
    running = f"/reports/monthly/{center().pk}/2026-11/close/"
    assert "まだ終わっていません" in browser.get(running).content.decode()
    assert "まだ終わっていません" in browser.post(running, {"version": "1"}, follow=True).content.decode()
    assert (
        "ほかの人がこの月を締めました"
        in browser.post(
            address("close/"), {"version": "7", "reason": "数の直し"}, follow=True
        ).content.decode()
    )
    assert MonthlyReport.unscoped.count() == 1
    assert "まだ締めていません" in browser.get(running.replace("close", "versions")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_close_at_once_make_one_version(settings):
    settings.SOUDAN_TODAY = date(2026, 11, 20)
    manager = user_with("kanri")
    ConsultationFactory()
    outcomes = at_once(lambda: close(manager), lambda: close(manager))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MonthlyReport", "StaleClosing"]
    assert MonthlyReport.unscoped.count() == 1


def test_the_list_of_centers_takes_as_many_queries_when_more_are_closed(world, sign_in):
    browser, _ = sign_in("shi")

    def queries() -> int:
        browser.get("/reports/monthly/?month=2026-10")
        with CaptureQueriesContext(connection) as found:
            browser.get("/reports/monthly/?month=2026-10")
        return len(found)

    close(user_with("kanri"))
    one = queries()
    for zone in ("kita1", "kita2"):
        place = center(zone)
        close_month(center=place, month=OCTOBER, by=user_with("kanri", zone), on=CLOSED_ON, version=1)
    assert queries() == one
