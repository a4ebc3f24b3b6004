"""ケース一覧: saved views, filters, order, pages; what is due first."""

from datetime import date, time, timedelta

import pytest

from cases.models import ShareGrant
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    StaffMemberFactory,
    center,
)

pytestmark = pytest.mark.django_db

PATH = "/clients/"
ON = date(2026, 11, 20)


def case(name: str, *, kana: str = "シケン", **fields):
    client = {key: fields.pop(key) for key in ("center", "school_district", "birth_date") if key in fields}
    return CaseFactory(
        client=ClientFactory(family_name=name, given_name="", family_kana=kana, **client), **fields
    )


def names(browser, query: str = "view=all") -> list[str]:
    response = browser.get(f"{PATH}?{query}")
    assert response.status_code == 200
    return [row.client.name for row in response.context["page"].rows]


@pytest.fixture
def desk(sign_in, on):
    """(browser, user) of a 相談員 in the west."""
    return sign_in("soudan")


# ---- views ----


def test_ones_own_cases_come_first(desk):
    browser, user = desk
    case("自分", responsible=user.staff_member)
    case("同僚", responsible=StaffMemberFactory())
    case("終わり", responsible=user.staff_member, state="closed", closed_on=ON)
    assert names(browser, "") == ["自分"]
    assert sorted(names(browser)) == ["同僚", "自分"]


def test_every_view(desk):
    browser, _ = desk
    case("過ぎた", next_due_on=ON - timedelta(days=1), last_contact_on=ON)
    case("今日", next_due_on=ON, last_contact_on=ON)
    case("静か", last_contact_on=ON - timedelta(days=91))
    case("ちょうど", last_contact_on=ON - timedelta(days=90))
    case("一度もない", opened_on=date(2026, 1, 1))
    case("引き継ぎ", state="handover", last_contact_on=ON)
    case("見守り", state="watch", last_contact_on=ON)
    case("終結", state="closed", closed_on=date(2026, 10, 1), last_contact_on=date(2026, 1, 1))
    assert names(browser, "view=overdue") == ["過ぎた"]
    assert sorted(names(browser, "view=inactive")) == ["一度もない", "静か"]
    assert names(browser, "view=handover") == ["引き継ぎ"]
    assert names(browser, "view=watch") == ["見守り"]
    assert names(browser, "view=closed") == ["終結"]
    assert len(names(browser)) == 7 and len(names(browser, "view=all&state=any")) == 8


def test_the_views_carry_their_numbers(desk):
    browser, user = desk
    case("過ぎた", next_due_on=ON - timedelta(days=1), responsible=user.staff_member)
    case("見守り", state="watch")
    views = {one["key"]: one for one in browser.get(PATH).context["views"]}
    assert {key: one["count"].number for key, one in views.items()} == {
        "mine": 1,
        "overdue": 1,
        "pinned": 0,
        "inactive": 2,
        "handover": 0,
        "watch": 1,
        "closed": 0,
        "all": 2,
        "anonymous": 0,
    }
    assert views["inactive"]["label"] == "90日 動きなし"
    assert [key for key, one in views.items() if one["current"]] == ["mine"]


def test_the_days_without_a_move_are_a_setting(desk):
    from centers.models import RuleSetting

    RuleSetting.objects.filter(key="inactive_days").update(value=10)
    browser, _ = desk
    case("静か", last_contact_on=ON - timedelta(days=11))
    case("急ぐ", last_contact_on=ON - timedelta(days=6), priority="high")
    RuleSetting.objects.filter(key="inactive_days_high").update(value=5)
    case("新しい", last_contact_on=ON - timedelta(days=10))
    assert sorted(names(browser, "view=inactive")) == ["急ぐ", "静か"]
    assert "10日 動きなし" in browser.get(PATH).content.decode()


def test_a_client_stands_once_by_the_open_case(desk):
    browser, _ = desk
    first = case("再び", state="closed", closed_on=date(2025, 3, 31), opened_on=date(2024, 4, 1))
    CaseFactory(client=first.client, state="closed", closed_on=date(2025, 12, 31), opened_on=date(2025, 6, 1))
    assert names(browser, "view=closed") == ["再び"]
    CaseFactory(client=first.client, opened_on=date(2026, 4, 1))
    assert names(browser, "view=closed") == []
    assert names(browser, "view=all&state=any") == ["再び"]


def test_empty_views_say_why(desk):
    browser, _ = desk
    for view, words in {
        "mine": "担当しているケースはありません",
        "overdue": "期限を過ぎた連絡はありません",
        "inactive": "動きのないケースはありません",
        "closed": "このケースはありません",
        "all": "ケースはまだありません",
        "anonymous": "続けて相談している匿名の方はいません",
    }.items():
        assert words in browser.get(f"{PATH}?view={view}").content.decode()


def test_shared_persons_have_a_view_of_their_own(desk):
    browser, _ = desk
    foreign = case("北野", center=center("kita1"))
    assert "共有" not in browser.get(PATH).content.decode()
    ShareGrant.unscoped.create(
        client=foreign.client,
        to_center=center("nishi"),
        scope="identity",
        basis="consent",
        starts_on=date(2026, 1, 1),
        granted_by=foreign.client.registered_by,
    )
    assert names(browser, "view=shared") == ["北野"]
    assert names(browser) == []


def test_anonymous_callers(desk):
    browser, _ = desk
    thread = AnonymousThreadFactory(handle="男性・40代")
    ConsultationFactory(anonymous=True, thread=thread, date=date(2026, 11, 19))
    AnonymousThreadFactory(handle="よその人", center=center("kita1"))
    text = browser.get(f"{PATH}?view=anonymous").content.decode()
    assert f'href="/threads/{thread.pk}/"' in text and "昨日 電話" in text
    assert "よその人" not in text


# ---- filters ----


def test_filters_narrow_and_can_be_taken_off(desk):
    browser, user = desk
    wanted = case(
        "出水", school_district="出水", next_due_on=ON + timedelta(days=1), responsible=user.staff_member
    )
    ClientDisabilityFactory(client=wanted.client, code="04")
    other = case("白川", school_district="白川", state="watch")
    ClientDisabilityFactory(client=other.client, code="04", ends_on=date(2020, 1, 1))
    for query in (
        "state=active",
        "disability=04",
        f"staff={user.staff_member.pk}",
        "district=出水",
        "due=week",
    ):
        assert names(browser, f"view=all&{query}") == ["出水"], query
    for query in ("state=watch", "staff=none", "district=白川", "due=none"):
        assert names(browser, f"view=all&{query}") == ["白川"], query
    response = browser.get(f"{PATH}?view=all&state=active&district=出水")
    assert [(label, chosen) for label, chosen, _ in response.context["applied"]] == [
        ("状態", "支援中"),
        ("校区", "出水"),
    ]
    off = {label: url for label, _, url in response.context["applied"]}["校区"]
    assert "district" not in off and "state=active" in off and "view=all" in off


def test_this_week_ends_on_sunday(desk):
    browser, _ = desk
    case("日曜", next_due_on=date(2026, 11, 22))
    case("月曜", next_due_on=date(2026, 11, 23))
    case("昨日", next_due_on=date(2026, 11, 19))
    assert names(browser, "view=all&due=week") == ["日曜"]
    assert names(browser, "view=all&due=overdue") == ["昨日"]


@pytest.mark.parametrize(
    "query",
    ["state=gone", "staff=x", "district=どこ", "due=1", "disability=99", "state=%00", "view=%00&sort=%00"],
)
def test_what_cannot_be_read_is_left_aside(desk, query):
    browser, _ = desk
    case("試験")
    response = browser.get(f"{PATH}?view=all&{query}")
    assert response.status_code == 200
    if "view" not in query:
        assert "読めない条件があったので外しました" in response.content.decode()
        assert len(response.context["page"].rows) == 1


def test_no_filter_is_a_text(desk):
    browser, _ = desk
    assert 'type="text"' not in browser.get(PATH).content.decode().split("<main")[1]


# ---- order and pages ----


def test_what_is_due_comes_first_and_none_last(desk):
    browser, _ = desk
    for name, due in {"なし": None, "先": date(2026, 12, 1), "過ぎた": date(2026, 11, 1), "今日": ON}.items():
        case(name, next_due_on=due)
    assert names(browser) == ["過ぎた", "今日", "先", "なし"]
    assert names(browser, "view=all&sort=-due") == ["先", "今日", "過ぎた", "なし"]


def test_order_by_last_move_and_kana(desk):
    browser, _ = desk
    case("あ", kana="アソ", last_contact_on=date(2026, 10, 1))
    case("か", kana="カトウ", last_contact_on=date(2026, 11, 1))
    case("さ", kana="サトウ")
    assert names(browser, "view=all&sort=-last") == ["か", "あ", "さ"]
    assert names(browser, "view=all&sort=last") == ["あ", "か", "さ"]
    assert names(browser, "view=all&sort=kana") == ["あ", "か", "さ"]
    assert names(browser, "view=all&sort=-kana") == ["さ", "か", "あ"]


def test_the_head_tells_its_order(desk):
    browser, _ = desk
    case("試験")
    text = browser.get(f"{PATH}?view=all").content.decode()
    assert 'aria-sort="ascending"><a href="?view=all&amp;sort=-due">次の予定 ▲' in text
    assert text.count("aria-sort") == 1
    turned = browser.get(f"{PATH}?view=all&sort=-last").content.decode()
    assert 'aria-sort="descending"><a href="?view=all&amp;sort=last">最後の動き ▼' in turned


@pytest.mark.parametrize("sort", ["due", "-due", "last", "-last", "kana", "-kana"])
def test_pages_meet_every_case_once(desk, sort):
    browser, _ = desk
    for number in range(53):
        due = None if number % 3 == 0 else ON + timedelta(days=number % 5)
        case(f"{number}", kana="アイウ"[number % 3] + "オ", next_due_on=due, last_contact_on=due)
    first = browser.get(f"{PATH}?view=all&sort={sort}").context["page"]
    second = browser.get(f"{PATH}?view=all&sort={sort}&after={first.next}").context["page"]
    assert len(first.rows) == 50 and len(second.rows) == 3 and second.next is None
    assert len({row.case.pk for row in (*first.rows, *second.rows)}) == 53
    back = browser.get(f"{PATH}?view=all&sort={sort}&before={second.previous}").context["page"]
    assert [row.case.pk for row in back.rows] == [row.case.pk for row in first.rows]


def test_the_page_links_keep_view_filters_and_order(desk):
    browser, _ = desk
    for number in range(51):
        case(f"{number}", school_district="出水")
    text = browser.get(f"{PATH}?view=all&district=出水&sort=kana").content.decode()
    assert "?view=all&amp;sort=kana&amp;district=%E5%87%BA%E6%B0%B4&amp;after=" in text


# ---- rows ----


def test_a_row(desk):
    browser, _ = desk
    row = case(
        "坂口",
        kana="サカグチ",
        birth_date=date(1992, 5, 1),
        school_district="出水",
        responsible=StaffMemberFactory(name="本田 彩"),
        last_contact_on=date(2026, 10, 31),
        last_contact_method="4",
        next_due_on=date(2026, 11, 15),
    )
    ClientDisabilityFactory(client=row.client, code="04")
    FollowUpFactory(client=row.client, due_on=date(2026, 11, 15), kind="call")
    text = browser.get(f"{PATH}?view=all").content.decode()
    for words in (
        "坂口",
        "サカグチ",
        "34",
        "精神",
        "出水",
        "支援中",
        "本田",
        "10/31 電話",
        "11/15 電話(5日超過)",
    ):
        assert words in text
    assert f'<a href="/clients/{row.client.pk}/" data-row>' in text, "J and K walk along the rows"


def test_a_step_of_today_shows_its_time(desk):
    browser, _ = desk
    row = case("山本", next_due_on=ON)
    FollowUpFactory(client=row.client, due_on=ON, due_at=time(10, 30), kind="come")
    assert "今日 10:30 来所" in browser.get(f"{PATH}?view=all").content.decode()


def test_community_workers_see_the_day_but_not_the_step(sign_in, on):
    browser, _ = sign_in("chiiki")
    row = case("山本", next_due_on=date(2026, 12, 1))
    FollowUpFactory(client=row.client, due_on=date(2026, 12, 1), kind="visit", what="人の予定")
    text = browser.get(f"{PATH}?view=all").content.decode()
    assert "12/1" in text and "12/1 訪問" not in text and "人の予定" not in text


# ---- who sees it ----


def test_other_centers_and_restricted_cases_are_left_out(desk):
    browser, _ = desk
    case("北野", center=center("kita1"))
    case("限定", restricted=True)
    assert names(browser, "view=all&state=any") == []


@pytest.mark.parametrize("role", ["shi", "ku", "system", "kansa"])
def test_offices_have_no_list(sign_in, on, role):
    browser, _ = sign_in(role)
    assert browser.get(PATH).status_code == 404


def test_the_number_of_queries_stays(desk, queries_of):
    browser, user = desk

    def add():
        row = case("試験", responsible=StaffMemberFactory(), next_due_on=ON, school_district="出水")
        ClientDisabilityFactory(client=row.client)
        FollowUpFactory(client=row.client, staff=user.staff_member)
        AnonymousThreadFactory()

    add()
    asked = {
        view: queries_of(lambda view=view: browser.get(f"{PATH}?view={view}"))
        for view in ("all", "anonymous")
    }
    add()
    add()
    for view, number in asked.items():
        assert queries_of(lambda view=view: browser.get(f"{PATH}?view={view}")) == number
