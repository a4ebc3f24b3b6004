"""Accounts as their managers see them: who sees and manages whom, roles by date, stop and start, moves."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from centers.access import rights_of
from centers.accounts import left_without, may_give, may_manage, visible_accounts
from centers.actions.accounts import LastOne, end_role, give_role, start_account, stop_account
from centers.actions.invitations import AlreadySettled, NotAllowed
from centers.actions.moves import move_away, take_over
from centers.enums import AccountState, Role
from centers.models import AccountStop, Invitation, RoleGrant, StaffAssignment, User
from centers.rules import account_state, free_variant
from tests.factories import CaseFactory, FollowUpFactory, StaffAssignmentFactory, center, user_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def fresh(user: User) -> User:
    """As the next request would load it."""
    return User.objects.get(pk=user.pk)


def page(browser: Browser, view: str, *args):
    return browser.get(reverse(f"centers:{view}", args=args))


def send(browser: Browser, view: str, /, *args, **data):
    """A form of the page, never quite empty, since a real one carries its token."""
    return browser.post(reverse(f"centers:{view}", args=args), {"csrfmiddlewaretoken": "x"} | data)


def signed_in(browser: Browser) -> bool:
    return browser.get("/help/").status_code == 200


def at_work(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    assert signed_in(browser)
    return browser


@pytest.fixture
def manager(sign_in, on):
    """The browser of nishi's センター管理者 and the user."""
    return sign_in("kanri")


# ---- judgements ----


@pytest.mark.parametrize(
    ("active", "periods", "state"),
    [
        (True, [(YESTERDAY, None)], AccountState.USABLE),
        (True, [(YESTERDAY, TODAY)], AccountState.USABLE),
        (True, [(TOMORROW, None)], AccountState.WAITING),
        (True, [(TOMORROW, None), (YESTERDAY, TODAY)], AccountState.USABLE),
        (True, [(date(2015, 4, 1), YESTERDAY)], AccountState.ENDED),
        (True, [], AccountState.ENDED),
        (False, [(YESTERDAY, None)], AccountState.STOPPED),
    ],
    ids=["running", "last day", "coming", "both", "over", "none", "stopped"],
)
def test_state_of_an_account(active, periods, state):
    assert account_state(active, periods, TODAY) == state


@pytest.mark.parametrize(
    ("wanted", "taken", "free"),
    [("tajima", {"tajima"}, "tajima2"), ("tajima2", {"tajima", "tajima2"}, "tajima3"), ("7", {"7"}, "72")],
)
def test_a_free_variant_of_a_name(wanted, taken, free):
    assert free_variant(wanted, taken) == free


def test_who_sees_which_account(on):
    soudan, manager, ward = user_with("soudan"), user_with("kanri"), user_with("ku")
    elsewhere = user_with("soudan", "kita1")
    former = user_with("soudan", ends_on=date(2020, 3, 31))
    city = user_with("shi")
    everybody = {soudan, manager, ward, elsewhere, former, city}

    def seen(user):
        return set(visible_accounts(fresh(user))) & everybody

    assert seen(manager) == {soudan, manager, former}
    assert seen(city) == {manager, ward, city}
    assert seen(user_with("system")) == seen(user_with("kansa")) == everybody
    assert seen(soudan) == seen(ward) == set()


@pytest.mark.parametrize(
    ("manager", "account", "may"),
    [
        ("kanri", "soudan", True),
        ("kanri", "kanri", True),
        ("kanri", "ku", False),
        ("kanri", "shi", False),
        ("shi", "ku", True),
        ("shi", "shi", True),
        ("shi", "soudan", False),
        ("shi", "kanri", False),
        ("shi", "system", False),
        ("system", "soudan", True),
        ("system", "shi", True),
        ("kansa", "soudan", False),
        ("soudan", "soudan", False),
        ("ku", "ku", False),
    ],
)
def test_who_manages_whom(on, manager, account, may):
    assert may_manage(user_with(manager), user_with(account), on=TODAY) is may


def test_nobody_manages_themselves(on):
    for role in ("kanri", "shi", "system"):
        user = user_with(role)
        assert not may_manage(user, user, on=TODAY)


def test_an_account_that_also_works_elsewhere_is_not_one_centers_to_stop(on):
    manager, shared = user_with("kanri"), user_with("soudan")
    RoleGrant.objects.create(user=shared, role="soudan", center=center("kita1"), starts_on=TOMORROW)
    assert not may_manage(manager, shared, on=TODAY)
    assert not may_manage(user_with("kanri", "kita1"), shared, on=TODAY)
    assert may_manage(user_with("system"), shared, on=TODAY)


@pytest.mark.parametrize("giver", list(Role))
@pytest.mark.parametrize("role", list(Role))
def test_who_gives_or_proposes_which_role(on, giver, role):
    own, ward = center(), center().zone.ward
    scope = {"ward": ward} if role == "ku" else {} if role in ("shi", "system", "kansa") else {"center": own}
    expected = {
        "kanri": {"soudan", "kinou", "chiiki", "kanri"},
        "shi": {"kanri", "ku", "shi", "system", "kansa"},
        "system": {"shi", "system", "kansa"},
    }.get(giver, set())
    assert may_give(user_with(giver), role, **scope) is (role in expected)


def test_a_role_is_given_only_where_it_belongs(on):
    manager, city = user_with("kanri"), user_with("shi")
    assert not may_give(manager, "soudan", center=center("kita1"))
    assert not may_give(manager, "soudan")
    assert not may_give(city, "ku") and not may_give(city, "shi", center=center())


# ---- the list and the page ----


def test_the_list_shows_state_role_and_second_step(manager):
    browser, _ = manager
    user = user_with("kinou")
    Authenticator.objects.create(user=user, type="totp", data={})
    stopped = user_with("soudan")
    stop_account(user=stopped, by=None, on=TODAY, reason="90日使われていません")
    body = page(browser, "accounts").content.decode()
    assert user.name in body and "相談支援機能強化員(" in body and "登録済み" in body and "使える" in body
    assert stopped.username not in body
    assert stopped.username in browser.get("/members/?view=stopped").content.decode()
    assert "当てはまるアカウントはありません" in browser.get("/members/?view=ended").content.decode()
    assert browser.get("/members/?view=nonsense").status_code == 200


@pytest.mark.parametrize("view", ["", "stopped", "ended", "all"])
def test_an_account_stands_in_its_view(manager, view):
    browser, _ = manager
    ended = user_with("soudan", ends_on=YESTERDAY)
    stood = ended.username in browser.get(f"/members/?view={view}").content.decode()
    assert stood is (view in ("ended", "all"))


def test_the_number_of_queries_does_not_grow(manager, django_assert_num_queries):
    browser, _ = manager
    user_with("soudan")
    page(browser, "accounts")
    with connection.execute_wrapper(counter := Counter()):
        page(browser, "accounts")
    for _ in range(3):
        user_with("chiiki")
    with django_assert_num_queries(counter.number):
        page(browser, "accounts")


class Counter:
    number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)


def test_a_long_list_goes_on_without_a_second_of_anybody(manager):
    browser, _ = manager
    for _ in range(60):
        user_with("soudan")
    first = page(browser, "accounts")
    link = first.context["page"].next
    second = browser.get(f"/members/?after={link}")
    shown = [row.pk for row in (*first.context["page"].rows, *second.context["page"].rows)]
    assert len(shown) == len(set(shown)) == 61


def test_the_account_page_tells_how_it_came_to_be(manager):
    browser, me = manager
    user = user_with("soudan")
    send(browser, "account_grant", user.pk, role="kinou", starts_on="今日", ends_on="R9.3.31")
    send(browser, "account_stop", user.pk, reason="長い休み")
    send(browser, "account_start", user.pk)
    body = page(browser, "account", user.pk).content.decode()
    for words in (
        "相談支援機能強化員",
        "R8.11.20〜R9.3.31で付けた",
        "停止した: 長い休み",
        "また使えるように",
    ):
        assert words in body
    assert me.name in body


@pytest.mark.parametrize(
    "name",
    [
        "account",
        "account_stop",
        "account_start",
        "account_password",
        "account_second_step",
        "account_grant",
        "account_move",
    ],
)
def test_a_foreign_centers_account_is_not_there(manager, name):
    browser, _ = manager
    foreign = user_with("soudan", "kita1")
    assert page(browser, name, foreign.pk).status_code == 404
    assert send(browser, name, foreign.pk, reason="x", role="kanri").status_code in {404, 405}
    assert fresh(foreign).is_active and foreign.grants.count() == 1 and not Invitation.objects.exists()


# ---- roles ----


def test_a_role_from_a_day_on(manager):
    browser, me = manager
    user = user_with("soudan")
    send(browser, "account_grant", user.pk, role="kanri", starts_on="R8.12.1")
    grant = user.grants.get(role="kanri")
    assert (grant.center, grant.starts_on, grant.ends_on, grant.granted_by) == (
        center(),
        date(2026, 12, 1),
        None,
        me,
    )
    assert rights_of(fresh(user), on=date(2026, 11, 30)).roles == (Role.SOUDAN,)
    assert Role.KANRI in rights_of(fresh(user), on=date(2026, 12, 1)).roles


ESCALATIONS = {
    "shi": {"role": "shi"},
    "system": {"role": "system"},
    "kansa": {"role": "kansa"},
    "ward": {"role": "ku", "ward": "nishi"},
    "made up": {"role": "root"},
    "none": {"role": ""},
}


@pytest.mark.parametrize("case", ESCALATIONS)
@pytest.mark.parametrize("name", ["account_grant", "account_invite"])
def test_a_manager_cannot_post_a_higher_role(manager, name, case):
    browser, _ = manager
    user = user_with("soudan")
    args = [user.pk] if name == "account_grant" else []
    data = {"name": "新人 一", "starts_on": "今日", "key": str(user.pk)} | ESCALATIONS[case]
    answer = send(browser, name, *args, **data)
    assert answer.status_code == 422
    assert user.grants.count() == 1 and not Invitation.objects.exists()


def test_another_center_in_the_form_is_not_read(manager):
    browser, _ = manager
    user, foreign = user_with("soudan"), center("kita1")
    send(
        browser, "account_grant", user.pk, role="kinou", starts_on="今日", center=str(foreign.pk), ward="kita"
    )
    assert user.grants.get(role="kinou").center == center()


def test_with_two_centers_a_choice_among_the_own(manager):
    browser, me = manager
    RoleGrant.objects.create(user=me, role="kanri", center=center("kita1"), starts_on=YESTERDAY)
    user = user_with("soudan")
    data = {"role": "kinou", "starts_on": "今日"}
    assert send(browser, "account_grant", user.pk, **data).status_code == 422
    foreign = str(center("minami1").pk)
    assert send(browser, "account_grant", user.pk, **data, center=foreign).status_code == 422
    send(browser, "account_grant", user.pk, **data, center=str(center("kita1").pk))
    assert user.grants.get(role="kinou").center == center("kita1")


BAD_DAYS = {
    "past": ({"starts_on": "R8.11.1"}, "過ぎた日です"),
    "turned round": ({"starts_on": "R8.12.10", "ends_on": "R8.12.1"}, "始まりの日より前"),
    "no day": ({"starts_on": "R8.2.30"}, "2月"),
    "empty": ({"starts_on": ""}, "いつからが空です"),
}


@pytest.mark.parametrize("case", BAD_DAYS)
def test_days_that_cannot_be(manager, case):
    browser, _ = manager
    user = user_with("soudan")
    changes, told = BAD_DAYS[case]
    answer = send(browser, "account_grant", user.pk, **({"role": "kinou", "starts_on": "今日"} | changes))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert user.grants.count() == 1


def test_a_role_that_runs_already_is_told_of(manager):
    browser, _ = manager
    user = user_with("soudan")
    answer = send(browser, "account_grant", user.pk, role="soudan", starts_on="今日")
    assert answer.status_code == 422 and "期間で重なっています" in answer.content.decode()


def test_nobody_changes_the_own_roles(manager):
    browser, me = manager
    assert send(browser, "account_grant", me.pk, role="kinou", starts_on="今日").status_code == 404
    assert send(browser, "account_grant_end", me.grants.get().pk, last_day="今日").status_code == 404
    assert send(browser, "account_stop", me.pk, reason="x").status_code == 404
    assert send(browser, "account_move", me.pk, last_day="今日").status_code == 404


def test_a_role_ends_with_its_last_day(manager):
    browser, _ = manager
    user = user_with("soudan")
    send(browser, "account_grant_end", user.grants.get().pk, last_day="R8.11.30")
    assert rights_of(fresh(user), on=date(2026, 11, 30)).grants
    assert not rights_of(fresh(user), on=date(2026, 12, 1)).grants


def test_a_last_day_in_the_past_is_refused(manager):
    browser, _ = manager
    user = user_with("soudan")
    answer = send(browser, "account_grant_end", user.grants.get().pk, last_day="R8.11.19")
    assert answer.status_code == 422 and "過ぎた日です" in answer.content.decode()


def test_a_role_that_has_not_begun_is_taken_back(on):
    user = user_with("soudan")
    coming = give_role(user=user, role="kinou", center=center(), starts_on=TOMORROW, by=user_with("kanri"))
    key = coming.pk
    end_role(grant=coming, last_day=TODAY)
    assert [grant.role for grant in user.grants.all()] == ["soudan"]
    RoleGrantEvent = apps.get_model("centers", "RoleGrantEvent")
    assert RoleGrantEvent.objects.filter(pgh_label="delete", id=key).exists()


def test_the_action_refuses_an_impossible_role(on):
    with pytest.raises(ValidationError), transaction.atomic():
        give_role(user=user_with("soudan"), role="ku", center=center(), starts_on=TODAY, by=user_with("shi"))


# ---- stop and start ----


def test_a_stop_ends_every_session_and_the_roles(manager):
    browser, me = manager
    user = user_with("soudan")
    live = at_work(user), at_work(user)
    answer = send(browser, "account_stop", user.pk, reason="退職")
    assert answer["Location"] == reverse("centers:account", args=[user.pk])
    assert [signed_in(one) for one in live] == [False, False]
    stopped = fresh(user)
    assert not stopped.is_active and stopped.grants.get().ends_on == TODAY
    stop = AccountStop.objects.get()
    assert (stop.user, stop.reason, stop.stopped_by) == (user, "退職", me)


def test_a_stopped_users_click_in_the_page_goes_to_the_login(manager):
    user = user_with("soudan")
    live = at_work(user)
    stop_account(user=user, by=manager[1], on=TODAY, reason="退職")
    assert live.get("/clients/")["Location"].startswith("/accounts/login/")
    script = live.get("/clients/", headers={"HX-Request": "true"})
    assert (script.status_code, script["HX-Trigger"]) == (401, "soudan:login")


def test_a_stop_needs_a_reason(manager):
    browser, _ = manager
    user = user_with("soudan")
    assert "理由が空です" in send(browser, "account_stop", user.pk).content.decode()
    assert fresh(user).is_active


def test_start_again_on_the_same_day_lets_the_roles_go_on(manager):
    browser, _ = manager
    user = user_with("soudan", ends_on=date(2027, 3, 31))
    RoleGrant.objects.create(user=user, role="kinou", center=center(), starts_on=TOMORROW)
    send(browser, "account_stop", user.pk, reason="まちがい")
    assert user.grants.count() == 1
    send(browser, "account_start", user.pk)
    assert fresh(user).is_active
    assert set(user.grants.values_list("role", "starts_on", "ends_on")) == {
        ("soudan", date(2015, 4, 1), date(2027, 3, 31)),
        ("kinou", TOMORROW, None),
    }


def test_start_again_later_begins_the_roles_anew(on):
    user, manager = user_with("soudan"), user_with("kanri")
    RoleGrant.objects.create(user=user, role="kinou", center=center(), starts_on=YESTERDAY, ends_on=TOMORROW)
    stop_account(user=user, by=manager, on=TODAY, reason="休み")
    later = date(2026, 12, 10)
    assert start_account(user=user, by=manager, on=later)
    assert not rights_of(fresh(user), on=date(2026, 12, 9)).grants
    assert rights_of(fresh(user), on=later).roles == (Role.SOUDAN,)


def test_stop_and_start_twice_change_nothing_more(on):
    user, manager = user_with("soudan"), user_with("kanri")
    assert stop_account(user=user, by=manager, on=TODAY, reason="休み")
    assert stop_account(user=user, by=manager, on=TODAY, reason="休み") is None
    assert start_account(user=user, by=manager, on=TODAY)
    assert not start_account(user=user, by=manager, on=TODAY)
    assert AccountStop.objects.count() == 1


def test_the_last_manager_of_a_center_is_stopped_only_after_a_warning(on, client):
    only = user_with("kanri", "kita1")
    client.force_login(user_with("system"))
    shown = page(client, "account_stop", only.pk).content.decode()
    assert "センター管理者がいなくなります" in shown
    assert "確かめました" in send(client, "account_stop", only.pk, reason="退職").content.decode()
    assert fresh(only).is_active
    send(client, "account_stop", only.pk, reason="退職", sure="on")
    assert not fresh(only).is_active


def test_a_manager_with_a_colleague_is_stopped_without_warning(manager):
    browser, _ = manager
    other = user_with("kanri")
    assert "いなくなります" not in page(browser, "account_stop", other.pk).content.decode()
    send(browser, "account_stop", other.pk, reason="退職")
    assert not fresh(other).is_active


@pytest.mark.parametrize("role", ["system", "shi"])
def test_the_last_of_the_two_person_roles_is_not_ended(on, role):
    last = user_with(role)
    assert [grant.role for grant in left_without(last, on=TODAY)] == [role]
    with pytest.raises(LastOne):
        stop_account(user=last, by=None, on=TODAY, reason="90日")
    with pytest.raises(LastOne):
        end_role(grant=last.grants.get(), last_day=TODAY)
    assert fresh(last).is_active and last.grants.get().ends_on is None
    user_with(role)
    assert stop_account(user=last, by=None, on=TODAY, reason="90日")


def test_the_page_refuses_to_stop_the_last_city_account(on, client):
    last = user_with("shi")
    client.force_login(user_with("system"))
    answer = send(client, "account_stop", last.pk, reason="x", sure="on")
    assert answer.status_code == 422 and "付け直せる人もいなくなります" in answer.content.decode()
    assert fresh(last).is_active


def test_a_manager_ends_the_sessions(manager):
    browser, _ = manager
    user = user_with("soudan")
    live = at_work(user)
    send(browser, "account_sessions", user.pk)
    assert not signed_in(live) and fresh(user).is_active
    assert browser.get(reverse("centers:account_sessions", args=[user.pk])).status_code == 405


# ---- moves ----


def test_a_move_ends_here_and_begins_there(manager):
    browser, _ = manager
    user, there = user_with("soudan"), center("kita1")
    StaffAssignmentFactory(staff=user.staff_member, center=center())
    send(browser, "account_move", user.pk, last_day="R8.11.30", to=str(there.pk))
    assert user.grants.get().ends_on == date(2026, 11, 30)
    assert StaffAssignment.objects.get().ends_on == date(2026, 11, 30)
    waiting = Invitation.objects.get()
    assert (waiting.center, waiting.starts_on, waiting.user) == (there, date(2026, 12, 1), user)

    taker = Browser()
    taker.force_login(user_with("kanri", "kita1"))
    assert user.name in page(taker, "accounts").content.decode()
    assert page(taker, "account", user.pk).status_code == 404
    answer = send(taker, "account_invitation", waiting.pk, do="take", role="kinou", starts_on="R8.12.1")
    assert answer["Location"] == reverse("centers:account", args=[user.pk])
    last, first = (rights_of(fresh(user), on=day) for day in (date(2026, 11, 30), date(2026, 12, 1)))
    assert [(grant.role, grant.center_id) for grant in last.grants] == [(Role.SOUDAN, center().pk)]
    assert [(grant.role, grant.center_id) for grant in first.grants] == [(Role.KINOU, there.pk)]


def test_after_the_last_day_the_old_centers_people_are_closed(manager, settings):
    browser, _ = manager
    user = user_with("soudan")
    client_page = f"/clients/{CaseFactory(client__center=center()).client_id}/"
    send(browser, "account_move", user.pk, last_day="今日")
    live = at_work(user)
    assert live.get(client_page).status_code == 200
    settings.SOUDAN_TODAY = TOMORROW
    assert live.get(client_page).status_code == 404


def test_open_work_is_counted_and_shown(manager):
    browser, _ = manager
    user = user_with("soudan")
    case = CaseFactory(client__center=center(), responsible=user.staff_member)
    FollowUpFactory(client=case.client, staff=user.staff_member)
    FollowUpFactory(client=case.client, staff=user.staff_member, done_on=TODAY, done_by=user)
    CaseFactory(client__center=center(), responsible=user.staff_member, state="closed", closed_on=YESTERDAY)
    body = page(browser, "account_move", user.pk).content.decode()
    assert "担当のケース <b>1件</b>" in body and "連絡・訪問の予定 <b>1件</b>" in body
    link = f"/clients/?view=all&amp;staff={user.staff_member.pk}"
    assert link in body
    listed = browser.get(link.replace("&amp;", "&")).content.decode()
    assert case.client.number in listed


def test_a_move_is_taken_once_and_by_its_center_alone(on):
    manager, user, there = user_with("kanri"), user_with("soudan"), center("kita1")
    taker, stranger = user_with("kanri", "kita1"), user_with("kanri", "minami1")
    facts = {"role": "soudan", "center": there, "starts_on": TOMORROW}
    waiting = move_away(user=user, center_ids=[center().pk], last_day=TODAY, to=there, by=manager)
    with pytest.raises(NotAllowed):
        take_over(invitation=waiting, by=stranger, **facts)
    with pytest.raises(NotAllowed):
        take_over(invitation=waiting, by=taker, **facts | {"center": center("minami1")})
    take_over(invitation=waiting, by=taker, **facts)
    with pytest.raises(AlreadySettled):
        take_over(invitation=waiting, by=taker, **facts)


def test_a_stranger_sees_no_move_of_others(on, client):
    waiting = move_away(
        user=user_with("soudan"),
        center_ids=[center().pk],
        last_day=TODAY,
        to=center("kita1"),
        by=user_with("kanri"),
    )
    client.force_login(user_with("kanri", "minami1"))
    assert page(client, "account_invitation", waiting.pk).status_code == 404


# ---- the own page ----


def test_the_own_page_shows_ones_roles(sign_in, on):
    browser, user = sign_in("soudan")
    body = browser.get("/me/").content.decode()
    assert "相談員(" in body and "いまの権限" in body and "H27.4.1〜" in body
    user.grants.all().delete()
    assert "権限はありません" in browser.get("/me/").content.decode()


def test_who_leaves_on_the_same_day_is_no_successor(on):
    last = user_with("shi")
    user_with("shi", ends_on=TODAY)
    with pytest.raises(LastOne):
        end_role(grant=last.grants.get(), last_day=TODAY)
