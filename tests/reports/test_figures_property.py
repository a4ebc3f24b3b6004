"""Random months: the figures are those of a plain recount, and each opens exactly its records."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Client, ClientDisability, Consultation
from centers.models import Center, ContractTerm
from centers.periods import Month, age_band, age_on
from centers.text import kana_key
from reports.counting import band_sql
from reports.drill import Line
from reports.figures import MonthlyFigures, city_figures, monthly_figures
from reports.tables import Table
from tests.factories import UserFactory, business_item, center
from tests.reports.recount import Person, Record, Recount

pytestmark = pytest.mark.django_db

MONTHS = [Month(2026, 3), Month(2026, 4), Month(2026, 5)]
CHANGE = date(2026, 4, 12)  # the last day of the former center of 西
CENTERS = {"former": "nishi", "west": "nishi", "east": "higashi1"}
BIRTHS = [
    None,
    date(2008, 2, 29),  # 18 on 3/1/2026
    date(2008, 4, 12),  # 18 within the months
    date(1961, 4, 12),
    date(1986, 5, 2),
    date(2026, 4, 20),  # born after some of the contacts
]
days = st.dates(date(2026, 2, 25), date(2026, 5, 31)) | st.sampled_from(
    [
        date(2025, 3, 31),
        date(2025, 4, 1),
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 3, 31),
        date(2026, 4, 1),
    ]
)


FIELDS = {
    "day": days,
    "method": st.sampled_from("12345678"),
    "contents": st.lists(st.sampled_from(["01", "02", "12"]), max_size=3).map(tuple),
    "counterpart": st.sampled_from(["", "", "01", "18"]),
    "item": st.sampled_from(["1-1-1", "1-1-1", "2-1-1", "4-0-0"]),
    "counted": st.sampled_from([True, True, True, False]),
    "void": st.sampled_from([False, False, False, True]),
}


@st.composite
def person(draw, known: list[Person]) -> Person:
    """A client; perhaps one carried on from the former center, perhaps with another's reading and birth date."""
    home = draw(st.sampled_from(list(CENTERS)))
    former = [p for p in known if p.center == "former"] if home != "former" else []
    starts, ends = sorted(draw(st.tuples(days, days)))
    return Person(
        center=home,
        zone=CENTERS[home],
        birth=draw(st.sampled_from(BIRTHS)),
        reading=draw(st.sampled_from(["アソ", "アマクサ"])),
        sure=draw(st.booleans()),
        disabilities=tuple(
            (code, draw(st.sampled_from([None, starts])), draw(st.sampled_from([None, ends])))
            for code in draw(st.sets(st.sampled_from(["01", "04"])))
        ),
        previous=draw(st.none() | st.sampled_from(former)) if former else None,
    )


@st.composite
def worlds(draw) -> tuple[list[Person], list[Record]]:
    people: list[Person] = []
    for _ in range(draw(st.integers(1, 6))):
        people.append(draw(person(people)))
    anonymous = st.builds(Record, center=st.sampled_from(list(CENTERS)), person=st.none(), **FIELDS)
    named = st.sampled_from(people).flatmap(
        lambda who: st.builds(Record, center=st.just(who.center), person=st.just(who), **FIELDS)
    )
    return people, [record for record in draw(st.lists(named | anonymous, max_size=30)) if was_open(record)]


def was_open(record: Record) -> bool:
    return record.center == "east" or (record.center == "former") == (record.day <= CHANGE)


class World:
    """The rows of one example, and which row stands for what."""

    def __init__(self, people: list[Person], records: list[Record]):
        self.writer = UserFactory(password="!")
        self.centers = self._centers()
        self.items = {code: business_item(code) for code in ("1-1-1", "2-1-1", "4-0-0")}
        self.clients: dict[Person, Client] = {}
        for who in people:
            self.clients[who] = self._client(who)
        self.rows = {record: self._row(record) for record in records}
        Client.unscoped.bulk_create(self.clients.values())
        ClientDisability.unscoped.bulk_create(
            ClientDisability(client=self.clients[who], code=code, starts_on=start, ends_on=end)
            for who in people
            for code, start, end in who.disabilities
        )
        Consultation.unscoped.bulk_create(self.rows.values())

    def _centers(self) -> dict[str, Center]:
        former = center("nishi")
        Center.objects.filter(pk=former.pk).update(closed_on=CHANGE)
        west = Center.objects.create(
            zone=former.zone, corporation=former.corporation, name="新", opened_on=CHANGE + timedelta(days=1)
        )
        ContractTerm.objects.create(center=west, generation_id="r6-8", starts_on=west.opened_on)
        return {"former": former, "west": west, "east": center("higashi1")}

    def _client(self, who: Person) -> Client:
        given = "タロウ" if who.sure else ""
        return Client(
            center=self.centers[who.center],
            number=f"P-{len(self.clients)}",
            family_kana=who.reading,
            given_kana=given,
            kana_key=kana_key(who.reading + given),
            birth_date=who.birth,
            previous=self.clients.get(who.previous),
            registered_on=date(2026, 4, 1),
            registered_by=self.writer,
        )

    def _row(self, record: Record) -> Consultation:
        void = {"voided_at": timezone.now(), "voided_by": self.writer, "void_reason": "double"}
        return Consultation(
            center=self.centers[record.center],
            client=self.clients.get(record.person),
            subject="client" if record.person else "anonymous",
            date=record.day,
            method=record.method,
            contents=list(record.contents),
            unanswered=not record.contents,
            counterpart=record.counterpart,
            business_item=self.items[record.item],
            counted=record.counted,
            uncounted_reason="" if record.counted else "件数に入れない",
            written_by=self.writer,
            **(void if record.void else {}),
        )


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), month=st.sampled_from(MONTHS))
def test_the_figures_are_those_of_a_plain_recount(db, world, month):
    with transaction.atomic():
        people, records = world
        rows = World(people, records)
        recount = Recount(records, month)
        for name, place in rows.centers.items():
            check_center(rows, place, month, recount.of_center(name))
        expected = recount.of_city()
        for code, number in city_figures(month).matched.items():
            assert number == len(expected.get(("persons", code), [])), f"city {code}"
        transaction.set_rollback(True)


def check_center(rows: World, place: Center, month: Month, expected: dict) -> None:
    found = monthly_figures(place, month)
    for table in Table:
        for code, number in found.table(table).items():
            behind = expected.get((table.value, code), [])
            assert number == len(behind), f"{place.name} {month} {table} {code}"
            if behind:
                check_drill(rows, found, table, code, behind)
    assert all(identity.holds for identity in found.identities), found.identities


def check_drill(rows: World, found: MonthlyFigures, table: Table, code: str, behind: list) -> None:
    entry = found.vocabulary.find(table, code, found.center)
    line = Line(found.center, found.month, table, entry, found.vocabulary)
    if table.of_persons:
        opened = set(Client.unscoped.filter(line.persons()))
        assert opened == {rows.clients[who] for who in behind}
    else:
        opened = set(Consultation.unscoped.filter(line.contacts()))
        assert opened == {rows.rows[record] for record in behind}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    birth=st.none()
    | st.dates(date(1900, 1, 1), date(2030, 12, 31))
    | st.sampled_from([date(2008, 2, 29), date(1960, 2, 29)]),
    day=st.dates(date(2015, 4, 1), date(2030, 12, 31))
    | st.sampled_from([date(2026, 2, 28), date(2026, 3, 1), date(2028, 2, 29)]),
)
def test_ages_in_sql_are_those_of_the_calendar(db, birth, day):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {band_sql('day', 'birth')} FROM (SELECT %s::date AS day, %s::date AS birth) d",  # noqa: S608
            [day, birth],
        )
        found = cursor.fetchone()[0]
    assert found == age_band(age_on(birth, day) if birth else None)
