"""虐待通報: taken, kept from those who are not on it, gone on with step by step, closed; asked for by the city."""

from datetime import date, datetime, time
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse

from cases.models import AbuseMember, AbuseReport, AbuseReporter, AbuseStep
from centers.models import AccessLog, Notice
from centers.periods import JST
from tests.factories import (
    AbuseReportFactory,
    AbuseStepFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db
NEW = "/rights/abuse/new/"
TELLER = "秘密 通報子"


@pytest.fixture(autouse=True)
def friday_evening(settings):
    settings.SOUDAN_TODAY, settings.SOUDAN_TIME = date(2026, 11, 20), time(18, 0)


def web(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def sheet(**changes) -> dict:
    return {
        "token": str(uuid4()),
        "day": "R8.11.20",
        "time": "16:40",
        "method": "4",
        "person_name": "40代の男性",
        "types": ["01"],
        "accused_kind": "01",
        "accused_relation": "父",
        "account": "左腕にあざがある。",
        "reporter_name": TELLER,
        "reporter_kinds": ["08"],
    } | changes


def step(**changes) -> dict:
    return {
        "token": str(uuid4()),
        "day": "R8.11.20",
        "time": "17:05",
        "who": "試験 職員",
        "detail": "4",
        "partner": "市 虐待防止センター",
    } | changes


def page(report: AbuseReport, name: str = "abuse") -> str:
    return reverse(f"cases:{name}", args=[report.pk])


def steps_page(report: AbuseReport, kind: str) -> str:
    return f"{page(report, 'abuse_step')}?kind={kind}"


def taken(user, **fields) -> AbuseReport:
    client = ClientFactory(center=center("nishi"), family_name="通報元", registered_by=user)
    return AbuseReportFactory(client=client, received_by=user, **fields)


# ---- taking ----


def test_a_report_is_taken_once_and_who_told_is_kept_apart():
    user = user_with("soudan")
    client = ClientFactory(center=center("nishi"))
    record = ConsultationFactory(client=client, facts="あざの話。", rights_concern=True, written_by=user)
    form = web(user).get(f"{NEW}?record={record.pk}")
    assert "あざの話。" in form.content.decode() and "person_name" not in form.content.decode()
    posted = sheet()
    first = web(user).post(f"{NEW}?record={record.pk}", posted)
    again = web(user).post(f"{NEW}?record={record.pk}", posted)
    report = AbuseReport.unscoped.get()
    assert first["Location"] == again["Location"] == page(report)
    assert (report.client, report.consultation, report.number) == (
        client,
        record,
        f"{center('nishi').zone.number_prefix}-G0001",
    )
    assert report.received_at == datetime(2026, 11, 20, 16, 40, tzinfo=JST)
    assert (report.steps.get().kind, report.notified_at, report.safe_at) == ("received", None, None)
    assert (report.reporter.name, report.reporter.kinds) == (TELLER, ["08"])
    event = AbuseReport.pgh_event_model.objects.get(pgh_obj=report.pk)
    assert TELLER not in str(event.__dict__)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"types": []}, "虐待の類型が選ばれていません"),
        ({"accused_kind": "99"}, "一覧にありません"),
        ({"person_name": " "}, "本人の名前・わかることが空です"),
        ({"account": ""}, "何があったかが空です"),
        ({"time": "18:01"}, "これからの日時です"),
        ({"day": "R8.11.21"}, "未来の日付です"),
        ({"time": "25:00"}, "25時はありません"),
        ({"day": "H20.4.1"}, "センターの開所日"),
    ],
)
def test_what_is_wrong_is_told_and_stays_typed(changes, told):
    answer = web(user_with("soudan")).post(NEW, sheet(**changes))
    assert answer.status_code == 422
    assert told in answer.content.decode() and "父" in answer.content.decode()
    assert not AbuseReport.unscoped.exists()


def test_a_foreign_client_or_record_opens_no_form():
    browser = web(user_with("soudan", "higashi1"))
    client = ClientFactory(center=center("nishi"))
    record = ConsultationFactory(client=client)
    for query in (f"client={client.pk}", f"record={record.pk}", f"client={uuid4()}", "client=x"):
        assert browser.get(f"{NEW}?{query}").status_code == 404
    assert web(user_with("soudan")).post(NEW, sheet(token="x")).status_code == 400


# ---- who sees it ----


def test_who_reads_a_report():
    """受け付けた人, named, responsible, センター管理者 and the city; nobody else of the center, 地域支援員 own only."""
    receiver, other, chiiki = user_with("soudan"), user_with("soudan"), user_with("chiiki")
    leader, manager = user_with("kinou"), user_with("kanri")
    report = taken(receiver)
    address = page(report)
    for user in (receiver, manager, user_with("shi")):
        assert web(user).get(address).status_code == 200
    strangers = [other, leader, chiiki, user_with("kanri", "higashi1"), user_with("ku"), user_with("kansa")]
    for user in strangers:
        assert web(user).get(address).status_code == 404
    listed = web(leader).get("/rights/").content.decode()
    assert "ほかに対応中の通報が1件あります" in listed and "通報元" not in listed

    assert web(receiver).post(page(report, "abuse_members"), {"users": [leader.pk]}).status_code == 302
    assert AbuseMember.unscoped.get().user == leader
    CaseFactory(client=report.client, responsible=other.staff_member)
    assert web(leader).get(address).status_code == web(other).get(address).status_code == 200
    assert web(leader).get(page(report, "abuse_members")).status_code == 302
    own = taken(chiiki)
    assert web(chiiki).get(page(own)).status_code == 200
    assert web(chiiki).get(address).status_code == 404


def test_who_told_is_shown_to_few_and_each_look_has_its_own_line():
    receiver, named, manager, city = (
        user_with("soudan"),
        user_with("kinou"),
        user_with("kanri"),
        user_with("shi"),
    )
    report = taken(receiver)
    AbuseMember.unscoped.create(report=report, user=named)
    AbuseReporter.unscoped.create(report=report, name=TELLER, contact="096-000-0001")
    address = page(report, "abuse_reporter")
    assert web(named).get(page(report)).status_code == 200
    assert web(named).get(address).status_code == 404
    for user in (receiver, manager):
        assert TELLER in web(user).get(address).content.decode()
    browser = web(city)
    assert TELLER not in browser.get(address).content.decode()
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert TELLER in browser.post(address, {"reason": "事実確認の聞き取り"}).content.decode()
    looks = AccessLog.objects.filter(page="cases:abuse_reporter", object_id=report.reporter.pk)
    assert sorted(looks.values_list("user", "reason")) == sorted(
        [(receiver.pk, ""), (manager.pk, ""), (city.pk, "事実確認の聞き取り")]
    )
    assert set(looks.values_list("client_id", "center")) == {(report.client_id, report.center_id)}
    for user in (receiver, manager, city):
        for shown in ("/rights/", "/city/abuse/", page(report), f"/clients/{report.client_id}/?print=1"):
            assert TELLER not in web(user).get(shown).content.decode()


def test_the_list_of_the_city_has_no_names_and_the_report_is_logged():
    report, city = taken(user_with("soudan")), user_with("shi")
    listed = web(city).get("/city/abuse/").content.decode()
    assert report.number in listed and "通報元" not in listed
    assert "期限を 20分過ぎています" in listed
    assert "通報元" in web(city).get(page(report)).content.decode()
    assert AccessLog.objects.filter(user=city, client_id=report.client_id, page="cases:abuse").count() == 1


# ---- steps ----


def test_the_steps_to_the_end():
    user = user_with("soudan")
    report, browser = taken(user), web(user)
    early = browser.post(steps_page(report, "closed"), step(text="終わり"))
    assert early.status_code == 422
    assert "市への連絡が入っていないため、終結できません" in early.content.decode()

    posted = step()
    for _ in range(2):
        assert browser.post(steps_page(report, "notified"), posted).status_code == 302
    assert AbuseStep.unscoped.filter(report=report, kind="notified").count() == 1
    assert Notice.objects.filter(kind="abuse_notified", role="shi").count() == 1

    wrong = browser.post(steps_page(report, "safety"), step(detail="01", time="16:00", text="会えた"))
    assert "受付より前の日時です" in wrong.content.decode()
    need = browser.post(steps_page(report, "safety"), step(detail="", text=""))
    assert "確認の方法が選ばれていません" in need.content.decode()
    assert "結果(本人の様子)が空です" in need.content.decode()
    assert browser.get(steps_page(report, "received")).status_code == 404
    browser.post(steps_page(report, "safety"), step(detail="01", time="17:30", text="居室で会った"))
    body = browser.get(page(report)).content.decode()
    assert "市への連絡: 達成 25分" in body and "安全確認: 達成 50分" in body

    browser.post(steps_page(report, "closed"), step(time="17:40", text="通常の支援に移る"))
    report.refresh_from_db()
    assert report.closed_at and report.safe_at == datetime(2026, 11, 20, 17, 30, tzinfo=JST)
    late = browser.post(steps_page(report, "visit"), step(text="訪問した"))
    assert "この通報は終結しています" in late.content.decode()


def test_a_step_is_corrected_and_taken_back_and_nothing_is_lost():
    user = user_with("soudan")
    report, browser = taken(user), web(user)
    browser.post(steps_page(report, "notified"), step(time="17:35"))
    wrong = AbuseStep.unscoped.get(kind="notified")
    address = reverse("cases:abuse_step_correct", args=[wrong.pk])
    assert browser.post(address, step(act="correct")).status_code == 422  # no reason
    assert browser.post(address, step(act="correct", reason="時刻の間違い")).status_code == 302
    report.refresh_from_db()
    assert report.notified_at == datetime(2026, 11, 20, 17, 5, tzinfo=JST)
    assert browser.get(address).status_code == 404
    body = browser.get(page(report)).content.decode()
    assert "17:35" in body and "時刻の間違い" in body

    browser.post(steps_page(report, "closed"), step(time="17:40", text="終わり"))
    right = AbuseStep.unscoped.get(corrects=wrong)
    void = {"act": "void", "void-reason": "別の通報だった"}
    refused = browser.post(reverse("cases:abuse_step_correct", args=[right.pk]), void)
    assert "終結できません" in refused.content.decode()
    closing = AbuseStep.unscoped.get(kind="closed")
    browser.post(reverse("cases:abuse_step_correct", args=[closing.pk]), void)
    browser.post(reverse("cases:abuse_step_correct", args=[right.pk]), void)
    report.refresh_from_db()
    assert (report.closed_at, report.notified_at) == (None, None)
    assert AbuseStep.unscoped.filter(report=report).count() == 6
    first = AbuseStep.unscoped.get(kind="received")
    refused = browser.post(reverse("cases:abuse_step_correct", args=[first.pk]), void)
    assert "受付は取り消せません" in refused.content.decode()


def test_two_editors_see_both_texts():
    user = user_with("soudan")
    report, browser = taken(user), web(user)
    form = sheet(version=1) | {"account": "わたしの文。"}
    AbuseReport.unscoped.filter(pk=report.pk).update(version=2, account="ほかの人の文。")
    answer = browser.post(page(report, "abuse_edit"), form)
    body = answer.content.decode()
    assert answer.status_code == 409 and "わたしの文。" in body and "ほかの人の文。" in body
    asked = [name for name in ("account", "accused_relation") if f'value="{name}"' in body]
    chosen = form | {"version": 2, "asked": asked} | {f"pick-{name}": "mine" for name in asked}
    assert browser.post(page(report, "abuse_edit"), chosen).status_code == 302
    report.refresh_from_db()
    assert (report.account, report.version) == ("わたしの文。", 3)


# ---- the city ----


def test_the_city_asks_a_center_judges_and_tells_it():
    city, worker, chiiki, stranger = (
        user_with("shi"),
        user_with("soudan"),
        user_with("chiiki"),
        user_with("soudan", "higashi1"),
    )
    asked = sheet(center=center("nishi").pk, request="安全確認への同行を頼みます。")
    assert web(city).post("/city/abuse/new/", asked | {"center": ""}).status_code == 422
    assert web(city).post("/city/abuse/new/", asked).status_code == 302
    report = AbuseReport.unscoped.get()
    assert (report.origin, report.notified_at) == ("city", report.received_at)
    assert not AbuseReporter.unscoped.exists()
    told = Notice.objects.filter(kind="abuse_request", closed_at=None)
    assert list(told.values_list("user", flat=True)) == [worker.pk]
    assert "40代" not in str(list(told.values_list("title", "body", "path")))
    assert web(chiiki).get(page(report)).status_code == web(stranger).get(page(report)).status_code == 404
    assert "引き受け待ち" in web(worker).get("/rights/").content.decode()
    web(worker).post(page(report, "abuse_take"))
    web(user_with("kanri")).post(page(report, "abuse_take"))
    report.refresh_from_db()
    assert report.taken_by == worker and not told.exists()

    judgement = step(detail="01", text="同居の父による。")
    assert web(city).post(steps_page(report, "judgement"), judgement).status_code == 302
    report.refresh_from_db()
    assert report.judged_at and AbuseStep.unscoped.get(kind="judgement").by_city
    words = Notice.objects.filter(kind="abuse_city_word").values_list("user", flat=True)
    assert worker.pk in words and city.pk not in words
    mine = AbuseStep.unscoped.get(kind="judgement")
    assert web(worker).get(reverse("cases:abuse_step_correct", args=[mine.pk])).status_code == 404
    assert web(city).get(reverse("cases:abuse_step_correct", args=[mine.pk])).status_code == 200
    assert web(city).get(steps_page(report, "closed")).status_code == 404


# ---- lists ----


def test_lists_do_not_grow_in_queries(queries_of):
    user, city = user_with("kanri"), user_with("shi")
    mine, theirs = web(user), web(city)
    pages = [(mine, "/rights/"), (theirs, "/city/abuse/")]
    report = taken(user)
    pages.append((mine, page(report)))
    one = [queries_of(partial(browser.get, address)) for browser, address in pages]
    for _ in range(2):
        taken(user)
        AbuseStepFactory(report=report, kind="visit", written_by=user, text="訪問した")
    assert [queries_of(partial(browser.get, address)) for browser, address in pages] == one


def test_the_quick_log_leads_on_to_the_sheet():
    user = user_with("soudan")
    record = ConsultationFactory(client=ClientFactory(center=center("nishi")), written_by=user)
    body = web(user).get(reverse("cases:consultation", args=[record.pk])).content.decode()
    assert f"{NEW}?record={record.pk}" in body
