"""基本情報: everything about a person on one form; two editors; what cannot be taken."""

from datetime import date

import pytest

from cases.actions.basics import StaleClient, last_change, update_client
from cases.models import ClientAddress, ClientDisability, ClientPhone
from cases.search import find_clients
from centers.models import AccessLog
from tests.factories import (
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


@pytest.fixture
def person(on):
    client = ClientFactory(family_name="髙田", given_name="愛", family_kana="タカダ", given_kana="アイ")
    CaseFactory(client=client)
    ClientPhoneFactory(client=client, whose="母")
    ClientDisabilityFactory(client=client, code="03")
    return client


def path(client) -> str:
    return f"/clients/{client.pk}/edit/"


def typed(browser, client, **fields) -> dict:
    """The form as the page gives it, with what is typed over it."""
    form = browser.get(path(client)).context["form"]
    values = {}
    for field in form:
        value = field.value()
        if field.html_name.startswith("has_"):
            value = "on" if value else None
        values[field.html_name] = field.field.prepare_value(value)
    values |= {"version": form.version} | fields
    return {name: value for name, value in values.items() if value is not None}


def save(browser, client, **fields):
    return browser.post(path(client), typed(browser, client, **fields))


def test_the_form_shows_what_stands(desk, person):
    browser, _ = desk
    given = typed(browser, person)
    assert given["family_name"] == "髙田" and given["birth"] == "昭和60年5月10日"
    assert (given["phone_1"], given["whose_1"], given["has_03"]) == ("096-000-0418", "母", "on")


def test_saving_the_page_as_it_is_changes_nothing(desk, person):
    browser, _ = desk
    answer = browser.post(path(person), typed(browser, person), follow=True)
    assert "変わったところはありません" in answer.content.decode()
    person.refresh_from_db()
    assert person.version == 1


def test_everything_can_be_changed(desk, person):
    browser, _ = desk
    answer = save(
        browser,
        person,
        family_name="髙橋",
        family_kana="たかはし",
        birth="S60.5",
        sex="female",
        phone_1="096-111-2222",
        whose_1="",
        phone_2="090-3333-4444",
        whose_2="本人",
        postal_code="８６０－０８０１",
        ward_id="nishi",
        town="島崎三丁目",
        address="1-2",
        school_district="城西",
        contact_note="夕方に電話",
        has_04="on",
        from_04="H20.4.1",
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.kana, person.version) == ("髙橋 愛", "タカハシ アイ", 2)
    assert (person.birth_date, person.birth_precision) == (date(1985, 5, 1), "month")
    assert (person.postal_code, person.ward_id) == ("8600801", "nishi")
    assert ClientAddress.unscoped.values_list("town", "school_district", "starts_on").get() == (
        "島崎三丁目",
        "城西",
        None,
    )
    phones = list(person.phones.values_list("number", "whose", "tail"))
    assert phones == [("096-111-2222", "", "2222"), ("090-3333-4444", "本人", "4444")]
    kinds = list(person.disabilities.values_list("code", "starts_on", "ends_on"))
    assert kinds == [("03", None, None), ("04", date(2008, 4, 1), None)]


def test_the_search_follows_the_new_name(desk, person):
    browser, user = desk
    save(browser, person, family_name="髙橋", family_kana="タカハシ")
    assert [one.name for one in find_clients(user, "高橋", on=ON)] == ["髙橋 愛"]
    assert find_clients(user, "タカダ", on=ON) == []


def test_what_ends_stays_in_the_history(desk, person):
    browser, _ = desk
    save(browser, person, until_03="R8.10.31")
    assert list(person.disabilities.values_list("code", "ends_on")) == [("03", date(2026, 10, 31))]
    assert typed(browser, person).get("has_03") is None, "it no longer runs"
    save(browser, person, has_03="on", from_03="R8.11.1")
    assert person.disabilities.count() == 2


def test_a_mark_taken_off_removes_a_mistake(desk, person):
    browser, _ = desk
    data = typed(browser, person)
    del data["has_03"]
    browser.post(path(person), data)
    assert not ClientDisability.unscoped.filter(client=person).exists()


def test_phones_can_be_emptied(desk, person):
    browser, _ = desk
    save(browser, person, phone_1="", whose_1="")
    assert not ClientPhone.unscoped.filter(client=person).exists()


def test_more_phones_than_rows_all_stay(desk, person):
    browser, _ = desk
    for number in range(4):
        ClientPhoneFactory(client=person, number=f"090-0000-000{number}", position=number + 1)
    save(browser, person, town="島崎")
    assert person.phones.count() == 5


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("family_kana", "", "セイが空です"),
        ("family_kana", "高田", "『高』はカタカナに直せません。読みで入れてください。"),
        ("given_kana", "愛", "『愛』はカタカナに直せません"),
        ("family_name", "あ" * 61, "60字までです。いまは61字です"),
        ("family_name", "a\x00", "使えない文字"),
        ("family_kana", "㌖" * 20, "60字までです。いまは120字です"),
        ("birth", "R9.1.1", "未来の日付です"),
        ("birth", "S65.1.1", "昭和は64年"),
        ("birth", "2月30日", "生年月日として読めません"),
        ("sex", "x", "その答えは一覧にありません"),
        ("postal_code", "860", "郵便番号は7桁です"),
        ("ward_id", "osaka", "その答えは一覧にありません"),
        ("until_03", "x", "日付として読めません"),
        ("from_04", "R8.1.1", "日付だけが入っています"),
        ("whose_2", "父", "番号が空です"),
        ("contact_note", "あ" * 201, "200字まで"),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept(desk, person, field, value, words):
    browser, _ = desk
    answer = save(browser, person, **{"town": "打った町名"} | {field: value})
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "打った町名" in text
    person.refresh_from_db()
    assert person.version == 1


def test_a_name_whose_key_is_longer_than_the_name_is_stored(desk, person):
    browser, _ = desk
    assert save(browser, person, family_name="㍿" * 60).status_code == 302
    person.refresh_from_db()
    assert person.family_name == "㍿" * 60 and person.name_key.startswith("株式会社")


def test_an_end_before_its_start_is_told(desk, person):
    browser, _ = desk
    answer = save(browser, person, from_03="R8.5.1", until_03="R8.4.1")
    assert answer.status_code == 422 and "終わりの日が始まりの日より前です" in answer.content.decode()


def test_center_number_and_writer_are_not_read_from_the_form(desk, person):
    browser, _ = desk
    number, writer = person.number, person.registered_by
    save(
        browser,
        person,
        town="島崎",
        center=str(center("kita1").pk),
        number="X-1",
        registered_by=str(user_with("soudan").pk),
    )
    person.refresh_from_db()
    assert (person.center, person.number, person.registered_by) == (center("nishi"), number, writer)


# ---- two editors ----


@pytest.fixture
def faster(client, person):
    """A colleague who saves first: faster(town="…")."""

    def _faster(**fields):
        colleague = user_with("soudan")
        colleague.name = "吉村 空"
        colleague.save()
        browser = type(client)()
        browser.force_login(colleague)
        assert save(browser, person, **fields).status_code == 302
        return colleague

    return _faster


def test_the_slower_sees_both_values(desk, person, faster):
    browser, _ = desk
    mine = typed(browser, person, town="わたしの町", sex="male")
    faster(town="吉村の町", has_04="on")
    answer = browser.post(path(person), mine)
    text = answer.content.decode()
    assert answer.status_code == 409 and "に吉村さんが同じ基本情報を直しました。" in text
    found = {one.field.name: (one.theirs, one.mine) for one in answer.context["differences"]}
    assert found == {
        "town": ("吉村の町", "わたしの町"),
        "sex": ("不明・回答しない", "男"),
        "has_04": ("はい", "いいえ"),
    }
    person.refresh_from_db()
    assert person.town == "吉村の町", "nothing is overwritten"


def test_each_value_is_chosen(desk, person, faster):
    browser, _ = desk
    mine = typed(browser, person, town="わたしの町", sex="male")
    faster(town="吉村の町", has_04="on")
    picks = {
        "pick-town": "mine",
        "pick-sex": "mine",
        "pick-has_04": "theirs",
        "asked": ["town", "sex", "has_04"],
    }
    assert browser.post(path(person), mine | picks | {"version": 2}).status_code == 302
    person.refresh_from_db()
    assert (person.town, person.sex, person.version) == ("わたしの町", "male", 3)
    assert set(person.disabilities.values_list("code", flat=True)) == {"03", "04"}


def test_an_open_choice_is_asked_again(desk, person, faster):
    browser, _ = desk
    mine = typed(browser, person, town="わたしの町")
    faster(town="吉村の町")
    answer = browser.post(path(person), mine | {"version": 2, "asked": ["town"]})
    assert answer.status_code == 422
    assert (
        "どちらを残すか選んでください" in answer.content.decode() and "わたしの町" in answer.content.decode()
    )


def test_the_history_knows_who_changed_it(desk, person, faster):
    colleague = faster(town="吉村の町")
    assert last_change(person)[0] == colleague


def test_the_action_refuses_a_stale_version(person):
    with pytest.raises(StaleClient):
        update_client(client=person, by=person.registered_by, version=7, on=ON, data=None)


# ---- who ----


def test_who_may_not_edit(client, person):
    for role, zone in (("chiiki", "nishi"), ("soudan", "kita1"), ("shi", "nishi"), ("system", "nishi")):
        client.force_login(user_with(role, zone))
        assert client.get(path(person)).status_code == 404, role
        assert client.post(path(person), {"family_kana": "ア"}).status_code == 404, role


def test_opening_the_form_is_noted(desk, person):
    browser, user = desk
    browser.get(path(person))
    assert AccessLog.objects.filter(user=user, client_id=person.pk, verb="read").count() == 1


def test_the_number_of_queries_stays(desk, person, queries_of):
    browser, _ = desk
    one = queries_of(lambda: browser.get(path(person)))
    for code in ("04", "05"):
        ClientDisabilityFactory(client=person, code=code)
        ClientPhoneFactory(client=person, position=int(code))
    assert queries_of(lambda: browser.get(path(person))) == one
