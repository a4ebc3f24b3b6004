"""同意: given, corrected, withdrawn; what rests on it ends at once."""

import uuid
from datetime import date

import pytest

from cases.actions.basics import last_change
from cases.actions.consents import StaleConsent, withdraw_consent
from cases.models import Consent, ShareGrant
from tests.factories import CaseFactory, ClientFactory, center, user_with

pytestmark = pytest.mark.django_db
GIVEN = {"given_on": "R8.4.1", "purposes": ["01", "05"], "way": "paper", "signer": "self", "version": 1}


@pytest.fixture
def person(on):
    client = ClientFactory()
    CaseFactory(client=client)
    return client


def share(client, basis, zone):
    return ShareGrant.unscoped.create(
        client=client,
        to_center=center(zone),
        scope="notes",
        basis=basis,
        granted_by=client.registered_by,
        starts_on=date(2026, 5, 1),
    )


def sheet(browser, client) -> str:
    return browser.get(f"/clients/{client.pk}/sheet/").content.decode()


def test_a_consent_is_given_once_and_corrected(sign_in, person):
    browser, user = sign_in("soudan")
    new = f"/clients/{person.pk}/consents/new/"
    given = GIVEN | {
        "key": uuid.uuid4(),
        "scopes": "事業所、医療",
        "ranges": ["01"],
        "excluded": "父には伝えない",
        "explained_by": user.staff_member.pk,
        "signer": "proxy",
        "signer_note": "母",
    }
    for _ in range(2):
        assert browser.post(new, given).status_code == 302
    text = sheet(browser, person)
    for words in ("他センターへの引き継ぎ", "事業所・医療", "父には伝えない", "代筆(母)", user.name):
        assert words in text, words
    consent = Consent.unscoped.get()
    place = f"/consents/{consent.pk}/"
    assert browser.get(place).context["form"]["scopes"].value() == "事業所、医療"
    assert browser.post(place, given | {"scopes": "学校"}).status_code == 302
    stale = browser.post(place, given | {"scopes": "病院"})
    assert stale.status_code == 409 and "病院" in stale.content.decode()
    assert Consent.unscoped.get().scopes == ["学校"]


def test_a_consent_with_an_end_is_none_after_it(sign_in, person):
    browser, _ = sign_in("soudan")
    Consent.unscoped.create(client=person, given_on=date(2026, 4, 1), ends_on=date(2026, 11, 19))
    assert "同意の記録がまだありません" in browser.get(f"/clients/{person.pk}/").content.decode()
    assert "期間が過ぎました" in sheet(browser, person)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"given_on": ""}, "同意した日が空です"),
        ({"given_on": "R8.11.21"}, "未来の日付です"),
        ({"ends_on": "R8.3.1"}, "同意した日より前です"),
        ({"purposes": []}, "利用目的が選ばれていません"),
        ({"scopes": "医療、" + "あ" * 31}, "30字までです。いまは31字"),
        ({"signer": "guardian"}, "氏名と続柄が空です"),
    ],
)
def test_a_consent_that_cannot_be_noted(sign_in, person, fields, words):
    browser, _ = sign_in("soudan")
    typed = GIVEN | {"key": uuid.uuid4(), "excluded": "打った文"} | fields
    answer = browser.post(f"/clients/{person.pk}/consents/new/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "打った文" in text
    assert not Consent.unscoped.exists()


def test_withdrawal_ends_what_is_shared_at_the_next_click(sign_in, person, client):
    shares = {
        basis: share(person, basis, zone)
        for basis, zone in (("consent", "kita1"), ("referral", "kita2"), ("handover", "minami1"))
    }
    readers = {}
    for basis, grant in shares.items():
        readers[basis] = type(client)()
        readers[basis].force_login(user_with("soudan", grant.to_center.zone_id))
        assert readers[basis].get(f"/clients/{person.pk}/").status_code == 200
    browser, user = sign_in("soudan")
    consent = Consent.unscoped.create(client=person, given_on=date(2026, 4, 1))
    place = f"/consents/{consent.pk}/withdraw/"
    asked = browser.get(place).content.decode()
    assert "共有が2件あり" in asked and "中央" not in asked.split("ks-confirm")[1]
    typed = {"version": 1, "withdrawn_on": "R8.11.20", "reason": "本人から電話"}
    for wrong, words in (
        ({"reason": ""}, "撤回の理由が空です"),
        ({"withdrawn_on": "R8.3.31"}, "同意した日より前です"),
    ):
        refused = browser.post(place, typed | wrong)
        assert refused.status_code == 422 and words in refused.content.decode()
        assert readers["consent"].get(f"/clients/{person.pk}/").status_code == 200
    browser.post(place, typed | {"version": 9})
    assert Consent.unscoped.get().withdrawn_on is None, "somebody has changed it since"
    answer = browser.post(place, typed, follow=True)
    assert "2件の共有を、いま終わりにしました" in answer.content.decode()
    for basis in ("consent", "referral"):
        for rest in ("", "sheet/", "timeline/"):
            assert readers[basis].get(f"/clients/{person.pk}/{rest}").status_code == 404, basis
    assert readers["handover"].get(f"/clients/{person.pk}/").status_code == 200
    assert "本人から電話" in sheet(browser, person)
    assert last_change(person)[0] == user, "an import of the person is not taken back over it"
    assert browser.post(place, typed).status_code == 404, "withdrawn once"
    with pytest.raises(StaleConsent):
        withdraw_consent(consent=consent, by=user, version=2, on=date(2026, 11, 20), reason="x")
