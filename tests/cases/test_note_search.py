"""記録を言葉で探す: what is found, what is shown, who may, and what is noted."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import notes
from cases.actions.entries import Contact, record_entry
from cases.actions.notes import index_missing, index_notes, unindexed
from cases.actions.records import correct_consultation, void_consultation
from cases.models import BreakGlass, Consultation, NoteIndex, ShareGrant
from cases.notes import salted, snippet
from centers.models import AccessLog
from centers.text import fold
from reports.tasks import recount
from tests.factories import (
    AnonymousThreadFactory,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    UserFactory,
    business_item,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

URL = "/search/notes/"


def noted(facts: str, **fields) -> Consultation:
    """A record that the search knows."""
    record = ConsultationFactory(facts=facts, **fields)
    index_notes([record])
    return record


def hits(browser, text: str, **filters) -> list[str]:
    page = browser.post(URL, {"q": text, **filters})
    assert page.status_code == 200
    return [str(record.pk) for record, _ in page.context.get("rows", [])]


@pytest.fixture
def worker(sign_in, on):
    return sign_in("soudan")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("年金の更新について", "年金"),
        ("年金の更新について", "金"),
        ("ネンキンの更新", "ねんきん"),
        ("ﾈﾝｷﾝの更新", "ネンキン"),
        ("障がい者手帳", "障害者手帳"),
        ("障害年金", "障がい"),
        ("ＡＢＣ事業所", "abc"),
        ("髙橋さんの家族から", "高橋"),
        ("葛\U000e0100飾のかた", "葛飾"),
        ("𠮷田さん", "吉田"),
        ("㈱さくら", "(株)さくら"),
        ("100%の返済", "0%"),
        ("a_b と書いた", "a_b"),
        ("就労の相談。年金も。", "年金 就労"),
        ("一行目\n虐待の疑い", "虐待"),
    ],
)
def test_a_record_is_found_however_it_is_written(worker, written, typed):
    browser, _ = worker
    found = noted(written)
    noted("ほかのこと")
    assert hits(browser, typed) == [str(found.pk)]


@pytest.mark.parametrize("typed", ["年金 虐待", "金年", "%", "_", "年金更新"])
def test_what_is_not_there_is_not_found(worker, typed):
    browser, _ = worker
    noted("年金の更新について")
    page = browser.post(URL, {"q": typed})
    assert page.context.get("rows") == []
    assert "この言葉のある記録はありません" in page.content.decode()


@pytest.mark.parametrize("field", ["facts", "view", "done", "place", "counterpart_note"])
def test_every_text_of_a_record_is_searched(worker, field):
    browser, _ = worker
    record = ConsultationFactory(**{field: "市役所の窓口"})
    index_notes([record])
    assert hits(browser, "窓口") == [str(record.pk)]


def test_the_newest_come_first_twenty_at_a_time(worker):
    browser, _ = worker
    client, day = ClientFactory(), date(2026, 11, 1)
    made = [noted("年金", client=client, date=day - timedelta(days=n)) for n in range(25)]
    ids = [str(record.pk) for record in made]
    first = browser.post(URL, {"q": "年金"})
    assert [str(record.pk) for record, _ in first.context["rows"]] == ids[:20]
    assert hits(browser, "年金", after=first.context["page"].next) == ids[20:]
    second = browser.post(URL, {"q": "年金", "after": first.context["page"].next})
    assert hits(browser, "年金", before=second.context["page"].previous) == ids[:20]
    assert "25件" in first.content.decode()


def test_the_filters_narrow(worker):
    browser, _ = worker
    other = user_with("kinou")
    wanted = noted("年金", method="2", contents=["03"], written_by=other, date=date(2026, 11, 2))
    noted("年金", method="4", contents=["01"], date=date(2024, 5, 1))
    assert len(hits(browser, "年金")) == 2
    for filters in ({"method": "2"}, {"content": "03"}, {"writer": str(other.pk)}, {"period": "2026"}):
        assert hits(browser, "年金", **filters) == [str(wanted.pk)], filters


def test_a_record_taken_back_is_left_out_and_a_corrected_one_found_by_its_new_words(worker):
    browser, user = worker
    record = noted("年金の相談")
    correct_consultation(
        consultation=record, by=user, version=1, changes={"facts": "手帳の相談"}, reason="聞き違い"
    )
    assert hits(browser, "年金") == []
    assert hits(browser, "手帳") == [str(record.pk)]
    void_consultation(consultation=record, by=user, version=2, reason="double")
    assert hits(browser, "手帳") == []


def test_an_entry_is_found_at_once(worker):
    browser, user = worker
    entry = Contact(
        date=date(2026, 11, 2),
        method="4",
        contents=["01"],
        business_item=business_item(),
        facts="就労先のこと",
    )
    (record,) = record_entry(
        group=uuid.uuid4(),
        by=user,
        center=center(),
        on=date(2026, 11, 2),
        subject="client",
        contact=entry,
        clients=[ClientFactory()],
    )
    assert hits(browser, "就労先") == [str(record.pk)]


# --- who may ---------------------------------------------------------------------------------


def test_another_centers_records_are_not_found_unless_shared_with_notes(worker, on):
    browser, _ = worker
    foreign = ClientFactory(center=center("higashi1"))
    record = noted("年金", client=foreign, center=foreign.center)
    assert hits(browser, "年金") == []
    share = ShareGrant.unscoped.create(
        client=foreign,
        to_center=center(),
        scope="identity",
        basis="consent",
        granted_by=UserFactory(),
        starts_on=on,
    )
    assert hits(browser, "年金") == []
    ShareGrant.unscoped.filter(pk=share.pk).update(scope="notes")
    assert hits(browser, "年金") == [str(record.pk)]


def test_a_restricted_case_is_found_by_nobody_who_is_not_named(worker):
    browser, _ = worker
    case = CaseFactory(restricted=True)
    noted("年金", client=case.client, case=case)
    assert hits(browser, "年金") == []


def test_a_person_opened_by_break_glass_is_found_while_it_lasts(worker):
    browser, user = worker
    foreign = ClientFactory(center=center("kita2"))
    record = noted("年金", client=foreign, center=foreign.center)
    now = timezone.now()
    BreakGlass.unscoped.create(
        client=foreign,
        user=user,
        starts_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(minutes=5),
        reason="安否",
    )
    assert hits(browser, "年金") == [str(record.pk)]


def test_地域支援員_finds_only_what_they_wrote(sign_in, on):
    browser, user = sign_in("chiiki")
    own = noted("年金", written_by=user)
    noted("年金")
    assert hits(browser, "年金") == [str(own.pk)]


def test_the_city_may_not_search(sign_in, on):
    browser, _ = sign_in("shi")
    assert browser.get(URL).status_code == 404


# --- what is noted, what is shown -----------------------------------------------------------


def test_what_was_shown_is_in_the_read_log_and_the_words_are_not(worker):
    browser, user = worker
    client = ClientFactory()
    noted("年金", client=client)
    noted("年金", client=client)
    anonymous = noted(
        "年金", client=None, subject="anonymous", thread=AnonymousThreadFactory(), center=center()
    )
    hits(browser, "年金")
    rows = AccessLog.objects.filter(user=user, page="cases:note_search")
    assert [row.hits for row in rows.filter(verb="search")] == [3]
    assert list(rows.filter(verb="read", client_id__isnull=False).values_list("client_id", flat=True)) == [
        client.pk
    ]
    assert rows.filter(verb="read", object_id=anonymous.pk).count() == 1
    assert not [row for row in AccessLog.objects.values() if "年金" in str(row)]


def test_an_empty_page_and_too_long_words_say_what_to_do(worker):
    browser, _ = worker
    assert "探す言葉を入れてください" in browser.get(URL).content.decode()
    page = browser.post(URL, {"q": "あ" * 101}).content.decode()
    assert "100字までです。いまは101字です。短くしてください。" in page
    assert "あ" * 101 in page
    assert not AccessLog.objects.filter(verb="search").exists()


def test_words_never_stand_in_an_address(worker):
    browser, _ = worker
    noted("年金")
    page = browser.get(URL, {"q": "年金"})
    assert page.context.get("rows") is None


def test_markup_in_a_note_is_shown_as_text(worker):
    browser, _ = worker
    noted("<b>年金</b><script>alert(1)</script>")
    page = browser.post(URL, {"q": "script"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;" in page


def test_the_number_of_queries_stays(worker, queries_of):
    browser, _ = worker
    noted("年金")
    one = queries_of(lambda: browser.post(URL, {"q": "年金"}))
    for _ in range(3):
        noted("年金")
    assert queries_of(lambda: browser.post(URL, {"q": "年金"})) == one


@pytest.mark.parametrize(
    ("facts", "typed", "marked"),
    [
        ("障がい年金の障害年金", ["障害"], ["障がい", "障害"]),
        ("ｶﾞｲﾄﾞ利用", ["ガイド"], ["ｶﾞｲﾄﾞ"]),
        ("㈱さくら", ["(株)"], ["㈱"]),
        ("髙橋と葛\U000e0100飾", ["高橋", "葛飾"], ["髙橋", "葛\U000e0100飾"]),
        ("年金年金", ["年金"], ["年金", "年金"]),
        ("はじめに" * 40 + "年金" + "おわり" * 40, ["年金"], ["年金"]),
    ],
)
def test_the_snippet_marks_the_hits_as_written(facts, typed, marked):
    pieces = snippet(Consultation(facts=facts), typed)
    assert [piece.text for piece in pieces if piece.hit] == marked
    assert len("".join(piece.text for piece in pieces)) < 120


@pytest.mark.parametrize("line", ["あ", "ー", "1", "ｶﾞ"])
def test_marking_in_a_long_line_of_one_character_folds_little(line, monkeypatch):
    folded = []
    monkeypatch.setattr(notes, "fold", lambda text: folded.append(len(text)) or fold(text))
    pieces = snippet(Consultation(facts=line * 3000 + "年金"), [fold(line * 40) + "年金"])
    assert [piece.text for piece in pieces if piece.hit] == [line * 40 + "年金"]
    assert sum(folded) < 200_000


@given(
    st.text(alphabet="年金ねんきんｶﾞガ障がい害㈱ a\n", max_size=60),
    st.sampled_from(["年金", "ガ", "障害", "株"]),
)
def test_a_snippet_never_loses_or_invents_text(facts, term):
    shown = "".join(piece.text for piece in snippet(Consultation(facts=facts), [term])).strip("…")
    assert " ".join(shown.split()) in " ".join(facts.split())


# --- upkeep ------------------------------------------------------------------------------------


def test_records_written_past_the_actions_are_brought_in(worker):
    browser, _ = worker
    record = ConsultationFactory(facts="年金")
    assert hits(browser, "年金") == []
    assert index_missing() == 1
    assert hits(browser, "年金") == [str(record.pk)]
    assert not unindexed().exists()


def test_the_nightly_recount_brings_them_in_too():
    ConsultationFactory(facts="年金")
    recount()
    assert NoteIndex.unscoped.count() == 1
    call_command("soudan_recount")


def test_the_salt_keeps_centers_apart():
    grams = [salted([1, 2, -3], center_id=center(zone).pk) for zone in ("nishi", "kita1")]
    assert not set(grams[0]) & set(grams[1])
    assert all(-(2**31) <= gram < 2**31 for side in grams for gram in side)
