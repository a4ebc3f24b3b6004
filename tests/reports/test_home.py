from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Pin
from centers.models import AccessLog, StaffMember
from reports.checks import run_checks
from reports.home import greeting
from tests.factories import (
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    PlanCaseFactory,
    center,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on")]
TODAY = date(2026, 11, 20)


def home(browser) -> str:
    return browser.get("/").content.decode()


def step(user, days, what, **fields):
    staff = StaffMember.objects.get(user=user)
    return FollowUpFactory(
        due_on=TODAY + timedelta(days=days), what=what, staff=staff, written_by=user, **fields
    )


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "おつかれさまです"),
        (5, "おはようございます"),
        (10, "おはようございます"),
        (11, "こんにちは"),
        (16, "こんにちは"),
        (17, "おつかれさまです"),
    ],
)
def test_greeting(hour, words):
    assert greeting(hour) == words


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [("shi", "/city/"), ("ku", "/wards/nishi/"), ("kansa", "/audit/"), ("system", "/contracts/")],
)
def test_others_go_to_their_own_first_page(sign_in, role, leads_to):
    browser, _ = sign_in(role)
    assert browser.get("/").headers["Location"] == leads_to


def test_what_is_overdue_comes_first_and_the_list_is_bounded(sign_in):
    browser, user = sign_in("soudan")
    step(user, 0, "今日すること")
    step(user, -5, "遅れたこと")
    step(user, 30, "ずっと先のこと")
    for number in range(12):
        step(user, 2, f"あとのこと{number}")
    text = home(browser)
    assert text.index("遅れたこと") < text.index("今日すること") < text.index("あとのこと")
    assert "5日超過" in text
    assert "ずっと先のこと" not in text
    assert text.count("あとのこと") == 10


def test_no_text_of_a_record_and_no_other_center(sign_in):
    browser, user = sign_in("soudan")
    own = ClientFactory()
    CaseFactory(
        client=own,
        responsible=StaffMember.objects.get(user=user),
        last_contact_on=TODAY,
        last_contact_method="4",
    )
    ConsultationFactory(client=own, date=TODAY, facts="秘密の要点", written_by=user)
    foreign = ClientFactory(center=center("higashi1"), family_name="他所")
    FollowUpFactory(client=foreign, due_on=TODAY, what="他所の予定", written_by=user)
    text = home(browser)
    assert own.name in text
    assert "11/20 電話" in text
    assert "秘密の要点" not in text
    assert "他所" not in text


def test_chiiki_sees_their_own_steps_and_only_counts_of_the_rest(sign_in):
    browser, user = sign_in("chiiki")
    step(user, 0, "自分の予定")
    FollowUpFactory(due_on=TODAY, what="ほかの人の予定")
    ConsultationFactory(
        date=TODAY, staff=StaffMember.objects.create(name="集計 花子"), facts="ほかの人の要点"
    )
    text = home(browser)
    assert "自分の予定" in text
    assert "ほかの人" not in text
    assert "集計" in text


def test_kanri_sees_findings_first_and_the_centers_overdue_steps(sign_in):
    browser, _ = sign_in("kanri")
    PlanCaseFactory.create_batch(76, client=ClientFactory())
    FollowUpFactory(due_on=TODAY - timedelta(days=1), what="だれかの遅れ")
    run_checks(TODAY, store=True)
    text = home(browser)
    assert "上限75件を1件超えています" in text
    assert text.index("センターの指摘") < text.index("今月の記録")
    assert "だれかの遅れ" in text
    assert "センター全体 1件" in text
    assert AccessLog.objects.filter(page="reports:home", verb="read").count() == 1


def test_the_number_of_statements_does_not_grow(sign_in):
    browser, user = sign_in("soudan")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            home(browser)
        return len(queries)

    def fill(count):
        for number in range(count):
            person = ClientFactory()
            CaseFactory(client=person, responsible=StaffMember.objects.get(user=user), last_contact_on=TODAY)
            step(user, number, "すること", client=person)

    fill(1)
    statements()  # the first request of a session notes the session
    one = statements()
    fill(2)
    assert statements() == one


def test_pinned_people_stand_on_home(sign_in):
    browser, user = sign_in("soudan")
    person = CaseFactory(client__family_name="手元").client
    assert "ピン留め" not in home(browser)
    Pin.unscoped.create(user=user, client=person)
    assert "手元" in home(browser)
