"""照会: off unless the city allows it, without content, and the asker learns the answer alone."""

import uuid
from datetime import date

import pytest
from django.test import Client as Browser

from cases.models import Case, Inquiry, InquiryAnswer, ShareGrant
from centers.models import AccessLog, Notice
from tests.factories import CaseFactory, ClientFactory, ConsultationFactory, center, set_rule, user_with

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
FAR = "higashi1"
KNOWN = "/log/known/"
TYPED = {"kana": "たかだ あい", "birth": "S60.5.10"}
TOLD = "他のセンターに記録があります"


@pytest.fixture
def allowed(on):
    set_rule("known_elsewhere", True)


@pytest.fixture
def note(on):
    client = ClientFactory(family_name="髙田", family_kana="タカダ", given_kana="アイ")
    return ConsultationFactory(client=client, case=CaseFactory(client=client), facts="家賃の滞納")


@pytest.fixture
def asked(on):
    """Registered today by the asking center, with the same reading and birth date."""
    return ClientFactory(center=center(FAR), family_kana="タカダ", given_kana="アイ", registered_on=ON)


def browser_of(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def ask(browser, client) -> Inquiry:
    fields = {"token": str(uuid.uuid4()), "purpose": "これまでの支援を知りたい"}
    for _ in range(2):  # sent twice asks once
        assert browser.post(f"/clients/{client.pk}/inquiries/new/", fields).status_code == 302
    return Inquiry.unscoped.get()


def test_off_unless_the_city_allows_it(note, asked, sign_in):
    browser, user = sign_in("soudan", FAR)
    assert TOLD not in browser.post(KNOWN, TYPED).content.decode()
    assert browser.get(f"/clients/{asked.pk}/inquiries/new/").status_code == 404
    assert not AccessLog.objects.filter(user=user, reason="他センターの記録の確かめ").exists()


def test_told_while_registering_without_the_center_and_noted(allowed, note, sign_in):
    browser, user = sign_in("soudan", FAR)
    answer = browser.post(KNOWN, TYPED).content.decode()
    assert (
        TOLD in answer
        and "髙田" not in answer
        and str(note.center) not in answer
        and note.client.number not in answer
    )
    assert TOLD not in browser.post(KNOWN, TYPED | {"birth": "S60.5"}).content.decode()
    assert TOLD not in browser.post(KNOWN, TYPED | {"kana": "タカダ"}).content.decode()
    looks = AccessLog.objects.filter(user=user, reason="他センターの記録の確かめ")
    assert list(looks.order_by("at").values_list("hits", flat=True)) == [1, 0]
    set_rule("known_tries_a_day", 2)
    assert TOLD not in browser.post(KNOWN, TYPED).content.decode()
    set_rule("known_tries_a_day", 60)
    Case.unscoped.update(restricted=True)
    assert TOLD not in browser.post(KNOWN, TYPED).content.decode()


def test_opened_until_a_day_by_the_other_side(allowed, note, asked, sign_in):
    browser, _ = sign_in("soudan", FAR)
    inquiry = ask(browser, asked)
    waiting = browser.get(f"/inquiries/{inquiry.pk}/").content.decode()
    assert str(note.center) not in waiting and note.client.number not in waiting
    assert {(one.role, one.center) for one in Notice.objects.filter(title="照会が届きました")} == {
        ("kinou", note.center),
        ("kanri", note.center),
    }
    answer = InquiryAnswer.unscoped.get()
    place = f"/inquiries/answers/{answer.pk}/"
    assert browser_of(user_with("soudan")).get(place).status_code == 404
    manager = browser_of(user_with("kinou"))
    page = manager.get(place).content.decode()
    assert str(center(FAR)) in page and "これまでの支援を知りたい" in page
    wrong = manager.post(
        place, {"outcome": "open", "scope": "notes", "until": "11/1", "basis": "consent", "note": ""}
    )
    assert wrong.status_code == 422
    opening = {
        "outcome": "open",
        "scope": "notes",
        "until": "R9.1.31",
        "basis": "consent",
        "note": "本人に電話で確かめた",
    }
    for _ in range(2):
        manager.post(place, opening)
    share = ShareGrant.unscoped.get()
    assert (share.client, share.to_center, share.ends_on) == (note.client, center(FAR), date(2027, 1, 31))
    assert note.client.number in browser.get(f"/inquiries/{inquiry.pk}/").content.decode()
    assert "家賃の滞納" in browser.get(f"/clients/{note.client.pk}/").content.decode()


def test_declined_only_when_all_have_and_by_nobodys_name(allowed, note, asked, sign_in):
    other = ClientFactory(center=center("kita1"), family_kana="タカダ", given_kana="アイ")
    browser, _ = sign_in("soudan", FAR)
    inquiry = ask(browser, asked)
    for client, state in ((note.client, "waiting"), (other, "declined")):
        answer = InquiryAnswer.unscoped.get(client=client)
        manager = browser_of(user_with("kanri", client.center.zone_id))
        manager.post(f"/inquiries/answers/{answer.pk}/", {"outcome": "decline", "reason": "本人の同意がない"})
        inquiry.refresh_from_db()
        assert inquiry.state == state
    page = browser.get(f"/inquiries/{inquiry.pk}/").content.decode()
    assert "本人の同意がない" in page and str(note.center) not in page and str(other.center) not in page


def test_only_on_the_day_of_registering_and_only_where_somebody_knows(allowed, asked, sign_in):
    browser, _ = sign_in("soudan", FAR)
    place = f"/clients/{asked.pk}/inquiries/new/"
    answer = browser.post(place, {"token": str(uuid.uuid4()), "purpose": "知りたい"})
    assert answer.status_code == 422 and "見つかりませんでした" in answer.content.decode()
    type(asked).unscoped.update(registered_on=date(2026, 11, 19))
    assert browser.get(place).status_code == 404
