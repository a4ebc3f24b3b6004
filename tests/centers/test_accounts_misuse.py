"""What somebody may try who wants more than was given to them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from centers.actions.accounts import end_role, give_role, stop_account
from centers.actions.invitations import NotAllowed, approve, invite, join, new_link, reset
from centers.actions.links import hash_of
from centers.actions.moves import move_away
from centers.enums import Purpose
from centers.models import Invitation, Notice, User
from centers.notices import unread
from tests.factories import center, user_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def send(browser: Browser, view: str, /, *args, **data):
    return browser.post(reverse(f"centers:{view}", args=args), {"csrfmiddlewaretoken": "x"} | data)


# ---- the last day of a role ----


@pytest.mark.parametrize("role", ["shi", "system", "kansa"])
def test_one_person_does_not_bring_back_a_role_of_two_persons(on, role):
    city, was = user_with("shi"), user_with("ku")
    over = give_role(user=was, role=role, starts_on=date(2026, 4, 1), ends_on=YESTERDAY, by=city)
    answer = send(browser_of(city), "account_grant_end", over.pk, last_day="R12.3.31")
    assert answer.status_code == 404
    over.refresh_from_db()
    assert over.ends_on == YESTERDAY


def test_ending_a_role_does_not_make_it_longer(on):
    city, ward = user_with("shi"), user_with("ku")
    grant = give_role(user=ward, role="kansa", starts_on=TODAY, ends_on=TOMORROW, by=city)
    answer = send(browser_of(city), "account_grant_end", grant.pk, last_day="R12.3.31")
    assert answer.status_code == 422 and "R8.11.21" in answer.content.decode()
    end_role(grant=grant, last_day=date(2030, 3, 31))
    grant.refresh_from_db()
    assert grant.ends_on == TOMORROW


@pytest.mark.parametrize("view", ["account_move", "account_grant_end", "account_grant"])
@pytest.mark.parametrize("day", ["9999-12-31", "99991231", "0001-01-01", "1899-12-31"])
def test_days_at_the_ends_of_the_calendar(on, view, day):
    manager, user = user_with("kanri"), user_with("soudan")
    key = user.grants.get().pk if view == "account_grant_end" else user.pk
    facts = {
        "last_day": day,
        "to": str(center("higashi1").pk),
        "role": "kinou",
        "starts_on": day,
        "ends_on": day,
    }
    answer = send(browser_of(manager), view, key, **facts)
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30"])
def test_the_last_day_of_the_calendar_for_the_city(on, day):
    system, city = user_with("shi"), user_with("shi")
    answer = send(browser_of(system), "account_grant_end", city.grants.get().pk, last_day=day)
    assert answer.status_code in (302, 422)


# ---- stopped accounts ----


def test_a_role_proposed_before_the_stop_does_not_begin_after_it(on):
    city, other, ward = user_with("shi"), user_with("shi"), user_with("ku")
    send(browser_of(city), "account_grant", ward.pk, role="kansa", starts_on="今日")
    stop_account(user=ward, by=city, on=TODAY, reason="退職")
    answer = send(browser_of(other), "account_invitation", Invitation.objects.get().pk, do="approve")
    assert answer.status_code == 302
    assert not ward.grants.filter(role="kansa").exists()


def test_a_center_does_not_start_what_reached_beyond_it(on):
    """A role that had not begun is gone with the stop, and would come back with the start."""
    system, manager, user = user_with("system"), user_with("kanri"), user_with("soudan")
    give_role(user=user, role="kanri", center=center("higashi1"), starts_on=TOMORROW, by=system)
    stop_account(user=user, by=system, on=TODAY, reason="調べるため")
    assert send(browser_of(manager), "account_start", user.pk).status_code == 404
    assert not fresh(user).is_active
    assert send(browser_of(system), "account_start", user.pk).status_code == 302
    assert fresh(user).is_active and user.grants.count() == 2


# ---- roles that the city gives in a center ----

NUL = "\x00"
VIEWS = {
    "account_grant": {"role": "kanri", "starts_on": "今日", "center": NUL, "ward": NUL},
    "account_invite": {
        "role": "ku",
        "name": NUL,
        "starts_on": NUL,
        "center": NUL,
        "ward": NUL,
        "staff": NUL,
        "key": NUL,
        "email": f"a{NUL}@example.jp",
    },
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    "text",
    [NUL, "%", "' OR 1=1 --", "x" * 10_000, "\u202e", "😀", "葛\U000e0100", "\r\nBcc: a@example.jp"],
    ids=str.isalpha and (lambda t: f"U{ord(t[0]):x}-{len(t)}"),
)
def test_odd_characters_in_every_field(on, view, text):
    city, manager = user_with("shi"), user_with("kanri")
    args = [manager.pk] if view == "account_grant" else []
    for name in VIEWS[view]:
        facts = {
            "role": "ku",
            "name": "田島 恵",
            "starts_on": "今日",
            "key": "6a1e3f0c-7a5b-4a41-9a2f-1f4bb0f1f1a1",
            name: text,
        }
        assert send(browser_of(city), view, *args, **facts).status_code in (200, 302, 422), name


@pytest.fixture
def comer(on):
    """A move to higashi1 that waits, the one who moves and the browser of who decides there."""
    user, there = user_with("soudan"), user_with("kanri", "higashi1")
    waiting = move_away(
        user=user, center_ids=[center().pk], last_day=TODAY, to=center("higashi1"), by=user_with("kanri")
    )
    return waiting, user, browser_of(there)


def test_a_center_does_not_take_a_stopped_account(comer):
    waiting, user, browser = comer
    stop_account(user=user, by=user_with("system"), on=TODAY, reason="調べるため")
    answer = send(browser, "account_invitation", waiting.pk, do="take", role="kanri", starts_on="R8.11.21")
    assert answer.status_code == 302
    assert "停止中のアカウントです" in browser.get(answer["Location"]).content.decode()
    assert not user.grants.filter(role="kanri").exists()


def test_taking_somebody_into_a_role_that_they_have_is_told_of(comer):
    waiting, user, browser = comer
    give_role(user=user, role="kinou", center=center("higashi1"), starts_on=TODAY, by=user_with("shi"))
    answer = send(browser, "account_invitation", waiting.pk, do="take", role="kinou", starts_on="R8.11.21")
    assert answer.status_code == 422 and "期間で重なっています" in answer.content.decode()
    assert user.grants.filter(role="kinou").count() == 1


# ---- the link of a role that two persons give ----


@pytest.fixture
def agreed(on):
    """A 市 that システム管理者 proposed and 市 said yes to, by whom, and who said yes."""
    system, city = user_with("system"), user_with("shi")
    facts = {"role": "shi", "starts_on": TODAY, "name": "田島 恵", "email": "who@example.jp"}
    proposal, _ = invite(key=uuid4(), by=system, facts=facts)
    approve(invitation=proposal, by=city)
    return proposal, system, city


def test_who_proposed_it_gets_no_link_of_their_own(agreed):
    proposal, system, city = agreed
    before = Invitation.objects.get().token_hash
    assert b"token=" not in send(browser_of(system), "account_invitation", proposal.pk, do="link").content
    with pytest.raises(NotAllowed):
        new_link(invitation=proposal, by=system)
    assert Invitation.objects.get().token_hash == before
    assert send(browser_of(city), "account_invitation", proposal.pk, do="link").status_code == 200
    assert Invitation.objects.get().token_hash != before


def test_who_says_yes_sees_where_the_link_goes(agreed):
    proposal, _, city = agreed
    page = browser_of(city).get(reverse("centers:account_invitation", args=[proposal.pk]))
    assert "who@example.jp" in page.content.decode()


LONG = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.jp"


@pytest.mark.parametrize(
    "address",
    [LONG, "a@example.jp\r\nBcc: b@example.jp", "a@example.jp, b@example.jp", "田島@"],
    ids="long crlf two half".split(),
)
def test_an_address_that_is_none(on, settings, address):
    settings.DEFAULT_FROM_EMAIL = "from@example.jp"
    facts = {"role": "soudan", "name": "田島 恵", "starts_on": "今日", "key": uuid4(), "email": address}
    answer = send(browser_of(user_with("kanri")), "account_invite", **facts)
    assert answer.status_code == 422 and "有効な" not in answer.content.decode()
    assert not Invitation.objects.exists() and not mail.outbox


# ---- somebody who went to another center ----


def test_the_old_center_does_not_read_what_the_new_one_writes(on):
    """The two may belong to different corporations."""
    old, new = user_with("kanri"), user_with("kanri", "higashi1")
    person = user_with("soudan", ends_on=YESTERDAY)
    give_role(user=person, role="soudan", center=center("higashi1"), starts_on=TODAY, by=new)
    link, _ = reset(user=person, purpose=Purpose.PASSWORD, by=new, reason="休職からの復帰のため")
    for manager, sees in ((old, False), (new, True), (user_with("kansa"), True)):
        browser = browser_of(manager)
        page = browser.get(reverse("centers:account", args=[person.pk]))
        assert page.status_code == 200
        assert ("休職" in page.content.decode()) == sees
        assert ("ログイン中の端末" in page.content.decode()) == sees
        assert (browser.get(reverse("centers:account_invitation", args=[link.pk])).status_code == 200) == sees


def test_who_left_and_went_nowhere_is_still_the_centers(on):
    old, person = user_with("kanri"), user_with("soudan", ends_on=YESTERDAY)
    page = browser_of(old).get(reverse("centers:account", args=[person.pk]))
    assert "ログイン中の端末" in page.content.decode()


# ---- roles in a center from outside it ----


def told(user: User, kind: str = "account_role") -> list[str]:
    return [notice.title for notice in unread(fresh(user)) if notice.kind == kind]


@pytest.mark.parametrize("role", ["soudan", "shi", "kansa"])
def test_a_reset_from_outside_is_seen_by_more_than_the_account_itself(on, role):
    """Whoever takes an account over by its links reads its notices, too."""
    manager, auditor, elsewhere = user_with("kanri"), user_with("kansa"), user_with("kanri", "higashi1")
    for purpose in (Purpose.PASSWORD, Purpose.SECOND_STEP):
        reset(user=user_with(role), purpose=purpose, by=user_with("system"), reason="端末をなくした")
    assert len(told(auditor, "account_reset")) == 2
    assert len(told(manager, "account_reset")) == (2 if role == "soudan" else 0)
    assert told(elsewhere, "account_reset") == []


@pytest.mark.parametrize(("role", "by"), [("soudan", "kanri"), ("ku", "shi")])
def test_a_reset_by_who_looks_after_the_account_is_no_news(on, role, by):
    manager, auditor = user_with("kanri"), user_with("kansa")
    reset(user=user_with(role), purpose=Purpose.PASSWORD, by=user_with(by), reason="忘れた")
    assert told(manager, "account_reset") == told(auditor, "account_reset") == []


def test_the_center_and_the_auditor_learn_of_a_role_that_the_city_gives(on):
    city, auditor, there, elsewhere = (
        user_with("shi"),
        user_with("kansa"),
        user_with("kanri"),
        user_with("kanri", "higashi1"),
    )
    worker, ward = user_with("soudan"), user_with("ku")
    facts = {"role": "kanri", "center": center().pk, "starts_on": "今日"}
    assert send(browser_of(city), "account_grant", ward.pk, **facts).status_code == 302
    assert len(told(there)) == len(told(auditor)) == 1
    assert told(elsewhere) == told(worker) == told(city) == []
    notice = Notice.objects.filter(kind="account_role").first()
    assert ward.name not in notice.title + notice.body


def test_an_invitation_by_the_city_is_told_of_when_it_is_taken_up(on):
    there, key = user_with("kanri"), uuid4()
    facts = {"role": "kanri", "center": center(), "starts_on": TODAY, "name": "田島 恵"}
    _, token = invite(key=key, by=user_with("shi"), facts=facts)
    assert told(there) == []
    join(token_hash=hash_of(token), username="tajima", name="田島 恵", password="x", on=TODAY)
    assert len(told(there)) == 1


def test_the_centers_own_roles_are_no_news(on):
    there, other = user_with("kanri"), user_with("kanri")
    send(browser_of(there), "account_grant", user_with("soudan").pk, role="kinou", starts_on="今日")
    assert told(there) == told(other) == []


def test_what_is_told_to_one_centers_managers_is_not_told_to_those_of_another(on):
    """Somebody who manages one center and works in the other reads there what everybody reads."""
    both = user_with("kanri")
    give_role(user=both, role="soudan", center=center("higashi1"), starts_on=TODAY, by=user_with("shi"))
    Notice.objects.all().delete()
    for zone in ("nishi", "higashi1"):
        Notice.objects.create(
            scope="center", center=center(zone), role="kanri", kind="account_role", title=zone
        )
    assert told(both) == ["nishi"]
