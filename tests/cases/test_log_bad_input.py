"""What is posted to the quick log that no page would send, or that a tired hand does: answered, and nothing lost."""

import uuid

import pytest

from cases.models import Consultation, Draft
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


@pytest.fixture
def entry(on):
    """entry(date="…") is a plain entry with these fields changed, under a token of its own."""
    person = ClientFactory()
    plain = {
        "subject": "client",
        "clients": [str(person.pk)],
        "method": "4",
        "contents": ["01"],
        "date": "R8.11.20",
    }

    def _entry(**changes) -> dict:
        return plain | {"group": str(uuid.uuid4()), "act": "save", "facts": "本人から電話。"} | changes

    return _entry


# A birth date typed into the date of the consultation is the usual one.
@pytest.mark.parametrize("day", ["S60.5.10", "明治20年1月1日", "H27.3.31"])
def test_a_day_before_everything_is_told_and_the_draft_opens_again(desk, entry, day):
    browser, user = desk
    typed = entry(date=day)
    answer = browser.post("/log/", typed)
    assert answer.status_code == 422 and "センターの開所日(H27.4.1)より前" in answer.content.decode()
    assert "本人から電話。" in answer.content.decode()
    draft = Draft.unscoped.get(user=user)
    assert draft.content["date"] == day
    assert "本人から電話。" in browser.get(f"/drafts/{draft.pk}/").content.decode()
    assert browser.post("/log/", typed | {"date": "R8.11.20"}).status_code == 303
    assert Consultation.unscoped.count() == 1


def test_a_name_of_wide_characters_is_registered(desk, entry):
    browser, _ = desk
    answer = browser.post("/log/", entry(subject="new", clients=[], name="㍿" * 60, kana="カブシキ"))
    assert answer.status_code == 303
    assert Consultation.unscoped.get().client.family_name == "㍿" * 60


def test_back_and_save_for_another_person_does_not_pass_for_the_first(desk, entry):
    browser, _ = desk
    first = entry(act="unanswered", facts="", contents=[])
    assert browser.post("/log/", first).status_code == 303
    answer = browser.post("/log/", first | {"clients": [str(ClientFactory().pk)]})
    assert answer.status_code == 422 and "保存した記録と内容が違います" in answer.content.decode()


@pytest.mark.parametrize("name", ["page", "seen", "opened", "facts", "q", "close"])
def test_a_draft_takes_nul_anywhere(desk, entry, name):
    browser, user = desk
    answer = browser.post("/log/draft/", entry(**{name: "a\x00b"}))
    assert answer.status_code == 303
    assert Draft.unscoped.filter(user=user).count() == 1
