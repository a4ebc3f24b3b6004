"""What the quick log takes and refuses, word by word."""

from datetime import date, time

import pytest
from django.http import QueryDict

from cases.actions.clients import writable_clients
from cases.forms.choices import LogChoices
from cases.forms.draft import DraftTooLong, content_of
from cases.forms.log import NOBODY, NOT_FOUND, LogForm
from cases.models import ShareGrant
from centers.memory import forget
from centers.models import RuleSetting, StaffAssignment
from tests.factories import AnonymousThreadFactory, ClientFactory, business_item, center, user_with

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
PLAIN = {
    "subject": "client",
    "method": "4",
    "contents": ["01"],
    "part": "consult",
    "date": "R8.11.20",
    "start": "10:05",
    "minutes": "35",
    "facts": "本人から電話。",
}


@pytest.fixture
def writer(on):
    return user_with("soudan", "nishi")


@pytest.fixture
def person(writer):
    return ClientFactory()


@pytest.fixture
def form(writer, person):
    """form(facts="…") is the bound form of a plain entry about `person` with these fields changed."""

    def _form(*, by=None, unanswered=False, **changes) -> LogForm:
        user = by or writer
        data = QueryDict(mutable=True)
        for name, value in (PLAIN | {"clients": [str(person.pk)]} | changes).items():
            data.setlist(name, value if isinstance(value, list) else [value])
        choices = LogChoices.load(user, center(), on=ON, day=ON)
        return LogForm(data, clients=writable_clients(user, center()), choices=choices, unanswered=unanswered)

    return _form


def told(form: LogForm) -> dict[str, list[str]]:
    form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


def contact(form: LogForm):
    assert form.is_valid(), form.errors
    return form.entry()["contact"]


# ---- a plain entry ----


def test_a_plain_entry_is_read_as_it_was_meant(form, person):
    sheet = form()
    assert sheet.is_valid(), sheet.errors
    entry = sheet.entry()
    read = entry["contact"]
    assert entry["subject"] == "client" and entry["clients"] == [person]
    assert (read.date, read.start_time, read.minutes) == (ON, time(10, 5), 35)
    assert (read.method, read.contents, read.counted, read.business_item.code) == ("4", ["01"], True, "1-1-1")
    assert entry["follow_up"] is None and entry["new_client"] is None


def test_people_stay_in_the_order_in_which_they_were_chosen(form, person):
    others = ClientFactory.create_batch(2)
    order = [others[1], person, others[0]]
    sheet = form(clients=[str(client.pk) for client in order])
    assert sheet.is_valid() and sheet.entry()["clients"] == order


# ---- each bad input and its words ----


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"contents": []}, "contents", "支援内容が選ばれていません。1つ以上選んでください。"),
        ({"method": ""}, "method", "支援の方法が選ばれていません。1つ選んでください。"),
        ({"method": "9"}, "method", "その答えは一覧にありません。一覧から選んでください。"),
        ({"contents": ["01", "99"]}, "contents", "その答えは一覧にありません。一覧から選んでください。"),
        ({"counterpart": "77"}, "counterpart", "その答えは一覧にありません。一覧から選んでください。"),
        ({"part": "sales"}, "part", "その答えは一覧にありません。一覧から選んでください。"),
        ({"next_kind": "fax"}, "next_kind", "その答えは一覧にありません。一覧から選んでください。"),
        ({"facts": ""}, "facts", "相談の要点が空です。入れてください。"),
        ({"date": "R8.2.30"}, "date", "2月30日はありません。日を確かめてください。"),
        ({"date": "R8.11.21"}, "date", "未来の日付です。予定なら『次の予定』に入れてください。"),
        ({"date": "S65.1.8"}, "date", "昭和は64年までです。平成2年1月8日なら『H2.1.8』と入れてください。"),
        ({"date": "H27.3.31"}, "date", "センターの開所日(H27.4.1)より前の日付です。日付を確かめてください。"),
        ({"date": "きのうの昼"}, "date", "日付として読めません。R4.11.18、2022-11-18、1118、昨日 のように入れてください。"),
        ({"date": ""}, "date", "日付が空です。入れてください。"),
        ({"start": "25:00"}, "start", "25時はありません。0時から23時までで入れてください。"),
        ({"minutes": "1441"}, "minutes", "1440以下で入れてください。"),
        ({"minutes": "-1"}, "minutes", "0以上で入れてください。"),
        ({"minutes": "半時間"}, "minutes", "分として読めません。入れ直してください。"),
        ({"facts": "電話\x00あり"}, "facts", "3文字目に使えない文字(制御文字 U+0000)があります。その文字を消してください。"),
        ({"facts": "電話\x1bあり"}, "facts", "3文字目に使えない文字(制御文字 U+001B)があります。その文字を消してください。"),
        ({"place": "自宅\nの前"}, "place", "途中に改行が入っています。1行で入れてください。"),
        ({"place": "あ" * 61}, "place", "60字までです。いまは61字です。短くしてください。"),
        ({"clients": []}, "subject", NOBODY),
        ({"clients": ["not-an-id"]}, "clients", NOT_FOUND),
        ({"clients": ["00000000-0000-0000-0000-000000000000"]}, "clients", NOT_FOUND),
        ({"subject": "somebody"}, "subject", "その答えは一覧にありません。一覧から選んでください。"),
        ({"subject": "anonymous"}, "subject", "利用者が選ばれたままです。利用者を外すか、『利用者』に戻してください。"),
        ({"subject": "new", "clients": []}, "kana", "カナが空です。わかる読みだけで登録できます。"),
        ({"subject": "new", "kana": "まつなが だい地"}, "kana", "『地』はカタカナに直せません。読みで入れてください。"),
        ({"subject": "new", "kana": "ア" * 61}, "kana", "姓と名はそれぞれ60字までです。短くしてください。"),
        ({"subject": "new", "kana": "ア", "birth": "S65.1.8"}, "birth", "昭和は64年までです。平成2年1月8日なら『H2.1.8』と入れてください。"),
        ({"subject": "new", "kana": "ア", "birth": "R9.1.1"}, "birth", "未来の日付です。生年月日を確かめてください。"),
        ({"subject": "new", "kana": "ア", "disabilities": ["08"]}, "disabilities", "その答えは一覧にありません。一覧から選んでください。"),
        ({"next_date": "R8.11.19"}, "next_date", "過ぎた日付です。今日か、これからの日を入れてください。"),
        ({"next_date": "R8.11.31"}, "next_date", "11月31日はありません。日を確かめてください。"),
        ({"next_what": "電話する"}, "next_date", "次の予定の日付が空です。日付を入れるか、『1週間』などを選んでください。"),
        ({"next": "3y"}, "next", "その答えは一覧にありません。一覧から選んでください。"),
    ],
)  # fmt: skip
def test_each_bad_input_says_what_happened_and_how_to_mend_it(form, changes, field, words):
    assert told(form(**changes)) == {field: [words]}


def test_ten_kilobytes_fit_and_one_more_is_refused_with_the_limit(form):
    whole = "あ" * 3413 + "a"
    assert len(whole.encode()) == 10_240
    assert contact(form(facts=whole)).facts == whole
    words = "記録は10,240バイト(日本語で約3,400字)までです。いまは10,241バイトです。分けて記録してください。"
    assert told(form(facts=whole + "a")) == {"facts": [words]}
    assert told(form(view=whole + "a")) == {"view": [words]}


def test_no_message_blames():
    for word in ("不正", "無効", "エラー"):
        assert word not in NOBODY + NOT_FOUND


def test_more_people_than_one_entry_holds(form, person):
    many = [str(client.pk) for client in ClientFactory.create_batch(20)]
    assert told(form(clients=[*many, str(person.pk)])) == {
        "clients": ["1回に記録できるのは20人までです。分けて記録してください。"]
    }


# ---- about whom ----


def test_a_person_of_another_center_is_like_an_unknown_one(form):
    foreign = ClientFactory(center=center("kita1"))
    assert told(form(clients=[str(foreign.pk)])) == {"clients": [NOT_FOUND]}


def test_a_shared_person_may_be_chosen(form, writer):
    shared = ClientFactory(center=center("kita1"))
    ShareGrant.unscoped.create(
        client=shared, to_center=center(), scope="identity", basis="consent", granted_by=writer, starts_on=ON
    )
    sheet = form(clients=[str(shared.pk)])
    assert sheet.is_valid() and sheet.entry()["clients"] == [shared]


def test_a_new_person_by_kana_alone_and_with_all(form):
    alone = form(subject="new", clients=[], kana="ﾏﾂﾅｶﾞ")
    assert alone.is_valid() and alone.entry()["new_client"].family_kana == "マツナガ"
    whole = form(
        subject="new",
        clients=[],
        name="松永　大地",
        kana="まつなが だいち",
        birth="H9.4",
        phone="096-000-0418",
        disabilities=["03", "05"],
    )
    assert whole.is_valid()
    new = whole.entry()["new_client"]
    assert (new.family_name, new.given_name, new.family_kana, new.given_kana) == (
        "松永",
        "大地",
        "マツナガ",
        "ダイチ",
    )
    assert (new.birth.day, new.birth.precision) == (date(1997, 4, 1), "month")
    assert (new.phones, new.disabilities) == (["096-000-0418"], ["03", "05"])


def test_a_reading_typed_without_choosing_anybody_means_a_new_person(form):
    sheet = form(clients=[], kana="マツナガ")
    assert sheet.is_valid() and sheet.entry()["new_client"].family_kana == "マツナガ"


def test_what_stands_in_the_fields_of_another_answer_is_left_aside(form, person):
    sheet = form(kana="地", birth="2月30日", handle="あ" * 61)
    assert sheet.is_valid(), sheet.errors
    assert sheet.entry()["new_client"] is None and sheet.entry()["clients"] == [person]


def test_an_anonymous_call_alone_again_and_with_a_handle(form):
    known = AnonymousThreadFactory()
    AnonymousThreadFactory(center=center("kita1"), handle="よその人")
    alone = form(subject="anonymous", clients=[])
    again = form(subject="anonymous", clients=[], thread=str(known.pk))
    new = form(subject="anonymous", clients=[], handle="女性・猫の話", age_band="40-64")
    assert all(sheet.is_valid() for sheet in (alone, again, new))
    assert [choice[0] for choice in alone.fields["thread"].choices] == ["", str(known.pk)]
    assert (alone.entry()["thread"], alone.entry()["new_thread"]) == (None, None)
    assert (again.entry()["thread"], again.entry()["new_thread"]) == (known, None)
    assert (new.entry()["new_thread"].handle, new.entry()["new_thread"].age_band) == ("女性・猫の話", "40-64")


def test_a_talk_with_an_organisation_counts_by_setting(form):
    assert contact(form(subject="organization", clients=[])).counted
    RuleSetting.objects.filter(key="count_without_person").update(value=False)
    forget()
    silent = contact(form(subject="organization", clients=[]))
    assert (silent.counted, silent.uncounted_reason) == (False, "利用者のいない相談は計上しない決め")


# ---- 不在 ----


def test_an_unanswered_call_needs_nothing_more(form):
    read = contact(form(unanswered=True, method="", contents=[], facts=""))
    assert (read.unanswered, read.method, read.contents, read.facts) == (True, "4", [], "")
    assert (read.counted, read.uncounted_reason) == (False, "不在・つながらず")


def test_an_unanswered_visit_stays_a_visit(form):
    assert contact(form(unanswered=True, method="1", contents=[], facts="")).method == "1"


# ---- 業務項目 ----


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("soudan", {}, "1-1-1"),
        ("soudan", {"rights_concern": "on"}, "1-2-2"),
        ("soudan", {"part": "plan"}, "4-0-0"),
        ("soudan", {"part": "strengthen", "rights_concern": "on"}, "2-1-1"),
        ("kinou", {}, "1-1-1"),
        ("kinou", {"subject": "organization", "clients": []}, "2-1-2"),
        ("chiiki", {"part": "community"}, "3-1-2"),
        ("chiiki", {"part": "", "subject": "organization", "clients": []}, "3-1-1"),
    ],
)
def test_the_item_follows_post_and_answers_until_a_part_is_chosen(form, role, changes, code):
    assert contact(form(by=user_with(role, "nishi"), **changes)).business_item.code == code


def test_a_post_by_assignment_goes_before_the_role(form, writer):
    StaffAssignment.objects.create(
        staff=writer.staff_member, center=center(), post="chiiki", starts_on=date(2024, 4, 1)
    )
    assert contact(form(part="community")).business_item.code == "3-1-2"


def test_an_item_that_was_chosen_wins(form):
    chosen = business_item("2-1-3")
    assert contact(form(business_item=str(chosen.pk), rights_concern="on")).business_item == chosen


def test_an_item_of_another_catalogue_is_refused(form):
    foreign = business_item("1", "h27")
    assert told(form(business_item=str(foreign.pk))) == {
        "business_item": ["その日の業務項目表にない項目です。選び直してください。"]
    }


def test_the_catalogue_is_the_one_of_the_day(writer, person):
    day = date(2016, 5, 2)
    choices = LogChoices.load(writer, center(), on=ON, day=day)
    data = QueryDict(mutable=True)
    for name, value in (PLAIN | {"clients": [str(person.pk)], "date": "H28.5.2"}).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    sheet = LogForm(data, clients=writable_clients(writer, center()), choices=choices)
    assert "community" not in dict(sheet.fields["part"].choices)
    assert contact(sheet).business_item == business_item("1", "h27")


# ---- the next step ----


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"next": "7d"}, date(2026, 11, 27)),
        ({"next": "1m"}, date(2026, 12, 20)),
        ({"next": "7d", "next_date": "R8.12.1"}, date(2026, 12, 1)),
        ({"next_date": "1125"}, date(2026, 11, 25)),
        ({"next_date": "1/8"}, date(2027, 1, 8)),
    ],
)
def test_the_next_step_by_preset_or_date(form, changes, due):
    sheet = form(**changes)
    assert sheet.is_valid(), sheet.errors
    step = sheet.entry()["follow_up"]
    assert (step.due_on, step.kind, step.what) == (due, "call", "電話")


def test_the_next_step_with_time_way_and_what(form):
    sheet = form(next="7d", next_time="午後3時", next_kind="visit", next_what="見学に同行")
    assert sheet.is_valid()
    step = sheet.entry()["follow_up"]
    assert (step.due_at, step.kind, step.what) == (time(15), "visit", "見学に同行")


# ---- drafts ----


def test_a_draft_keeps_what_was_typed_right_or_wrong(form):
    data = form(date="2月30日", facts="途中\x00まで", contents=["01", "99"]).data
    content = content_of(data)
    assert (content["date"], content["facts"], content["contents"]) == ("2月30日", "途中まで", ["01", "99"])
    assert "group" not in content and "center" not in content


def test_a_draft_has_an_end(form):
    with pytest.raises(DraftTooLong, match="文が長すぎるため、下書きに残せません"):
        content_of(form(facts="あ" * 70_000).data)


def test_the_offer_takes_a_fixed_number_of_queries(writer, django_assert_num_queries):
    home = center()
    for count in (1, 2):
        AnonymousThreadFactory.create_batch(count)
        user_with("soudan", "nishi")
        fresh = type(writer).objects.get(pk=writer.pk)
        forget()
        with django_assert_num_queries(8):
            LogChoices.load(fresh, home, on=ON, day=ON)


def test_each_item_of_consultation_can_be_chosen_and_stays_apart(form):
    """Ⅰ-(1)-① to ⑥, Ⅰ-(2) and Ⅰ-(3) of 障がい者相談支援センターについて (R3.11.26)."""
    codes = [*(f"1-1-{number}" for number in range(1, 7)), "1-2-1", "1-2-2", "1-3-1"]
    offered = {value for _, group in form().choices.business_items[1:] for value, _ in group}
    for code in codes:
        item = business_item(code)
        assert str(item.pk) in offered
        assert contact(form(business_item=str(item.pk))).business_item == item
