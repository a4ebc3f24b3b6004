"""One 相談記録: read whole, corrected with both texts in view, taken back and let stand again."""

import uuid
from datetime import date, time

import pytest
from django.utils import timezone

from cases.actions.records import StaleRecord, correct_consultation, void_consultation
from cases.counting import counting_of
from cases.models import Consultation, ConsultationVersion, ShareGrant
from centers.models import AccessLog
from centers.periods import Month
from reports.series import contacts_by_kind
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    business_item,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)


@pytest.fixture
def desk(sign_in, on):
    return sign_in("soudan")


@pytest.fixture
def record(on):
    client = ClientFactory(number="N1-00418")
    case = CaseFactory(client=client)
    return ConsultationFactory(
        client=client,
        case=case,
        date=date(2026, 10, 8),
        start_time=time(16, 5),
        minutes=20,
        counterpart="02",
        facts="母から電話。家を出たいと言う。",
        view="不安が強い。",
        done="来所を勧めた。",
    )


def path(record, rest: str = "") -> str:
    return f"/consultations/{record.pk}/{rest}"


def typed(record, **fields) -> dict:
    """The form as it stands, with what is typed over it."""
    plain = {
        "version": record.version,
        "date": "R8.10.8",
        "start_time": "16:05",
        "minutes": "20",
        "method": "4",
        "contents": ["01"],
        "counterpart": "02",
        "business_item": "1-1-1",
        "facts": record.facts,
        "view": record.view,
        "done": record.done,
        "counted": "on",
        "reason": "聞き違い",
    }
    return {name: value for name, value in (plain | fields).items() if value is not None}


def correct(browser, record, **fields):
    return browser.post(path(record, "correct/"), typed(record, **fields))


# ---- reading ----


def test_the_whole_record(desk, record):
    browser, _ = desk
    FollowUpFactory(client=record.client, origin=record, what="来所の前に電話")
    text = browser.get(path(record)).content.decode()
    for words in (
        "令和8年10月8日(木) 電話",
        "16:05・20分",
        "母から電話。家を出たいと言う。",
        "不安が強い。",
        "来所を勧めた。",
        "家族・親族",
        "Ⅰ(1)① 各種相談受付・聞き取り・課題整理",
        "令和8年10月の件数に入ります。",
        "来所の前に電話",
    ):
        assert words in text
    title = text.split("<title>")[1].split("</title>")[0]
    assert "N1-00418" in title and record.client.name not in title


@pytest.mark.parametrize(
    ("fields", "counts", "words"),
    [
        ({}, True, "令和8年10月の件数に入ります。"),
        ({"counted": False, "reason": "不在"}, False, "計上しない(不在)ため"),
        ({"in_contacts": False}, False, "自事業所の計画相談"),
        ({"voided": True}, False, "取り消したため"),
    ],
)
def test_what_a_record_counts_for(fields, counts, words):
    plain = {"counted": True, "reason": "", "in_contacts": True, "voided": False}
    judged = counting_of(date(2026, 10, 8), **plain | fields)
    assert judged.counts is counts and words in judged.why


def test_own_plan_work_is_not_the_citys(desk, record):
    browser, _ = desk
    Consultation.unscoped.filter(pk=record.pk).update(business_item=business_item("4-0-0"))
    assert "市の件数に入りません" in browser.get(path(record)).content.decode()


def test_the_others_of_the_same_entry(desk, record):
    browser, _ = desk
    shown = ConsultationFactory(group=record.group, position=1, client=ClientFactory(family_name="弟"))
    hidden = ClientFactory(family_name="隠れ")
    CaseFactory(client=hidden, restricted=True)
    ConsultationFactory(group=record.group, position=2, client=hidden)
    text = browser.get(path(record)).content.decode()
    assert "ほかに2人" in text and f'href="{path(shown)}"' in text
    assert "隠れ" not in text


def test_a_record_without_a_client(desk):
    browser, user = desk
    thread = AnonymousThreadFactory(handle="男性・40代")
    record = ConsultationFactory(anonymous=True, thread=thread)
    text = browser.get(path(record)).content.decode()
    assert "男性・40代" in text and f'href="/threads/{thread.pk}/"' in text
    assert AccessLog.objects.get(user=user, verb="read").object_id == record.pk
    plain = ConsultationFactory(anonymous=True, subject="organization")
    assert "機関・地域の方" in browser.get(path(plain)).content.decode()


def test_reading_is_noted_once_a_request(desk, record):
    browser, user = desk
    browser.get(path(record))
    assert AccessLog.objects.filter(user=user, client_id=record.client_id, verb="read").count() == 1


# ---- who ----


@pytest.mark.parametrize("rest", ["", "correct/", "void/", "restore/"])
def test_a_foreign_record_answers_like_an_unknown_one(desk, rest):
    browser, _ = desk
    foreign = ConsultationFactory(client=ClientFactory(center=center("kita1")))
    known, unknown = browser.get(path(foreign, rest)), browser.get(f"/consultations/{uuid.uuid4()}/{rest}")
    assert known.status_code == unknown.status_code == 404 and known.content == unknown.content


def test_community_workers_correct_their_own(sign_in, record):
    browser, user = sign_in("chiiki")
    assert browser.get(path(record)).status_code == 404
    assert correct(browser, record).status_code == 404
    own = ConsultationFactory(client=record.client, written_by=user)
    assert "訂正する" in browser.get(path(own)).content.decode()
    assert browser.get(path(own, "correct/")).status_code == 200


def test_a_community_worker_in_charge_reads_but_does_not_correct(sign_in, record):
    browser, user = sign_in("chiiki")
    record.case.responsible = user.staff_member
    record.case.save()
    assert "訂正する" not in browser.get(path(record)).content.decode()
    assert browser.get(path(record, "correct/")).status_code == 404


def test_a_shared_record_is_read_only(desk, on):
    browser, _ = desk
    foreign = ConsultationFactory(client=ClientFactory(center=center("kita1")))
    ShareGrant.unscoped.create(
        client=foreign.client,
        to_center=center("nishi"),
        scope="notes",
        basis="handover",
        starts_on=date(2026, 1, 1),
        granted_by=foreign.written_by,
    )
    assert "訂正する" not in browser.get(path(foreign)).content.decode()
    for rest in ("correct/", "void/", "restore/"):
        assert browser.post(path(foreign, rest)).status_code == 404


# ---- 訂正 ----


def test_a_correction_keeps_the_former_text(desk, record):
    browser, user = desk
    answer = correct(
        browser, record, facts="父から電話。家を出たいと言う。", date="R8.10.9", contents=["04", "01", "04"]
    )
    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.version, record.date, record.contents) == (2, date(2026, 10, 9), ["01", "04"])
    former = ConsultationVersion.unscoped.get()
    assert (former.version, former.reason, former.replaced_by) == (1, "聞き違い", user)
    assert former.content["facts"] == "母から電話。家を出たいと言う。"
    assert former.content["date"] == "2026-10-08" and former.content["start_time"] == "16:05:00"
    text = browser.get(path(record)).content.decode()
    assert "<del>母から電話。</del><ins>父から電話。</ins>家を出たいと言う。" in text
    assert "<del>令和8年10月8日(木)</del> → <ins>令和8年10月9日(金)</ins>" in text
    assert "理由: 聞き違い" in text


def test_a_correction_moves_the_record_to_another_item(desk, record):
    browser, _ = desk
    correct(browser, record, business_item="2-1-1")
    record.refresh_from_db()
    assert record.business_item == business_item("2-1-1")
    assert ConsultationVersion.unscoped.get().content["business_item"] == "1-1-1"
    assert contacts_by_kind([record.center_id], Month(2026, 10))["parts"].totals() == {
        business_item("2-1-1").part_label: 1
    }
    text = browser.get(path(record)).content.decode()
    assert f"<del>{business_item()}</del> → <ins>{business_item('2-1-1')}</ins>" in text


def test_a_version_from_before_the_item_was_kept_tells_no_change_of_it(desk, record):
    browser, _ = desk
    correct(browser, record, facts="父から電話。")
    former = ConsultationVersion.unscoped.get()
    del former.content["business_item"]
    former.save()
    text = browser.get(path(record)).content.decode()
    assert "<ins>父から電話。</ins>" in text and "<del>1-1-1" not in text and "<del>None" not in text


def test_a_correction_moves_the_cases_facts(desk, record):
    browser, _ = desk
    correct(browser, record, date="R8.10.12", method="1")
    record.case.refresh_from_db()
    assert (record.case.last_contact_on, record.case.last_contact_method) == (date(2026, 10, 12), "1")


def test_nothing_changed_makes_no_version(desk, record):
    browser, _ = desk
    answer = browser.post(path(record, "correct/"), typed(record), follow=True)
    assert "変わったところがない" in answer.content.decode()
    assert not ConsultationVersion.unscoped.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "訂正の理由が空です"),
        ({"facts": ""}, "相談の要点が空です"),
        ({"contents": []}, "支援内容が選ばれていません"),
        ({"method": "9"}, "その答えは一覧にありません"),
        ({"business_item": "9-9-9"}, "その答えは一覧にありません"),
        ({"business_item": ""}, "業務項目が選ばれていません"),
        ({"contents": ["99"]}, "その答えは一覧にありません"),
        ({"date": "R8.11.21"}, "未来の日付です"),
        ({"date": "R8.2.30"}, "2月30日はありません"),
        ({"date": "H29.5.1"}, "契約期が違い"),
        ({"date": "S60.5.10"}, "この日に有効な契約条件がありません"),
        ({"minutes": "1441"}, "1440以下"),
        ({"minutes": "-1"}, "0以上"),
        ({"start_time": "25:00"}, "25時はありません"),
        ({"counted": None}, "計上しない理由が空です"),
        ({"facts": "あ" * 3414}, "10,240バイト"),
        ({"facts": "a\x00b"}, "使えない文字"),
        ({"place": "あ" * 61}, "60字まで"),
    ],
)
def test_what_cannot_be_corrected_is_told_and_kept(desk, record, fields, words):
    browser, _ = desk
    fields = {"facts": "直した文"} | fields
    answer = correct(browser, record, **fields)
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text
    if fields["facts"] == "直した文":
        assert "直した文" in text, "what was typed stays"
    record.refresh_from_db()
    assert record.version == 1


def test_ten_kilobytes_are_taken(desk, record):
    browser, _ = desk
    assert correct(browser, record, facts="あ" * 3413).status_code == 302


def test_an_unanswered_call_needs_no_text(desk, record):
    browser, _ = desk
    fields = {
        "unanswered": "on",
        "facts": "",
        "contents": [],
        "counted": None,
        "uncounted_reason": "不在・つながらず",
    }
    assert correct(browser, record, **fields).status_code == 302
    record.refresh_from_db()
    assert record.unanswered and not record.counted


def test_center_writer_and_client_are_not_read_from_the_form(desk, record):
    browser, user = desk
    correct(
        browser,
        record,
        facts="直した",
        center=str(center("kita1").pk),
        client=str(ClientFactory().pk),
        written_by=str(user.pk),
    )
    fresh = Consultation.unscoped.get(pk=record.pk)
    assert (fresh.center, fresh.client, fresh.written_by) == (record.center, record.client, record.written_by)


def test_a_field_outside_the_versions_is_refused(record):
    with pytest.raises(ValueError, match="written_by"):
        correct_consultation(
            consultation=record, by=record.written_by, version=1, changes={"written_by": None}, reason="x"
        )


# ---- two editors ----


def faster(record, **changes):
    colleague = user_with("soudan")
    colleague.name = "吉村 空"
    colleague.save()
    return correct_consultation(
        consultation=record, by=colleague, version=1, changes=changes, reason="書き足し"
    )


def test_the_slower_sees_both_texts(desk, record):
    browser, _ = desk
    faster(record, facts="吉村の文。", minutes=30)
    answer = correct(browser, record, facts="わたしの文。", view="わたしの所見。")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "に吉村さんが同じ記録を直しました。2つを並べて選んでください。" in text
    found = {one.field.name: (one.theirs, one.mine) for one in answer.context["differences"]}
    assert found == {
        "facts": ("吉村の文。", "わたしの文。"),
        "view": ("不安が強い。", "わたしの所見。"),
        "minutes": ("30", "20"),
    }
    record.refresh_from_db()
    assert (record.version, record.facts) == (2, "吉村の文。"), "nothing is overwritten"
    assert 'name="version" value="2"' in text


def chosen(**picks) -> dict:
    return {"version": 2, "asked": list(picks)} | {f"pick-{name}": pick for name, pick in picks.items()}


def test_each_text_is_chosen(desk, record):
    browser, user = desk
    faster(record, facts="吉村の文。", minutes=30)
    answer = correct(
        browser, record, facts="わたしの文。", view="わたしの所見。",
        **chosen(facts="theirs", view="mine", minutes="theirs"),
    )  # fmt: skip
    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.facts, record.view, record.minutes, record.version) == (
        "吉村の文。",
        "わたしの所見。",
        30,
        3,
    )
    assert next(one.replaced_by for one in ConsultationVersion.unscoped.order_by("-version")) == user


@pytest.mark.parametrize("name", ["reason", "version", "center", "nothing"])
def test_a_choice_that_was_never_offered_is_left_aside(desk, record, name):
    browser, _ = desk
    answer = correct(browser, record, version=1, facts="直した文", asked=[name], **{f"pick-{name}": "theirs"})
    record.refresh_from_db()
    assert answer.status_code == 302 and record.facts == "直した文"


def test_an_open_choice_is_asked_again(desk, record):
    browser, _ = desk
    faster(record, facts="吉村の文。")
    answer = correct(browser, record, facts="わたしの文。", **chosen(facts=""))
    assert answer.status_code == 422
    assert (
        "どちらを残すか選んでください" in answer.content.decode()
        and "わたしの文。" in answer.content.decode()
    )


def test_a_third_editor_makes_one_choose_anew(desk, record):
    browser, _ = desk
    faster(record, facts="吉村の文。")
    third = user_with("soudan")
    record.refresh_from_db()
    correct_consultation(
        consultation=record, by=third, version=2, changes={"facts": "三人目の文。"}, reason="x"
    )
    answer = correct(browser, record, facts="わたしの文。", **chosen(facts="mine"))
    assert answer.status_code == 409
    (one,) = answer.context["differences"]
    assert (one.theirs, one.mine, one.picked) == ("三人目の文。", "わたしの文。", "")


def test_choosing_the_others_everywhere_changes_nothing(desk, record):
    browser, _ = desk
    faster(record, facts="吉村の文。")
    assert correct(browser, record, facts="わたしの文。", **chosen(facts="theirs")).status_code == 302
    record.refresh_from_db()
    assert (record.facts, record.version) == ("吉村の文。", 2)


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "²"])
def test_a_version_that_cannot_be_read_is_stale(desk, record, version):
    browser, _ = desk
    assert correct(browser, record, facts="直した", version=version).status_code == 409


def test_the_action_refuses_a_stale_version(record):
    faster(record, facts="吉村の文。")
    with pytest.raises(StaleRecord) as told:
        correct_consultation(
            consultation=record, by=record.written_by, version=1, changes={"facts": "遅い"}, reason="x"
        )
    assert told.value.standing.facts == "吉村の文。"


# ---- 取り消し ----


def void(browser, record, **fields):
    return browser.post(path(record, "void/"), {"version": record.version, "reason": "double"} | fields)


def test_taking_back_tells_the_consequences(desk, record):
    browser, _ = desk
    text = browser.get(path(record, "void/")).content.decode()
    assert "10月8日 電話(20分)。令和8年10月の件数から1件減ります。" in text
    assert "autofocus>やめる</a>" in text
    Consultation.unscoped.filter(pk=record.pk).update(counted=False, uncounted_reason="試験")
    assert "月次の件数は変わりません。" in browser.get(path(record, "void/")).content.decode()


def test_taking_back_and_letting_stand_again(desk, record):
    browser, user = desk
    Consultation.unscoped.filter(pk=record.pk).update(date=date(2026, 11, 1))
    record.refresh_from_db()
    answer = browser.post(
        path(record, "void/"), {"version": 1, "reason": "other", "note": "試し書き"}, follow=True
    )
    assert "記録を取り消しました。" in answer.content.decode()
    record.refresh_from_db()
    assert (record.voided_by, record.void_reason, record.void_note) == (user, "other", "試し書き")
    record.case.refresh_from_db()
    assert record.case.last_contact_on is None
    text = browser.get(path(record)).content.decode()
    assert "取り消し済の記録です。" in text and "そのほか(試し書き)" in text and "訂正する" not in text
    assert browser.get(path(record, "correct/"))["Location"] == path(record)
    browser.post(path(record, "restore/"))
    record.refresh_from_db()
    record.case.refresh_from_db()
    assert (record.voided_at, record.voided_by, record.void_reason, record.void_note) == (None, None, "", "")
    assert record.case.last_contact_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "理由が選ばれていません"),
        ({"reason": "gone"}, "その答えは一覧にありません"),
        ({"reason": "other", "note": ""}, "説明が空です"),
        ({"note": "あ" * 201}, "200字まで"),
    ],
)
def test_taking_back_needs_a_reason(desk, record, fields, words):
    browser, _ = desk
    answer = void(browser, record, **fields)
    assert answer.status_code == 422 and words in answer.content.decode()
    record.refresh_from_db()
    assert record.voided_at is None


def test_a_record_corrected_since_is_not_taken_back(desk, record):
    browser, _ = desk
    faster(record, facts="吉村の文。")
    answer = browser.post(path(record, "void/"), {"version": 1, "reason": "double"}, follow=True)
    assert "開いた後に訂正されました" in answer.content.decode()
    record.refresh_from_db()
    assert record.voided_at is None


def test_taken_back_twice_is_taken_back_once(record):
    first, second = user_with("soudan"), user_with("soudan")
    void_consultation(consultation=record, by=first, version=1, reason="double")
    again = void_consultation(consultation=record, by=second, version=1, reason="other", note="x")
    assert (again.voided_by, again.void_reason) == (first, "double")


def test_a_record_taken_back_meanwhile_is_not_corrected(desk, record):
    browser, _ = desk
    void_consultation(consultation=record, by=record.written_by, version=1, reason="double")
    answer = browser.post(path(record, "correct/"), typed(record, facts="直した"), follow=True)
    assert "取り消されています" in answer.content.decode()
    record.refresh_from_db()
    assert record.version == 1


def test_restoring_by_a_link_only_shows_the_record(desk, record):
    browser, user = desk
    Consultation.unscoped.filter(pk=record.pk).update(
        voided_at=timezone.now(), voided_by=user, void_reason="double"
    )
    assert browser.get(path(record, "restore/"))["Location"] == path(record)
    record.refresh_from_db()
    assert record.voided_at


# ---- anonymous threads ----


def test_a_caller_without_a_name(desk):
    browser, user = desk
    client = ClientFactory(family_name="水前寺")
    thread = AnonymousThreadFactory(handle="男性・40代", client=client)
    ConsultationFactory(anonymous=True, thread=thread, facts="夜眠れない。")
    FollowUpFactory(client=None, thread=thread, center=thread.center, what="また電話がある")
    text = browser.get(f"/threads/{thread.pk}/").content.decode()
    for words in ("男性・40代", "夜眠れない。", "また電話がある", "水前寺", "とわかった"):
        assert words in text
    title = text.split("<title>")[1].split("</title>")[0]
    assert thread.number in title and "男性" not in title
    assert AccessLog.objects.get(user=user, verb="read").object_id == thread.pk


def test_a_foreign_caller_answers_like_an_unknown_one(desk):
    browser, _ = desk
    foreign = AnonymousThreadFactory(center=center("kita1"))
    known, unknown = browser.get(f"/threads/{foreign.pk}/"), browser.get(f"/threads/{uuid.uuid4()}/")
    assert known.status_code == unknown.status_code == 404 and known.content == unknown.content


def test_the_number_of_queries_stays(desk, record, queries_of):
    browser, user = desk
    thread = AnonymousThreadFactory()

    def add(position):
        ConsultationFactory(group=record.group, position=position, client=ClientFactory())
        ConsultationVersion.unscoped.create(
            consultation=record,
            version=position + 5,
            content={"date": "2026-10-01"},
            reason="x",
            replaced_by=user,
        )
        FollowUpFactory(client=record.client, origin=record, staff=user.staff_member)
        ConsultationFactory(anonymous=True, thread=thread, written_by=user)

    def asked():
        return [queries_of(lambda p=p: browser.get(p)) for p in (path(record), f"/threads/{thread.pk}/")]

    add(1)
    one = asked()
    add(2)
    add(3)
    assert asked() == one
