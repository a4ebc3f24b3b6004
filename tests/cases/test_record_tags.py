"""The rows of 経過 and other marks that are put together in Python: what stands in them, and that nothing typed becomes markup."""

from datetime import date, time

import pytest
from django.template import Context, Template

from cases.models import Consultation, FollowUp
from cases.templatetags.records import next_due, record_marks, timeline_rows
from cases.timeline import TimelineFilter, timeline_page, with_headings
from centers.contracts import code_labels
from centers.paging import Cursor
from tests.factories import ClientFactory, ConsultationFactory, UserFactory, center

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def rows(client, *, appended=False) -> str:
    page = timeline_page(Consultation.unscoped.filter(client=client), TimelineFilter(), Cursor())
    return timeline_rows(with_headings(page), code_labels(ON), client, appended)


@pytest.fixture
def person():
    return ClientFactory()


def test_a_row_says_how_with_whom_when_and_by_whom(person):
    record = ConsultationFactory(
        client=person,
        method="1",
        counterpart="02",
        counterpart_note="姉",
        start_time=time(16, 5),
        minutes=20,
        contents=["01", "04"],
        facts="近況を聞いた。",
        written_by=UserFactory(name="本田 彩"),
    )
    text = rows(person)
    labels = code_labels(ON)
    assert (
        f"<b>{labels['method']['1'].short_label}・{labels['counterpart']['02'].short_label}(姉)</b>" in text
    )
    assert '<time datetime="2026-10-01">10月1日(木) 16:05・20分</time>' in text
    assert '<span class="t-2 small">本田</span>' in text and f"/consultations/{record.pk}/" in text
    assert '<li class="month">令和8年10月</li>' in text
    assert text.count("ks-chip") == 2 and '<p class="ks-clamp">近況を聞いた。</p>' in text


@pytest.mark.parametrize("field", ["counterpart_note", "facts"])
def test_what_was_typed_stays_text(person, field):
    ConsultationFactory(client=person, **{field: "<script>alert('&')</script>"})
    text = rows(person)
    assert "<script" not in text and "&lt;script&gt;alert(&#x27;&amp;&#x27;)" in text


def test_names_of_writers_and_centers_stay_text(person):
    place = center("kita1")
    place.name = "<i>北</i>"
    place.save()
    ConsultationFactory(client=person, center=place, written_by=UserFactory(name="<b>本田</b> 彩"))
    text = rows(person)
    assert "<i>" not in text and "<b>本田" not in text
    assert "&lt;b&gt;本田&lt;/b&gt;(" in text and "&lt;i&gt;北&lt;/i&gt;)" in text


def test_an_unknown_code_is_shown_as_it_is(person):
    ConsultationFactory(client=person, method="<9>", contents=["<x>"])
    text = rows(person)
    assert "&lt;9&gt;" in text and "&lt;x&gt;" in text and "<x>" not in text


def test_absent_meeting_and_empty_records(person):
    ConsultationFactory(
        client=person, unanswered=True, counterpart="01", counted=False, uncounted_reason="不在", facts=""
    )
    ConsultationFactory(client=person, method="6", rights_concern=True)
    text = rows(person)
    assert "・不在</b>" in text and "(要点なし)" in text and "計上しない" in text
    assert text.count('<li class="major">') == 1 and "虐待・差別の疑い" in text


def test_a_record_taken_back_shows_why_in_place_of_its_text(person):
    user = UserFactory()
    record = ConsultationFactory(
        client=person,
        voided_at="2026-10-02T09:00+09:00",
        voided_by=user,
        void_reason="double",
        version=2,
        facts="秘密",
    )
    text = rows(person)
    assert "取り消し: 二重に記録した" in text and "秘密" not in text
    record.refresh_from_db()
    assert record_marks(record).count("ks-chip") == 2 and "計上しない" not in record_marks(record)


def test_the_focus_goes_to_the_first_row_that_was_put_below(person):
    ConsultationFactory.create_batch(2, client=person)
    assert rows(person, appended=True).count(" autofocus") == 1 and "autofocus" not in rows(person)


def test_the_marks_are_a_tag_as_well(person):
    record = ConsultationFactory(client=person, version=2)
    shown = Template("{% load records %}{% record_marks record %}").render(Context({"record": record}))
    assert "訂正あり" in shown and "取り消し済" not in shown


@pytest.mark.parametrize(
    ("due", "kind", "at", "said"),
    [
        (None, None, None, "予定なし"),
        (date(2026, 11, 17), "call", None, " 11/17 電話(3日超過)"),
        (date(2026, 11, 17), None, None, " 11/17 (3日超過)"),
        (date(2026, 11, 20), "visit", time(10, 30), "今日 10:30 訪問"),
        (date(2026, 11, 25), "call", None, "11/25 電話"),
        (date(2026, 11, 25), None, None, "11/25"),
    ],
    ids=["nothing", "late", "late-unread", "today", "ahead", "ahead-unread"],
)
def test_what_is_next_says_how_late_it_is(due, kind, at, said):
    step = FollowUp(due_on=due, due_at=at, kind=kind) if kind else None
    text = next_due(due, step, ON)
    assert said in text
    assert ("t-ng" in text and "#alert" in text) == bool(due and due < ON)
