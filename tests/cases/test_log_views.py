"""The pages of the quick log and of its drafts."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Client, Consultation, Draft, FollowUp, LogTiming, ShareGrant
from centers.models import AccessLog
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientDisabilityFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

LOG = "/log/"
SAVE_DRAFT = "/log/draft/"
SCRIPT = {"HTTP_HX_REQUEST": "true"}
PLAIN = {
    "subject": "client",
    "method": "4",
    "contents": ["01", "04"],
    "part": "consult",
    "date": "R8.11.20",
    "start": "10:05",
    "facts": "本人から電話。",
    "act": "save",
}


@pytest.fixture
def signed_in(sign_in, on):
    return sign_in("soudan", "nishi")


@pytest.fixture
def web(signed_in):
    return signed_in[0]


@pytest.fixture
def writer(signed_in):
    return signed_in[1]


@pytest.fixture
def person(writer):
    return CaseFactory(client__family_name="山本", client__given_name="健太").client


def entry(*people, **changes) -> dict:
    fields = (
        {"group": str(uuid.uuid4()), "page": "one"} | PLAIN | {"clients": [str(one.pk) for one in people]}
    )
    return fields | changes


def text(response) -> str:
    return response.content.decode()


# ---- opening ----


def test_the_form_opens_with_today_and_nobody(web):
    page = web.get(LOG)
    assert page.status_code == 200
    assert page.context["form"]["date"].value() == "R8.11.20"
    assert "<title>相談を記録" in text(page)


def test_from_a_person_the_form_opens_with_them_and_notes_the_read(web, writer, person):
    ClientDisabilityFactory(client=person, code="03")
    ConsultationFactory(client=person, facts="「家を出たい」と話す。", counterpart="02", written_by=writer)
    page = web.get(reverse("cases:log_client", args=[person.pk]))
    shown = text(page)
    assert "山本 健太" in shown and "「家を出たい」と話す。" in shown and "知的" in shown
    assert 'data-counterpart="02"' in shown
    assert "山本" not in shown.split("</title>")[0]
    assert AccessLog.objects.get(client_id=person.pk).page == "cases:log_client"


@pytest.mark.parametrize(("who", "method"), [("new", None), ("anonymous", "4"), ("organization", None)])
def test_a_link_may_say_who_without_naming_anybody(web, who, method):
    form = web.get(LOG, {"who": who}).context["form"]
    assert (form["subject"].value(), form["method"].value()) == (who, method)


def test_the_gist_of_others_stays_hidden_from_chiiki(sign_in, on):
    web, user = sign_in("chiiki", "nishi")
    person = ClientFactory()
    ConsultationFactory(client=person, facts="ほかの人の記録")
    assert "ほかの人の記録" not in text(web.get(reverse("cases:log_client", args=[person.pk])))
    assert "ほかの人の記録" not in text(web.post("/log/person/", {"client": str(person.pk)}))
    ConsultationFactory(client=person, facts="自分の記録", written_by=user)
    assert "自分の記録" in text(web.get(reverse("cases:log_client", args=[person.pk])))


def test_a_foreign_person_is_not_there(web):
    foreign = ClientFactory(center=center("kita1"))
    for answer in (
        web.get(reverse("cases:log_client", args=[foreign.pk])),
        web.post("/log/person/", {"client": str(foreign.pk)}),
        web.post("/log/person/", {"client": str(uuid.uuid4())}),
    ):
        assert answer.status_code == 404
    assert web.post("/log/person/", {"client": "nobody"}).status_code == 400


def test_the_page_takes_a_fixed_number_of_queries(web, writer, django_assert_num_queries):
    web.get(LOG)
    web.get(reverse("cases:log_client", args=[CaseFactory().client_id]))
    for count in (1, 2):
        for _ in range(count):
            person = CaseFactory().client
            ConsultationFactory(client=person, written_by=writer)
            AnonymousThreadFactory()
            Draft.unscoped.create(group=uuid.uuid4(), user=writer, center=center(), client=person)
        with django_assert_num_queries(BLANK_QUERIES):
            web.get(LOG)
        with django_assert_num_queries(PERSON_QUERIES):
            web.get(reverse("cases:log_client", args=[person.pk]))


BLANK_QUERIES = 14
PERSON_QUERIES = 26


# ---- saving ----


def test_a_saved_suspicion_leads_to_the_sheet_and_says_what_was_saved(web, writer, person):
    answer = web.post(LOG, entry(person, next="7d", next_what="見学の日程", rights_concern="on"))
    row = Consultation.unscoped.get()
    assert (answer.status_code, answer.url) == (303, f"{reverse('cases:abuse_new')}?record={row.pk}")
    assert (row.client, row.center, row.written_by, row.staff) == (
        person,
        center(),
        writer,
        writer.staff_member,
    )
    assert (row.business_item.code, row.rights_concern, row.case) == ("1-2-2", True, person.cases.get())
    assert FollowUp.unscoped.get().what == "見学の日程"
    shown = text(web.get(answer.url))
    assert "山本さんの相談を保存しました" in shown
    assert reverse("cases:consultation_void", args=[row.pk]) in shown


def test_names_stay_out_of_cookies(web, person, settings):
    answer = web.post(LOG, entry(person))
    assert set(answer.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert "messages" not in web.cookies


def test_save_and_next_opens_a_fresh_form(web, person):
    answer = web.post(LOG, entry(person, act="next"))
    assert (answer.status_code, answer.url) == (303, LOG)
    page = web.get(LOG)
    assert page.context["sheet"].group != Consultation.unscoped.get().group
    assert "直前に記録: 山本 健太さん" in text(page) and "山本さんの相談を保存しました" in text(page)


def test_a_script_is_told_where_to_go(web, person):
    answer = web.post(LOG, entry(person), **SCRIPT)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("cases:client", args=[person.pk]))


def test_several_people_are_one_group(web, person):
    other = ClientFactory()
    web.post(LOG, entry(person, other))
    rows = Consultation.unscoped.order_by("position")
    assert [row.client for row in rows] == [person, other] and rows[0].group == rows[1].group
    told = text(web.get(LOG))
    assert "山本さんほか1人の相談を保存しました" in told
    assert f'href="{reverse("cases:consultation", args=[rows[0].pk])}">記録を見る・取り消す</a>' in told


def test_a_new_person_by_kana_alone(web):
    answer = web.post(LOG, entry(subject="new", kana="まつなが"))
    new = Client.unscoped.get()
    assert answer.url == reverse("cases:client", args=[new.pk])
    assert (new.kana, new.name, new.center, new.consultations.count()) == (
        "マツナガ",
        "マツナガ",
        center(),
        1,
    )


def test_a_twin_is_told_of_but_never_blocks(web, person):
    Client.unscoped.filter(pk=person.pk).update(number="N1-00777")
    web.post(LOG, entry(subject="new", kana="シケン タロウ", birth="S60.5.10"))
    assert Client.unscoped.count() == 2
    assert "同じ人かもしれない登録が、ほかにもあります: N1-00777(カナと生年月日が同じ)" in text(web.get(LOG))


def test_a_twin_is_shown_while_typing(web, person):
    shown = web.post("/log/known/", {"kana": "しけん たろう", "birth": "S60.5.10"}, **SCRIPT)
    assert str(person.pk) in text(shown)
    ClientPhoneFactory(client=person, number="096-000-0418")
    by_phone = text(web.post("/log/known/", {"kana": "シケンタロウ", "phone": "０９６(000)0418"}, **SCRIPT))
    assert str(person.pk) in by_phone and "カナと電話が同じ" in by_phone
    for given in ({"kana": "シケン", "birth": ""}, {"kana": "シケンタロウ", "birth": "S60.5.11"}, {}):
        assert str(person.pk) not in text(web.post("/log/known/", given, **SCRIPT))


@pytest.mark.parametrize("subject", ["anonymous", "organization"])
def test_without_a_person_the_record_itself_is_shown(web, subject):
    answer = web.post(LOG, entry(subject=subject))
    assert answer.url == reverse("cases:consultation", args=[Consultation.unscoped.get().pk])


def test_a_repeat_caller_is_shown_with_the_thread(web):
    thread = AnonymousThreadFactory()
    answer = web.post(LOG, entry(subject="anonymous", thread=str(thread.pk)))
    assert answer.url == reverse("cases:thread", args=[thread.pk])


def test_an_unanswered_call_needs_the_person_alone(web, person):
    group = str(uuid.uuid4())
    web.post(
        LOG,
        {
            "group": group,
            "subject": "client",
            "clients": [str(person.pk)],
            "date": "今日",
            "act": "unanswered",
        },
    )
    row = Consultation.unscoped.get()
    assert (row.unanswered, row.counted, row.uncounted_reason, row.method) == (
        True,
        False,
        "不在・つながらず",
        "4",
    )
    assert "山本さんの不在を保存しました" in text(web.get(LOG))


def test_the_time_it_took_is_kept_without_a_name(web, person):
    opened = web.get(LOG).context["sheet"]
    web.post(LOG, entry(person, group=str(opened.group), opened=opened.opened))
    web.post(LOG, entry(person, opened="forged"))
    row = LogTiming.unscoped.get()
    assert (row.center, row.via) == (center(), "blank") and row.seconds < 600


# ---- refusals ----


def test_what_is_wrong_is_answered_422_with_all_values_and_a_draft(web, writer, person):
    sent = entry(person, contents=[], date="R8.2.30", facts="長い相談の要点。", next_what="見学")
    answer = web.post(LOG, sent)
    shown = text(answer)
    assert answer.status_code == 422
    for words in (
        "支援内容が選ばれていません。1つ以上選んでください。",
        "2月30日はありません。日を確かめてください。",
    ):
        assert shown.count(words) == 2  # in the summary and at the field
    for value in ("長い相談の要点。", "R8.2.30", "見学", "山本 健太", sent["group"]):
        assert value in shown
    kept = Draft.unscoped.get(pk=sent["group"])
    assert (kept.user, kept.client, kept.content["facts"]) == (writer, person, "長い相談の要点。")
    assert not Consultation.unscoped.exists()


def test_a_script_gets_the_form_alone(web, person):
    answer = web.post(LOG, entry(person, facts=""), **SCRIPT)
    assert answer.status_code == 422
    assert "<html" not in text(answer) and 'id="log-form"' in text(answer)


def test_tampered_fields_change_nothing(web, writer, person):
    other, foreign = user_with("soudan", "kita1"), center("kita1")
    tampered = {
        "center": str(foreign.pk),
        "written_by": str(other.pk),
        "staff": str(other.staff_member.pk),
        "counted": "false",
        "voided_at": "2026-11-20",
        "version": "9",
        "position": "4",
    }
    web.post(LOG, entry(person, **tampered))
    row = Consultation.unscoped.get()
    assert (row.center, row.written_by, row.staff) == (center(), writer, writer.staff_member)
    assert (row.counted, row.voided_at, row.version, row.position) == (True, None, 1, 0)


def test_a_foreign_and_an_unknown_person_are_refused_alike(web):
    foreign = ClientFactory(center=center("kita1"), family_name="よその人")
    group = str(uuid.uuid4())
    answers = [
        web.post(LOG, entry(group=group, clients=[pk]), **SCRIPT)
        for pk in (str(foreign.pk), str(uuid.uuid4()), "x")
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert all(
        "この利用者は見つかりません。もう一度探して選んでください。" in text(answer) for answer in answers
    )
    assert not any("よその人" in text(answer) for answer in answers)
    assert not Consultation.unscoped.exists()


def test_an_opened_person_may_be_read_but_not_written_about(web, writer):
    person = ClientFactory(center=center("kita1"))
    now = timezone.now()
    person._meta.apps.get_model("cases", "BreakGlass").unscoped.create(
        client=person, user=writer, starts_at=now, ends_at=now + timedelta(hours=1), reason="試験"
    )
    assert web.post(LOG, entry(person)).status_code == 422
    ShareGrant.unscoped.create(
        client=person,
        to_center=center(),
        scope="identity",
        basis="consent",
        granted_by=writer,
        starts_on="2026-11-01",
    )
    assert web.post(LOG, entry(person)).status_code == 303


@pytest.mark.parametrize("group", ["", "abc", "1234"])
def test_a_form_without_its_token_is_refused(web, person, group):
    assert web.post(LOG, entry(person, group=group)).status_code == 400
    assert web.post(SAVE_DRAFT, entry(person, group=group)).status_code == 400


def test_ten_kilobytes_pass_and_more_is_refused(web, person):
    assert web.post(LOG, entry(person, facts="あ" * 3413)).status_code == 303
    answer = web.post(LOG, entry(person, facts="あ" * 3414))
    assert answer.status_code == 422 and "記録は10,240バイト(日本語で約3,400字)までです。" in text(answer)


def test_nul_and_control_characters_are_refused_and_the_rest_is_kept(web, person):
    answer = web.post(LOG, entry(person, facts="電話\x00あり", place="自宅\x07"))
    assert answer.status_code == 422
    assert "制御文字 U+0000" in text(answer) and "制御文字 U+0007" in text(answer)
    assert Draft.unscoped.get().content["facts"] == "電話あり"


# ---- once and only once ----


def test_a_double_submit_makes_one_record(web, person):
    sent = entry(person)
    first, again = web.post(LOG, sent), web.post(LOG, sent | {"minutes": "7"})
    assert (first.status_code, first.url) == (again.status_code, again.url)
    assert Consultation.unscoped.count() == 1


def test_another_text_after_saving_is_answered_not_lost(web, person):
    sent = entry(person)
    web.post(LOG, sent)
    answer = web.post(LOG, sent | {"facts": "もっと詳しく書いた。"})
    assert answer.status_code == 422
    assert "に保存した記録と内容が違います。" in text(answer) and "もっと詳しく書いた。" in text(answer)
    assert reverse("cases:consultation", args=[Consultation.unscoped.get().pk]) in text(answer)


def test_a_token_of_somebody_else_is_replaced(web, person):
    theirs = ConsultationFactory(client=person)
    answer = web.post(LOG, entry(person, group=str(theirs.group)))
    assert answer.status_code == 422
    renewed = answer.context["sheet"].group
    assert renewed != theirs.group
    assert web.post(LOG, entry(person, group=str(renewed))).status_code == 303


# ---- without scripts ----


def test_the_search_step_lists_candidates_and_keeps_everything(web, person):
    answer = web.post(LOG, entry(q="山本", act="find", facts="途中の要点", clients=[]))
    shown = text(answer)
    assert answer.status_code == 200
    assert (
        f'name="pick" value="{person.pk}"' in shown and "途中の要点" in shown and 'value="anonymous"' in shown
    )
    assert "errsum" not in shown
    assert AccessLog.objects.get(verb="search").hits == 1


def test_a_picked_candidate_is_saved_at_once_or_shown_first(web, person):
    other = ClientFactory()
    shown = web.post(LOG, entry(other, q="", act="find", pick=str(person.pk)))
    assert [card.client for card in shown.context["cards"]] == [other, person]
    assert web.post(LOG, entry(pick=str(person.pk))).status_code == 303
    assert Consultation.unscoped.get().client == person


def test_a_new_or_anonymous_person_may_be_picked(web):
    assert web.post(LOG, entry(pick="anonymous")).status_code == 303
    assert web.post(LOG, entry(pick="new", kana="ア")).status_code == 303
    assert {row.subject for row in Consultation.unscoped.all()} == {"anonymous", "client"}


def test_a_person_is_left_out_by_taking_the_tick_away(web, person):
    shown = text(web.get(reverse("cases:log_client", args=[person.pk])))
    assert f'type="checkbox" name="clients" value="{person.pk}"' in shown


# ---- drafts ----


def draft_of(user, **fields) -> Draft:
    return Draft.unscoped.create(group=uuid.uuid4(), user=user, center=center(), **fields)


def test_autosave_answers_with_the_time(web, writer, person):
    sent = entry(person, facts="書きかけ")
    answer = web.post(SAVE_DRAFT, sent, **SCRIPT)
    kept = Draft.unscoped.get(pk=sent["group"])
    local = timezone.localtime(kept.updated_at)
    assert answer.status_code == 200
    assert f"下書きを保存しました {local.hour}:{local:%M:%S}" in text(answer)
    assert (kept.user, kept.client, kept.content["facts"]) == (writer, person, "書きかけ")


def test_a_draft_survives_a_logout_and_is_offered_again(web, writer, person):
    sent = entry(person, facts="切れる前に書いた文", next="7d", next_what="見学", contents=["03"])
    web.post(SAVE_DRAFT, sent, **SCRIPT)
    web.logout()
    web.force_login(writer)
    offered = text(web.get(LOG))
    address = reverse("cases:draft", args=[sent["group"]])
    assert "書きかけが1件あります" in offered and address in offered
    page = web.get(address)
    assert page.context["form"]["contents"].value() == ["03"]
    for value in ("切れる前に書いた文", "見学", "山本 健太"):
        assert value in text(page)
    assert web.post(LOG, sent | {"contents": ["03"]}).status_code == 303
    assert not Draft.unscoped.exists()


def test_a_draft_is_its_writers_alone(web, person):
    theirs = draft_of(user_with("soudan", "nishi"), content={"facts": "ほかの人の文"})
    assert web.get(reverse("cases:draft", args=[theirs.pk])).status_code == 404
    assert web.post(reverse("cases:draft_discard", args=[theirs.pk])).status_code == 404
    assert (
        web.post(SAVE_DRAFT, entry(person, group=str(theirs.pk), overwrite="1"), **SCRIPT).status_code == 404
    )
    assert "ほかの人の文" not in text(web.get(reverse("cases:drafts")))
    assert Draft.unscoped.get().content == {"facts": "ほかの人の文"}


def test_two_tabs_never_overwrite_each_other_silently(web, person):
    sent = entry(person, facts="はじめの画面")
    web.post(SAVE_DRAFT, sent, **SCRIPT)
    opened = web.get(reverse("cases:draft", args=[sent["group"]])).context["sheet"]
    second = sent | {"page": opened.page, "seen": opened.seen.isoformat(), "facts": "2つ目の画面"}
    assert web.post(SAVE_DRAFT, second, **SCRIPT).status_code == 200
    late = web.post(
        SAVE_DRAFT, sent | {"facts": "はじめの画面の続き", "seen": opened.seen.isoformat()}, **SCRIPT
    )
    assert late.status_code == 422
    assert "別の画面で同じ下書きが保存されました" in text(late)
    seen, stands = timezone.localtime(opened.seen), timezone.localtime(Draft.unscoped.get().updated_at)
    assert f"{seen.hour}:{seen:%M:%S}" in text(late) and f"{stands.hour}:{stands:%M:%S}" in text(late)
    assert Draft.unscoped.get().content["facts"] == "2つ目の画面"
    web.post(SAVE_DRAFT, sent | {"facts": "選んだ文", "overwrite": "1"}, **SCRIPT)
    assert Draft.unscoped.get().content["facts"] == "選んだ文"


def test_closing_without_scripts_shows_the_conflict_in_the_form(web, person):
    sent = entry(person, facts="はじめの画面")
    web.post(SAVE_DRAFT, sent, **SCRIPT)
    answer = web.post(SAVE_DRAFT, sent | {"page": "two", "facts": "次の画面の文", "close": "1"})
    assert answer.status_code == 422
    assert "次の画面の文" in text(answer) and 'name="overwrite"' in text(answer)


def test_closing_leads_to_the_list(web, person):
    assert web.post(SAVE_DRAFT, entry(person, close="1")).url == reverse("cases:drafts")
    assert web.post(SAVE_DRAFT, entry(person, close="1"), **SCRIPT)["HX-Redirect"] == reverse("cases:drafts")


def test_a_late_autosave_after_saving_leaves_no_draft(web, person):
    sent = entry(person)
    web.post(LOG, sent)
    assert web.post(SAVE_DRAFT, sent, **SCRIPT).status_code == 204
    assert not Draft.unscoped.exists()
    record = reverse("cases:consultation", args=[Consultation.unscoped.get().pk])
    assert web.post(SAVE_DRAFT, sent | {"close": "1"}).url == record


def test_a_draft_has_an_end_and_says_so(web, person):
    answer = web.post(SAVE_DRAFT, entry(person, facts="あ" * 70_000), **SCRIPT)
    assert answer.status_code == 422 and "文が長すぎるため、下書きに残せません。" in text(answer)
    assert not Draft.unscoped.exists()


def test_an_ended_session_is_told_to_the_script_and_nothing_is_written(web, person):
    web.logout()
    for address in (SAVE_DRAFT, LOG):
        answer = web.post(address, entry(person), **SCRIPT)
        assert (answer.status_code, answer["HX-Trigger"]) == (401, "soudan:login")
    assert not Draft.unscoped.exists() and not Consultation.unscoped.exists()


def test_the_list_marks_what_lies_since_yesterday(web, writer):
    draft_of(writer, content={"subject": "anonymous", "facts": "新しい"})
    old = draft_of(writer, content={"subject": "new", "kana": "マツナガ"})
    Draft.unscoped.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(hours=25))
    shown = text(web.get(reverse("cases:drafts")))
    assert shown.count("24時間以上たっています") == 1
    assert shown.index("匿名・氏名不明") < shown.index("新しい利用者 マツナガ")
    assert "30日さわらないと消えます" in shown


def test_the_list_is_bounded_and_takes_a_fixed_number_of_queries(web, writer, django_assert_num_queries):
    web.get(reverse("cases:drafts"))
    for count in (1, 2):
        for _ in range(count):
            draft_of(writer, client=ClientFactory())
        with django_assert_num_queries(LIST_QUERIES):
            web.get(reverse("cases:drafts"))


LIST_QUERIES = 9


def test_a_draft_may_be_thrown_away(web, writer):
    kept, gone = draft_of(writer), draft_of(writer)
    assert web.get(reverse("cases:draft_discard", args=[gone.pk])).status_code == 405
    assert web.post(reverse("cases:draft_discard", args=[gone.pk])).url == reverse("cases:drafts")
    assert list(Draft.unscoped.all()) == [kept]


def test_a_draft_shows_only_people_who_may_still_be_seen(web, writer, person):
    foreign = ClientFactory(center=center("kita1"), family_name="よその人")
    kept = draft_of(writer, content={"clients": [str(foreign.pk), str(person.pk), "x"], "facts": "途中"})
    page = web.get(reverse("cases:draft", args=[kept.pk]))
    assert [card.client for card in page.context["cards"]] == [person]
    assert "よその人" not in text(page)
