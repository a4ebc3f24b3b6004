"""Roll-ups: whatever is done to records, by whatever way, they say what a live recount says."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.actions.facts import stale_case_facts
from cases.actions.notes import index_missing
from cases.models import Case, Client, ClientDisability, Consultation
from centers.enums import Role
from centers.models import ContractTerm, Notice
from centers.periods import FiscalYear, Month
from reports.counting import matched_persons
from reports.figures import city_figures
from reports.memo import remembered_counts, remembered_matches, wrong_memos
from reports.models import MonthLine, MonthMemo, MonthPresence
from reports.rollups import differences, faults, fold, make_anew
from reports.series import contacts_by_kind, contacts_by_month
from reports.tasks import recount
from tests.factories import ClientFactory, UserFactory, business_item, center

pytestmark = pytest.mark.django_db

DAYS = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 30), date(2026, 5, 1)]
APRIL = Month(2026, 4)


class Bench:
    """Two centers, three clients and a few ways to change records."""

    def __init__(self):
        self.writer = UserFactory(password="!")
        self.items = [business_item(code) for code in ("1-1-1", "2-1-1", "4-0-0")]
        west, east = center("nishi"), center("higashi1")
        self.clients = [
            ClientFactory(center=west),
            ClientFactory(center=west),
            ClientFactory(center=east),
            None,
        ]

    def row(self, who: int, day: date, item: int, *, counted: bool = True) -> Consultation:
        client = self.clients[who]
        return Consultation(
            center=client.center if client else center("nishi"),
            client=client,
            subject="client" if client else "anonymous",
            date=day,
            method=str(1 + DAYS.index(day)),
            contents=["01", "02"][: 1 + item % 2],
            business_item=self.items[item],
            counted=counted,
            uncounted_reason="" if counted else "件数に入れない",
            written_by=self.writer,
        )

    def add(self, rows):
        Consultation.unscoped.bulk_create([self.row(*row) for row in rows])

    def change(self, pick: int, fields: dict):
        every = Consultation.unscoped.order_by("created_at", "pk")
        if chosen := list(every.values_list("pk", flat=True)[pick : pick + 2]):
            Consultation.unscoped.filter(pk__in=chosen).update(**fields)

    def void(self, pick: int):
        by = {"voided_at": timezone.now(), "voided_by": self.writer, "void_reason": "double"}
        self.change(pick, by)

    def restore(self, pick: int):
        self.change(pick, {"voided_at": None, "voided_by": None, "void_reason": ""})

    def correct_person(self, who: int, fields: dict):
        Client.unscoped.filter(pk=self.clients[who].pk).update(**fields)

    def link(self, pair: tuple):
        later, former = pair
        previous = None if former is None else self.clients[former]
        Client.unscoped.filter(pk=self.clients[later].pk).update(previous=previous)

    def disability(self, who: int, code: str):
        ClientDisability.unscoped.get_or_create(client=self.clients[who], code=code)

    def no_disability(self, who: int):
        ClientDisability.unscoped.filter(client=self.clients[who]).delete()

    def delete(self, pick: int):
        every = Consultation.unscoped.order_by("created_at", "pk")
        Consultation.unscoped.filter(
            pk__in=list(every.values_list("pk", flat=True)[pick : pick + 1])
        ).delete()


rows = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(DAYS), st.integers(0, 2)), min_size=1, max_size=4
)
picks = st.integers(0, 4)
steps = st.one_of(
    st.tuples(st.just("add"), rows),
    st.tuples(st.just("void"), picks),
    st.tuples(st.just("restore"), picks),
    st.tuples(st.just("delete"), picks),
    st.tuples(
        st.just("change"),
        picks,
        st.sampled_from(
            [{"date": day} for day in DAYS]
            + [{"method": "8"}, {"contents": ["12"]}, {"contents": ["01", "01"]}, {"facts": "訂正"}]
            + [{"counted": False, "uncounted_reason": "ほか"}, {"counted": True, "uncounted_reason": ""}]
        ),
    ),
    st.tuples(st.just("fold")),
)
people = st.one_of(
    st.tuples(
        st.just("correct_person"),
        st.integers(0, 2),
        st.sampled_from(
            [
                {"birth_date": date(2008, 4, 2)},
                {"birth_date": None},
                {"family_kana": "アソ", "kana_key": "アソタロウ"},
            ]
        ),
    ),
    st.tuples(st.just("link"), st.sampled_from([(0, 1), (1, 0), (0, None)])),
    st.tuples(st.just("disability"), st.integers(0, 2), st.sampled_from(["01", "04"])),
    st.tuples(st.just("no_disability"), st.integers(0, 2)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(done=st.lists(steps, min_size=1, max_size=10))
def test_whatever_is_done_to_records_the_rollups_follow(db, done):
    with transaction.atomic():
        bench = Bench()
        for name, *given_to in done:
            fold(on=DAYS[-1]) if name == "fold" else getattr(bench, name)(*given_to)
        assert differences() == []
        transaction.set_rollback(True)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(done=st.lists(st.one_of(steps, people), min_size=1, max_size=8))
def test_whatever_is_done_what_is_remembered_is_what_is_counted(db, done):
    with transaction.atomic():
        bench = Bench()
        west = [center("nishi"), center("higashi1")]
        for name, *given_to in done:
            for month in (APRIL, APRIL.next()):
                city_figures(month)
            fold(on=DAYS[-1]) if name == "fold" else getattr(bench, name)(*given_to)
            for month in (APRIL, APRIL.next()):
                assert wrong_memos(west, month) == []
                assert remembered_matches(west, month) == matched_persons(west, month)
        transaction.set_rollback(True)


def test_known_months_are_not_counted_again(django_assert_num_queries):
    bench = Bench()
    bench.add([(0, DAYS[1], 0)])
    west = center("nishi")
    first = remembered_counts([west], APRIL)
    with django_assert_num_queries(2):
        assert remembered_counts([west], APRIL) == first
    bench.add([(0, DAYS[4], 0)])  # a later month does not touch it
    with django_assert_num_queries(2):
        remembered_counts([west], APRIL)
    bench.add([(0, DAYS[0], 0)])  # an earlier one does: who is new has changed
    second = remembered_counts([west], APRIL)
    assert first[west.pk]["persons", "new"] == 1
    assert ("persons", "new") not in second[west.pk]


def test_a_term_changed_counts_anew():
    bench = Bench()
    bench.add([(0, DAYS[1], 0)])
    west = center("nishi")
    assert ("business_items", "1-1-1") in remembered_counts([west], APRIL)[west.pk]
    ContractTerm.objects.in_force(DAYS[1]).filter(center=west).update(
        starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 2)
    )
    assert ("business_items", "1-1-1") not in remembered_counts([west], APRIL)[west.pk]


def test_a_memo_that_went_wrong_is_found_and_made_anew():
    Bench().add([(0, DAYS[1], 0)])
    index_missing()
    remembered_counts([center("nishi")], APRIL)
    MonthMemo.unscoped.update(counts={"contacts": {"all": 9}})
    assert faults(on=date(2026, 4, 30)) == ["西 2026-04 月次の控え"]
    recount()
    assert not MonthMemo.unscoped.filter(counts={"contacts": {"all": 9}}).exists()


def test_anew_is_what_the_triggers_made():
    bench = Bench()
    bench.add([(0, DAYS[1], 0), (1, DAYS[1], 1), (2, DAYS[3], 0), (3, DAYS[3], 2)])
    bench.void(0)
    before = read()
    make_anew()
    assert read() == before
    assert differences() == []


def test_folding_changes_no_figure_and_leaves_one_row_a_line():
    bench = Bench()
    for _ in range(3):
        bench.add([(0, DAYS[1], 0)])
    bench.delete(0)
    lines = MonthLine.unscoped.filter(month=DAYS[1])
    before, loose = read(), lines.count()
    fold(on=DAYS[-1])
    assert read() == before
    assert lines.count() == 5 < loose


def test_a_line_that_came_to_nothing_is_not_shown():
    bench = Bench()
    bench.add([(0, DAYS[1], 0)])
    bench.void(0)
    west = center("nishi").pk
    assert contacts_by_month([west], [FiscalYear(2026)]).counts == {}
    assert all(split.counts == {} for split in contacts_by_kind([west], APRIL).values())
    assert not MonthPresence.unscoped.exists()


def test_the_first_day_follows_a_correction_and_a_void():
    bench = Bench()
    bench.add([(0, DAYS[2], 0), (0, DAYS[3], 0)])
    only = MonthPresence.unscoped.get()
    assert (only.first_on, only.contacts) == (DAYS[2], 2)
    Consultation.unscoped.filter(date=DAYS[2]).update(
        voided_at=timezone.now(), voided_by=bench.writer, void_reason="double"
    )
    only = MonthPresence.unscoped.get()
    assert (only.first_on, only.contacts) == (DAYS[3], 1)


@pytest.mark.parametrize("tamper", ["number", "presence", "case"])
def test_the_command_finds_and_mends_a_difference(tamper):
    bench = Bench()
    bench.add([(0, DAYS[1], 0)])
    case = Case.unscoped.filter(client=bench.clients[0]).first() or Case.unscoped.create(
        client=bench.clients[0], center=bench.clients[0].center, opened_on=DAYS[0]
    )
    make_anew()
    if tamper == "number":
        MonthLine.unscoped.filter(figures="methods").update(number=7)
    elif tamper == "presence":
        MonthPresence.unscoped.update(first_on=DAYS[3])
    else:
        Case.unscoped.filter(pk=case.pk).update(last_contact_on=DAYS[4])

    told = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("soudan_recount", stderr=told)
    assert refused.value.returncode == 1
    expected = {"number": "支援の方法: 控え 7 / 記録 1", "presence": "相談のあった利用者", "case": "1件"}
    assert expected[tamper] in told.getvalue()

    call_command("soudan_recount", "--repair", stderr=StringIO(), stdout=StringIO())
    assert differences() == []
    assert not stale_case_facts().exists()
    call_command("soudan_recount", stdout=StringIO())


def test_the_nightly_recount_mends_and_tells_the_administrators():
    Bench().add([(0, DAYS[1], 0)])
    index_missing()
    MonthLine.unscoped.filter(figures="contacts").update(number=9)
    recount()
    assert differences() == []
    notice = Notice.objects.get(kind="recount")
    assert notice.role == Role.SYSTEM
    assert "1か所" in notice.body
    recount()
    assert Notice.objects.filter(kind="recount").count() == 1


def test_a_thousand_records_at_once_are_rolled_up_by_one_statement(django_assert_max_num_queries):
    bench = Bench()
    with django_assert_max_num_queries(2):
        bench.add([(0, DAYS[1], 0)] * 1000)
    assert MonthLine.unscoped.get(figures="contacts").number == 1000


def read() -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT center_id, month, figures, code, sum(number) FROM reports_monthline"
            " WHERE figures <> 'changes' GROUP BY 1, 2, 3, 4 HAVING sum(number) <> 0 ORDER BY 1, 2, 3, 4"
        )
        lines = cursor.fetchall()
    presence = MonthPresence.unscoped.order_by("client", "month", "center")
    return lines, list(presence.values_list("center", "client", "month", "first_on", "contacts"))
