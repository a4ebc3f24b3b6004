"""定型文: whose they are, how many, and how one gets into a note without a script."""

import uuid

import pytest
from django.urls import reverse

from cases.models import Consultation, Draft, QuickText
from centers.models import RuleSetting
from tests.factories import ClientFactory, ConsultationFactory, QuickTextFactory, center

pytestmark = pytest.mark.django_db
LIST = "cases:quick_texts"


def test_made_changed_and_deleted_by_whom_they_belong_to(sign_in, on):
    browser, user = sign_in("soudan")
    shared = QuickTextFactory(key="共有")
    foreign = QuickTextFactory(center=center("kita1"))
    new = {"key": "不在", "text": " 〈日時〉にかけ直す。 ", "whose": "center"}  # not theirs to give to all
    assert browser.post(reverse(LIST), new).status_code == 302
    mine = QuickText.unscoped.get(owner=user)
    assert (mine.text, mine.center) == ("〈日時〉にかけ直す。", center())
    again = browser.post(reverse(LIST), new)
    assert again.status_code == 422 and "同じ短い名前の定型文があります" in again.content.decode()
    assert "文が空です" in browser.post(reverse(LIST), new | {"key": "い", "text": " "}).content.decode()
    assert (
        "500字までです"
        in browser.post(reverse(LIST), new | {"key": "い", "text": "あ" * 501}).content.decode()
    )
    for closed in (shared, foreign):
        assert browser.get(reverse("cases:quick_text", args=[closed.pk])).status_code == 404
    browser.post(reverse("cases:quick_text", args=[mine.pk]), {"key": "不在2", "text": "かけ直す"})
    mine.refresh_from_db()
    assert (mine.key, mine.text) == ("不在2", "かけ直す")
    browser.post(reverse("cases:quick_text_delete", args=[mine.pk]))

    manager, _ = sign_in("kinou")
    manager.post(reverse(LIST), new)
    manager.post(reverse("cases:quick_text_delete", args=[shared.pk]))
    assert [text.owner_id for text in QuickText.visible_to(user)] == [None]


def test_a_list_has_an_end(sign_in, on):
    RuleSetting.objects.filter(key="quick_text_limits").update(value={"own": 1, "center": 1})
    browser, user = sign_in("soudan")
    QuickTextFactory(owner=user)
    answer = browser.post(reverse(LIST), {"key": "もう1つ", "text": "文"})
    assert answer.status_code == 422 and "定型文は1個までです" in answer.content.decode()


def test_put_in_without_a_script(sign_in, on):
    browser, _ = sign_in("kinou")
    quick = QuickTextFactory(text="〈日時〉に折り返す。")
    foreign = QuickTextFactory(center=center("kita1"), text="よその文")
    client = ClientFactory()
    entry = {"group": str(uuid.uuid4()), "page": "p", "clients": [str(client.pk)], "act": "insert"}
    typed = entry | {"subject": "client", "method": "4", "facts": "電話した。", "quick": str(quick.pk)}
    form = browser.post(reverse("cases:log"), typed).context["form"]
    assert form["facts"].value() == "電話した。\n〈日時〉に折り返す。"
    assert (form["method"].value(), form["clients"].value()) == ("4", [str(client.pk)])
    for wrong in (str(foreign.pk), "no id"):
        form = browser.post(reverse("cases:log"), typed | {"quick": wrong}).context["form"]
        assert form["facts"].value() == "電話した。"
    assert not Consultation.unscoped.exists() and not Draft.unscoped.exists()

    support = {"token": str(uuid.uuid4()), "act": "insert", "quick": str(quick.pk), "provider_text": "どこか"}
    page = browser.post(reverse("cases:support_new"), support)
    assert page.status_code == 200 and 'value="どこか"' in page.content.decode()
    assert page.context["form"]["facts"].value() == "〈日時〉に折り返す。"


def test_the_last_gist_is_there_whole(sign_in, on):
    browser, _ = sign_in("soudan")
    record = ConsultationFactory(facts="あ" * 150 + "終わり")
    shown = browser.get(reverse("cases:log_client", args=[record.client_id])).content.decode()
    assert "前回の要点をすべて見る" in shown and record.facts in shown
