"""The monthly pages: who sees what, where figures lead, what is logged, and what a page costs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import CaseMember
from centers.models import AccessLog, Center
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    center,
)
from tests.reports import a1

pytestmark = pytest.mark.django_db
STAFF = ("soudan", "kinou", "chiiki", "kanri")


def month_url(zone="nishi", month="2026-10") -> str:
    return reverse("reports:monthly_center", args=[center(zone).pk, month])


def records_url(table: str, code: str, zone="nishi", month="2026-10") -> str:
    return reverse("reports:monthly_records", args=[center(zone).pk, month, table, code])


def text(response) -> str:
    return response.content.decode()


# ---- where one lands ----


@pytest.mark.parametrize("role", STAFF)
def test_staff_land_on_their_centers_current_month(sign_in, on, role):
    browser, _ = sign_in(role)
    assert browser.get(reverse("reports:monthly"))["Location"] == month_url(month="2026-11")


def test_staff_may_choose_a_month(sign_in, on):
    browser, _ = sign_in("soudan")
    assert browser.get(reverse("reports:monthly"), {"month": "2026-03"})["Location"] == month_url(
        month="2026-03"
    )


@pytest.mark.parametrize("role", ["shi", "kansa"])
def test_the_city_and_the_auditor_land_on_the_list_of_nine(sign_in, on, role):
    a1.enter()
    browser, _ = sign_in(role)
    page = browser.get(reverse("reports:monthly"), {"month": "2026-10"})
    assert [one.center.zone.name for one, *_ in page.context["rows"]][4] == "西"
    assert len(page.context["rows"]) == 9
    assert month_url() in text(page)
    assert "市全体(名寄せ後)" in text(page)


def test_the_city_may_go_on_to_a_center(sign_in, on):
    browser, _ = sign_in("shi")
    chosen = {"month": "2026-10", "center": center("kita1").pk}
    assert browser.get(reverse("reports:monthly"), chosen)["Location"] == month_url("kita1")


@pytest.mark.parametrize("wanted", ["x", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_center_is_not_there(sign_in, on, wanted):
    browser, _ = sign_in("shi")
    assert browser.get(reverse("reports:monthly"), {"center": wanted}).status_code == 404


def test_a_foreign_center_cannot_be_chosen(sign_in, on):
    browser, _ = sign_in("soudan")
    assert browser.get(reverse("reports:monthly"), {"center": center("kita1").pk}).status_code == 404


@pytest.mark.parametrize(
    ("month", "told"),
    [("2026-13", "月として読めません"), ("十月", "月として読めません"), ("2027-01", "まだ来ていません")],
)
def test_a_month_that_is_none_is_said_and_the_current_one_shown(sign_in, on, month, told):
    browser, _ = sign_in("shi")
    page = browser.get(reverse("reports:monthly"), {"month": month})
    assert told in text(page) and "令和8年11月分" in text(page)


def test_a_month_without_centers_says_so(sign_in, on):
    browser, _ = sign_in("shi")
    assert "開いていたセンターはありません" in text(
        browser.get(reverse("reports:monthly"), {"month": "2015-03"})
    )


# ---- the month of a center ----


def test_the_page_shows_the_worked_month(sign_in, on):
    a1.enter()
    browser, _ = sign_in("soudan")
    page = browser.get(month_url())
    tables = {table.slug: table for table in [*page.context["left"], *page.context["right"]]}
    found = {row.label: row.now for row in tables["methods"].rows}
    assert found == {
        "電話相談": 5, "来所相談": 1, "訪問": 2, "同行": 1, "電子メール": 1, "個別支援会議": 1, "関係機関": 1, "その他": 0,
    }  # fmt: skip
    assert [row.now for row in tables["persons"].rows] == [4, 3, 2, 1, 3, 1, 0]
    assert [row.now for row in tables["ages"].rows] == [2, 2, 4, 3, 1]
    assert {row.label: row.now for row in tables["disabilities"].rows if row.now} == {
        "身体障害": 1, "知的障害": 1, "精神障害": 2, "発達障害": 1,
    }  # fmt: skip
    assert tables["methods"].total.now == 12
    assert "障がい種別(重複計上)" in text(page)
    assert "<title>月次実績 令和8年10月分 西 |" in text(page)


def test_each_figure_is_a_link_to_as_many_records(sign_in, on):
    a1.enter()
    browser, _ = sign_in("soudan")
    page = browser.get(month_url())
    rows = [row for table in [*page.context["left"], *page.context["right"]] for row in table.rows]
    assert all(bool(row.url) == bool(row.now) for row in rows)
    for row in rows:
        if row.url:
            assert len(browser.get(row.url).context["page"].rows) == row.now, row.url


def test_the_difference_to_the_month_before_is_shown(sign_in, on):
    for day in (date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 1)):
        ConsultationFactory(date=day)
    browser, _ = sign_in("soudan")
    (calls,) = [row for row in browser.get(month_url()).context["left"][0].rows if row.label == "電話相談"]
    assert (calls.now, calls.before, calls.difference) == (1, 2, "−1")


def test_every_identity_is_shown_and_a_broken_one_stands_out(sign_in, on):
    ConsultationFactory(method="9")
    browser, _ = sign_in("soudan")
    page = text(browser.get(month_url()))
    assert "合っていません: 支援の方法の合計 0件 ≠ 相談件数 1件" in page
    assert page.count("合っています: ") == 9


def test_an_empty_month_says_what_to_do(sign_in, on):
    browser, _ = sign_in("soudan")
    page = text(browser.get(month_url()))
    assert "この月に数える相談は、まだありません" in page and reverse("cases:log") in page
    browser, _ = sign_in("shi")
    assert reverse("cases:log") not in text(browser.get(month_url()))


def test_months_lead_on_within_the_centers_time(sign_in, on):
    browser, _ = sign_in("soudan")
    page = text(browser.get(month_url()))
    assert month_url(month="2026-09") in page and month_url(month="2026-11") in page
    assert month_url(month="2026-12") not in text(browser.get(month_url(month="2026-11")))
    first = browser.get(month_url(month="2015-04"))
    assert first.status_code == 200 and month_url(month="2015-03") not in text(first)


@pytest.mark.parametrize("month", ["2026-12", "2015-03", "2026-1", "2026-13", "x"])
def test_months_outside_are_not_there(sign_in, on, month):
    browser, _ = sign_in("soudan")
    assert browser.get(month_url(month="2026-10").replace("2026-10", month)).status_code == 404


def test_a_center_that_was_closed_has_no_later_months(sign_in, on):
    browser, _ = sign_in("shi")
    Center.objects.filter(pk=center("kita1").pk).update(closed_on=date(2026, 9, 30))
    closed = Center.objects.get(zone="kita1")
    for month, status in (("2026-09", 200), ("2026-10", 404)):
        assert browser.get(reverse("reports:monthly_center", args=[closed.pk, month])).status_code == status


def test_the_auditor_sees_figures_without_links(sign_in, on):
    a1.enter()
    browser, _ = sign_in("kansa")
    page = text(browser.get(month_url()))
    assert "電話相談" in page and "/records/" not in page
    assert browser.get(records_url("methods", "4")).status_code == 404


@pytest.mark.parametrize("role", ["ku", "system"])
def test_others_have_no_monthly_pages(sign_in, on, role):
    browser, _ = sign_in(role)
    for url in (reverse("reports:monthly"), month_url(), records_url("methods", "4")):
        assert browser.get(url).status_code == 404


@pytest.mark.parametrize("role", STAFF)
def test_a_foreign_center_answers_404(sign_in, on, role):
    browser, _ = sign_in(role, "higashi1")
    assert browser.get(month_url()).status_code == 404
    assert browser.get(records_url("methods", "4")).status_code == 404


def test_pages_take_no_posts(sign_in, on):
    browser, _ = sign_in("soudan")
    for url in (reverse("reports:monthly"), month_url(), records_url("methods", "4")):
        assert browser.post(url).status_code == 405


def test_a_print_carries_its_head_and_leaves_the_buttons_out(sign_in, on):
    a1.enter()
    browser, user = sign_in("soudan")
    page = text(browser.get(month_url()))
    head = page.split('<p class="ks-print-head">')[1].split("</p>")[0]
    assert "月次実績 令和8年10月分 西" in head and user.name in head and "取扱注意" in head
    assert '<nav class="d-flex gap-2 align-items-center flex-wrap no-print"' in page


# ---- the records behind a figure ----


@pytest.mark.parametrize(
    ("table", "code"),
    [("methods", "9"), ("nothing", "4"), ("contacts", "4"), ("persons", "x"), ("controls", "anonymous")],
)
def test_a_line_that_no_report_has_is_not_there(sign_in, on, table, code):
    browser, _ = sign_in("soudan")
    assert browser.get(records_url(table, code)).status_code == 404


def test_staff_read_the_records_with_name_and_gist(sign_in, on):
    person = ClientFactory(family_name="阿蘇", given_name="花子", number="N1-00007")
    record = ConsultationFactory(client=person, facts="家賃の相談。")
    ConsultationFactory(client=person, method="1", facts="別の方法。")
    browser, _ = sign_in("soudan")
    page = text(browser.get(records_url("methods", "4")))
    assert "阿蘇 花子" in page and "N1-00007" in page and "家賃の相談。" in page
    assert reverse("cases:consultation", args=[record.pk]) in page
    assert "別の方法。" not in page


def test_an_age_with_a_plus_has_an_address(sign_in, on):
    ConsultationFactory(client__birth_date=date(1950, 1, 1))
    browser, _ = sign_in("soudan")
    assert len(browser.get(records_url("ages", "65+")).context["page"].rows) == 1


def test_each_client_shown_is_logged_once_and_each_nameless_record(sign_in, on):
    person = ClientFactory()
    for day in (1, 2):
        ConsultationFactory(client=person, date=date(2026, 10, day))
    anonymous = ConsultationFactory(anonymous=True, thread=AnonymousThreadFactory())
    browser, user = sign_in("soudan")
    browser.get(records_url("contacts", "all"))
    logged = AccessLog.objects.filter(user=user, verb="read")
    assert {(row.client_id, row.object_id) for row in logged} == {(person.pk, None), (None, anonymous.pk)}
    assert logged.count() == 2
    assert {row.center_id for row in logged} == {center().pk}


def test_chiiki_reads_own_entries_and_a_number_of_others(sign_in, on):
    browser, user = sign_in("chiiki")
    ConsultationFactory(written_by=user, facts="自分の記録。")
    ConsultationFactory(facts="ほかの人の記録。")
    page = text(browser.get(records_url("methods", "4")))
    assert "自分の記録。" in page and "ほかの人の記録。" not in page
    assert "ほかの職員の記録 1件" in page and "・2件" in page


def test_chiiki_sees_the_persons_but_not_others_records(sign_in, on):
    browser, user = sign_in("chiiki")
    person = ClientFactory(family_name="阿蘇", given_name="花子")
    own = ConsultationFactory(client=person, written_by=user)
    other = ConsultationFactory(client=person, method="1")
    page = text(browser.get(records_url("persons", "month_distinct")))
    assert "阿蘇 花子" in page and "ほかの職員の記録 1件" in page
    assert str(own.pk) in page and str(other.pk) not in page


def test_restricted_cases_are_a_number_to_who_is_not_named(sign_in, on):
    person = ClientFactory(family_name="隠田")
    case = CaseFactory(client=person, restricted=True)
    ConsultationFactory(client=person, case=case, facts="伏せた話。")
    browser, user = sign_in("soudan")
    records = text(browser.get(records_url("methods", "4")))
    assert "閲覧を限っている記録 1件" in records and "隠田" not in records and "伏せた話" not in records
    persons = text(browser.get(records_url("persons", "new")))
    assert "閲覧を限っている利用者 1人" in persons and "隠田" not in persons
    CaseMember.unscoped.create(case=case, user=user)
    assert "伏せた話。" in text(browser.get(records_url("methods", "4")))


def test_the_city_sees_records_without_anything_that_tells_who(sign_in, on):
    person = ClientFactory(
        family_name="阿蘇", given_name="花子", number="N1-00007", birth_date=date(1985, 5, 10)
    )
    record = ConsultationFactory(
        client=person, contents=["01", "07"], facts="家賃の相談。", done="返事。", place="自宅",
        counterpart="07", counterpart_note="某病院", written_by__name="担当 太郎",
    )  # fmt: skip
    browser, user = sign_in("shi")
    for line in (("methods", "4"), ("persons", "new"), ("disabilities", "04"), ("contacts", "all")):
        page = browser.get(records_url(*line))
        for secret in (
            "阿蘇",
            "花子",
            "N1-00007",
            "家賃",
            "返事",
            "自宅",
            "某病院",
            "担当 太郎",
            str(person.pk),
        ):
            assert secret not in text(page)
        assert reverse("cases:consultation", args=[record.pk]) not in text(page)
    shown = text(browser.get(records_url("methods", "4")))
    for word in ("10月1日(木)", "電話", "福祉サービスの利用", "家計・経済", "各種相談受付", "40〜64歳"):
        assert word in shown
    assert not AccessLog.objects.filter(user=user, verb="read").exists()


def test_the_city_reads_how_many_persons_stand_behind(sign_in, on):
    person = ClientFactory()
    for day in (1, 2):
        ConsultationFactory(client=person, date=date(2026, 10, day))
    browser, _ = sign_in("shi")
    page = browser.get(records_url("persons", "month_distinct"))
    assert "1人の相談 2件" in text(page) and len(page.context["rows"]) == 2


def test_long_lists_go_on_by_the_record_and_lose_none(sign_in, on):
    person = ClientFactory()
    for number in range(53):
        ConsultationFactory(client=person, date=date(2026, 10, 1) + timedelta(days=number % 20))
    for role in ("soudan", "shi"):
        browser, _ = sign_in(role)
        first = browser.get(records_url("methods", "4"))
        following = browser.get(records_url("methods", "4"), {"after": first.context["page"].next})
        seen = [row.pk for page in (first, following) for row in page.context["page"].rows]
        assert len(seen) == len(set(seen)) == 53
        assert f"after={first.context['page'].next}" in text(first)


# ---- what a page costs ----


@pytest.mark.parametrize(
    ("role", "address", "most"),
    [
        ("soudan", month_url, 26),
        ("soudan", lambda: records_url("methods", "4"), 20),
        ("soudan", lambda: records_url("persons", "month_distinct"), 22),
        ("shi", lambda: reverse("reports:monthly") + "?month=2026-10", 20),
        ("shi", lambda: records_url("methods", "4"), 16),
    ],
)
def test_a_page_costs_the_same_whatever_it_shows(
    sign_in, on, role, address, most, django_assert_max_num_queries
):
    browser, _ = sign_in(role)
    costs = []
    for rows in (1, 3):
        for number in range(rows):
            ConsultationFactory(client=ClientFactory(center=center(["nishi", "kita1"][number % 2])))
            ConsultationFactory(client=ClientFactory())
        browser.get(address())
        with django_assert_max_num_queries(most) as counted:
            browser.get(address())
        costs.append(len(counted))
    assert costs[0] == costs[1]
