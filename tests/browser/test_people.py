"""People and their records in Chromium: search by keyboard, the person's page, 訂正, 取り消し and the case list."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from cases.actions.notes import index_notes
from cases.actions.records import correct_consultation
from centers.models import StaffMember
from tests.browser.conftest import TODAY
from tests.factories import (
    CaseFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    FollowUpFactory,
    center,
    user_with,
)

ZONE = "kita1"


def person(family: str, given: str, family_kana: str, given_kana: str, **more):
    names = {"family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana}
    return ClientFactory(center=center(ZONE), **{"birth_date": date(1971, 1, 1), **names, **more})


@pytest.fixture
def worker(login):
    return login("soudan", ZONE)


# ---- search from the top bar ----


def find_by_keys(page, text: str) -> str:
    """Types into the search of the top bar and opens the first candidate; returns the address it leads to."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_selector("#find-list [role=option][data-client]")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#find-list [role=option][aria-selected=true]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page.url


def test_search_by_keyboard_alone(worker, site, page):
    wanted = person("髙﨑", "百合子", "タカサキ", "ユリコ", birth_date=date(1961, 3, 9))
    ClientPhoneFactory(client=wanted, number="096-000-7319")
    person("高本", "春夫", "タカモト", "ハルオ")
    for text in ("たかさき", "ﾀｶｻｷ", "高崎", "S36.3.9", "7319", wanted.number):
        page.goto(f"{site}/help/")
        assert find_by_keys(page, text) == f"{site}/clients/{wanted.pk}/", text
    assert "髙﨑 百合子" in page.inner_text("h1")


def test_names_are_found_as_they_are_said_and_kept_as_they_are_written(login, site, page):
    """A10, names: kana, half width, variants of a character and a birth date."""
    login("soudan", "minami2")
    names = {"family_kana": "ヨシダ", "given_kana": "タカコ", "center": center("minami2")}
    ClientFactory(family_name="𠮷田", given_name="髙子", birth_date=date(1985, 5, 10), **names)
    ClientFactory(family_name="吉田", given_name="高子", birth_date=date(1990, 1, 1), **names)
    both = ["𠮷田 髙子", "吉田 高子"]
    for text, found in (
        ("よしだたかこ", both),
        ("ﾖｼﾀﾞ", both),
        ("吉田", both),
        ("高子", both),
        ("S60.5.10", both[:1]),
    ):
        page.goto(f"{site}/help/")
        page.fill("#find-q", text)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/")
        shown = page.locator("main").inner_text()
        assert [name for name in both if name in shown] == found, text


def test_search_leaves_nothing_of_the_name_in_address_or_title(worker, site, page, no_axe_violations):
    wanted = person("山鹿", "のぞみ", "ヤマガ", "ノゾミ")
    page.goto(f"{site}/me/")
    page.keyboard.press("/")
    page.keyboard.type("やまが")
    page.wait_for_selector("#find-list [role=option][data-client]")
    no_axe_violations()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    assert page.get_by_role("link", name="山鹿 のぞみ", exact=True).is_visible()
    assert "山鹿" not in page.title()
    no_axe_violations()
    page.get_by_role("link", name="山鹿 のぞみ", exact=True).click()
    page.wait_for_url(f"**/clients/{wanted.pk}/")
    assert wanted.number in page.title() and "山鹿" not in page.title()


def test_a_record_is_found_by_its_words_and_the_words_stay_out_of_the_address(
    worker, site, page, no_axe_violations
):
    record = ConsultationFactory(client=person("山鹿", "のぞみ", "ヤマガ", "ノゾミ"), facts="障害年金の更新")
    index_notes([record])
    page.goto(f"{site}/search/notes/")
    page.keyboard.type("ねんきん 年金")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=この言葉のある記録はありません")
    page.fill("#id_q", "障がい　年金")
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.ks-hits mark")
    assert page.locator("mark").all_inner_texts() == ["障害", "年金"]
    assert page.url == f"{site}/search/notes/" and "年金" not in page.title()
    no_axe_violations()
    page.locator("ol.ks-hits a").first.click()
    page.wait_for_url(f"**/consultations/{record.pk}/")


def test_escape_and_no_match(worker, site, page):
    page.goto(f"{site}/me/")
    page.keyboard.press("/")
    page.keyboard.type("ぬるぽぬ")
    page.wait_for_selector("#find-list >> text=合う人はいません")
    page.keyboard.press("Escape")
    expect(page.locator("#find-list [role=option]")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "find-q"


# ---- the person's page ----


def records(page):
    return page.locator("#tl-list > li:not(.month)")


def test_timeline_months_filters_and_older_records(worker, site, page, no_axe_violations):
    wanted = person("経過", "長男", "ケイカ", "チョウナン")
    for number in range(55):
        day = TODAY - timedelta(days=2 * number)
        ConsultationFactory(
            client=wanted, date=day, method="6" if number % 11 == 0 else "4", written_by=worker
        )
    page.goto(f"{site}/clients/{wanted.pk}/")
    assert records(page).count() == 50
    assert page.locator("#tl-list > li.month").all_inner_texts()[:2] == ["令和8年11月", "令和8年10月"]
    page.get_by_role("link", name="前の50件を見る").click()
    expect(records(page)).to_have_count(55)
    assert page.get_by_role("link", name="前の50件を見る").count() == 0
    months = page.locator("#tl-list > li.month").all_inner_texts()
    assert len(months) == len(set(months)) == 4
    page.get_by_label("支援方法").select_option("6")
    page.get_by_role("button", name="しぼる").click()
    page.wait_for_url("**method=6**")
    expect(records(page)).to_have_count(5)
    no_axe_violations()
    page.reload()
    assert records(page).count() == 5
    page.get_by_role("link", name="すべて外す").click()
    expect(records(page)).to_have_count(50)


def test_a_next_step_is_entered_and_done(worker, site, page, no_axe_violations):
    wanted = person("予定", "次男", "ヨテイ", "ジナン")
    FollowUpFactory(
        client=wanted, staff=worker.staff_member, due_on=date(2026, 11, 18), what="受診の結果を聞く"
    )
    page.goto(f"{site}/clients/{wanted.pk}/")
    assert "2日超過" in page.inner_text("section[aria-labelledby=nx]")
    page.locator("section[aria-labelledby=nx]").get_by_role("button", name="済み").click()
    page.wait_for_selector(".ks-toast >> text=済みにしました")
    assert "次の予定はありません" in page.inner_text("section[aria-labelledby=nx]")
    no_axe_violations()
    page.locator(".ks-toast").get_by_role("link", name="取り消す").click()
    page.get_by_role("button", name="予定に戻す").click()
    page.goto(f"{site}/clients/{wanted.pk}/")
    assert "受診の結果を聞く" in page.inner_text("section[aria-labelledby=nx]")


# ---- 訂正, 取り消し ----

THEIRS = "父から電話。妹の受診は来週に決まった。"
MINE = "母から電話。妹の受診は再来週に決まった。"


@pytest.fixture
def record(worker):
    return ConsultationFactory(
        client=person("訂正", "三男", "テイセイ", "サンナン"),
        date=date(2026, 11, 11),
        minutes=20,
        facts="母から電話。妹の受診は来週に決まった。",
        written_by=worker,
    )


def test_two_editors_choose_and_nothing_is_lost(record, worker, site, page, no_axe_violations):
    colleague = user_with("soudan", ZONE)
    page.goto(f"{site}/consultations/{record.pk}/correct/")
    page.fill("textarea[name=facts]", MINE)
    page.fill("textarea[name=done]", "病院の空きを調べて伝えた。")
    page.fill("input[name=reason]", "聞き違い")
    changes = {"facts": THEIRS, "view": "父が主に支えている。"}
    correct_consultation(
        consultation=record, by=colleague, version=1, changes=changes, reason="話した人の間違い"
    )
    page.get_by_role("button", name="訂正する").click()
    page.wait_for_selector(".ks-errsum:focus")
    about_facts = page.locator(".ks-choice", has=page.locator("input[name=asked][value=facts]")).inner_text()
    assert THEIRS in about_facts and MINE in about_facts
    assert colleague.family_name in page.inner_text(".ks-errsum")
    assert page.locator(".ks-choice").count() == 3
    assert page.input_value("textarea[name=facts]") == MINE
    no_axe_violations()
    page.get_by_role("button", name="選んだ内容で訂正する").click()
    page.wait_for_selector("text=まだ選んでいないところがあります")
    for choice in ("#mine-facts", "#theirs-view", "#mine-done"):
        page.check(choice)
    page.get_by_role("button", name="選んだ内容で訂正する").click()
    page.wait_for_url(f"**/consultations/{record.pk}/")
    record.refresh_from_db()
    kept = (record.facts, record.view, record.done)
    assert kept == (MINE, "父が主に支えている。", "病院の空きを調べて伝えた。")
    history = page.inner_text("section[aria-labelledby=versions]")
    assert "聞き違い" in history and "話した人の間違い" in history
    assert page.locator("section[aria-labelledby=versions] del").count() >= 2
    no_axe_violations()


def test_a_correction_without_reason_is_asked_for(record, site, page, no_axe_violations):
    page.goto(f"{site}/consultations/{record.pk}/correct/")
    page.fill("textarea[name=facts]", MINE)
    page.get_by_role("button", name="訂正する").click()
    page.wait_for_selector(".ks-errsum:focus")
    page.locator(".ks-errsum a").first.click()
    assert page.evaluate("document.activeElement.name") == "reason"
    assert page.input_value("textarea[name=facts]") == MINE
    no_axe_violations()


def test_a_record_is_taken_back_and_restored(record, site, page, no_axe_violations):
    page.goto(f"{site}/consultations/{record.pk}/")
    page.get_by_role("link", name="取り消す").click()
    page.wait_for_url("**/void/")
    assert page.evaluate("document.activeElement.textContent") == "やめる"
    assert "令和8年11月の件数から1件減ります" in page.inner_text(".ks-confirm")
    page.get_by_label("理由").select_option("double")
    page.get_by_role("button", name="記録を取り消す").click()
    page.wait_for_url(f"**/clients/{record.client_id}/")
    assert "取り消し済" in records(page).first.inner_text()
    no_axe_violations()
    page.get_by_role("link", name="記録を見る・戻す").click()
    assert record.facts in page.inner_text("main")
    no_axe_violations()
    page.get_by_role("button", name="取り消しをやめて記録を戻す").click()
    page.wait_for_selector(".ks-toast >> text=記録を戻しました")
    record.refresh_from_db()
    assert record.voided_at is None


# ---- case list ----


@pytest.fixture
def cases(worker):
    """Three cases of the worker and one of nobody; returns the clients in the order of their kana."""
    staff = StaffMember.objects.get(user=worker)
    rows = [
        ("阿蘇", "アソ", "active", "北部", date(2026, 11, 25)),
        ("井芹", "イセリ", "watch", "北部", None),
        ("宇土", "ウト", "active", "西里", date(2026, 11, 10)),
    ]
    clients = []
    for family, kana, state, district, due in rows:
        client = person(family, "一覧", kana, "イチラン", school_district=district)
        CaseFactory(client=client, state=state, responsible=staff, next_due_on=due)
        clients.append(client)
    CaseFactory(client=person("江津", "一覧", "エヅ", "イチラン", school_district="北部"))
    return clients


def names(page) -> list[str]:
    return [text.split()[0] for text in page.locator("main tbody th a").all_inner_texts()]


def test_case_list_views_filters_and_order(cases, site, page, no_axe_violations):
    page.goto(f"{site}/clients/")
    assert names(page) == ["宇土", "阿蘇", "井芹"]
    assert "10日超過" in page.inner_text("main tbody tr:first-child")
    page.get_by_label("校区").select_option("北部")
    page.get_by_role("button", name="しぼる").click()
    page.wait_for_url("**district=**")
    assert names(page) == ["阿蘇", "井芹"]
    no_axe_violations()
    page.get_by_role("link", name="校区 北部 を外す").click()
    page.get_by_role("columnheader", name="利用者").get_by_role("link").click()
    page.wait_for_url("**sort=kana**")
    assert names(page) == ["阿蘇", "井芹", "宇土"]
    page.get_by_role("columnheader", name="利用者").get_by_role("link").click()
    page.wait_for_url("**sort=-kana**")
    assert names(page) == ["宇土", "井芹", "阿蘇"]
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("利用者")
    page.get_by_role("link", name="見守り").click()
    page.wait_for_url("**view=watch**")
    assert "井芹" in names(page)
    no_axe_violations()
    page.get_by_role("link", name="センター全体").click()
    page.wait_for_url("**view=all**")
    assert {"阿蘇", "江津"} <= set(names(page))


def test_rows_of_the_case_list_by_keyboard(cases, site, page):
    page.goto(f"{site}/clients/?sort=kana")
    focused = "document.activeElement.textContent"
    for key, family in (("j", "阿蘇"), ("j", "井芹"), ("j", "宇土"), ("j", "宇土"), ("k", "井芹")):
        page.keyboard.press(key)
        assert page.evaluate(focused).startswith(family)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/clients/{cases[1].pk}/")
