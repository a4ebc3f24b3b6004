"""期限が近いもの: what counts as running out, of whom, and what the checks tell the center."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.expiries import expiries_by_center
from cases.models import Consent, GrantedService, Handbook, SheetDate
from cases.rules import expiry_stage
from centers.models import AccessLog, Center
from reports.checks.expiries import find_expiries, find_missing_consents
from tests.factories import CaseFactory, ClientFactory, center

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def test_the_stage_is_the_last_step_that_has_come():
    expected = {91: None, 90: 90, 61: 90, 60: 60, 30: 30, 1: 30, 0: 0, -400: 0}
    found = {days: expiry_stage(ON + timedelta(days=days), ON, [90, 60, 30, 0]) for days in expected}
    assert found == expected


def add(days: int, *, staff=None, zone="nishi", closed=None, name="期限", **fields):
    """A client with a 受給者証 that runs out in so many days."""
    client = ClientFactory(center=center(zone), family_name=name, **fields)
    CaseFactory(
        client=client,
        responsible=staff,
        opened_on=date(2026, 11, 1),
        **{"state": "closed", "closed_on": closed} if closed else {},
    )
    SheetDate.unscoped.create(client=client, kind="certificate", due_on=ON + timedelta(days=days))
    return client


def test_the_home_shows_ones_own_and_the_list_the_centers(sign_in, on):
    browser, user = sign_in("soudan")
    add(91, staff=user.staff_member, name="先の人")
    add(-3, staff=user.staff_member, name="過ぎた人")
    add(3, name="同僚の人")
    add(3, staff=user.staff_member, closed=date(2026, 11, 10), name="終結の人")
    add(3, zone="kita1", name="よその人")
    home = browser.get("/").content.decode()
    assert "過ぎた人" in home and "3日超過" in home
    assert not any(name in home for name in ("先の人", "同僚の人", "終結の人", "よその人"))
    everyone = browser.get("/expiries/?view=all").content.decode()
    assert "過ぎた人" in everyone and "同僚の人" in everyone and "よその人" not in everyone
    assert AccessLog.objects.filter(page="cases:expiries", verb="read").count() == 1, "the colleague's alone"
    overdue = browser.get("/expiries/?view=all&stage=overdue").content.decode()
    assert "過ぎた人" in overdue and "同僚の人" not in overdue
    assert "同僚の人" in browser.get("/expiries/?view=all&stage=30").content.decode()
    assert "同僚の人" in browser.get("/expiries/?view=all&stage=x").content.decode()


def test_every_kind_runs_out(sign_in, on, queries_of):
    browser, user = sign_in("soudan")

    def one():
        soon = ON + timedelta(days=10)
        client = add(20, staff=user.staff_member, support_level="3", support_level_until=soon)
        Handbook.unscoped.create(client=client, kind="mental", grade="2級", next_on=soon)
        GrantedService.unscoped.create(client=client, service="生活介護", ends_on=soon, updated_by=user)
        ended = {"client": client, "updated_by": user, "ends_on": ON - timedelta(days=1)}
        GrantedService.unscoped.create(service="短期入所", **ended)
        for end in (soon, soon + timedelta(days=365)):
            GrantedService.unscoped.create(client=client, service="居宅介護", ends_on=end, updated_by=user)
        Consent.unscoped.create(client=client, given_on=date(2026, 4, 1), ends_on=soon)

    one()
    text = browser.get("/expiries/").content.decode()
    for words in ("受給者証", "障害支援区分", "精神障害者保健福祉手帳", "支給決定: 生活介護", "同意の期間"):
        assert words in text, words
    assert "居宅介護" not in text, "renewed already"
    assert "短期入所" not in text, "ended, and so it may be"
    few = queries_of(lambda: browser.get("/expiries/"))
    one()
    one()
    assert queries_of(lambda: browser.get("/expiries/")) == few


def test_the_checks_tell_each_center_its_numbers(on):
    add(-3)
    add(80)
    add(5, zone="kita1", name="名前の人")
    add(200, zone="kita2")
    with CaptureQueriesContext(connection) as queries:
        expiries_by_center(ON)
    assert sum("UNION ALL" in query["sql"] for query in queries) == 1 and len(queries) <= 2
    facts = {fact.target: fact for fact in find_expiries(ON)}
    assert set(facts) == {"西", "北1"}
    assert facts["西"].figures == {"count": 2, "overdue": 1, "days": 90}
    assert (facts["西"].severity, facts["西"].period) == ("warn", "2026")
    assert facts["西"].since == ON - timedelta(days=93)
    assert facts["北1"].severity == "info" and "名前の人" not in repr(facts["北1"])


def test_a_case_without_a_consent_is_told_after_some_days(on):
    def opened(days, **consent):
        client = ClientFactory()
        CaseFactory(client=client, opened_on=ON - timedelta(days=days))
        if consent:
            Consent.unscoped.create(client=client, given_on=date(2026, 4, 1), **consent)

    opened(30)
    opened(29)
    opened(60, scopes=["医療"])
    opened(60, withdrawn_on=ON)
    opened(60, ends_on=ON - timedelta(days=1))
    (fact,) = find_missing_consents(ON)
    assert fact.kind == "consent_missing" and fact.figures == {"persons": 3, "days": 30}
    assert fact.since == ON - timedelta(days=30)
    Center.objects.filter(zone="nishi").update(closed_on=ON - timedelta(days=1))
    assert find_missing_consents(ON) == []
