"""フェイスシート: sections that save by themselves, rows beside them, addresses with their 圏域, and who sees what."""

import uuid
from datetime import date

import pytest

from cases.actions.face_sheet import StaleSection, save_section
from cases.actions.sheet_rows import StaleRow, change_row
from cases.enums import SheetKind
from cases.face_sheet import sheet_of
from cases.face_sheet.fields import SECTIONS
from cases.face_sheet.values import empty_value
from cases.models import (
    ClientAddress,
    GrantedService,
    Handbook,
    RelatedPerson,
    ShareGrant,
    SheetDate,
    SheetSection,
    Supporter,
)
from centers.enums import CodeList
from centers.models import AccessLog, CodeEntry, DistrictZone, Organization, Zone
from tests.factories import CaseFactory, ClientFactory, center, user_with

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


@pytest.fixture
def person(on):
    client = ClientFactory(family_name="葛\U000e0100城", given_name="𠮷子", address="1-2")
    CaseFactory(client=client)
    return client


def path(client, rest="") -> str:
    return f"/clients/{client.pk}/sheet/{rest}"


def save(browser, client, kind, *, version=0, headers=None, **fields):
    return browser.post(path(client, f"{kind}/"), {"version": version} | fields, **headers or {})


def fill(client, kind, by, version=0, **values):
    empty = {field.name: empty_value(field) for field in SECTIONS[kind].fields}
    return save_section(client=client, kind=kind, by=by, version=version, values=empty | values)


def test_every_code_list_of_the_sheet_has_rows(on):
    named = {field.list for section in SECTIONS.values() for field in section.fields if field.list}
    named |= {CodeList.RELATION, CodeList.GUARDIAN, CodeList.CONSENT_PURPOSE, CodeList.CONSENT_RANGE}
    assert named <= set(CodeEntry.objects.in_force(on).values_list("list", flat=True))


def test_all_sections_are_filled_and_read(desk, person):
    browser, user = desk
    filled = {
        "caution": {"danger": "犬がいる", "review_on": "R9.4"},
        "contact": {"ways": ["01", "02"], "alias": "旧姓 濵田"},
        "housing": {"home": "02", "home_note": "2階\n階段のみ"},
        "papers": {
            "mental_grade": "2級",
            "mental_number": "第12号",
            "mental_issued": "R7.2",
            "mental_next": "R9.1.31",
            "level": "3",
            "level_until": "R9.3.31",
            "recipient_number": "0012345678",
            "certificate_until": "R9.6.30",
            "burden": "9,300円",
        },
        "medical": {"aid": "03", "aid_until": "R8.12.31", "disease": "試験病", "disease_until": "R9.1"},
        "money": {"pension": "04", "welfare": "on"},
        "life": {"life": "生活歴の文"},
        "wishes": {"own_wish": "「一人で暮らしたい」"},
    }
    for kind, fields in filled.items():
        assert save(browser, person, kind, **fields).status_code == 302, kind
    person.refresh_from_db()
    assert (person.support_level, person.support_level_until) == ("3", date(2027, 3, 31))
    assert person.recipient_number == "0012345678"
    book = Handbook.unscoped.get()
    assert (book.kind, book.grade, book.number, book.next_on) == (
        "mental",
        "2級",
        "第12号",
        date(2027, 1, 31),
    )
    assert (book.issued_on, book.issued_precision) == (date(2025, 2, 1), "month")
    assert set(SheetDate.unscoped.values_list("kind", "due_on", "precision")) == {
        ("caution", date(2027, 4, 1), "month"),
        ("certificate", date(2027, 6, 30), "day"),
        ("medical_aid", date(2026, 12, 31), "day"),
        ("rare_disease", date(2027, 1, 1), "month"),
    }
    text = browser.get(path(person)).content.decode()
    for words in (
        "犬がいる",
        "令和9年4月",
        "電話不可、筆談",
        "借家・アパート",
        "2級(番号 第12号、交付 令和7年2月、次回判定・期限 令和9年1月31日)",
        "9,300円",
        "精神通院医療",
        "障害基礎年金2級",
        "「一人で暮らしたい」",
        "葛\U000e0100城 𠮷子",
        "注意があります",
    ):
        assert words in text, words
    for kind, fields in filled.items():
        form = browser.get(path(person, f"{kind}/")).context["form"]
        assert all(form[name].value() for name in fields), "what was saved stands in the form"
    assert AccessLog.objects.filter(page="cases:sheet", verb="read", client_id=person.pk).count() == 1
    printed = browser.get(path(person, "?print=1")).content.decode()
    assert "犬がいる" in printed and "/sheet/caution/" not in printed
    assert AccessLog.objects.filter(page="cases:sheet", verb="print").count() == 1
    assert sheet_of(user, person, date(2026, 11, 20)).sections[0].kind == SheetKind.CAUTION


def test_what_is_emptied_is_gone(desk, person):
    browser, _ = desk
    save(browser, person, "papers", mental_grade="2級", certificate_until="R9.6.30", level="3")
    assert save(browser, person, "papers", version=1).status_code == 302
    person.refresh_from_db()
    assert not Handbook.unscoped.exists() and not SheetDate.unscoped.exists() and not person.support_level


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("papers", "burden", "1万", "金額として読めません"),
        ("papers", "burden", "99999999", "1,000,000円まで"),
        ("papers", "recipient_number", "12345678901", "10桁です。いまは11桁です"),
        ("papers", "level", "9", "その答えは一覧にありません"),
        ("papers", "level_until", "R9.2.30", "2月30日はありません"),
        ("papers", "physical_number", "1", "等級が空です"),
        ("medical", "aid_until", "いつか", "日付として読めません"),
        ("medical", "aid", "77", "その答えは一覧にありません"),
        ("life", "life", "あ\x00", "使えない文字"),
        ("contact", "alias", "あ" * 61, "60字まで"),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept(desk, person, kind, field, value, words):
    browser, _ = desk
    answer = save(browser, person, kind, **{field: value})
    assert answer.status_code == 422 and words in answer.content.decode()
    state = save(browser, person, kind, headers=HTMX, **{field: value})
    assert state.status_code == 422 and "まだ保存していません" in state.content.decode()
    assert not SheetSection.unscoped.exists()


def test_typing_saves_by_itself_and_the_button_follows(desk, person):
    browser, _ = desk
    first = save(browser, person, "life", life="生ま", headers=HTMX)
    assert first.status_code == 200 and "に保存しました" in first.content.decode()
    assert 'name="version" value="1"' in first.content.decode() and "<html" not in first.content.decode()
    save(browser, person, "life", version=1, life="生まれは市内", headers=HTMX)
    late = save(browser, person, "life", version=1, life="生まれは市内")
    assert late.status_code == 302, "the button, pressed while the same text was on its way, is no conflict"
    row = SheetSection.unscoped.get()
    assert (row.content, row.version) == ({"life": "生まれは市内"}, 2)
    assert not AccessLog.objects.filter(page="cases:sheet_section").exists(), "its own text shows nothing new"


def test_two_editors_see_both_texts(desk, person, client):
    browser, user = desk
    colleague = user_with("soudan")
    colleague.name = "吉村 空"
    colleague.save()
    fill(person, SheetKind.WISHES, colleague, own_wish="吉村の聞いた希望")
    typed = {"own_wish": "わたしの聞いた希望"}
    state = save(browser, person, "wishes", headers=HTMX, **typed)
    assert state.status_code == 422 and "2つを並べて選ぶ" in state.content.decode()
    assert 'name="version" value="0"' in state.content.decode(), "so that the button asks for the choice"
    answer = save(browser, person, "wishes", **typed)
    text = answer.content.decode()
    assert answer.status_code == 409 and "吉村さんが同じ希望を直しました" in text
    assert "吉村の聞いた希望" in text and "わたしの聞いた希望" in text
    assert save(browser, person, "wishes", version=1, asked=["own_wish"], **typed).status_code == 422
    chosen = {"asked": ["own_wish"], "pick-own_wish": "mine"}
    assert save(browser, person, "wishes", version=1, **chosen, **typed).status_code == 302
    assert SheetSection.unscoped.get().content == typed
    with pytest.raises(StaleSection):
        fill(person, SheetKind.WISHES, user, version=1)


def test_who_sees_which_sections(client, person):
    writer = person.registered_by
    fill(person, SheetKind.CAUTION, writer, danger="犬がいる")
    fill(person, SheetKind.LIFE, writer, life="生活歴の文")
    chiiki, other = user_with("chiiki"), user_with("soudan", "kita1")
    client.force_login(chiiki)
    text = client.get(path(person)).content.decode()
    assert "犬がいる" in text and "生活歴の文" not in text and "経過まで共有された" in text
    assert client.get(path(person, "life/")).status_code == 404
    person.cases.update(responsible=chiiki.staff_member)
    assert "生活歴の文" in client.get(path(person)).content.decode(), "their own case"
    client.force_login(other)
    assert client.get(path(person)).status_code == 404
    share = ShareGrant.unscoped.create(
        client=person,
        to_center=center("kita1"),
        scope="identity",
        basis="handover",
        granted_by=writer,
        starts_on=date(2026, 1, 1),
    )
    text = client.get(path(person)).content.decode()
    assert "犬がいる" in text and "生活歴の文" not in text and "/sheet/caution/" not in text
    ShareGrant.unscoped.filter(pk=share.pk).update(scope="notes")
    assert "生活歴の文" in client.get(path(person)).content.decode()
    assert client.post(path(person, "life/"), {"version": 1, "life": "よそ"}).status_code == 404


@pytest.mark.parametrize("rest", ["x/", "rows/x/new/", f"rows/family/{uuid.UUID(int=1)}/"])
def test_an_unknown_part_is_not_there(desk, person, rest):
    browser, _ = desk
    assert browser.get(path(person, rest)).status_code == 404


# ---- rows ----


def test_rows_are_added_once_changed_and_taken_off(desk, person, client):
    browser, user = desk
    places = {kind: path(person, f"rows/{kind}/new/") for kind in ("services", "family", "supporters")}
    key = browser.get(places["family"]).context["form"]["key"].value()
    mother = {"key": key, "version": 1, "name": "葛城 和子", "relation": "02", "emergency_order": "1"}
    for _ in range(2):
        assert browser.post(places["family"], mother).status_code == 302
    browser.post(
        places["family"], {"key": uuid.uuid4(), "version": 1, "name": "試験 司法書士", "guardian": "02"}
    )
    service = {"key": uuid.uuid4(), "version": 1, "service": "生活介護", "amount": "月23日", "began": "R8.4"}
    browser.post(places["services"], service | {"ends_on": "R9.3.31"})
    office = Organization.objects.create(name="試験相談室", kind="01")
    browser.post(places["supporters"], {"key": uuid.uuid4(), "version": 1, "place": str(office.pk)})
    assert RelatedPerson.unscoped.count() == 2 and Supporter.unscoped.get().place_name == "試験相談室"
    text = browser.get(path(person)).content.decode()
    for words in ("緊急連絡 1番", "保佐人", "月23日", "令和8年4月〜R9.3.31", "試験相談室"):
        assert words in text, words
    assert "葛城 和子" in browser.get(f"/clients/{person.pk}/").content.decode()

    row = RelatedPerson.unscoped.get(pk=key)
    place = path(person, f"rows/family/{key}/")
    changed = {"version": 1, "name": "葛城 和子", "relation": "02", "contact": "090-0000-0000"}
    assert browser.post(place, changed).status_code == 302
    stale = browser.post(place, changed | {"contact": "わたしの番号"})
    assert stale.status_code == 409 and "わたしの番号" in stale.content.decode()
    with pytest.raises(StaleRow):
        change_row(row=row, by=user, version=1, values={})
    browser.post(place, {"version": 1, "remove": "1"})
    assert RelatedPerson.unscoped.filter(pk=key).exists(), "somebody has changed it since"
    browser.post(place, {"version": 2, "remove": "1"})
    assert not RelatedPerson.unscoped.filter(pk=key).exists()
    foreign = ClientFactory()
    browser.post(path(foreign, "rows/services/new/"), service | {"key": GrantedService.unscoped.get().pk})
    assert GrantedService.unscoped.get().client_id == person.pk, "an id of somebody else's row"


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("family", {"name": ""}, "氏名が空です"),
        ("family", {"name": "母", "emergency_order": "0"}, "1以上で入れてください"),
        ("family", {"name": "母", "relation": "xx"}, "その答えは一覧にありません"),
        ("services", {"service": "生活介護", "began": "R9.4.1", "ends_on": "R8.4.1"}, "始まりの日より前"),
        ("supporters", {"phone": "1"}, "機関も担当も空です"),
        ("supporters", {"place_text": "あ" * 101}, "100字まで"),
    ],
)
def test_rows_that_cannot_be_saved(desk, person, kind, fields, words):
    browser, _ = desk
    key = {"key": uuid.uuid4(), "version": 1}
    answer = browser.post(path(person, f"rows/{kind}/new/"), key | fields)
    assert answer.status_code == 422 and words in answer.content.decode()


# ---- addresses ----


def test_a_move_keeps_the_old_address_and_tells_the_zone(desk, person):
    browser, _ = desk
    person.ward_id, person.town, person.school_district = "nishi", "島崎", "城西"
    person.save()
    DistrictZone.objects.create(
        kind="school",
        name="白川校区",
        key="白川",
        zone=Zone.objects.get(code="chuo2"),
        starts_on=date(2015, 4, 1),
        source="試験",
    )
    assert "西圏域・城西校区" in browser.get(path(person)).content.decode()
    new = {
        "key": uuid.uuid4(),
        "version": person.version,
        "moved": "R8.10",
        "ward_id": "chuo",
        "town": "大江三丁目",
        "school_district": "白川",
    }
    for _ in range(2):
        assert browser.post(path(person, "move/"), new).status_code == 302
    person.refresh_from_db()
    assert (person.ward_id, person.town, person.version) == ("chuo", "大江三丁目", 2)
    assert set(ClientAddress.unscoped.values_list("town", "starts_on", "ends_on")) == {
        ("島崎", None, date(2026, 9, 30)),
        ("大江三丁目", date(2026, 10, 1), None),
    }
    text = browser.get(path(person)).content.decode()
    assert "このセンターの圏域ではありません" in text and "中央2圏域" in text and "島崎" in text
    again = new | {"key": uuid.uuid4(), "version": 2, "moved": "R8.9.1"}
    refused = browser.post(path(person, "move/"), again)
    assert refused.status_code == 422 and "いまの住所の始まりより前の日です" in refused.content.decode()
    stale = browser.post(path(person, "move/"), again | {"moved": "R8.11.1", "version": 1})
    assert stale.status_code == 422 and "ほかの人が基本情報を直しました" in stale.content.decode()
    future = browser.post(path(person, "move/"), again | {"moved": "R8.12.1"})
    assert "これからの日付です" in future.content.decode() and "大江三丁目" in future.content.decode()


def test_the_number_of_statements_does_not_grow(desk, person, queries_of):
    browser, user = desk
    few = queries_of(lambda: browser.get(path(person)))
    for kind in SheetKind:
        SheetSection.unscoped.create(client=person, kind=kind, content={}, updated_by=user, version=1)
    for number in range(3):
        GrantedService.unscoped.create(client=person, service=f"s{number}", updated_by=user)
        RelatedPerson.unscoped.create(client=person, name=f"n{number}", updated_by=user)
        Supporter.unscoped.create(client=person, place=f"p{number}", updated_by=user)
    assert queries_of(lambda: browser.get(path(person))) == few
