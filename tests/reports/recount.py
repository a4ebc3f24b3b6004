"""A recount in plain Python, without SQL: what the figures are compared with."""

from dataclasses import dataclass, field
from datetime import date

from centers.periods import Month, age_on


@dataclass(eq=False)
class Person:
    """A client as the test made it. `previous` is the client of the zone's former center."""

    center: str
    zone: str
    birth: date | None
    reading: str = ""
    sure: bool = True  # birth date known to the day, and the full reading known
    disabilities: tuple = ()  # (code, start, end)
    previous: "Person | None" = None


@dataclass(eq=False)
class Record:
    center: str
    day: date
    person: Person | None
    method: str = "4"
    contents: tuple[str, ...] = ("01",)
    counterpart: str = ""
    item: str = "1-1-1"
    counted: bool = True
    void: bool = False

    @property
    def is_contact(self) -> bool:
        return self.counted and not self.void and self.item != "4-0-0"


def band(birth: date | None, day: date) -> str:
    if birth is None or birth > day:
        return "unknown"
    age = age_on(birth, day)
    return "0-17" if age < 18 else "18-39" if age < 40 else "40-64" if age < 65 else "65+"


def fiscal_start(month: Month) -> date:
    return date(month.year if month.month >= 4 else month.year - 1, 4, 1)


def lineage(person: Person) -> list[Person]:
    chain = [person]
    while chain[-1].previous and chain[-1].previous.zone == person.zone:
        chain.append(chain[-1].previous)
    return chain


@dataclass
class Recount:
    """Lines of the report: (table, code) → the records or persons in it."""

    records: list[Record]
    month: Month
    lines: dict = field(default_factory=dict)

    def put(self, table: str, code: str, what) -> None:
        self.lines.setdefault((table, code), []).append(what)

    def first_day(self, people, since: date, center: str | None = None) -> date | None:
        days = [
            r.day
            for r in self.records
            if r.is_contact and r.person in people and since <= r.day <= self.month.ends_on
            and center in (None, r.center)
        ]  # fmt: skip
        return min(days, default=None)

    def of_center(self, center: str) -> dict:
        self.lines = {}
        for record in self.records:
            if record.is_contact and record.center == center and record.day in self.month:
                self._contact(record)
        for person in {r.person for r in self.records if r.person}:
            first = self.first_day([person], self.month.starts_on, center)
            if first:
                self._person(person, lineage(person), person.birth, first)
                for code in {c for c, start, end in person.disabilities if _holds(start, first, end)}:
                    self.put("disabilities", code, person)
        return self.lines

    def of_city(self) -> dict:
        """The persons' table after 名寄せ."""
        self.lines = {}
        groups: dict = {}
        for person in {r.person for r in self.records if r.person}:
            groups.setdefault(self._who(person), set()).add(person)
        for people in groups.values():
            first = self.first_day(people, self.month.starts_on)
            if first:
                known = {former for person in people if self._present(person) for former in lineage(person)}
                known |= {person for person in people if person.sure}
                birth = min((p.birth for p in people if p.birth), default=None)
                self._person(tuple(people), known, birth, first)
        return self.lines

    def _present(self, person: Person) -> bool:
        return self.first_day([person], self.month.starts_on) is not None

    def _who(self, person: Person):
        return (person.reading, person.birth) if person.sure and person.birth else lineage(person)[-1]

    def _contact(self, record: Record) -> None:
        self.put("contacts", "all", record)
        self.put("methods", record.method, record)
        self.put("ages", band(record.person and record.person.birth, record.day), record)
        self.put("counterparts", record.counterpart or "18", record)
        self.put("business_items", record.item, record)
        for content in set(record.contents):
            self.put("contents", content, record)

    def _person(self, who, known, birth: date | None, first: date) -> None:
        self.put("persons", "month_distinct", who)
        age = band(birth, first)
        self.put("persons", {"0-17": "children", "unknown": "age_unknown"}.get(age, "adults"), who)
        earlier = [r.day for r in self.records if r.is_contact and r.person in known and r.day < first]
        if not any(day >= fiscal_start(self.month) for day in earlier):
            self.put("persons", "first_in_fiscal_year", who)
            self.put("persons", "continuing" if earlier else "new", who)


def _holds(start: date | None, day: date, end: date | None) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
