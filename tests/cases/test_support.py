"""後方支援: recorded once, read by whom it concerns, corrected, taken back; and which providers it reaches."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from cases.coverage import coverage_of, providers_of
from cases.models import Consultation, FollowUp, ProviderSupport, ProviderSupportVersion
from centers.models import AccessLog
from tests.factories import (
    ClientFactory,
    OrganizationFactory,
    OrganizationPersonFactory,
    ProviderSupportFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db


def typed(helped, **changed):
    return {
        "token": str(uuid.uuid4()),
        "provider_text": helped.name,
        "provider": str(helped.pk),
        "person_name": "専門　花子",
        "method": "5",
        "contents": ["02", "01", "02"],
        "date": "R8.11.18",
        "minutes": "30",
        "business_item": "2-1-1",
        "facts": "計画の見直しを助言した。",
    } | changed


def post(browser, page, *args, data):
    return browser.post(reverse(f"cases:{page}", args=args), data)


def test_recorded_once_with_person_client_and_next_step(sign_in, on):
    browser, user = sign_in("kinou")
    person = OrganizationPersonFactory(name="専門花子")
    client = ClientFactory()
    given = typed(
        person.organization, number=client.number.lower(), next_date="12/1", next_what="同行の日を決める"
    )
    assert "後方支援を記録" in browser.get("/").content.decode()
    for _ in range(2):
        assert post(browser, "support_new", data=given).status_code == 302
    one = ProviderSupport.unscoped.get()
    assert (one.provider, one.person, one.client, one.contents) == (
        person.organization,
        person,
        client,
        ["01", "02"],
    )
    assert one.business_item.code == "2-1-1" and one.written_by == user and one.center == center()
    step = FollowUp.unscoped.get()
    assert one.next_step == step and (step.client, step.due_on) == (client, date(2026, 12, 1))
    assert not Consultation.unscoped.exists()
    shown = browser.get(reverse("cases:support", args=[one.pk])).content.decode()
    assert "市の相談件数には入りません" in shown and client.name in shown
    assert AccessLog.objects.filter(page="cases:support", client_id=client.pk).count() == 1
    assert browser.get(reverse("cases:followup_done", args=[step.pk])).status_code == 200


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"provider": "", "provider_text": " "}, "事業所が空です"),
        ({"method": ""}, "方法が選ばれていません"),
        ({"contents": []}, "内容が選ばれていません"),
        ({"contents": ["99"]}, "一覧"),
        ({"facts": " "}, "要点が空です"),
        ({"date": "R8.11.21"}, "未来の日付です"),
        ({"date": "H26.4.1"}, "開所日"),
        ({"business_item": "1-1-1"}, "一覧から選んでください"),
        ({"number": "C9-99999"}, "この番号の利用者は見つかりません"),
        ({"next_what": "電話"}, "次の予定日が空です"),
    ],
)
def test_bad_input_is_told_and_stays(sign_in, on, changed, told):
    browser, _ = sign_in("kanri")
    answer = post(browser, "support_new", data=typed(OrganizationFactory(), **changed))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not ProviderSupport.unscoped.exists()


def test_an_old_day_has_the_items_of_its_contract(sign_in, on):
    browser, _ = sign_in("kanri")
    given = typed(OrganizationFactory(), date="R2.4.1", business_item="13")
    assert post(browser, "support_new", data=given).status_code == 302
    assert ProviderSupport.unscoped.get().business_item.catalogue_id == "h30"


def test_who_reads_what(sign_in, on):
    writer = user_with("kinou")
    about = ProviderSupportFactory(client=ClientFactory(), written_by=writer)
    general = ProviderSupportFactory(provider=None, provider_name="一覧にない")
    foreign = ProviderSupportFactory(center=center("kita1"))
    seen = {role: set(ProviderSupport.visible_to(user_with(role))) for role in ("soudan", "chiiki", "shi")}
    assert seen == {"soudan": {about, general}, "chiiki": {general}, "shi": set()}
    browser, _ = sign_in("soudan")
    rows = browser.get(reverse("cases:supports")).context["page"].rows
    assert set(rows) == {about, general}
    assert browser.get(reverse("cases:support", args=[foreign.pk])).status_code == 404
    assert browser.get(reverse("cases:support_new")).status_code == 404
    assert browser.get(reverse("cases:supports") + "?month=2026-09").context["page"].rows == []


def test_corrected_by_two_taken_back_and_restored(sign_in, on):
    browser, _ = sign_in("kinou")
    post(browser, "support_new", data=typed(OrganizationFactory(name="こだち", kana="コダチ")))
    one = ProviderSupport.unscoped.get()
    other = OrganizationFactory(name="ゆうなぎ", kana="ユウナギ")
    change = typed(other, version="1", reason="事業所の取り違え", contents=["04"])
    assert post(browser, "support_correct", one.pk, data=change).status_code == 302
    one.refresh_from_db()
    assert (one.provider, one.provider_name, one.contents, one.version) == (other, "ゆうなぎ", ["04"], 2)
    former = ProviderSupportVersion.unscoped.get()
    assert former.content["provider_name"] == "こだち" and former.content["business_item"] == "2-1-1"
    shown = browser.get(reverse("cases:support", args=[one.pk])).content.decode()
    assert (
        "<del>こだち</del> → <ins>ゆうなぎ</ins>" in shown
        and str(other.pk) not in shown.split("訂正の履歴")[1][:400]
    )

    late = post(browser, "support_correct", one.pk, data=change | {"facts": "ちがう文"})
    assert late.status_code == 409 and "2つを並べて選んでください" in late.content.decode()
    elsewhere = change | {"version": "2", "date": "R2.4.1"}
    assert "契約期が違い" in post(browser, "support_correct", one.pk, data=elsewhere).content.decode()

    void = {"version": "2", "reason": "double"}
    assert "1件減ります" in browser.get(reverse("cases:support_void", args=[one.pk])).content.decode()
    post(browser, "support_void", one.pk, data=void | {"version": "1"})
    assert ProviderSupport.unscoped.standing().exists()  # not the text that was confirmed
    post(browser, "support_void", one.pk, data=void)
    assert not ProviderSupport.unscoped.standing().exists()
    assert browser.get(reverse("cases:support_correct", args=[one.pk])).status_code == 302
    post(browser, "support_restore", one.pk, data={})
    assert ProviderSupport.unscoped.standing().exists()


# ---- 事業所とのつながり ----


def test_the_longest_silence_comes_first(sign_in, on, django_assert_num_queries):
    never = OrganizationFactory(ward_id="nishi")
    long_ago = OrganizationFactory(ward_id="kita", zones=["nishi"])
    lately = OrganizationFactory(ward_id="nishi")
    OrganizationFactory(ward_id="nishi", zones=["kita1"])  # serves another zone
    OrganizationFactory(ward_id="nishi", kind="09")
    OrganizationFactory(ward_id="nishi", closed_on=date(2026, 3, 31))
    ProviderSupportFactory(provider=long_ago, date=date(2026, 8, 21))  # 91 days
    ProviderSupportFactory(provider=lately, date=date(2026, 8, 22))  # 90 days
    ProviderSupportFactory(provider=lately, date=date(2026, 3, 31))
    ProviderSupportFactory(provider=never, center=center("kita1"))
    ProviderSupportFactory(provider=never, voided_at="2026-11-01T00:00Z", voided_by=user_with("kinou"), void_reason="double")  # fmt: skip
    rows = list(providers_of(center(), on).order_by("last_on"))
    assert [(one, one.times) for one in rows] == [(never, 0), (long_ago, 1), (lately, 1)]
    line = coverage_of([center()], on, 90)[0]
    assert (line.providers, line.silent, line.never, line.helped) == (3, 2, 1, 2)

    browser, _ = sign_in("soudan")
    here = browser.get(reverse("cases:coverage"))["Location"]
    page = browser.get(here)
    assert [silent for _, _, silent in page.context["rows"]] == [True, True, False]
    city, _ = sign_in("shi")
    told = {row.center.zone_id: row for row in city.get(reverse("cases:coverage")).context["rows"]}
    assert len(told) == 9 and told["nishi"] == line and told["kita1"].helped == 1
    assert city.get(here).status_code == 200
