"""The read log for people: of a person, of oneself, mass reads, the month's sample, and the pack of a disclosure."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cases.blackout import black_out
from cases.models import Disclosure
from centers import read_samples
from centers.models import AccessLog, Notice, ReadAlarm, ReadSample, ReadSampling, RuleSetting
from centers.periods import JST, Month
from centers.tasks import read_samples as draw_task
from tests.at_once import at_once
from tests.factories import (
    AttachmentFactory,
    CaseFactory,
    ClientFactory,
    ClientPhoneFactory,
    ConsultationFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db


def noted(client, user, *, at=None, verb="read", **fields) -> AccessLog:
    """A row as centers.audit writes it; `at` is set by the database's own trigger-free way, the insert."""
    row = AccessLog(user=user, verb=verb, roles="相談員", page="cases:client", client_id=client.pk, **fields)
    row.center_id = client.center_id
    field = AccessLog._meta.get_field("at")
    field.auto_now_add, row.at = at is None, at
    try:
        row.save(force_insert=True)
    finally:
        field.auto_now_add = True
    return row


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


# ---- of a person, and of oneself ----


def test_reads_of_a_person_are_filtered(sign_in, on):
    browser, _ = sign_in("kanri")
    person = ClientFactory(center=center())
    one, other = user_with("soudan"), user_with("kinou")
    old = timezone.now() - timedelta(days=40)
    noted(person, one, at=old)
    file = AttachmentFactory(client=person, name="診断書.pdf")
    noted(person, other, verb="download", object_id=file.pk)
    here = f"/clients/{person.pk}/reads/"
    rows = lambda query="": [read.user for read, *_ in browser.get(here + query).context["rows"]]  # noqa: E731
    assert one not in rows() and other in rows()
    assert rows(f"?first={old:%Y-%m-%d}&user={one.pk}") == [one]
    assert rows("?verb=download") == [other]
    assert rows(f"?last={old.astimezone(JST):%Y-%m-%d}") == [one]
    page = text(browser.get(here + "?verb=download"))
    assert "診断書.pdf" in page and "#download" in page
    assert "読めません" in text(browser.get(here + "?first=99"))


def test_own_acts_show_numbers_of_those_still_seen(sign_in, on):
    browser, user = sign_in("soudan")
    mine, foreign = ClientFactory(number="N1-00011"), ClientFactory(center=center("kita1"), number="K1-00012")
    noted(mine, user)
    noted(foreign, user)
    noted(ClientFactory(number="N1-00013"), user_with("soudan"))
    page = text(browser.get("/me/reads/"))
    assert "N1-00011" in page and "いまは見られない利用者" in page
    assert "K1-00012" not in page and "N1-00013" not in page
    assert "自分の閲覧の記録" in text(browser.get("/me/"))


# ---- mass reads ----


def test_one_person_too_many_is_told_of_once(sign_in, on):
    browser, user = sign_in("soudan")
    RuleSetting.objects.filter(key="persons_a_day").update(value=2)
    people = ClientFactory.create_batch(4)
    for person in (*people[:2], people[0]):
        browser.get(f"/clients/{person.pk}/")
    assert not Notice.objects.filter(kind="many_reads").exists()
    for person in people[2:]:
        browser.get(f"/clients/{person.pk}/")
    told = Notice.objects.filter(kind="many_reads")
    assert {(n.role, n.center, n.path) for n in told} == {
        ("kanri", center(), "/reads/samples/"),
        ("kansa", None, "/audit/"),
    }
    assert ReadAlarm.objects.get().user == user
    assert not [n for n in told for person in people if person.name in n.title + n.body]


# ---- the sample of a month ----

OCTOBER = Month(2026, 10)


@pytest.fixture
def read_in_october(on):
    people, reader = ClientFactory.create_batch(3), user_with("soudan")
    for number in range(15):
        noted(people[number % 3], reader, at=datetime(2026, 10, 1 + number, 0, 30, tzinfo=JST))
    noted(people[0], reader, at=datetime(2026, 11, 1, 0, 0, tzinfo=JST))
    noted(ClientFactory(center=center("kita1")), reader, at=datetime(2026, 10, 5, tzinfo=JST))
    return people


def test_ten_are_drawn_by_a_lot_that_gives_the_same_again(read_in_october):
    assert read_samples.draw(OCTOBER, on=date(2026, 11, 1)) == 9
    sampling = ReadSampling.objects.get(center=center())
    first = list(sampling.samples.values_list("read", flat=True))
    assert len(first) == len(set(first)) == 10
    months = {at.astimezone(JST).month for at in sampling.samples.values_list("read__at", flat=True)}
    assert months == {10} and ReadSampling.objects.get(center=center("kita1")).samples.count() == 1
    assert read_samples.draw(OCTOBER, on=date(2026, 11, 2)) == 0, "drawn once"
    sampling.delete()
    read_samples.draw(OCTOBER, on=date(2026, 11, 2))
    again = ReadSampling.objects.get(center=center())
    assert list(again.samples.values_list("read", flat=True)) == first
    assert Notice.objects.filter(kind="read_samples", center=center("nishi"), role="kanri").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_draws_at_once_are_one():
    noted(ClientFactory(), user_with("soudan"), at=datetime(2026, 10, 5, tzinfo=JST))
    results = at_once(*[lambda: read_samples.draw(OCTOBER, on=date(2026, 11, 1))] * 2)
    assert sum(results) == 9 and ReadSample.objects.count() == 1


def test_each_is_confirmed_and_what_is_late_is_told_of(sign_in, read_in_october):
    read_samples.draw(OCTOBER, on=date(2026, 11, 1))
    browser, user = sign_in("kanri")
    page = text(browser.get("/reads/samples/"))
    assert "令和8年10月" in page and "残り10" in page
    sample = ReadSampling.objects.get(center=center()).samples.first()
    send = lambda **fields: browser.post("/reads/samples/", {"sample": sample.pk} | fields)  # noqa: E731
    assert send(state="ask").status_code == 422, "what is to be asked?"
    send(state="ask", note="本人に聞く")
    send(state="fine", note="担当の代わり")
    sample.refresh_from_db()
    assert (sample.state, sample.note, sample.judged_by) == ("fine", "担当の代わり", user)
    foreign = ReadSampling.objects.get(center=center("kita1")).samples.get()
    assert browser.post("/reads/samples/", {"sample": foreign.pk, "state": "fine"}).status_code == 404
    assert browser.post("/reads/samples/", {"sample": "x", "state": "fine"}).status_code == 400

    assert read_samples.remind(on=date(2026, 11, 20)) == 0
    ReadSampling.objects.update(drawn_at=timezone.now() - timedelta(days=15))
    assert (read_samples.remind(on=date(2026, 11, 20)), read_samples.remind(on=date(2026, 11, 21))) == (2, 0)
    draw_task()
    auditor, _ = sign_in("kansa")
    counts = auditor.get("/audit/?month=2026-10").context["samples"]
    assert [(one.size, one.fine, one.open) for one in counts if one.center == center()] == [(10, 1, 9)]


# ---- the pack of a disclosure ----


@pytest.mark.parametrize(
    ("given", "passages", "left", "found"),
    [
        ("母の山田花子さんから", ["山田花子"], "母の■■■さんから", 1),
        ("山田　花子・ﾔﾏﾀﾞ", ["山田花子", "ヤマダ"], "■■■・■■■", 2),
        ("葛󠄀城さん", ["葛城"], "■■■さん", 1),
        ("090-1111 と 090", ["090", "090-1111"], "■■■ と ■■■", 3),
        ("ＡＢab\nc", ["ab"], "■■■■■■\nc", 2),
        ("何もない、ガ", ["母", "カ"], "何もない、ガ", 0),
    ],
)
def test_passages_are_gone(given, passages, left, found):
    text, counts = black_out(given, passages)
    assert (text, sum(counts.values())) == (left, found)


def test_what_is_marked_is_not_in_the_pack(sign_in, on):
    browser, user = sign_in("kanri")
    person = ClientFactory(center=center(), family_name="山本", address="大江1-2-3")
    CaseFactory(client=person, reason="近所の佐藤さんから")
    ClientPhoneFactory(client=person, whose="叔母 田中")
    record = ConsultationFactory(client=person, facts="隣人の秘密の話", done="ＴＡＮＡＫＡさんに電話")
    kept = ConsultationFactory(client=person, facts="本人の話", written_by=user)
    ConsultationFactory(client=person, center=center("kita1"), facts="ほかのセンターの記録")
    noted(person, user)
    start = {"token": uuid.uuid4(), "asked_on": "R8.11.19", "asker": "self"}
    browser.post(f"/clients/{person.pk}/disclosures/", start | {"asked_on": "R9.1.1"})
    for _ in range(2):
        answer = browser.post(f"/clients/{person.pk}/disclosures/", start)
    asked = Disclosure.unscoped.get()
    here = f"/disclosures/{asked.pk}/"
    assert answer["Location"] == here
    page = text(browser.get(f"{here}?part=y2026"))
    assert "隣人の秘密の話" in page and "ほかのセンターの記録" not in page
    marks = {"version": 1, "passages": "田中\ntanaka\n佐藤\n佐々木", "hidden": f"record:{record.pk}:facts"}
    browser.post(f"{here}?part=y2026", marks)
    stale = browser.post(f"{here}?part=y2026", marks, follow=True)
    assert "ほかの人が印を付けました" in stale.content.decode()
    browser.post(f"{here}?part=basic", marks | {"version": 2, "hidden": ["basic:address", "record:x:facts"]})
    asked.refresh_from_db()
    assert asked.hidden == sorted(["basic:address", f"record:{record.pk}:facts"])
    page = text(browser.get(here))
    assert "見つかりません" in page, "佐々木 stands nowhere"

    before = AccessLog.objects.filter(verb="export").count()
    pack = text(browser.get(f"{here}pack/"))
    for secret in ("隣人の秘密", "田中", "ＴＡＮＡＫＡ", "佐藤", "大江1-2-3"):
        assert secret not in pack
    for words in (
        "本人の話",
        "■■■さんに電話",
        "叔母 ■■■",
        "取扱注意",
        "開示の出力",
        "閲覧 1回",
        kept.written_by.name,
    ):
        assert words in pack, words
    assert "山本" not in pack.split("<title>")[1].split("</title>")[0]
    row = AccessLog.objects.filter(verb="export").get()
    assert (before, row.object_id, row.reason) == (0, asked.pk, "開示請求(本人)")
