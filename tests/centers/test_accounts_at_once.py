"""Two at the same moment, on committed rows and connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction

from centers.actions.accounts import LastOne, lock_account, stop_account
from centers.actions.invitations import AlreadySettled, NameTaken, invite, join, reset, set_password
from centers.actions.links import hash_of
from centers.enums import Purpose
from centers.models import AccountStop, Invitation, StaffMember, User
from tests.at_once import at_once
from tests.factories import center, user_with

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 11, 20)


def invited(by: User) -> str:
    facts = {"role": "soudan", "center": center(), "starts_on": TODAY, "name": "田島 恵"}
    return hash_of(invite(key=uuid4(), by=by, facts=facts)[1])


def joining(token_hash: str, username: str):
    return lambda: join(
        token_hash=token_hash, username=username, name="田島 恵", password="とびうめ-7月の雨-42", on=TODAY
    )


def test_one_link_in_two_browsers_makes_one_account(on):
    token_hash = invited(user_with("kanri"))
    outcomes = at_once(joining(token_hash, "tajima"), joining(token_hash, "tajima2"))
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadySettled", "User"]
    assert any(isinstance(one, AlreadySettled) for one in outcomes)
    assert User.objects.filter(username__startswith="tajima").count() == 1
    assert StaffMember.objects.filter(name="田島 恵").count() == 1


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]


def test_a_link_that_is_used_while_a_newer_one_is_made_waits_its_turn(on):
    user, manager = user_with("soudan"), user_with("kanri")
    older = hash_of(reset(user=user, purpose=Purpose.PASSWORD, by=manager, reason="忘れた")[1])
    using = partial(set_password, token_hash=older, password="とびうめ-7月の雨-42", on=TODAY)
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            lock_account(user.pk)
            answer = other.submit(at_once, using)
            while not (someone_waits() or answer.done()):
                pass
            reset(user=user, purpose=Purpose.PASSWORD, by=manager, reason="もう一度")
        assert [type(one) for one in answer.result()] == [AlreadySettled]


def test_two_links_and_the_same_name_make_one_account(on):
    manager = user_with("kanri")
    outcomes = at_once(*(joining(invited(manager), "tajima") for _ in range(2)))
    assert sum(isinstance(one, User) for one in outcomes) == 1
    assert sum(isinstance(one, NameTaken) for one in outcomes) == 1
    assert Invitation.objects.filter(used_at=None).count() == 1


def test_two_managers_stop_an_account_once(on):
    user, first, second = user_with("soudan"), user_with("kanri"), user_with("kanri")
    outcomes = at_once(
        *(lambda by=by: stop_account(user=user, by=by, on=TODAY, reason="退職") for by in (first, second))
    )
    assert sorted(outcomes, key=bool)[0] is None
    assert AccountStop.objects.count() == 1


def test_the_last_two_of_the_city_do_not_stop_each_other(on):
    first, second = user_with("shi"), user_with("shi")
    outcomes = at_once(
        lambda: stop_account(user=first, by=second, on=TODAY, reason="退職"),
        lambda: stop_account(user=second, by=first, on=TODAY, reason="退職"),
    )
    assert sum(isinstance(one, LastOne) for one in outcomes) == 1
    assert User.objects.filter(is_active=True).count() == 1
