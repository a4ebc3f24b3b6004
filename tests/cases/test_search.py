from datetime import date

import pytest
from django.utils import timezone

from cases.models import BreakGlass, CaseMember, ShareGrant
from cases.search import find_clients, matching_clients
from centers.text import kana_key, name_key
from tests.factories import (
    CaseFactory,
    ClientFactory,
    ClientPhoneFactory,
    StaffMemberFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)


@pytest.fixture
def worker():
    return user_with("soudan", "nishi")


def person(name: str, kana: str, **fields):
    family, _, given = name.partition(" ")
    family_kana, _, given_kana = kana.partition(" ")
    return ClientFactory(
        family_name=family, given_name=given, family_kana=family_kana, given_kana=given_kana, **fields
    )


def names(user, text: str) -> list[str]:
    user.__dict__.pop("_rights", None)  # as in a request of its own
    return [candidate.name for candidate in find_clients(user, text, on=ON)]


@pytest.fixture
def two_yoshida():
    return (
        person("𠮷田 髙子", "ヨシダ タカコ", birth_date=date(1985, 5, 10)),
        person("吉田 高子", "ヨシダ タカコ", birth_date=date(1990, 1, 1)),
        person("益田 孝", "マスダ タカシ", birth_date=date(1970, 2, 3)),
    )


@pytest.mark.parametrize(
    "text",
    [
        "よしだたかこ",
        "よしだ たかこ",
        "たかこ よしだ",
        "ﾖｼﾀﾞ",
        "ヨシダ",
        "吉田",
        "𠮷田",
        "高子",
        "髙子",
        "吉田　高子",
        "ヨシダ 高子",
    ],
)
def test_every_shape_of_a_name_finds_both_and_keeps_the_stored_form(worker, two_yoshida, text):
    assert sorted(names(worker, text)) == sorted(["𠮷田 髙子", "吉田 高子"])


@pytest.mark.parametrize(
    "text",
    [
        "S60.5.10",
        "s60-5-10",
        "Ｓ６０．５．１０",
        "昭和60年5月10日",
        "昭和６０年５月１０日",
        "19850510",
        "1985/5/10",
        "1985-05-10",
        "ヨシダ S60.5.10",
        "S60.5",
    ],
)
def test_a_birth_date_in_any_shape_finds_the_one(worker, two_yoshida, text):
    assert names(worker, text) == ["𠮷田 髙子"]


def test_a_birth_date_known_to_the_year_is_found_by_the_full_date(worker):
    person("熊本 太郎", "クマモト タロウ", birth_date=date(1985, 1, 1), birth_precision="year")
    person("熊本 次郎", "クマモト ジロウ", birth_date=date(1985, 5, 1), birth_precision="month")
    person("熊本 三郎", "クマモト サブロウ", birth_date=date(1985, 5, 11))
    assert sorted(names(worker, "S60.5.10")) == ["熊本 太郎", "熊本 次郎"]
    assert sorted(names(worker, "昭和60年")) == ["熊本 三郎", "熊本 太郎", "熊本 次郎"]
    by_name = {found.name: found.birth for found in find_clients(worker, "熊本", on=ON)}
    assert by_name["熊本 太郎"] == "昭和60年(約41歳)"
    assert by_name["熊本 三郎"] == "昭和60年5月11日(41歳)"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("高木", "髙木"),
        ("髙木", "高木"),
        ("山崎", "山﨑"),
        ("渡辺", "渡邊"),
        ("渡邉", "渡辺"),
        ("斉藤", "齋藤"),
        ("浜田", "濵田"),
        ("広瀬", "廣瀨"),
        ("葛城", "葛\U000e0100城"),
        ("ｸﾞｴﾝ", "阮"),
    ],
)
def test_variant_kanji_are_one(worker, typed, stored):
    person(f"{stored} 一", "グエン ハジメ")
    assert names(worker, typed) == [f"{stored} 一"]


def test_a_surname_of_one_character_comes_before_longer_ones(worker):
    person("小林 一", "コバヤシ ハジメ")
    person("林田 愛", "ハヤシダ アイ")
    person("林 凛", "ハヤシ リン")
    assert names(worker, "林") == ["林 凛", "林田 愛", "小林 一"]
    assert names(worker, "はやし") == ["林 凛", "林田 愛"]
    assert names(worker, "ばやし") == ["小林 一"]


def test_small_kana_and_long_marks_are_folded(worker):
    person("", "キャロライン ショーン")
    assert names(worker, "きやろらいん") == ["キャロライン ショーン"]
    assert names(worker, "ショ－ン") == ["キャロライン ショーン"]


@pytest.mark.parametrize("text", ["0418", "０４１８", "096-000-0418", "0960000418"])
def test_the_end_of_a_phone_number(worker, text):
    found = person("熊本 太郎", "クマモト タロウ")
    ClientPhoneFactory(client=found, number="096-000-0418")
    ClientPhoneFactory(client=found, number="090-1111-0418", position=1)
    ClientPhoneFactory(client=person("阿蘇 花子", "アソ ハナコ"), number="096-000-0419")
    assert names(worker, text) == ["熊本 太郎"]


@pytest.mark.parametrize(
    "text", ["C2-00418", "c2-418", "C2－00418", "418", "00418", "Ｃ２-００４１８", "C200418"]
)
def test_a_number_with_or_without_head_and_zeros(worker, text):
    person("熊本 太郎", "クマモト タロウ", number="C2-00418")
    person("阿蘇 花子", "アソ ハナコ", number="C2-10418")
    person("天草 次郎", "アマクサ ジロウ", number="C2-04180")
    assert names(worker, text) == ["熊本 太郎"]


def test_four_figures_are_number_phone_and_birthday_with_the_number_first(worker):
    person("阿蘇 花子", "アソ ハナコ", birth_date=date(1990, 11, 18))
    ClientPhoneFactory(client=person("宇土 三郎", "ウト サブロウ"), number="096-000-1118")
    person("和田 太郎", "ワダ タロウ", number="W-01118")
    assert names(worker, "1118") == ["和田 太郎", "阿蘇 花子", "宇土 三郎"]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "%", "_", "吉%田", "'; drop", "あ" * 500, "0", "2月30日", "\ud800", "吉田 \x00 !?"],
)
def test_odd_texts_find_nobody_and_break_nothing(worker, two_yoshida, text):
    assert names(worker, text) == []


def test_at_most_seven_and_no_more_queries_for_more_people(worker, django_assert_num_queries):
    first = person("吉田 一", "ヨシダ ハジメ")
    CaseFactory(client=first)
    find_clients(worker, "吉田", on=ON)  # the rights of the user are read once
    with django_assert_num_queries(2):
        assert len(find_clients(worker, "吉田", on=ON)) == 1
    for number in range(9):
        CaseFactory(client=person(f"吉田 {number}", "ヨシダ ハジメ"), responsible=StaffMemberFactory())
    with django_assert_num_queries(2):
        assert len(find_clients(worker, "吉田", on=ON)) == 7
    assert matching_clients(worker, "吉田", on=ON).count() == 10


def test_a_candidate_tells_two_people_apart(worker):
    found = person(
        "熊本 太郎", "クマモト タロウ", birth_date=date(1985, 5, 10), town="島崎三丁目", number="W-00007"
    )
    CaseFactory(client=found, opened_on=date(2020, 4, 1), closed_on=date(2021, 3, 31), state="closed")
    CaseFactory(
        client=found,
        state="watch",
        responsible=StaffMemberFactory(name="本田 彩"),
        last_contact_on=date(2026, 10, 31),
        last_contact_method="4",
    )
    (candidate,) = find_clients(worker, "熊本", on=ON)
    assert candidate.client_id == found.pk
    assert (candidate.number, candidate.kana, candidate.birth) == (
        "W-00007",
        "クマモト タロウ",
        "昭和60年5月10日(41歳)",
    )
    assert (candidate.town, candidate.state, candidate.responsible) == ("島崎三丁目", "見守り", "本田")
    assert (candidate.last_contact_on, candidate.last_contact_method) == (date(2026, 10, 31), "4")


def test_other_centers_people_are_not_found(worker):
    other = person("吉田 他", "ヨシダ ホカ", center=center("higashi1"))
    assert names(worker, "吉田") == []
    assert names(worker, other.number) == []


def test_a_shared_client_is_found_while_the_share_lasts(worker):
    other = person("吉田 共有", "ヨシダ キョウユウ", center=center("higashi1"))
    share = ShareGrant.unscoped.create(
        client=other,
        to_center=center("nishi"),
        scope="identity",
        basis="consent",
        granted_by=other.registered_by,
        starts_on=date(2020, 1, 1),
    )
    assert names(user_with("soudan"), "吉田") == ["吉田 共有"]
    share.ends_on = date(2020, 12, 31)
    share.save()
    assert names(user_with("soudan"), "吉田") == []


def test_a_client_opened_by_break_glass_is_found(worker):
    other = person("吉田 緊急", "ヨシダ キンキュウ", center=center("higashi1"))
    now = timezone.now()
    BreakGlass.unscoped.create(
        client=other, user=worker, starts_at=now, ends_at=now + timezone.timedelta(minutes=60), reason="試験"
    )
    assert names(worker, "吉田") == ["吉田 緊急"]


def test_a_restricted_client_is_found_by_those_named_only(worker):
    case = CaseFactory(client=person("吉田 限定", "ヨシダ ゲンテイ"), restricted=True)
    assert names(worker, "吉田") == []
    assert names(user_with("kanri"), "吉田") == ["吉田 限定"]
    CaseMember.unscoped.create(case=case, user=worker)
    assert names(worker, "吉田") == ["吉田 限定"]


@pytest.mark.parametrize("role", ["shi", "ku", "system", "kansa"])
def test_offices_find_nobody(role):
    person("吉田 一", "ヨシダ ハジメ")
    assert names(user_with(role), "吉田") == []


def test_an_assignment_that_has_ended_finds_nobody():
    person("吉田 一", "ヨシダ ハジメ")
    assert names(user_with("soudan", ends_on=date(2020, 3, 31)), "吉田") == []


def test_stored_keys_are_what_the_search_compares():
    found = person("𠮷田 髙子", "ヨシダ タカコ")
    assert (found.name_key, found.kana_key) == (name_key("吉田高子"), kana_key("ヨシダタカコ"))
