"""What holds on a day, and the page that shows it with its sources."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centers.contracts import (
    business_items_on,
    code_labels,
    opening_hours_on,
    screen_choices,
    setting,
    term_on,
)
from centers.models import CodeEntry, ContractTerm, OpeningHours, PlanCap, PostRequirement, RuleSetting
from centers.wording import weekdays_words
from tests.factories import center

pytestmark = pytest.mark.django_db

IN_H28, IN_2021, IN_2026, BEFORE = (
    date(2016, 4, 13),
    date(2021, 11, 26),
    date(2026, 11, 20),
    date(2015, 3, 31),
)
AFTER_THE_LAST = date(2027, 4, 1)


def plan_cap_on(center, on):
    return PlanCap.objects.in_force(on).filter(term__center=center).first()


def posts_on(center, on):
    return list(PostRequirement.objects.in_force(on).filter(term__center=center))


@pytest.mark.parametrize(
    ("on", "generation"),
    [
        (date(2015, 4, 1), "h27-29"),
        (date(2018, 3, 31), "h27-29"),
        (date(2018, 4, 1), "h30-r2"),
        (date(2021, 3, 31), "h30-r2"),
        (date(2021, 4, 1), "r3-5"),
        (date(2024, 4, 1), "r6-8"),
        (date(2027, 3, 31), "r6-8"),
    ],
)
def test_the_term_of_a_day(on, generation):
    assert term_on(center(), on).generation.code == generation


@pytest.mark.parametrize("on", [BEFORE, AFTER_THE_LAST])
def test_outside_every_contract_nothing_holds(on):
    assert term_on(center(), on) is None and plan_cap_on(center(), on) is None
    assert posts_on(center(), on) == business_items_on(center(), on) == []


def test_the_cap_was_lifted_after_the_earthquake():
    assert plan_cap_on(center(), IN_H28).limit == 20
    assert plan_cap_on(center(), date(2016, 4, 14)) is None
    assert plan_cap_on(center(), date(2017, 3, 31)) is None
    assert plan_cap_on(center("higashi1"), date(2018, 4, 1)).limit == 50


@pytest.mark.parametrize(("zone", "limit"), [("nishi", 75), ("chuo1", 50), ("kita2", 50)])
def test_the_cap_of_2021(zone, limit):
    cap = plan_cap_on(center(zone), IN_2021)
    assert (cap.limit, cap.deadline, cap.counts) == (limit, date(2023, 3, 31), ["plan"])


def test_posts_of_a_day():
    number = lambda zone, on: {post.post: post.required for post in posts_on(center(zone), on)}  # noqa: E731
    assert number("nishi", IN_H28) == {"kinou": 1, "soudan": 2}
    assert number("chuo2", date(2020, 4, 1)) == {"kinou": 1, "soudan": 2, "chiiki": 1}
    assert number("nishi", IN_2021) == {"kinou": 1, "soudan": 3, "chiiki": 1}


@pytest.mark.parametrize(
    ("on", "count", "first", "last"),
    [(IN_H28, 14, "1", "4-0-0"), (date(2019, 5, 1), 19, "1", "4-0-0"), (IN_2026, 22, "1-1-1", "4-0-0")],
)
def test_business_items_of_a_day(on, count, first, last):
    items = business_items_on(center(), on)
    assert (len(items), items[0].code, items[-1].code) == (count, first, last)


def test_codes_come_in_the_order_of_the_screen_and_labels_in_that_of_the_codes():
    labels = code_labels(IN_2026)
    assert [code for code, _ in screen_choices(labels["method"])] == list("42135678")
    assert list(labels["method"]) == list("12345678")
    national = {"method": 8, "content": 12, "disability": 7, "counterpart": 18}
    assert {kind: len(labels[kind]) for kind in national} == national
    assert all(labels.values()), "a code list without a code"
    assert screen_choices(code_labels(BEFORE)["method"]) == []


def test_a_label_may_change_with_time():
    CodeEntry.objects.filter(list="method", code="8").update(ends_on=date(2026, 12, 31))
    renamed = {
        "list": "method",
        "code": "8",
        "label": "その他・オンライン",
        "short_label": "その他",
        "display_order": 8,
    }
    CodeEntry.objects.create(**renamed, starts_on=date(2027, 1, 1), source="市の通知")
    assert code_labels(date(2026, 12, 31))["method"]["8"].label == "その他"
    assert code_labels(date(2027, 1, 1))["method"]["8"].label == "その他・オンライン"


def test_a_setting_holds_for_its_days():
    RuleSetting.objects.filter(key="count_unanswered").update(ends_on=date(2026, 12, 31))
    RuleSetting.objects.create(
        key="count_unanswered", value=True, label="市の決め", starts_on=date(2027, 1, 1), source="市の通知"
    )
    assert setting("count_unanswered", date(2026, 12, 31)) is False
    assert setting("count_unanswered", date(2027, 1, 1)) is True


@pytest.mark.parametrize(("key", "on"), [("no_such_rule", IN_2026), ("draft_days", BEFORE)])
def test_a_setting_that_is_not_in_force_is_told(key, on):
    with pytest.raises(LookupError):
        setting(key, on)


def test_opening_hours_of_a_weekday():
    nishi = center()
    OpeningHours.objects.create(
        center=nishi,
        weekday=5,
        opens_at=time(8, 30),
        closes_at=time(17, 30),
        starts_on=date(2021, 4, 1),
        source="届出",
    )
    assert opening_hours_on(nishi, IN_2026).closes_at == time(17, 30)  # a Friday
    assert opening_hours_on(nishi, date(2026, 11, 22)) is None


def test_each_call_is_one_query(django_assert_num_queries):
    nishi = center()
    for call in (term_on, business_items_on, opening_hours_on):
        with django_assert_num_queries(1):
            call(nishi, IN_2026)
    for call in (lambda: code_labels(IN_2026), lambda: setting("draft_days", IN_2026)):
        with django_assert_num_queries(1):
            call()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([1, 2, 3, 4, 5], "月〜金"),
        ([6, 7], "土・日"),
        ([1], "月"),
        ([1, 3, 5], "月・水・金"),
        ([7, 6, 5], "金〜日"),
    ],
)
def test_weekdays_in_words(days, words):
    assert weekdays_words(days) == words


# ---- the page ----


@pytest.fixture
def show(sign_in, on):
    """show("shi", generation=…, zone=…) → the page's text without tags."""

    def _show(role: str, status: int = 200, **query) -> str:
        browser, _ = sign_in(role)
        answer = browser.get(reverse("centers:contracts"), query)
        assert answer.status_code == status
        main = answer.content.decode().partition("<main")[2]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    return _show


def test_the_page_opens_with_the_generation_of_today(show):
    text = show("shi")
    assert "令和6〜8年度・令和6年4月1日〜令和9年3月31日" in text
    assert "9センター" in text and "北2 なでしこ" in text
    assert "この契約期があったこと自体が、資料では確かめられていません" in text


def test_after_the_last_generation_the_latest_is_shown(show, settings):
    settings.SOUDAN_TODAY = AFTER_THE_LAST
    assert "令和6〜8年度・" in show("shi")


@pytest.mark.parametrize("role", ["shi", "system", "kansa"])
def test_who_looks_on_the_whole_city_sees_nine_centers(show, role):
    assert "9センター" in show(role, generation="r3-5")


def test_a_manager_sees_the_own_center_alone_and_at_once_in_full(show):
    text = show("kanri", generation="r3-5")
    assert "西 光 の条件" in text and "1センター" in text
    assert not any(
        name in text
        for name in ("いんくる", "ウィズ", "青空", "きらり", "じょうなん", "アシスト", "なでしこ")
    )


def test_another_center_is_not_there_for_a_manager(show):
    show("kanri", status=404, generation="r3-5", zone="chuo1")


@pytest.mark.parametrize("role", ["soudan", "kinou", "chiiki", "ku"])
def test_the_page_is_closed_for_others(show, role):
    show(role, status=404)


@pytest.mark.parametrize("query", [{"generation": "r9-11"}, {"zone": "atlantis"}, {"generation": "'; --"}])
def test_an_unknown_generation_or_zone_is_not_there(show, query):
    show("shi", status=404, **query)


def test_the_terms_of_2021_in_words(show):
    text = show("shi", generation="r3-5", zone="nishi")
    for words in (
        "相談員 3名",
        "欠けたとき: 減算",
        "地域支援員 1名",
        "社会福祉士・精神保健福祉士・保健師・介護支援専門員 のいずれか(要検討とされた案)",
        "必須: 地域支援業務(基幹相談)、支障がない範囲: 相談支援業務(委託相談)・機能強化業務(基幹相談)",
        "欠けたとき: 必置(欠けると契約違反)。計画相談との兼務は不可",
        "相談支援専門員、かつ 社会福祉士・精神保健福祉士・保健師・介護支援専門員 のいずれか、実務経験3年以上",
        "事業所あたり 75件(計画相談)。達成期限 令和5年3月31日",
        "月〜金と、土・日のいずれか。週5日以上、1日8時間以上。時間外も緊急時に連絡が取れること。24時間の受付は求めない",
        "年4回以上(区ごと)",
        "社会福祉法人 熊本県コロニー協会。西区春日1丁目3番18号",
        "Ⅰ(1)① 相談支援業務(委託相談) 各種相談受付・聞き取り・課題整理 入れる",
        "自事業所の計画相談支援・地域相談支援・障害児相談支援 入れない",
    ):
        assert words in text, words


def test_the_terms_before_2021_in_words(show):
    text = show("shi", generation="h27-29", zone="chuo2")
    assert "相談員1名あたり 20件(計画相談・地域相談)、途中まで" in text
    assert "H27.4.1〜H28.4.13" in text and "欠けたときの扱いは資料にない" in text
    assert "運営時間" not in text and "回数の定めなし" in text
    assert "中央2圏域のみモデル事業" in show("shi", generation="h30-r2", zone="chuo2")
    assert "地域支援員 1名" not in show("shi", generation="h30-r2", zone="chuo1")


def test_what_is_not_carried_out_says_so_with_its_source(show):
    """西 in R3–R5: the opening rule and who ran it are presumed, the rest is 実施."""
    text = show("shi", generation="r3-5", zone="nishi")
    nishi = text.partition("西 光 の条件")[2].partition("業務項目 Ⅰ")[0]
    assert nishi.count("要確認(推定)") == 2 and nishi.count("実施") - nishi.count("実施状況") >= 5
    assert "令和3年度からの定めは資料にない。平成29年の計画を写した" in nishi
    assert "平成30年度からも続いているとみた" in nishi
    assert "要確認 2件" in text.partition("西 光 の条件")[0]


def test_the_plan_of_2017_is_marked_item_by_item(show):
    items = show("shi", generation="h30-r2").partition("業務項目 ①〜⑱")[2]
    assert items.count("要確認(計画)") == 17 and items.count("要確認(推定)") == 1
    assert "どの事業に入るかは読み取れず" in items


def test_sources_open_without_a_script(sign_in, show):
    browser, _ = sign_in("shi")
    body = browser.get(reverse("centers:contracts"), {"generation": "r3-5", "zone": "nishi"}).content.decode()
    assert body.count("<details") >= 7 and '<span class="visually-hidden">: 相談員 3名</span>' in body


def test_the_page_is_read_only(sign_in, show):
    browser, _ = sign_in("shi")
    assert browser.post(reverse("centers:contracts")).status_code == 405


def test_one_center_costs_as_many_queries_as_nine(sign_in, show):
    browser, _ = sign_in("shi")
    address = reverse("centers:contracts")
    browser.get(address)  # a new session writes more

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            browser.get(address, {"generation": "r3-5", "zone": "nishi"})
        return len(caught)

    nine = queries()
    ContractTerm.objects.filter(generation="r3-5").exclude(center__zone="nishi").delete()
    assert queries() == nine
