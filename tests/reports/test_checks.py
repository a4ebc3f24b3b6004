import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from centers.memory import forget
from centers.models import CheckRun, Finding, Notice, NoticeRead, PlanCap, RuleSetting
from reports import checks
from reports.checks import CHECKS, registry, run_checks
from reports.checks.store import store_run
from tests.factories import (
    ClientFactory,
    PlanCaseFactory,
    StaffAssignmentFactory,
    StaffMemberFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

R3 = date(2021, 11, 26)
CAPS, STAFFING, *_ = CHECKS


def found(on, kind="", zone=""):
    """What the checks find, narrowed to kinds that begin so and to one zone's name."""
    return [
        f for f in run_checks(on, store=False) if f.kind.startswith(kind) and f.target == (zone or f.target)
    ]


def caps(on):
    return {
        f.target: (f.kind, f.figures["held"], f.figures["over"], f.severity) for f in found(on, "plan_cap")
    }


def place(zone, post, n=1, **fields):
    """So many people in a post of the zone's center."""
    for _ in range(n):
        StaffAssignmentFactory(center=center(zone), post=post, staff=StaffMemberFactory(), **fields)


def hold(zone, n, *, client=None, **fields):
    client = client or ClientFactory(center=center(zone))
    return PlanCaseFactory.create_batch(n, client=client, **fields)


# ---- plan caps ----


def test_nothing_is_found_in_2017_when_the_limit_was_lifted():
    assert found(date(2017, 6, 1)) == []


def test_who_is_over_on_the_day_of_the_city_paper():
    """The reported holdings of March 2017 under the R3–R5 cap; still before its deadline."""
    assert caps(R3) == {
        "中央1": ("plan_cap_over", 90, 40, "warn"),
        "中央2": ("plan_cap_over", 90, 40, "warn"),
        "東1": ("plan_cap_full", 50, 0, "warn"),
        "西": ("plan_cap_near", 70, 0, "warn"),
        "南1": ("plan_cap_over", 200, 150, "warn"),
        "南2": ("plan_cap_over", 80, 30, "warn"),
        "北1": ("plan_cap_over", 55, 5, "warn"),
        "北2": ("plan_cap_over", 150, 100, "warn"),
    }


def test_a_finding_says_everything_that_the_interface_promises():
    (fact,) = found(R3, "plan_cap", "中央1")
    assert fact.as_json() == {
        "kind": "plan_cap_over",
        "scope": "center",
        "target": "中央1",
        "period": "r3-5",
        "since": "2021-04-01",
        "severity": "warn",
        "figures": {"held": 90, "cap": 50, "over": 40, "deadline": "2023-03-31"},
        "message": "計画相談が90件(H29.3の報告数)で、上限50件を40件超えています。期限は令和5年3月31日です。",
    }


def test_over_the_cap_is_a_breach_from_the_day_after_the_deadline():
    severities = {
        on: {f.severity for f in found(on, "plan_cap_over")} for on in (date(2023, 3, 31), date(2023, 4, 1))
    }
    assert severities == {date(2023, 3, 31): {"warn"}, date(2023, 4, 1): {"breach"}}
    (fact,) = found(date(2023, 4, 1), "plan_cap", "北1")
    assert fact.message.endswith("期限の令和5年3月31日を過ぎています。")


def test_a_presumed_term_never_yields_a_breach():
    facts = found(date(2026, 11, 20), "plan_cap_over")
    assert facts
    assert {f.severity for f in facts} == {"warn"}
    assert all(f.message.endswith("契約条件は要確認です。") for f in facts)


def test_the_board_of_three_centers():
    """Acceptance scenario A5: 78, 50 and 46 held; four of the first leave on 2026-11-30."""
    hold("nishi", 74)
    hold("nishi", 4, ends_on=date(2026, 11, 30))
    hold("higashi1", 50)
    hold("higashi2", 46)
    before, after = date(2026, 11, 30), date(2026, 12, 1)
    assert {zone: caps(before)[zone][:3] for zone in ("西", "東1", "東2")} == {
        "西": ("plan_cap_over", 78, 3),
        "東1": ("plan_cap_full", 50, 0),
        "東2": ("plan_cap_near", 46, 0),
    }
    assert caps(after)["西"] == ("plan_cap_near", 74, 0, "warn")


def test_since_is_the_day_on_which_the_cap_was_crossed():
    hold("higashi1", 50)
    hold("higashi1", 1, contract_on=date(2026, 6, 15))
    (fact,) = found(date(2026, 11, 20), "plan_cap", "東1")
    assert (fact.kind, fact.since) == ("plan_cap_over", date(2026, 6, 15))
    (fact,) = found(date(2026, 6, 14), "plan_cap", "東1")
    assert (fact.kind, fact.since) == ("plan_cap_full", date(2024, 4, 1))


def test_rows_win_over_a_reported_number_from_the_first_row_on():
    hold("minami1", 3, contract_on=date(2021, 9, 1), ends_on=date(2021, 10, 31))
    assert caps(date(2021, 8, 31))["南1"][1] == 200
    assert "南1" not in caps(date(2021, 9, 1))
    assert "南1" not in caps(date(2021, 11, 1))


def test_only_the_kinds_that_the_term_counts_are_held():
    hold("kita1", 45, kind="community")
    hold("kita1", 45, kind="child")
    assert "北1" not in caps(date(2026, 11, 20))
    PlanCap.objects.filter(term__center=center("kita1")).update(counts=["plan", "community"])
    assert caps(date(2026, 11, 20))["北1"][1] == 45


def test_a_limit_per_worker_grows_with_the_workers():
    """H27–29: 20 a 相談員, 計画相談 and 地域相談 together."""
    place("nishi", "soudan", 2)
    place("nishi", "soudan", ends_on=date(2015, 6, 30))
    hold("nishi", 30, contract_on=date(2015, 4, 1))
    hold("nishi", 15, contract_on=date(2015, 4, 1), kind="community")
    assert "西" not in caps(date(2015, 6, 30))
    (fact,) = found(date(2015, 7, 1), "plan_cap", "西")
    assert fact.figures == {"held": 45, "cap": 40, "over": 5, "deadline": "2017-03-31"}
    assert fact.since == date(2015, 7, 1)
    assert "上限40件(20件×相談員2名)" in fact.message


def test_near_follows_the_setting():
    RuleSetting.objects.filter(key="plan_near_tenths").update(value=5)
    hold("nishi", 38)
    assert caps(date(2026, 11, 20))["西"][0] == "plan_cap_near"


# ---- staffing ----


def test_an_empty_mandatory_post_is_a_breach_and_an_empty_soudan_post_a_deduction():
    place("nishi", "soudan", 3)
    place("nishi", "soudan", 1, starts_on=date(2021, 12, 1))
    place("nishi", "chiiki", qualifications=["social_worker"])
    place("minami1", "soudan", 1)
    place("minami1", "soudan", ends_on=date(2021, 9, 30))
    assert [(f.kind, f.severity) for f in found(R3, "post", "西")] == [("post_mandatory_missing", "breach")]
    (fact,) = found(R3, "post_deduction", "南1")
    assert fact.severity == "warn"
    assert fact.since == date(2021, 10, 1)
    assert fact.figures == {"post": "相談員", "required": 2, "filled": 1, "vacant_days": 57}
    assert fact.message == "相談員が2名のうち1名です。欠員1名はR3.10.1からで、減算の対象です。"


def test_a_gap_under_a_presumed_term_warns_only():
    severities = {f.severity for f in found(date(2026, 11, 20), "post_mandatory_missing")}
    assert severities == {"warn"}


def test_a_gap_without_a_known_consequence_is_no_finding():
    place("chuo1", "kinou", qualifications=["nurse"], experience_months=60)
    assert [f.kind for f in found(date(2016, 6, 1))] == ["post_qualification"]


def test_qualification_and_second_duties_are_told_apart():
    place("kita2", "kinou", qualifications=["specialist"], experience_months=60)
    place("kita2", "soudan", 2)
    place("kita2", "chiiki", exclusive=False, qualifications=["social_worker"])
    assert [(f.kind, f.severity, f.figures["post"]) for f in found(R3, "post", "北2")] == [
        ("post_concurrent", "warn", "地域支援員"),
        ("post_qualification", "warn", "相談支援機能強化員"),
    ]


def test_the_qualification_under_discussion_is_only_noted():
    place("kita2", "chiiki", qualifications=[])
    (fact,) = found(R3, "post_qualification", "北2")
    assert fact.severity == "info"


def test_one_person_in_two_posts_is_a_second_duty():
    person = StaffMemberFactory()
    for post in ("soudan", "kinou"):
        StaffAssignmentFactory(
            staff=person, center=center("kita2"), post=post, qualifications=["specialist", "nurse"]
        )
    assert [f.figures["post"] for f in found(R3, "post_concurrent", "北2")] == [
        "相談支援機能強化員",
        "相談員",
    ]


def test_a_closed_center_is_not_judged():
    nishi = center("nishi")
    nishi.closed_on = date(2026, 10, 31)
    nishi.save()
    assert found(date(2026, 10, 31), zone="西")
    assert not found(date(2026, 11, 1), zone="西")


def test_findings_come_worst_first_then_by_kind_and_target():
    facts = found(R3)
    keys = [(["breach", "warn", "info"].index(f.severity), f.kind, f.target) for f in facts]
    assert keys == sorted(keys)
    assert {f.severity for f in facts} == {"breach", "warn"}


# ---- storing ----


def stored():
    fields = (
        "kind",
        "target_key",
        "period",
        "severity",
        "since",
        "figures",
        "resolved_on",
        "opened_at",
        "id",
    )
    return sorted(Finding.objects.values_list(*fields), key=str)


def test_running_twice_changes_nothing():
    run_checks(R3, store=True)
    before = stored()
    notices = sorted(Notice.objects.values_list("id", "finding", "created_at", "closed_at", "body"), key=str)
    run_checks(R3, store=True)
    assert len(before) == 35
    assert stored() == before
    assert (
        sorted(Notice.objects.values_list("id", "finding", "created_at", "closed_at", "body"), key=str)
        == notices
    )
    assert CheckRun.objects.count() == len(CHECKS)


def test_without_storing_nothing_is_written():
    run_checks(R3, store=False)
    assert not Finding.objects.exists()
    assert not CheckRun.objects.exists()


def test_each_run_is_noted_for_its_day():
    run_checks(R3, store=True)
    run = CheckRun.objects.get(check_name="plan_caps")
    assert (run.period, run.findings, run.target) == ("2021-11-26", 8, "city")
    assert run.finished_at >= run.started_at
    run_checks(date(2021, 11, 27), store=True)
    assert CheckRun.objects.filter(check_name="plan_caps").count() == 2


def test_a_finding_is_resolved_and_opens_again():
    def finding():
        return Finding.objects.get(kind="plan_cap_over", target="東1")

    hold("higashi1", 50)
    (extra,) = hold("higashi1", 1)
    run_checks(date(2026, 11, 20), store=True)
    first = finding()
    assert first.resolved_on is None
    assert first.notice.closed_at is None

    extra.ends_on = date(2026, 11, 20)
    extra.save()
    run_checks(date(2026, 11, 21), store=True)
    assert finding().resolved_on == date(2026, 11, 21)
    assert finding().notice.closed_at is not None
    assert Finding.objects.get(kind="plan_cap_full", target="東1").resolved_on is None

    run_checks(date(2026, 11, 22), store=True)
    assert finding().resolved_on == date(2026, 11, 21)

    hold("higashi1", 1, contract_on=date(2026, 11, 23))
    run_checks(date(2026, 11, 23), store=True)
    again = finding()
    assert (again.pk, again.resolved_on, again.since) == (first.pk, None, date(2026, 11, 23))
    assert again.notice.closed_at is None


def test_a_finding_that_opens_again_or_weighs_more_is_unread_again():
    reader = user_with("soudan", "kita1")
    run_checks(date(2023, 3, 31), store=True)
    notice = Notice.objects.get(finding__kind="plan_cap_over", center=center("kita1"))
    NoticeRead.objects.create(notice=notice, user=reader)

    run_checks(date(2023, 3, 31), store=True)
    assert NoticeRead.objects.count() == 1
    run_checks(date(2023, 4, 1), store=True)
    assert not NoticeRead.objects.exists()
    notice.refresh_from_db()
    assert notice.severity == "breach"
    assert "過ぎています" in notice.body


def test_new_figures_of_an_open_finding_leave_it_read():
    reader = user_with("soudan", "nishi")
    hold("nishi", 80)
    run_checks(date(2026, 11, 20), store=True)
    NoticeRead.objects.create(
        notice=Notice.objects.get(finding__kind="plan_cap_over", center=center()), user=reader
    )
    hold("nishi", 1, contract_on=date(2026, 11, 21))
    run_checks(date(2026, 11, 21), store=True)
    finding = Finding.objects.get(kind="plan_cap_over", target="西")
    assert finding.figures["held"] == 81
    assert "81件" in finding.notice.body
    assert NoticeRead.objects.count() == 1


def test_a_missed_day_is_caught_up_by_the_next_run():
    run_checks(date(2023, 3, 30), store=True)
    run_checks(date(2023, 4, 20), store=True)
    assert Finding.objects.get(kind="plan_cap_over", target="北1").severity == "breach"


def test_a_new_term_closes_the_findings_of_the_old_one():
    run_checks(date(2024, 3, 31), store=True)
    run_checks(date(2024, 4, 1), store=True)
    over = Finding.objects.filter(kind="plan_cap_over", target="北1").order_by("since")
    assert [(f.period, f.resolved_on, f.severity) for f in over] == [
        ("r3-5", date(2024, 4, 1), "breach"),
        ("r6-8", None, "warn"),
    ]


def test_findings_and_notices_hold_no_personal_data():
    place("nishi", "kinou", qualifications=[])
    secret = ClientFactory(center=center(), family_name="秘密名", family_kana="ヒミツメイ")
    hold("nishi", 90, client=secret, specialist="秘密名 専門員")
    run_checks(date(2026, 11, 20), store=True)
    text = str(list(Finding.objects.values())) + str(list(Notice.objects.values()))
    assert "90件" in text
    assert "秘密名" not in text
    assert "試験" not in text


def test_one_failing_check_leaves_the_others_alone(monkeypatch):
    def fail(on):
        raise RuntimeError("no facts")

    broken = registry.Check("broken", "こわれた検査", CAPS.scope, ("broken",), registry.daily, fail)
    monkeypatch.setattr(checks, "CHECKS", (CAPS, broken, STAFFING))
    with pytest.raises(ExceptionGroup) as caught:
        run_checks(R3, store=True)
    assert [str(failure) for failure in caught.value.exceptions] == ["no facts"]
    assert set(CheckRun.objects.values_list("check_name", flat=True)) == {"plan_caps", "staffing"}


def test_the_statements_of_a_run_do_not_grow_with_centers_or_findings():
    def statements():
        forget()
        with CaptureQueriesContext(connection) as queries:
            run_checks(R3, store=True)
        return len(queries)

    with transaction.atomic():
        first = statements()
        transaction.set_rollback(True)
    place("nishi", "soudan", 3)
    hold("nishi", 60, contract_on=date(2021, 4, 1))
    hold("minami1", 60, contract_on=date(2021, 4, 1))
    assert statements() == first
    assert first <= 16 * len(CHECKS)


def in_own_connection(work):
    """Run in a thread, whose connection commits for real."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    return run


def test_two_runs_at_the_same_time_store_each_finding_once():
    start = threading.Barrier(2)

    def work():
        start.wait()
        store_run(CAPS, on=R3)

    with ThreadPoolExecutor(2) as pool:
        try:
            runs = [pool.submit(in_own_connection(work)) for _ in range(2)]
            assert [run.exception() for run in runs] == [None, None]
            assert Finding.objects.filter(resolved_on__isnull=True).count() == 8
            assert Notice.objects.filter(closed_at__isnull=True).count() == 8
            assert CheckRun.objects.count() == 1
        finally:
            pool.submit(in_own_connection(forget_runs)).result()


def forget_runs():
    Finding.objects.all().delete()
    CheckRun.objects.all().delete()
