"""Who sees which person and which note."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import BreakGlass, CaseMember, Client, Consultation, ShareGrant
from centers.models import RoleGrant
from tests.factories import (
    CaseFactory,
    ConsultationFactory,
    StaffMemberFactory,
    UserFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db
FAR = "higashi1"


@pytest.fixture
def note(on):
    return ConsultationFactory(client__center=center())


def sees(user, row) -> bool:
    """As in a request of its own: rights are worked out once for each."""
    user.__dict__.pop("_rights", None)
    return type(row).visible_to(user).filter(pk=row.pk).exists()


@pytest.mark.parametrize("role", ["soudan", "kinou", "kanri"])
def test_own_center_sees_person_and_notes(note, role):
    user = user_with(role)
    assert sees(user, note.client) and sees(user, note)


@pytest.mark.parametrize("role", ["soudan", "kinou", "chiiki", "kanri", "shi", "ku", "system", "kansa"])
def test_nobody_of_another_center_or_office_sees_them(note, role):
    user = user_with(role, FAR)
    assert not sees(user, note.client) and not sees(user, note)


def test_chiiki_sees_persons_but_only_own_notes(note):
    user = user_with("chiiki")
    written = ConsultationFactory(client=note.client, written_by=user)
    assert sees(user, note.client)
    assert sees(user, written) and not sees(user, note)


def test_chiiki_sees_notes_of_a_case_assigned_to_them(on):
    user = user_with("chiiki")
    case = CaseFactory(responsible=user.staff_member)
    assert sees(user, ConsultationFactory(client=case.client, case=case))


def share(client, scope, starts=date(2026, 11, 1), ends=date(2026, 11, 30)):
    return ShareGrant.unscoped.create(
        client=client,
        to_center=center(FAR),
        scope=scope,
        basis="consent",
        starts_on=starts,
        ends_on=ends,
        granted_by=UserFactory(),
    )


def test_a_share_with_notes_opens_both_for_its_days(note, settings):
    share(note.client, "notes")
    user = user_with("soudan", FAR)
    assert sees(user, note.client) and sees(user, note)
    settings.SOUDAN_TODAY = date(2026, 12, 1)
    assert not sees(user, note.client) and not sees(user, note)


def test_a_share_of_identity_keeps_the_notes_closed(note):
    share(note.client, "identity")
    user = user_with("soudan", FAR)
    assert sees(user, note.client) and not sees(user, note)


def test_a_share_gives_chiiki_no_notes(note):
    share(note.client, "notes")
    assert not sees(user_with("chiiki", FAR), note)


def test_a_share_opens_notes_only_where_the_role_reads_them(note):
    share(note.client, "notes")
    user = user_with("chiiki", FAR)
    RoleGrant.objects.create(user=user, role="soudan", center=center("kita1"), starts_on=date(2026, 4, 1))
    assert sees(user, note.client) and not sees(user, note)


def test_broken_glass_opens_for_one_user_and_its_minutes(note):
    user, colleague = user_with("soudan", FAR), user_with("soudan", FAR)
    now = timezone.now()
    glass = BreakGlass.unscoped.create(
        client=note.client,
        user=user,
        starts_at=now,
        ends_at=now + timedelta(minutes=60),
        reason="緊急の安否確認",
    )
    assert sees(user, note) and not sees(colleague, note)
    BreakGlass.unscoped.filter(pk=glass.pk).update(
        starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1)
    )
    assert not sees(user, note)


def test_a_restricted_case_hides_the_person_from_unnamed_colleagues(on):
    named, unnamed, manager = user_with("soudan"), user_with("soudan"), user_with("kanri")
    case = CaseFactory(restricted=True)
    note = ConsultationFactory(client=case.client, case=case)
    CaseMember.unscoped.create(case=case, user=named)
    for user, expected in [(named, True), (manager, True), (unnamed, False)]:
        assert sees(user, case.client) is expected
        assert sees(user, note) is expected


def test_anonymous_notes_stay_in_their_center(on):
    note = ConsultationFactory(anonymous=True)
    assert sees(user_with("soudan"), note)
    assert not sees(user_with("soudan", FAR), note)


def test_a_user_without_any_grant_sees_nothing(note):
    assert not Client.visible_to(UserFactory()).exists()
    assert not Consultation.visible_to(UserFactory()).exists()


def test_a_staff_member_without_login_gives_nobody_rights(on):
    case = CaseFactory(responsible=StaffMemberFactory())
    note = ConsultationFactory(client=case.client, case=case)
    assert not sees(user_with("chiiki"), note)
