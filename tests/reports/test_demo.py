"""The demo: seeded, complete, and never laid over real data."""

import hashlib
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.actions.notes import unindexed
from cases.models import Case, Client, Consultation, Draft, FollowUp, PlanCase
from centers.enums import Role
from centers.models import Corporation, RoleGrant, RuleSetting, User
from reports.demo.build import build_demo
from reports.demo.staff import PASSWORD
from tests.factories import ClientFactory, UserFactory

TODAY = date(2026, 11, 20)


def build(size="small", seed=7, today=TODAY):
    build_demo(seed=seed, size=size, today=today, progress=lambda done, of: None)


def fingerprint() -> str:
    rows = [
        *User.objects.order_by("pk").values_list("pk", "username", "name"),
        *Client.unscoped.order_by("pk").values_list("pk", "number", "family_name", "kana_key", "birth_date"),
        *Consultation.unscoped.order_by("pk").values_list(
            "pk", "client", "date", "method", "facts", "contents"
        ),
        *FollowUp.unscoped.order_by("pk").values_list("pk", "client", "due_on", "what"),
        *PlanCase.unscoped.order_by("pk").values_list("pk", "client", "contract_on"),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def fingerprint_of(seed: int) -> str:
    """Of a demo that is built and taken back."""
    with transaction.atomic():
        build(seed=seed)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_people_and_records():
    first = fingerprint_of(7)
    assert fingerprint_of(7) == first != fingerprint_of(8)


@pytest.mark.django_db
def test_small_leaves_no_page_empty():
    build()
    for model, least in [(Client, 400), (Consultation, 5000), (FollowUp, 100), (PlanCase, 300), (Draft, 18)]:
        assert model._default_manager.count() >= least, model
    assert Case.unscoped.filter(last_contact_on__isnull=False).count() > 200
    assert Case.unscoped.filter(next_due_on__lt=TODAY).exists()
    assert Consultation.unscoped.filter(voided_at__isnull=False).exists()
    assert Consultation.unscoped.filter(version=2).exists()
    assert not Consultation.unscoped.filter(date__gt=TODAY).exists()
    assert not unindexed().exists()


@pytest.mark.django_db
def test_accounts_and_rights_reach_back_to_the_first_contract():
    build(size="none")
    zones = "chuo1 chuo2 higashi1 higashi2 nishi minami1 minami2 kita1 kita2".split()
    names = {f"{zone}.{role}" for zone in zones for role in ("soudan", "kinou", "chiiki", "kanri")}
    names |= {
        "shi.tanto",
        "admin",
        "kansa",
        *(f"ku.{ward}" for ward in "chuo higashi nishi minami kita".split()),
    }
    assert set(User.objects.values_list("username", flat=True)) == names
    assert all(
        user.check_password(PASSWORD) for user in User.objects.filter(username__in=["admin", "nishi.soudan"])
    )
    assert RoleGrant.objects.in_force(date(2015, 4, 1)).count() == len(names)
    assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)
    assert not Client.unscoped.exists()


@pytest.mark.django_db
def test_corporations_are_invented():
    build(size="none")
    assert all("架空" in name for name in Corporation.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_before_plan_cases_were_rows_none_are_made():
    build(today=date(2021, 11, 26))
    assert not PlanCase.unscoped.exists() and Consultation.unscoped.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [UserFactory, ClientFactory], ids=["account", "client"])
def test_real_data_is_never_mixed_with_the_demo(make):
    make()
    with pytest.raises(CommandError) as refused:
        call_command("soudan_demo")
    assert refused.value.returncode == 2
    assert not RuleSetting.objects.filter(key="demo").exists()


@pytest.mark.django_db
def test_a_second_time_changes_nothing():
    call_command("soudan_demo", size="none")
    count = User.objects.count()
    call_command("soudan_demo")
    assert User.objects.count() == count and not Client.unscoped.exists()


def test_an_unknown_size_is_refused(db):
    with pytest.raises(CommandError) as refused:
        call_command("soudan_demo", size="huge")
    assert refused.value.returncode == 2
