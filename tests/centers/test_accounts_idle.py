"""Accounts that nobody uses: warned 14 and 3 days before, stopped after 90, the last システム管理者 never."""

from datetime import date, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from centers import tasks
from centers.accounts_idle import (
    Result,
    idle_accounts,
    kept_admin,
    stop_idle_accounts,
    warning_due,
)
from centers.actions.accounts import start_account, stop_account
from centers.models import Finding, IdleWarning, Notice, RoleGrant, RuleSetting, User
from centers.notices import visible_notices
from centers.periods import JST
from reports.checks import run_checks
from tests.at_once import at_once
from tests.factories import UserFactory, user_with

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


def used(user: User, days_ago: int) -> User:
    at = datetime.combine(DAY - timedelta(days=days_ago), datetime.min.time(), JST) + timedelta(hours=9)
    User.objects.filter(pk=user.pk).update(last_login=at, created_at=at)
    user.refresh_from_db()
    return user


def unused(role: str, days_ago: int, **kwargs) -> User:
    return used(user_with(role, **kwargs), days_ago)


def titles(user: User) -> list[str]:
    user.__dict__.pop("_rights", None)
    return list(visible_notices(user).filter(closed_at__isnull=True).values_list("title", flat=True))


def alive(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


@pytest.fixture(autouse=True)
def fixed_day(settings):
    settings.SOUDAN_TODAY = DAY
    return DAY


@pytest.fixture
def boss():
    return unused("kanri", 0)


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (15, [], None),
        (14, [], 14),
        (13, [14], None),
        (4, [14], None),
        (3, [14], 3),
        (2, [], 3),
        (0, [14, 3], None),
        (-50, [], 3),
        (13, [3], None),
    ],
)
def test_which_warning_is_due(left, told, due):
    assert warning_due(left, [14, 3], told) == due


def test_without_warnings_in_the_rules_none_is_due():
    assert warning_due(-1, [], []) is None


@pytest.mark.parametrize(("days_ago", "left"), [(75, None), (76, 14), (87, 3), (90, 0)])
def test_from_when_an_account_counts_as_idle(days_ago, left):
    unused("soudan", days_ago)
    assert [one.days_left for one in idle_accounts(DAY)] == ([] if left is None else [left])


def test_an_account_never_used_counts_from_its_making():
    user = unused("soudan", 88)
    User.objects.filter(pk=user.pk).update(last_login=None)
    assert [one.days_left for one in idle_accounts(DAY)] == [2]


def test_the_whole_way_told_to_the_centers_manager(boss):
    user, foreign = unused("soudan", 76), unused("kanri", 0, zone="kita1")
    seen = []
    for day in range(16):
        stop_idle_accounts(on=DAY + timedelta(days=day))
        seen.append((len(titles(boss)), alive(user)))
    assert titles(boss) == ["1件のアカウントを止めました(90日使われていません)"]
    assert seen == [(1, True)] * 11 + [(2, True)] * 3 + [(1, False)] * 2
    assert [row.days_left for row in IdleWarning.objects.order_by("told_on")] == [14, 3]
    assert titles(foreign) == [] and titles(unused("soudan", 0)) == []


def test_a_notice_names_nobody_and_leads_to_the_accounts(boss):
    user = unused("soudan", 76)
    stop_idle_accounts(on=DAY)
    (notice,) = visible_notices(boss)
    assert notice.title == "1件のアカウントが、使われないまま14日後に止まります"
    assert user.name not in notice.title + notice.body and user.username not in notice.title + notice.body
    assert notice.path == reverse("centers:accounts")


def test_several_accounts_are_one_notice(boss):
    for _ in range(3):
        unused("soudan", 76)
    stop_idle_accounts(on=DAY)
    assert titles(boss) == ["3件のアカウントが、使われないまま14日後に止まります"]


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("soudan", {"kanri"}),
        ("chiiki", {"kanri"}),
        ("kanri", {"kanri", "shi"}),
        ("shi", {"shi"}),
        ("ku", {"shi"}),
        ("kansa", {"system"}),
        ("system", {"system"}),
    ],
)
def test_who_is_told(role, told):
    others = {name: unused(name, 0) for name in ("kanri", "shi", "system", "soudan", "ku", "kansa")}
    unused(role, 76)
    stop_idle_accounts(on=DAY)
    assert {name for name, user in others.items() if titles(user)} == told


def test_an_account_without_a_role_is_told_to_the_system_admins():
    admin = unused("system", 0)
    used(UserFactory(), 76)
    stop_idle_accounts(on=DAY)
    assert len(titles(admin)) == 1


def test_nobody_is_stopped_unwarned_and_missed_days_are_made_good(boss):
    """The first run ever finds an account unused for a year."""
    user = unused("soudan", 365)
    stop_idle_accounts(on=DAY)
    assert alive(user)
    assert titles(boss) == ["1件のアカウントが、使われないまま3日後に止まります"]
    stop_idle_accounts(on=DAY + timedelta(days=2))
    assert alive(user)
    stop_idle_accounts(on=DAY + timedelta(days=9))
    assert not alive(user)


def test_a_login_ends_it_and_closes_the_warning(boss):
    user = unused("soudan", 76)
    stop_idle_accounts(on=DAY)
    used(user, 0)
    stop_idle_accounts(on=DAY + timedelta(days=1))
    assert titles(boss) == []
    stop_idle_accounts(on=DAY + timedelta(days=14))
    assert alive(user)


def test_an_account_put_back_into_use_counts_from_then():
    user, boss = unused("soudan", 365), user_with("kanri")
    stop_account(user=user, by=boss, on=DAY, reason="休職")
    start_account(user=user, by=boss, on=DAY)
    boss.last_login = timezone.now()
    boss.save()
    assert idle_accounts(timezone.localdate(timezone=JST)) == []


def test_stopping_ends_the_sessions_at_once(boss, client):
    user = user_with("soudan")
    client.force_login(user)
    client.get("/me/")
    assert UserSession.objects.filter(user=user).count() == Session.objects.count() == 1
    used(user, 90)
    IdleWarning.objects.create(
        user=user, last_used=DAY - timedelta(days=90), days_left=3, told_on=DAY - timedelta(days=3)
    )
    assert stop_idle_accounts(on=DAY).stopped == 1
    assert client.get("/me/").status_code == 302
    assert not Session.objects.exists()


def test_the_history_tells_why():
    user = unused("soudan", 365)
    stop_idle_accounts(on=DAY)
    stop_idle_accounts(on=DAY + timedelta(days=3))
    stop = user.stops.get()
    assert (stop.on, stop.reason, stop.stopped_by) == (DAY + timedelta(days=3), "90日使われていない", None)


def test_the_last_system_admin_stays_and_a_finding_tells_of_it():
    older, newer = unused("system", 400), unused("system", 365)
    assert kept_admin(DAY).user == newer
    for day in (0, 3, 4):
        stop_idle_accounts(on=DAY + timedelta(days=day))
    assert (alive(older), alive(newer)) == (False, True)
    run_checks(DAY, store=True)
    finding = Finding.objects.get(kind="account_last_admin")
    assert finding.resolved_on is None and "止めていません" in finding.message
    used(newer, 0)
    run_checks(DAY, store=True)
    finding.refresh_from_db()
    assert finding.resolved_on == DAY


def test_an_admin_beside_one_in_use_is_stopped():
    idle, _busy = unused("system", 365), unused("system", 1)
    for day in (0, 3):
        stop_idle_accounts(on=DAY + timedelta(days=day))
    assert not alive(idle)
    assert kept_admin(DAY) is None


def test_one_whose_role_has_ended_does_not_keep_the_last_admin_from_staying():
    former, last = unused("system", 1), unused("system", 365)
    RoleGrant.objects.filter(user=former).update(ends_on=DAY - timedelta(days=1))
    for day in (0, 3):
        stop_idle_accounts(on=DAY + timedelta(days=day))
    assert alive(last)


def test_the_days_are_rules(boss):
    RuleSetting.objects.filter(key="account_idle_days").update(value=30)
    RuleSetting.objects.filter(key="account_idle_warnings").update(value=[])
    user = unused("soudan", 30)
    stop_idle_accounts(on=DAY)
    assert not alive(user)
    assert titles(boss) == ["1件のアカウントを止めました(30日使われていません)"]


def test_a_second_run_changes_nothing(boss):
    unused("soudan", 76)
    stop_idle_accounts(on=DAY)
    before = list(Notice.objects.values()), list(IdleWarning.objects.values())
    assert stop_idle_accounts(on=DAY).warned == 0
    assert (list(Notice.objects.values()), list(IdleWarning.objects.values())) == before


def test_the_clocks_task_judges_by_the_real_day(settings, monkeypatch):
    settings.SOUDAN_TODAY = date(2021, 11, 26)
    days = []
    monkeypatch.setattr(tasks, "stop_idle", lambda *, on: days.append(on) or Result(0, 0))
    tasks.stop_idle_accounts()
    assert days == [timezone.localdate(timezone=JST)]


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_tell_once():
    unused("system", 0)
    unused("system", 76)
    outcomes = at_once(*[lambda: stop_idle_accounts(on=DAY)] * 2)
    assert sorted(one.warned for one in outcomes) == [0, 1]
    assert IdleWarning.objects.count() == Notice.objects.count() == 1
