"""The two clocks of an abuse report as findings and notices, by the hours of scenario A3."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest

from cases.actions.abuse import add_step, settle
from cases.models import AbuseReport
from centers import notice_mail
from centers.models import Finding, Notice
from centers.periods import JST
from reports.checks import FREQUENT, abuse, run_checks
from reports.tasks import run_frequent_checks
from tests.factories import AbuseReportFactory, ClientFactory, center, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(settings):
    """clock(day, hour, minute) sets the moment that the checks take as now, in November 2026."""

    def _set(day: int, hour: int, minute: int = 0) -> None:
        settings.SOUDAN_TODAY, settings.SOUDAN_TIME = date(2026, 11, day), time(hour, minute)

    return _set


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JST)


def open_findings() -> dict:
    rows = Finding.objects.filter(kind__in=abuse.KINDS, resolved_on=None)
    return {row.kind: (row.figures["hours"], row.severity) for row in rows}


def enter(report: AbuseReport, kind: str, at: datetime) -> None:
    add_step(
        pk=uuid4(),
        report=report,
        by=report.received_by,
        on=at.date(),
        kind=kind,
        at=at,
        who="試験",
        text="済",
    )


def test_friday_evening_to_sunday(clock):
    receiver, leader = user_with("soudan"), user_with("kinou")
    user_with("kinou", "higashi1")
    client = ClientFactory(center=center("nishi"), family_name="熊本", given_name="太郎")
    report = AbuseReportFactory(client=client, received_by=receiver, account="父にたたかれた")
    clock(20, 17, 39)
    run_frequent_checks()
    assert open_findings() == {}
    clock(20, 17, 40)
    run_frequent_checks()
    assert open_findings() == {"abuse_city_notice": (1, "warn")}
    told = Notice.objects.filter(kind="abuse_city_notice", closed_at=None)
    assert {(one.user_id, one.role) for one in told} == {(receiver.pk, ""), (leader.pk, ""), (None, "shi")}
    assert all(str(report.pk) in one.path for one in told)
    for one in [*told, *Finding.objects.filter(kind__startswith="abuse")]:
        words = " ".join(str(value) for value in vars(one).values())
        assert not [
            word for word in ("熊本", "太郎", "たたかれた", report.number, client.number) if word in words
        ]

    clock(20, 17, 50)
    before = list(told.order_by("pk").values())
    run_frequent_checks()
    assert list(told.order_by("pk").values()) == before, "a second run changes nothing"

    enter(report, "notified", moment(20, 17, 5))
    run_frequent_checks()
    assert open_findings() == {} and not told.all().exists()

    hours = []
    for day, hour, minute in [(21, 16, 39), (21, 16, 40), (22, 8, 40), (22, 16, 40), (23, 9, 0)]:
        clock(day, hour, minute)
        run_frequent_checks()
        hours.append(open_findings().get("abuse_safety_check"))
    assert hours == [None, (24, "info"), (40, "warn"), (48, "breach"), (48, "breach")]
    told = Notice.objects.filter(kind="abuse_safety_check")
    assert (told.count(), told.filter(closed_at=None).count()) == (9, 3)
    assert "令和8年11月22日(日) 16:40" in told.first().body

    enter(report, "safety", moment(21, 10, 30))
    run_frequent_checks()
    assert open_findings() == {} and not told.filter(closed_at=None).exists()


def test_a_day_gone_by_is_judged_as_of_its_end(clock):
    report = AbuseReportFactory(client=ClientFactory(center=center("nishi")), received_by=user_with("soudan"))
    enter(report, "notified", moment(20, 17, 5))
    enter(report, "safety", moment(22, 9, 0))
    clock(24, 9)
    found = {
        day: [(fact.kind, fact.figures["hours"]) for fact in abuse.find(date(2026, 11, day))]
        for day in (19, 20, 21, 22)
    }
    assert found == {19: [], 20: [], 21: [("abuse_safety_check", 24)], 22: []}


def test_a_request_of_the_city_asks_no_notice_to_the_city_and_goes_to_who_took_it(clock):
    taker = user_with("soudan")
    report = AbuseReportFactory(
        client=ClientFactory(center=center("nishi")),
        received_by=user_with("shi"),
        taken_by=taker,
        origin="city",
    )
    settle(report)
    clock(22, 12)
    (fact,) = abuse.found_at(moment(22, 12))
    assert (fact.kind, fact.figures["hours"], fact.to[0].user_id) == ("abuse_safety_check", 40, taker.pk)


def test_closed_reports_and_other_checks_are_left_alone(clock):
    clock(23, 9)
    report = AbuseReportFactory(client=ClientFactory(center=center("nishi")), received_by=user_with("soudan"))
    enter(report, "notified", moment(20, 17, 5))
    enter(report, "closed", moment(20, 18, 0))
    assert run_checks(date(2026, 11, 23), store=False, checks=FREQUENT) == []


def test_mails_about_abuse_do_not_wait_for_the_morning(clock, settings, mailoutbox):
    settings.SOUDAN_MAIL = True
    receiver = user_with("soudan")
    notice_mail.set_preference(by=receiver, email="a@example.jp", time="at_once")
    AbuseReportFactory(client=ClientFactory(center=center("nishi")), received_by=receiver)
    clock(20, 17, 40)
    run_frequent_checks()
    notice_mail.send_urgent()
    (mail,) = mailoutbox
    assert "虐待" not in mail.subject + mail.body
