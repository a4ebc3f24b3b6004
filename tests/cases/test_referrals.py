"""紹介: consent, the sheet alone until it is accepted, the answer, and what becomes of it."""

import uuid
from datetime import date

import pytest
from django.test import Client as Browser

from cases.models import Case, Client, Consent, Referral, ShareGrant
from centers.models import AccessLog, Notice, Organization
from tests.factories import (
    CaseFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
FAR = "higashi1"


@pytest.fixture
def person(on):
    client = ClientFactory(
        family_name="髙田", given_name="愛", family_kana="タカダ", given_kana="アイ", town="出水"
    )
    CaseFactory(client=client)
    ClientPhoneFactory(client=client)
    return client


@pytest.fixture
def consent(person):
    return Consent.unscoped.create(client=person, given_on=date(2026, 4, 1), scopes=["他のセンター"])


def browser_of(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def path(client) -> str:
    return f"/clients/{client.pk}/referrals/new/"


def typed(**fields) -> dict:
    return {
        "token": str(uuid.uuid4()),
        "target": "center",
        "to_center": str(center(FAR).pk),
        "to_name": "",
        "basis": "consent",
        "law_reason": "",
        "summary": "通院が途切れている",
        "request": "就労の相談",
        "reply_by": "",
        "offer": "",
        "offer_until": "",
    } | fields


def sent(browser, person, **fields) -> Referral:
    answer = browser.post(path(person), typed(**fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return Referral.unscoped.latest("created_at")


def test_from_the_sheet_to_the_result(sign_in, person, consent):
    ConsultationFactory(client=person, facts="経過の秘密")
    sender, _ = sign_in("soudan")
    referral = sent(sender, person, offer="notes", offer_until="R9.1.31", reply_by="12/1")
    receiver = browser_of(user_with("soudan", FAR))
    place = f"/referrals/{referral.pk}/"

    assert Notice.objects.filter(kind="between", center=center(FAR), role="soudan").count() == 1
    assert "髙田 愛" in receiver.get("/between/").content.decode()
    sheet = receiver.get(place)
    assert "就労の相談" in sheet.content.decode() and "経過の秘密" not in sheet.content.decode()
    assert AccessLog.objects.filter(client_id=person.pk, page="cases:referral").count() == 1
    assert receiver.get(f"/clients/{person.pk}/").status_code == 404

    for _ in range(2):  # pressed twice is accepted once
        assert receiver.post(place, {"outcome": "accept", "person": "new"}).status_code == 302
    referral.refresh_from_db()
    made = referral.to_client
    assert (made.center, made.name, made.town, made.previous) == (center(FAR), "髙田 愛", "出水", None)
    assert made.phones.count() == 1 and Client.unscoped.filter(center=center(FAR)).count() == 1
    share = ShareGrant.unscoped.get(client=person)
    assert (share.basis, share.scope, share.starts_on, share.ends_on) == (
        "referral",
        "notes",
        ON,
        date(2027, 1, 31),
    )
    assert "経過の秘密" in receiver.get(f"/clients/{person.pk}/").content.decode()
    assert Case.unscoped.get(client=person).closed_on is None

    receiver.post(place, {"outcome": "result", "result": "週2回の利用が始まった"})
    assert "週2回の利用が始まった" in sender.get(place).content.decode()
    assert "受け取り済み" in sender.get("/between/?view=done").content.decode()


def test_the_receiver_may_tie_it_to_a_client_of_their_own(sign_in, person, consent):
    known = ClientFactory(center=center(FAR), family_kana="タカダ", given_kana="アイ")
    referral = sent(sign_in("soudan")[0], person)
    receiver = browser_of(user_with("kinou", FAR))
    place = f"/referrals/{referral.pk}/"
    foreign = ClientFactory(center=center("kita1"), family_kana="タカダ", given_kana="アイ")
    assert receiver.post(place, {"outcome": "accept", "person": str(foreign.pk)}).status_code == 422
    receiver.post(place, {"outcome": "accept", "person": str(known.pk)})
    referral.refresh_from_db()
    assert referral.to_client == known and not ShareGrant.unscoped.exists()


def test_refused_with_a_reason_that_the_sender_reads(sign_in, person, consent):
    sender, _ = sign_in("soudan")
    place = f"/referrals/{sent(sender, person).pk}/"
    receiver = browser_of(user_with("soudan", FAR))
    assert receiver.post(place, {"outcome": "refuse", "reason": ""}).status_code == 422
    receiver.post(place, {"outcome": "refuse", "reason": "いまは受け入れの余裕がない"})
    assert "いまは受け入れの余裕がない" in sender.get(place).content.decode()
    assert "accept" not in receiver.get(place).context["forms"]


def test_what_is_taken_back_is_gone_for_the_receiver(sign_in, person, consent):
    """Withdrawn by the sender, or the consent withdrawn, while the receiver has the page open."""
    sender, _ = sign_in("soudan")
    receiver = browser_of(user_with("soudan", FAR))
    first = f"/referrals/{sent(sender, person).pk}/"
    assert receiver.get(first).status_code == 200
    sender.post(first, {"outcome": "withdraw", "w-reason": "本人の気持ちが変わった"})
    second = f"/referrals/{sent(sender, person).pk}/"
    assert receiver.get(second).status_code == 200
    Consent.unscoped.update(withdrawn_on=ON)
    for place in (first, second):
        assert receiver.post(place, {"outcome": "accept", "person": "new"}).status_code == 404
        assert receiver.get(place).status_code == 404
    assert not Client.unscoped.filter(center=center(FAR)).exists()
    assert "紹介先には見えていません" in sender.get(second).content.decode()


@pytest.mark.parametrize(
    ("scopes", "fields", "field"),
    [
        (None, {}, "basis"),
        (["医療"], {}, "basis"),
        (["他のセンター"], {"target": "agency", "to_name": "架空病院"}, "basis"),
        (["他のセンター"], {"basis": "law"}, "law_reason"),
        (["他のセンター"], {"to_center": ""}, "to_center"),
        (["他のセンター"], {"to_center": "own"}, "to_center"),
        (["医療"], {"target": "agency"}, "to_name"),
        (["他のセンター"], {"offer": "notes"}, "offer_until"),
        (
            ["医療"],
            {"target": "agency", "to_name": "架空病院", "offer": "notes", "offer_until": "12/1"},
            "offer",
        ),
        (["他のセンター"], {"summary": ""}, "summary"),
    ],
)
def test_what_cannot_be_sent(sign_in, person, scopes, fields, field):
    browser, _ = sign_in("soudan")
    if scopes:
        Consent.unscoped.create(client=person, given_on=date(2026, 4, 1), scopes=scopes)
    if fields.get("to_center") == "own":
        fields = {"to_center": str(person.center_id)}
    answer = browser.post(path(person), typed(**fields))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["request"].value() == "就労の相談"
    assert not Referral.unscoped.exists()


def test_without_consent_the_law_with_a_reason(sign_in, person):
    browser, _ = sign_in("soudan")
    fields = typed(
        basis="law",
        law_reason="生命の保護のため、同意を得る時間がない",
        offer="identity",
        offer_until="12/31",
    )
    for _ in range(2):  # the form sent twice is one referral
        assert browser.post(path(person), fields).status_code == 302
    referral = Referral.unscoped.get()
    receiver = browser_of(user_with("kanri", FAR))
    receiver.post(f"/referrals/{referral.pk}/", {"outcome": "accept", "person": "new"})
    assert ShareGrant.unscoped.get().basis == "law"


def test_to_an_agency_the_sender_notes_the_answer(sign_in, person):
    Consent.unscoped.create(client=person, given_on=date(2026, 4, 1), scopes=["医療"])
    clinic = Organization.objects.create(name="架空病院", kind="09")
    browser, _ = sign_in("soudan")
    referral = sent(browser, person, target="agency", to_name="架空病院")
    assert (referral.organization, referral.to_center) == (clinic, None)
    place = f"/referrals/{referral.pk}/"
    browser.post(place, {"outcome": "accept", "answer": "12/3に初診"})
    browser.post(place, {"outcome": "result", "result": "通院が続いている"})
    page = browser.get(place).content.decode()
    assert "12/3に初診" in page and "通院が続いている" in page
    assert Client.unscoped.count() == 1


def test_chiiki_refers_and_sees_their_own(sign_in, person, consent):
    others = sent(browser_of(user_with("soudan")), person)
    browser, user = sign_in("chiiki")
    own = sent(browser, person)
    assert own.written_by == user
    assert browser.get(f"/referrals/{own.pk}/").status_code == 200
    assert browser.get(f"/referrals/{others.pk}/").status_code == 404


def test_the_lists_cost_the_same_with_one_and_three(sign_in, person, consent, queries_of):
    browser, _ = sign_in("soudan", FAR)
    sender = browser_of(user_with("soudan"))
    sent(sender, person)
    one = queries_of(lambda: browser.get("/between/"))
    for _ in range(2):
        sent(sender, person)
    assert queries_of(lambda: browser.get("/between/")) == one
    assert len(browser.get("/between/?kind=referrals").context["sections"][0][2]) == 3
