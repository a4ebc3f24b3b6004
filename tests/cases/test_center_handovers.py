"""引き継ぎ between centers: the sheet, the approval, the day of taking over, and the old center's read-only."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from cases.actions.center_handovers import accept_handover
from cases.actions.passing import Gone
from cases.models import Case, CaseMember, CenterHandover, Client, Consent, Consultation, FollowUp, ShareGrant
from centers.models import AccessLog, Notice
from tests.factories import (
    CaseFactory,
    CenterHandoverFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
DAY = date(2026, 12, 1)
FAR = "higashi1"


@pytest.fixture
def person(on):
    client = ClientFactory(
        family_name="髙田", given_name="愛", support_level="3", support_level_until=date(2027, 3, 31)
    )
    CaseFactory(client=client)
    return client


@pytest.fixture
def note(person):
    return ConsultationFactory(client=person, date=date(2026, 11, 10), facts="家賃の相談", method="4")


@pytest.fixture
def step(person):
    return FollowUpFactory(client=person, what="見学の付き添い", due_on=date(2026, 12, 10))


@pytest.fixture
def worker(on):
    return browser_of(user_with("soudan"))


@pytest.fixture
def manager(on):
    return browser_of(user_with("kanri"))


@pytest.fixture
def receiver(on):
    return browser_of(user_with("kanri", FAR))


def browser_of(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def typed(browser, person, **fields) -> dict:
    """The form as the page gives it, with what is typed over it."""
    page = browser.get(f"/clients/{person.pk}/handovers/new/")
    values = {
        field.html_name: field.field.prepare_value(field.value()) or "" for field in page.context["form"]
    }
    return (
        values
        | {
            "token": str(page.context["token"]),
            "version": "1",
            "to_center": str(center(FAR).pk),
            "reason": "01",
            "moves_on": "12/1",
            "explained_on": "11/18",
            "explained_how": "訪問して書面で",
            "agreed": "yes",
            "overview": "母と二人暮らし。家賃の滞納が続く",
        }
        | fields
    )


def proposed(browser, person, **fields) -> CenterHandover:
    answer = browser.post(f"/clients/{person.pk}/handovers/new/", typed(browser, person, **fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return CenterHandover.unscoped.latest("created_at")


def approved(worker, manager, person, **fields) -> str:
    handover = proposed(worker, person, **fields)
    place = f"/handovers/{handover.pk}/"
    assert manager.post(place, {"outcome": "approve", "version": "1"}).status_code == 302
    return place


def test_from_the_sheet_to_the_taking_over(worker, manager, receiver, person, note, step, settings):
    ConsultationFactory(client=person, date=date(2026, 11, 12), facts="叩かれたと話す", rights_concern=True)
    ConsultationFactory(client=person, date=ON - timedelta(days=30), facts="31日前のこと")
    form = worker.get(f"/clients/{person.pk}/handovers/new/").context["form"]
    assert "見学の付き添い" in form["todos"].value() and "R9.3.31" in form["expiries"].value()
    handover = proposed(worker, person)
    place = f"/handovers/{handover.pk}/"

    assert receiver.get(place).status_code == 404  # not approved yet
    worker.post(place, {"outcome": "approve", "version": "1"})  # not theirs to approve
    assert receiver.get(place).status_code == 404
    assert Notice.objects.filter(role="kanri", center=person.center, path=place).exists()
    manager.post(place, {"outcome": "approve", "version": "1"})
    sheet = receiver.get(place).content.decode()
    assert "母と二人暮らし" in sheet and "家賃の相談" in sheet and "秘密性の高い記録" in sheet
    assert "叩かれた" not in sheet and "31日前のこと" not in sheet
    assert receiver.get(f"/clients/{person.pk}/").status_code == 404
    assert AccessLog.objects.filter(client_id=person.pk, page="cases:handover").exists()
    receiver.post(place, {"outcome": "accept", "person": "new"})  # before the day there is no such form
    assert not Client.unscoped.filter(center=center(FAR)).exists()
    assert browser_of(user_with("soudan", FAR)).get(place).context["forms"] == {}

    settings.SOUDAN_TODAY = DAY
    for _ in range(2):  # pressed twice is taken over once
        receiver.post(place, {"outcome": "accept", "person": "new", "responsible": ""})
    new = Client.unscoped.get(center=center(FAR))
    assert (new.previous, new.support_level, new.registered_on) == (person, "3", DAY)
    assert Case.unscoped.get(client=new).closed_on is None
    old_case = Case.unscoped.get(client=person)
    assert (old_case.closed_on, old_case.state, old_case.closed_reason) == (DAY, "closed", "引き継ぎ")
    share = ShareGrant.unscoped.get(client=person)
    assert (share.to_center, share.scope, share.basis, share.starts_on) == (
        center(FAR),
        "notes",
        "handover",
        DAY,
    )
    step.refresh_from_db()
    assert step.done_on == DAY and step.dropped_reason == "引き継ぎ"
    moved = FollowUp.unscoped.get(client=new)
    assert (moved.what, moved.due_on, moved.center) == ("見学の付き添い", step.due_on, center(FAR))
    old_page = receiver.get(f"/clients/{person.pk}/")
    assert "家賃の相談" in old_page.content.decode() and not old_page.context["person"].writable
    assert f"/clients/{person.pk}/" in receiver.get(f"/clients/{new.pk}/between/").content.decode()


def test_the_old_center_writes_until_the_day_before_and_reads_from_then(
    worker, manager, receiver, person, note, step, settings
):
    place = approved(worker, manager, person)
    settings.SOUDAN_TODAY = DAY
    receiver.post(place, {"outcome": "accept", "person": "new"})

    def open_pages() -> list[int]:
        places = (
            f"/clients/{person.pk}/",
            f"/consultations/{note.pk}/",
            f"/clients/{person.pk}/log/",
            f"/clients/{person.pk}/edit/",
            f"/clients/{person.pk}/followups/new/",
            f"/clients/{person.pk}/referrals/new/",
            f"/consultations/{note.pk}/correct/",
            f"/consultations/{note.pk}/void/",
            f"/followups/{step.pk}/done/",
        )
        return [worker.get(one).status_code for one in places]

    assert open_pages() == [200, 200] + [404] * 7
    assert "引き継ぎました" in worker.get(f"/clients/{person.pk}/").content.decode()
    settings.SOUDAN_TODAY = DAY - timedelta(days=1)
    assert open_pages() == [200] * 9
    records = Consultation.unscoped.filter(client=person).count()
    settings.SOUDAN_TODAY = DAY
    worker.post(f"/consultations/{note.pk}/void/", {"reason": "double", "version": "1"})
    assert Consultation.unscoped.filter(client=person, voided_at=None).count() == records


def test_two_accept_at_once_and_only_one_does(worker, manager, person, settings):
    place = approved(worker, manager, person, moves_on="今日")
    handover = CenterHandover.unscoped.get()
    accept_handover(handover=handover, by=user_with("kanri", FAR), on=ON)
    with pytest.raises(Gone):
        accept_handover(handover=handover, by=user_with("kanri", FAR), on=ON)
    assert Client.unscoped.filter(center=center(FAR)).count() == 1 and place


def test_moving_on_takes_along_what_was_read_of_the_first_center(person):
    second, third = user_with("kanri", FAR), user_with("kanri", "kita1")
    first_move = CenterHandoverFactory(client=person, to_center=center(FAR), state="sent", moves_on=ON)
    new = accept_handover(handover=first_move, by=second, on=ON).to_client
    move = CenterHandoverFactory(client=new, to_center=center("kita1"), state="sent", moves_on=ON)
    accept_handover(handover=move, by=third, on=ON)
    sees = {user: set(Client.visible_to(user)) for user in (second, third)}
    assert sees[second] == {new} and {person, new} < sees[third]


def test_refused_and_then_proposed_anew(worker, manager, receiver, person):
    place = approved(worker, manager, person)
    receiver.post(place, {"outcome": "refuse", "reason": "まだ転入の届けがない"})
    assert "まだ転入の届けがない" in worker.get(place).content.decode()
    assert "母と二人暮らし" not in receiver.get(place).content.decode()
    assert proposed(worker, person).state == "proposed"


def test_a_consent_withdrawn_while_the_receiver_reads(worker, manager, receiver, person, settings):
    Consent.unscoped.create(client=person, given_on=date(2026, 4, 1), scopes=["他のセンター"])
    place = approved(worker, manager, person, moves_on="今日")
    assert receiver.get(place).status_code == 200
    Consent.unscoped.update(withdrawn_on=ON)
    answer = receiver.post(place, {"outcome": "accept", "person": "new"})
    assert answer.status_code == 404 and "髙田" not in answer.content.decode()
    assert not Client.unscoped.filter(center=center(FAR)).exists()


def test_to_a_closed_center_nothing_goes(worker, manager, receiver, person):
    far = center(FAR)
    fields = typed(worker, person)
    handover = proposed(worker, person)
    far.closed_on = DAY - timedelta(days=1)
    far.save()
    place = f"/handovers/{handover.pk}/"
    answer = manager.post(place, {"outcome": "approve", "version": "1"}, follow=True)
    assert "閉じています" in answer.content.decode()
    handover.refresh_from_db()
    assert handover.state == "proposed"
    manager.post(place, {"outcome": "withdraw", "w-reason": "センターが閉じる"})
    refused = worker.post(f"/clients/{person.pk}/handovers/new/", fields)
    assert refused.status_code == 422 and "to_center" in refused.context["form"].errors


def test_one_at_a_time_and_one_for_each_token(worker, person):
    fields = typed(worker, person)
    for _ in range(2):
        assert worker.post(f"/clients/{person.pk}/handovers/new/", fields).status_code == 302
    again = worker.post(f"/clients/{person.pk}/handovers/new/", fields | {"token": str(uuid.uuid4())})
    assert again.status_code == 422 and "もう進んでいます" in again.content.decode()
    assert CenterHandover.unscoped.count() == 1
    assert worker.post(f"/clients/{person.pk}/handovers/new/", fields | {"token": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"agreed": "no"}, "law_reason"),
        ({"explained_on": "R8.12.31"}, "explained_on"),
        ({"overview": ""}, "overview"),
        ({"moves_on": "R8.11.19"}, "moves_on"),
    ],
)
def test_what_cannot_be_proposed(worker, person, fields, field):
    answer = worker.post(f"/clients/{person.pk}/handovers/new/", typed(worker, person, **fields))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]


def test_two_editors_see_both_texts(worker, manager, person):
    handover = proposed(worker, person)
    place = f"/handovers/{handover.pk}/edit/"
    fields = typed(worker, person) | {"version": "1"}
    assert manager.post(place, fields | {"issues": "家賃"}).status_code == 302
    stale = worker.post(place, fields | {"issues": "医療"})
    assert stale.status_code == 409
    assert [one.field.html_name for one in stale.context["differences"]] == ["issues"]
    approve = manager.post(f"/handovers/{handover.pk}/", {"outcome": "approve", "version": "1"}, follow=True)
    assert "開いた後に直されています" in approve.content.decode()
    chosen = fields | {"version": "2", "issues": "医療", "asked": "issues", "pick-issues": "mine"}
    assert worker.post(place, chosen).status_code == 302
    handover.refresh_from_db()
    assert (handover.issues, handover.version) == ("医療", 3)


def test_a_restricted_case_stays_so_at_the_receiver(manager, receiver, person, note):
    Case.unscoped.filter(client=person).update(restricted=True)
    place = approved(manager, manager, person, moves_on="今日")
    receiver.post(place, {"outcome": "accept", "person": "new"})
    new = Client.unscoped.get(center=center(FAR))
    assert Case.unscoped.get(client=new).restricted and CaseMember.unscoped.count() == 2
    assert receiver.get(f"/clients/{person.pk}/").status_code == 200
    colleague = browser_of(user_with("soudan", FAR))
    assert colleague.get(f"/clients/{person.pk}/").status_code == 404
    assert colleague.get(f"/clients/{new.pk}/").status_code == 404
