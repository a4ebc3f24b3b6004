"""関係機関: registered, found, changed by two at once, checked, closed; and chosen in other forms."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centers.forms import SoudanForm
from centers.models import Organization, OrganizationPerson
from centers.organization_fields import NOT_LISTED, Named, OrganizationChoice
from centers.organizations import changes_of
from tests.factories import OrganizationFactory, OrganizationPersonFactory

pytestmark = pytest.mark.django_db
LIST = "centers:organizations"


def typed(**changed):
    return {
        "token": str(uuid.uuid4()),
        "name": "相談支援センター さくら",
        "kana": "さくら",
        "kind": "01",
        "office_number": "４３-00000001",
        "ward_id": "nishi",
        "zones": ["nishi"],
    } | changed


def page(browser, name, *args, data=None):
    address = reverse(f"centers:{name}", args=args)
    return browser.get(address) if data is None else browser.post(address, data)


def test_from_registration_to_closing(sign_in, on, settings):
    browser, user = sign_in("chiiki")
    given = typed()
    for _ in range(2):  # a repeated post is one registration
        answer = page(browser, "organization_new", data=given)
    one = Organization.objects.get()
    assert answer["Location"] == reverse("centers:organization", args=[one.pk])
    assert (one.kana, one.office_number, one.zones, one.checked_on) == ("サクラ", "4300000001", ["nishi"], on)
    assert one.changed_by == user and one.changed_for.zone_id == "nishi"

    changed = typed(phone="096-000-0000", version="1")
    assert page(browser, "organization_edit", one.pk, data=changed).status_code == 302
    page(browser, "organization_close", one.pk, data={"closed_on": "R8.11.10"})
    assert "に閉じた機関です" in page(browser, "organization", one.pk).content.decode()
    page(browser, "organization_close", one.pk, data={"closed_on": ""})
    settings.SOUDAN_TODAY = date(2026, 11, 21)
    page(browser, "organization_check", one.pk, data={})
    one.refresh_from_db()
    assert (one.phone, one.closed_on, one.version, one.checked_on) == (
        "096-000-0000",
        None,
        2,
        date(2026, 11, 21),
    )
    assert [change.what for change in changes_of(one)] == [
        "いまの情報で合っていると確かめた",
        "閉じたことを取り消した",
        "閉じたことにした",
        "直した: 電話",
        "登録した",
    ]
    assert all(change.by == user for change in changes_of(one))


@pytest.mark.parametrize("words", ["さくら", "ｻｸﾗ", "ソウダンシエン", "医療法人　すみれ", "4300000001"])
def test_found_whatever_the_width_and_kana(sign_in, on, words):
    browser, _ = sign_in("soudan")
    OrganizationFactory(name="ほかの事業所", kana="ホカ")
    page(
        browser, "organization_new", data=typed(kana="ソウダンシエン サクラ", corporation="医療法人すみれ会")
    )
    answer = browser.post(reverse(LIST), {"q": words})
    assert [one.name for one in answer.context["page"].rows] == ["相談支援センター さくら"]


def test_filters_and_a_fixed_number_of_queries(sign_in, on, django_assert_num_queries):
    browser, _ = sign_in("soudan")
    OrganizationFactory(ward_id="kita", checked_on=date(2026, 1, 1), school_district="龍田")
    kita = reverse(LIST) + "?ward=kita&state=stale&district=龍田"
    browser.get(kita)
    with CaptureQueriesContext(connection) as asked:
        browser.get(kita)
    OrganizationFactory.create_batch(2, ward_id="kita", checked_on=None, school_district="龍田")
    with django_assert_num_queries(len(asked)):
        browser.get(kita)
    OrganizationFactory(ward_id="kita", school_district="龍田", checked_on=on)
    OrganizationFactory(closed_on=date(2026, 3, 31))
    assert len(browser.get(kita).context["page"].rows) == 3
    assert len(browser.get(reverse(LIST)).context["page"].rows) == 4
    assert len(browser.get(reverse(LIST) + "?state=closed").context["page"].rows) == 1
    answer = browser.post(reverse(LIST), {"q": "", "ward": "kita"})
    assert answer["Location"] == reverse(LIST) + "?ward=kita"


def test_a_likely_double_is_told_and_only_its_number_refused(sign_in, on):
    browser, _ = sign_in("kanri")
    page(browser, "organization_new", data=typed())
    shown = page(browser, "organization_twins", data={"name": "相談支援センターさくら"}).content.decode()
    assert "似た機関が登録されています" in shown
    assert not page(browser, "organization_twins", data={"name": "さ"}).content.strip()

    other = typed(office_number="", name="相談支援センターｻｸﾗ")
    assert page(browser, "organization_new", data=other).status_code == 422
    assert page(browser, "organization_new", data=other | {"distinct": "on"}).status_code == 302
    refused = page(browser, "organization_new", data=typed(name="べつの名", distinct="on"))
    assert "この事業所番号は、同じ種別でもう登録されています" in refused.content.decode()
    assert (
        page(browser, "organization_new", data=typed(name="べつの名", kind="02", distinct="on")).status_code
        == 302
    )
    assert Organization.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": " "}, "名称が空です"),
        ({"kind": "99"}, "一覧から選んでください"),
        ({"office_number": "123"}, "事業所番号は10桁の数字です。いまは3桁です"),
        ({"postal_code": "86"}, "郵便番号は7桁"),
        ({"kana": "地"}, "カタカナに直せません"),
        ({"note": "あ" * 501}, "500字までです"),
        ({"zones": ["mars"]}, "一覧"),
    ],
)
def test_bad_input_is_told(sign_in, on, changed, told):
    browser, _ = sign_in("kinou")
    answer = page(browser, "organization_new", data=typed(**changed))
    assert answer.status_code == 422 and told in answer.content.decode()
    assert not Organization.objects.exists()


def test_two_editors_see_both_texts(sign_in, on):
    browser, _ = sign_in("soudan")
    page(browser, "organization_new", data=typed())
    one = Organization.objects.get()
    page(browser, "organization_edit", one.pk, data=typed(phone="111", version="1"))
    mine = typed(phone="222", address="春日", version="1")
    answer = page(browser, "organization_edit", one.pk, data=mine)
    assert answer.status_code == 409 and "2つを並べて選んでください" in answer.content.decode()
    chosen = {"version": "2", "asked": ["phone", "address"], "pick-phone": "theirs", "pick-address": "mine"}
    assert page(browser, "organization_edit", one.pk, data=mine | chosen).status_code == 302
    one.refresh_from_db()
    assert (one.phone, one.address, one.version) == ("111", "春日", 3)


def test_people_come_change_and_go(sign_in, on):
    browser, _ = sign_in("soudan")
    one = OrganizationFactory()
    given = {"token": str(uuid.uuid4()), "name": "専門 花子", "specialist": "02", "starts_on": "R7.4.1"}
    for _ in range(2):
        page(browser, "organization_person_new", one.pk, data=given)
    person = OrganizationPerson.objects.get()
    wrong = given | {"version": "1", "ends_on": "R6.4.1"}
    assert page(browser, "organization_person_edit", person.pk, data=wrong).status_code == 422
    gone = given | {"version": "1", "ends_on": "R8.3.31"}
    assert page(browser, "organization_person_edit", person.pk, data=gone).status_code == 302
    assert page(browser, "organization_person_edit", person.pk, data=gone | {"name": "別"}).status_code == 409
    shown = page(browser, "organization", one.pk)
    assert not shown.context["people"] and shown.context["former"] == [person]


def test_the_city_reads_and_changes_nothing(sign_in, on):
    browser, _ = sign_in("ku")
    one = OrganizationFactory()
    OrganizationPersonFactory(organization=one)
    shown = page(browser, "organization", one.pk).content.decode()
    assert "確かめた(今日" not in shown and "閉じた機関にする" not in shown
    assert page(browser, "organization_check", one.pk, data={}).status_code == 404


# ---- chosen in other forms ----


class Form(SoudanForm):
    place = OrganizationChoice(label="事業所", kind="01")


class Listed(SoudanForm):
    place = OrganizationChoice(label="事業所", free=False, required=False)


def value(form, text, choice="", on=date(2026, 11, 20)):
    bound = form({"place_text": text, "place": choice}, on=on)
    return bound.cleaned_data["place"] if bound.is_valid() else bound.errors["place"][0]


def test_a_name_stands_for_the_one_it_means():
    one = OrganizationFactory(name="こだち", kana="コダチ")
    other = OrganizationFactory(name="こだち南", kana="コダチミナミ")
    OrganizationFactory(name="こだち診療所", kind="09")
    assert value(Form, "コダチ") == Named(one, "こだち")
    assert "似た名前の機関があります" in value(Form, "こだ")
    assert value(Form, "こだ", str(other.pk)) == Named(other, "こだち南")
    assert value(Form, "こだ", NOT_LISTED) == Named(None, "こだ")
    assert value(Form, "", str(other.pk)) == Named(other, "こだち南")
    # another name typed over a choice is a new question
    assert value(Form, "ゆうなぎ", str(other.pk)) == Named(None, "ゆうなぎ")
    assert value(Form, "") == "事業所が空です。入れてください。"
    assert value(Form, "あ" * 101).startswith("100字までです")
    assert value(Form, "こだち", "no id") == Named(one, "こだち")
    assert value(Listed, "") is None
    assert "関係機関の一覧にありません" in value(Listed, "どこにもない")
    other.closed_on = date(2026, 3, 31)
    other.save()
    assert value(Form, "こだち南") == Named(None, "こだち南")


def test_the_choices_are_real_inputs_with_and_without_a_script(sign_in, on):
    browser, _ = sign_in("soudan")
    one = OrganizationFactory(name="こだち", kana="コダチ")
    asked = {"field": "place", "kind": "01", "free": "1", "place_text": "こだ"}
    radio = f'type="radio" name="place" value="{one.pk}"'
    assert radio in page(browser, "organization_choices", data=asked).content.decode()
    assert radio in str(Form({"place_text": "こだ", "place": ""}, on=on)["place"])
    assert page(browser, "organization_choices", data=asked | {"field": "<b>"}).status_code == 400
    OrganizationPersonFactory(organization=one, name="専門 花子")
    names = page(browser, "organization_names", data={"field": "place", "place": str(one.pk)})
    assert "専門 花子" in names.content.decode()
