"""計上ルール: the examples come out as they say, and the page tells the rules of its day."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions.entries import Contact, record_entry
from cases.enums import Subject
from cases.models import Consultation
from cases.rules import UNANSWERED_REASON
from centers.models import CodeEntry, RuleSetting
from centers.periods import Month
from reports.counting_examples import EXAMPLES, Example
from reports.counting_page import rules_on
from reports.figures import monthly_figures
from reports.tables import Table
from tests.factories import ClientFactory, business_item, center, user_with

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def record(example: Example) -> None:
    """The entries of an example as the quick log saves them."""
    user, place = user_with("soudan"), center()
    people: dict[str, object] = {}
    for entry in example.entries:
        for letter in entry.people:
            if letter not in people:
                people[letter] = ClientFactory(center=place, birth_date=example.birth or date(1985, 5, 10))
        reason = UNANSWERED_REASON if entry.unanswered else entry.uncounted_reason
        subject = Subject.ORGANIZATION if entry.organization else Subject.ANONYMOUS
        saved = record_entry(
            group=uuid.uuid4(),
            by=user,
            center=place,
            on=entry.on,
            subject=Subject.CLIENT if entry.people else subject,
            clients=[people[letter] for letter in entry.people],
            contact=Contact(
                date=entry.on,
                method=entry.method,
                business_item=business_item(entry.item),
                contents=[] if entry.unanswered else ["01"],
                facts="" if entry.unanswered else "近況を聞いた。",
                counted=not reason,
                uncounted_reason=reason,
                unanswered=entry.unanswered,
            ),
        )
        if entry.voided:
            Consultation.unscoped.filter(pk__in=[one.pk for one in saved]).update(
                voided_at=timezone.now(), voided_by=user, void_reason="wrong_person"
            )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.story)
def test_an_example_counts_as_it_says(example):
    record(example)
    found = monthly_figures(center(), OCTOBER)
    told = {line: found.table(Table(line[0]))[line[1]] for line in example.figures}
    assert told == example.figures


def test_the_examples_rest_on_the_settings_in_force():
    """不在 and 機関・地域の方 count as the examples say only while the settings do."""
    values = {row.key: row.value for row in rules_on(OCTOBER.ends_on).settings}
    assert values == {"count_unanswered": False, "count_without_person": True}


def test_figures_in_words():
    assert EXAMPLES[0].words == ["延べ件数 2件", "月実人員 1人"]
    assert EXAMPLES[-1].words == ["延べ件数 2件", "0〜17歳 1件", "18〜39歳 1件", "障がい児 1人"]


@pytest.mark.parametrize(
    ("on", "generation", "items"),
    [
        (date(2016, 4, 1), "平成27〜29年度", 14),
        (date(2018, 4, 1), "平成30〜令和2年度", 19),
        (date(2021, 4, 1), "令和3〜5年度", 22),
        (date(2026, 11, 20), "令和6〜8年度", 22),
    ],
    ids=["h28", "h30", "r3", "r8"],
)
def test_the_catalogue_is_that_of_the_day(on, generation, items):
    rules = rules_on(on)
    assert str(rules.generation) == generation
    assert len(rules.items) == items
    assert [item.mark for item in rules.items if not item.in_contacts] == ["自事業所"]


def test_a_list_is_that_of_the_day():
    old = CodeEntry.objects.get(list="method", code="8")
    CodeEntry.objects.filter(pk=old.pk).update(ends_on=date(2026, 3, 31))
    CodeEntry.objects.create(
        list="method",
        code="8",
        label="オンライン",
        short_label="オンライン",
        display_order=8,
        starts_on=date(2026, 4, 1),
        source="試験",
    )
    labels = [
        [entry.label for entry in rules_on(day).tables[0].entries][-1]
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert labels == ["その他", "オンライン"]


def test_a_day_before_all_rules_has_none():
    assert rules_on(date(2015, 3, 31)) is None


def test_a_day_behind_the_last_contract_still_has_its_rules():
    rules = rules_on(date(2027, 4, 1))
    assert rules.generation is None
    assert rules.items == ()


def test_rules_take_four_queries(django_assert_num_queries):
    with django_assert_num_queries(4):
        rules_on(date(2026, 11, 20))


def page(client, query: str = ""):
    response = client.get(reverse("reports:counting_rules") + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_shows_today(sign_in, on):
    client, _ = sign_in("ku")
    shown = page(client)
    assert "令和8年11月20日の記録の数え方(版 R3-1)・令和6〜8年度" in shown
    assert all(example.story in shown for example in EXAMPLES)


def test_the_page_shows_another_day(sign_in, on):
    client, _ = sign_in("soudan")
    assert "平成28年4月1日の記録の数え方(版 R3-1)・平成27〜29年度" in page(client, "?on=H28.4.1")


def test_a_changed_setting_is_shown(sign_in, on):
    RuleSetting.objects.filter(key="count_unanswered").update(value=True)
    client, _ = sign_in("soudan")
    assert "<b>不在・つながらずを件数に入れる</b>: 入れる" in page(client)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2014-01-01", "この日に決まっている数え方はありません。"),
        ("R8.2.30", "2月30日はありません。"),
        ("昔", "日付として読めません。"),
        ("", "いつのきまりかが空です。"),
        ("%00", "日付として読めません。"),
    ],
    ids=["before", "no day", "words", "empty", "nul"],
)
def test_a_day_that_cannot_be_shown_says_why(sign_in, on, asked, told):
    client, _ = sign_in("soudan")
    shown = page(client, f"?on={asked}")
    assert told in shown
    assert "令和8年11月20日の記録の数え方" in shown


def test_the_page_only_reads(sign_in):
    client, _ = sign_in("soudan")
    assert client.post(reverse("reports:counting_rules")).status_code == 405
