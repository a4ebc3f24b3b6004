"""The page of one person: who sees it, what stands on it, its filters and pages, and that reading is noted."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from cases.models import BreakGlass, CaseMember, Consent, Draft, Handbook, ShareGrant
from centers.models import AccessLog
from tests.factories import (
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    FollowUpFactory,
    PlanCaseFactory,
    StaffMemberFactory,
    UserFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(on):
    client = ClientFactory(
        family_name="山本",
        given_name="健太",
        family_kana="ヤマモト",
        given_kana="ケンタ",
        number="N1-00418",
        school_district="白川",
        contact_note="電話は母を先に",
    )
    CaseFactory(client=client, responsible=StaffMemberFactory(name="本田 彩"))
    return client


def path(client, rest: str = "") -> str:
    return f"/clients/{client.pk}/{rest}"


def page(browser, client, rest: str = "") -> str:
    response = browser.get(path(client, rest))
    assert response.status_code == 200
    return response.content.decode()


def main_of(text: str) -> str:
    return text.split("<main")[1]


def share(client, **fields):
    plain = {
        "to_center": center("nishi"),
        "scope": "notes",
        "basis": "handover",
        "starts_on": date(2026, 1, 1),
    }
    return ShareGrant.unscoped.create(client=client, granted_by=client.registered_by, **plain | fields)


# ---- what stands on it ----


def test_the_banner(sign_in, person):
    ClientPhoneFactory(client=person, whose="母")
    ClientDisabilityFactory(client=person, code="03")
    ClientDisabilityFactory(client=person, code="01", ends_on=date(2020, 3, 31))
    Handbook.unscoped.create(client=person, kind="intellectual", grade="B1", next_on=date(2028, 6, 30))
    Consent.unscoped.create(client=person, given_on=date(2026, 4, 12), scopes=["事業所", "医療"])
    browser, _ = sign_in("soudan")
    text = page(browser, person)
    assert "<ruby>山本 健太<rp>(</rp><rt>ヤマモト ケンタ</rt>" in text
    for words in (
        "昭和60年5月10日(41歳)",
        "療育手帳 B1(次回 R10.6.30)",
        "白川・西",
        "096-000-0418(母)",
        "本田 彩",
        "支援中",
        "本人の同意あり(R8.4.12、情報共有の範囲: 事業所・医療)",
        "電話は母を先に",
    ):
        assert words in text
    assert "<dd>知的</dd>" in text, "only what holds today"
    assert "この人の記録を見られるのは<b>西 " in text


def test_the_title_carries_the_number_and_no_name(sign_in, person):
    browser, _ = sign_in("soudan")
    title = page(browser, person).split("<title>")[1].split("</title>")[0]
    assert "N1-00418" in title and "山本" not in title


def test_an_empty_person_says_what_to_do(sign_in, person):
    browser, _ = sign_in("soudan")
    text = page(browser, person)
    for words in (
        "記録はまだありません",
        "次の予定はありません",
        "計画相談の契約はありません",
        "同意の記録がまだありません",
    ):
        assert words in text


def test_records_stand_newest_first_under_months(sign_in, person):
    browser, user = sign_in("soudan")
    older = ConsultationFactory(client=person, date=date(2026, 9, 30), facts="九月の記録", written_by=user)
    late = ConsultationFactory(
        client=person, date=date(2026, 10, 8), start_time=time(16, 5), minutes=20, facts="夕方"
    )
    early = ConsultationFactory(client=person, date=date(2026, 10, 8), start_time=time(9, 0), facts="朝")
    text = page(browser, person)
    places = [text.index(str(record.pk)) for record in (late, early, older)]
    assert places == sorted(places)
    assert text.count("令和8年10月</li>") == 1 and text.count("令和8年9月</li>") == 1
    assert "10月8日(木)</time>" not in text and "10月8日(木) 16:05・20分" in text


def test_marks_of_a_record(sign_in, person):
    browser, user = sign_in("soudan")
    ConsultationFactory(client=person, version=2)
    ConsultationFactory(client=person, counted=False, uncounted_reason="試験")
    ConsultationFactory(client=person, contents=[], unanswered=True, facts="")
    ConsultationFactory(
        client=person, voided_at=timezone.now(), voided_by=user, void_reason="double", facts="取り消した文"
    )
    text = page(browser, person)
    for words in ("訂正あり", "計上しない", "電話・不在", "取り消し済", "取り消し: 二重に記録した"):
        assert words in text
    assert "取り消した文" not in text


def test_own_drafts_stand_on_top(sign_in, person):
    browser, user = sign_in("soudan")
    home = center("nishi")
    Draft.unscoped.create(
        group=uuid.uuid4(), user=user, center=home, client=person, content={"facts": "書きかけ"}
    )
    Draft.unscoped.create(
        group=uuid.uuid4(),
        user=user_with("soudan"),
        center=home,
        client=person,
        content={"facts": "人の下書き"},
    )
    ConsultationFactory(client=person, facts="済んだ記録")
    text = page(browser, person)
    assert text.index("書きかけ") < text.index("済んだ記録")
    assert "人の下書き" not in text


def test_next_steps_and_plans(sign_in, person):
    browser, _ = sign_in("soudan")
    late = FollowUpFactory(client=person, due_on=date(2026, 11, 15), what="母に電話")
    FollowUpFactory(client=person, due_on=date(2026, 11, 20), what="来所の準備")
    PlanCaseFactory(client=person, specialist="井上", monitoring_months=[6, 12])
    PlanCaseFactory(client=person, kind="child", ends_on=date(2026, 3, 31))
    text = page(browser, person)
    assert "5日超過" in text and "今日" in text
    assert f'action="/followups/{late.pk}/done/"' in text
    assert "モニタリング 6、12月" in text and "契約中" in text and "終了" in text


def test_basic_data_stand_on_their_own_tab(sign_in, person):
    browser, _ = sign_in("soudan")
    text = page(browser, person, "?tab=basic")
    assert "受給者証番号" in text and f'href="/clients/{person.pk}/edit/"' in text
    browser.force_login(user_with("chiiki"))
    assert "/edit/" not in page(browser, person, "?tab=basic")


def test_a_person_with_a_reading_alone(sign_in, on):
    client = ClientFactory(
        family_name="", given_name="", family_kana="サトウ", given_kana="", birth_date=None
    )
    browser, _ = sign_in("soudan")
    assert "サトウ" in page(browser, client)
    assert "まだ聞いていません" in page(browser, client, "?tab=basic")


# ---- filters and pages ----


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("method=1", ["訪問の記録"]),
        ("content=07", ["訪問の記録"]),
        ("period=2025", ["前年度の記録"]),
        ("period=recent", ["訪問の記録", "電話の記録"]),
        ("method=4&period=2026", ["電話の記録"]),
        ("method=99&content=x&writer=y&period=1", ["訪問の記録", "電話の記録", "前年度の記録"]),
    ],
)
def test_filters(sign_in, person, query, shown):
    browser, _ = sign_in("soudan")
    ConsultationFactory(
        client=person, date=date(2026, 10, 2), method="1", contents=["01", "07"], facts="訪問の記録"
    )
    ConsultationFactory(client=person, date=date(2026, 10, 1), facts="電話の記録")
    ConsultationFactory(client=person, date=date(2025, 6, 1), facts="前年度の記録")
    text = page(browser, person, f"?{query}")
    assert [words for words in ("訪問の記録", "電話の記録", "前年度の記録") if words in text] == shown


def test_the_filter_by_writer(sign_in, person):
    browser, user = sign_in("soudan")
    ConsultationFactory(client=person, facts="自分の記録", written_by=user)
    ConsultationFactory(client=person, facts="同僚の記録", written_by=UserFactory(name="別 職員"))
    text = page(browser, person, f"?writer={user.pk}")
    assert "自分の記録" in text and "同僚の記録" not in text and "別 職員" in text


def test_a_filter_without_a_hit_says_so(sign_in, person):
    browser, _ = sign_in("soudan")
    ConsultationFactory(client=person)
    assert "この条件に合う記録はありません" in page(browser, person, "?method=8")


@pytest.fixture
def many(person):
    first = date(2026, 10, 25)
    return [ConsultationFactory(client=person, date=first - timedelta(days=n)) for n in range(60)]


def test_older_records_come_by_the_next_page(sign_in, person, many):
    browser, _ = sign_in("soudan")
    text = page(browser, person)
    assert text.count('href="/consultations/') == 50
    after = many[49].pk
    assert f"/clients/{person.pk}/?after={after}" in text, "a plain link, for the way without scripts"
    older = page(browser, person, f"?after={after}")
    assert older.count('href="/consultations/') == 10 and "新しい記録へ戻る" in older
    more = page(browser, person, f"timeline/?after={after}")
    assert more.count('href="/consultations/') == 10 and "<html" not in more
    assert 'id="tl-next" hx-swap-oob="true"' in more


def test_a_month_gets_one_heading_over_two_pages(sign_in, person, many):
    browser, _ = sign_in("soudan")
    assert many[49].date.month == many[50].date.month == 9
    more = page(browser, person, f"timeline/?after={many[49].pk}")
    assert "令和8年9月</li>" not in more and "令和8年8月</li>" in more


def test_the_filters_hold_on_the_next_page(sign_in, person, many):
    browser, _ = sign_in("soudan")
    assert f"?method=4&amp;after={many[49].pk}" in page(browser, person, "?method=4")


@pytest.mark.parametrize("after", ["x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_an_unknown_place_gives_the_first_page(sign_in, person, many, after):
    browser, _ = sign_in("soudan")
    response = browser.get(path(person), {"after": after})
    assert response.content.decode().count('href="/consultations/') == 50


# ---- who sees it ----


def test_a_foreign_person_answers_like_an_unknown_one(sign_in, on):
    foreign = ClientFactory(center=center("kita1"), family_name="北野")
    browser, user = sign_in("soudan")
    for rest in ("", "timeline/", "edit/", "reads/", "followups/new/"):
        known, unknown = browser.get(path(foreign, rest)), browser.get(f"/clients/{uuid.uuid4()}/{rest}")
        assert known.status_code == unknown.status_code == 404
        assert known.content == unknown.content
    assert AccessLog.objects.filter(user=user, verb="denied", object_id=foreign.pk).count() == 5


@pytest.mark.parametrize("role", ["shi", "ku", "system", "kansa"])
def test_offices_see_no_person(sign_in, person, role):
    browser, _ = sign_in(role)
    assert browser.get(path(person)).status_code == 404


def test_community_workers_see_their_own_entries_only(sign_in, person):
    browser, user = sign_in("chiiki")
    ConsultationFactory(client=person, facts="自分の記録", written_by=user)
    ConsultationFactory(client=person, facts="同僚の記録")
    FollowUpFactory(client=person, what="自分の予定", written_by=user)
    FollowUpFactory(client=person, what="同僚の予定")
    text = page(browser, person)
    assert "自分の記録" in text and "自分の予定" in text
    assert "同僚の記録" not in text and "同僚の予定" not in text
    assert "地域支援員には、自分が書いた記録と" in text


def test_a_person_shared_with_notes(sign_in, on):
    foreign = ClientFactory(center=center("kita1"), family_name="北野")
    ConsultationFactory(client=foreign, facts="元のセンターの記録")
    share(foreign)
    browser, _ = sign_in("soudan")
    text = page(browser, foreign)
    assert "元のセンターの記録" in text and "の利用者</span>" in text
    assert "(引き継ぎ、基本情報と経過)" in text, "the access notice names the share"
    assert f"/clients/{foreign.pk}/log/" in text
    assert browser.get(path(foreign, "edit/")).status_code == 404


def test_a_person_shared_by_identity_alone(sign_in, on):
    foreign = ClientFactory(center=center("kita1"))
    ConsultationFactory(client=foreign, facts="元のセンターの記録")
    share(foreign, scope="identity")
    browser, _ = sign_in("soudan")
    text = page(browser, foreign)
    assert "元のセンターの記録" not in text and "基本情報だけが共有されています" in text


def test_a_share_that_has_ended_closes_the_page(sign_in, on):
    foreign = ClientFactory(center=center("kita1"))
    share(foreign, ends_on=date(2026, 11, 19))
    browser, _ = sign_in("soudan")
    assert browser.get(path(foreign)).status_code == 404


def test_a_person_opened_by_break_glass_is_read_only(sign_in, on):
    foreign = ClientFactory(center=center("kita1"))
    browser, user = sign_in("soudan")
    now = timezone.now()
    BreakGlass.unscoped.create(
        client=foreign, user=user, starts_at=now, ends_at=now + timedelta(hours=1), reason="試験"
    )
    text = main_of(page(browser, foreign))
    assert f"/clients/{foreign.pk}/log/" not in text
    assert browser.get(path(foreign, "followups/new/")).status_code == 404


def test_a_restricted_case_is_open_to_those_named(sign_in, on):
    client = ClientFactory()
    case = CaseFactory(client=client, restricted=True)
    browser, user = sign_in("soudan")
    assert browser.get(path(client)).status_code == 404
    CaseMember.unscoped.create(case=case, user=user)
    text = page(browser, client)
    assert "閲覧を限ったケース" in text and "名前を決めた職員だけ" in text


def test_an_assignment_that_has_ended_closes_the_page(client, person):
    client.force_login(user_with("soudan", ends_on=date(2026, 11, 19)))
    assert client.get(path(person)).status_code == 404


# ---- reading is noted ----


def test_each_request_is_noted_once(sign_in, person):
    browser, user = sign_in("soudan")
    ConsultationFactory(client=person)
    page(browser, person)
    page(browser, person, "timeline/")
    page(browser, person, "?print=1")
    noted = AccessLog.objects.filter(user=user, client_id=person.pk).order_by("id")
    assert [(row.verb, row.page) for row in noted] == [
        ("read", "cases:client"),
        ("read", "cases:client_timeline"),
        ("print", "cases:client"),
    ]


def test_the_manager_sees_who_has_read(sign_in, person):
    browser, reader = sign_in("soudan")
    page(browser, person)
    browser.force_login(user_with("kanri"))
    assert "閲覧の記録(直近30日 2件)" in page(browser, person)
    text = page(browser, person, "reads/")
    assert reader.name in text and "利用者ページ" in text and "閲覧" in text


def test_others_do_not_see_who_has_read(sign_in, person):
    browser, _ = sign_in("kinou")
    assert "閲覧の記録" not in page(browser, person)
    assert browser.get(path(person, "reads/")).status_code == 404


def test_the_reads_are_paged(sign_in, person):
    browser, user = sign_in("kanri")
    plain = {"user": user, "verb": "read", "roles": "x", "center": person.center, "client_id": person.pk}
    AccessLog.objects.bulk_create(AccessLog(page="cases:client", **plain) for _ in range(60))
    response = browser.get(path(person, "reads/"))
    assert len(response.context["rows"]) == 50
    older = browser.get(path(person, "reads/"), {"after": response.context["page"].next})
    assert len(older.context["rows"]) == 11, "the first visit of this page is a read itself"
    assert browser.get(path(person, "reads/"), {"after": "9" * 30}).status_code == 200


# ---- bounded work ----


def test_the_number_of_queries_stays(sign_in, person, queries_of):
    browser, user = sign_in("kanri")

    def add():
        ConsultationFactory(client=person, written_by=user)
        FollowUpFactory(client=person, staff=StaffMemberFactory())
        PlanCaseFactory(client=person)
        ClientPhoneFactory(client=person)
        share(person, to_center=center("kita1"), starts_on=date(2026, 1, 1))

    add()
    asked = {
        rest: queries_of(lambda rest=rest: page(browser, person, rest))
        for rest in ("", "?tab=basic", "timeline/", "reads/")
    }
    add()
    add()
    for rest, number in asked.items():
        assert queries_of(lambda rest=rest: page(browser, person, rest)) == number, rest
