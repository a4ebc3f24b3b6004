"""Invented contacts, next steps, corrections and drafts."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from django.utils import timezone

from cases.actions.notes import index_new
from cases.actions.records import snapshot
from cases.enums import Subject, VoidReason
from cases.models import (
    Case,
    Client,
    Consultation,
    ConsultationVersion,
    Draft,
    FollowUp,
    ShareGrant,
)
from centers.contracts import business_items_on
from centers.enums import Role
from centers.periods import Month, is_business_day
from reports.demo.identity import seeded_uuid
from reports.demo.persons import ACTIVE, People
from reports.demo.words import CORRECTIONS, ENDINGS, MATTERS, OPENINGS, STEPS, UNANSWERED, VOID_NOTE

MONTHS = 20
# Contacts a month, before the season's sway: the centers differ.
VOLUME = {
    "chuo1": 40, "chuo2": 48, "higashi1": 36, "higashi2": 27, "nishi": 56,
    "minami1": 44, "minami2": 30, "kita1": 33, "kita2": 29,
}  # fmt: skip
METHODS = ["4"] * 48 + ["7"] * 19 + ["1"] * 9 + ["2"] * 8 + ["5"] * 6 + ["3"] * 4 + ["6"] * 4 + ["8"] * 2
CONTENTS = (
    ["01"] * 22 + ["04"] * 18 + ["03"] * 12 + ["06"] * 11 + ["07"] * 8 + ["08"] * 7 + ["09"] * 7
    + ["02"] * 5 + ["05"] * 4 + ["10"] * 3 + ["11"] * 2 + ["12"] * 3
)  # fmt: skip
SPEAKERS = ["01"] * 50 + ["02"] * 25 + [""] * 5 + ["06"] * 8 + ["09"] * 6 + ["07"] * 6
AGENCIES = ["05", "06", "07", "09", "10", "12"]


@dataclass
class Records:
    consultations: list[Consultation] = field(default_factory=list)
    versions: list[ConsultationVersion] = field(default_factory=list)
    steps: list[FollowUp] = field(default_factory=list)

    def save(self) -> None:
        Consultation.unscoped.bulk_create(self.consultations, batch_size=1000)
        index_new(self.consultations)
        ConsultationVersion.unscoped.bulk_create(self.versions)
        FollowUp.unscoped.bulk_create(self.steps)


class Book:
    """Writes the contacts of one center."""

    def __init__(self, rng: Random, people: People, today: date):
        self.rng, self.people, self.today = rng, people, today
        self.center = people.team.center
        self.cases: dict[object, Case] = {case.client_id: case for case in people.cases}
        self.items: dict[Month, dict[str, object]] = {}
        # A heavy tail: the first tenth of the people has about half of the contacts.
        self.regulars = people.clients[:ACTIVE]
        self.weights = [1 / (place + 1) ** 0.8 for place in range(len(self.regulars))]

    def write(self) -> Records:
        records = Records()
        month = Month.of(self.today)
        for _ in range(MONTHS):
            for day in self._days(month):
                records.consultations.append(self._contact(day))
            month = month.previous()
        records.consultations.reverse()
        for number, record in enumerate(records.consultations):
            if number % 97 == 50:
                records.versions.append(self._corrected(record))
            elif number % 131 == 70:
                self._void(record)
        records.steps = self._steps()
        return records

    def _days(self, month: Month) -> list[date]:
        last = min(month.ends_on, self.today)
        days = [month.starts_on + timedelta(days=n) for n in range((last - month.starts_on).days + 1)]
        days = [day for day in days if is_business_day(day)]
        whole = round(
            VOLUME[self.center.zone_id] * self.rng.uniform(0.85, 1.15) * (1.1 if month.month == 4 else 1)
        )
        share = len(days) / 20
        return (
            sorted((self.rng.choice(days) for _ in range(round(whole * min(share, 1)))), reverse=True)
            if days
            else []
        )

    def _contact(self, day: date) -> Consultation:
        rng = self.rng
        kind = rng.random()
        known = [
            (c, weight)
            for c, weight in zip(self.regulars, self.weights, strict=True)
            if c.registered_on <= day
        ]
        if kind < 0.03 or not known:
            return self._record(day, Subject.ANONYMOUS, thread=rng.choice([None, *self.people.threads]))
        if kind < 0.05:
            return self._record(day, Subject.ORGANIZATION, method="7")
        client = rng.choices([c for c, _ in known], [weight for _, weight in known])[0]
        return self._record(day, Subject.CLIENT, client=client)

    def _record(
        self, day: date, subject: str, client: Client | None = None, thread=None, method: str = ""
    ) -> Consultation:
        rng, team = self.rng, self.people.team
        method = method or rng.choice(METHODS)
        contents = sorted({rng.choice(CONTENTS) for _ in range(rng.choice([1, 1, 2]))})
        unanswered = method == "4" and rng.random() < 0.06
        writer = team.users[rng.choice([Role.SOUDAN] * 5 + [Role.KINOU] * 3 + [Role.CHIIKI])]
        return Consultation(
            id=seeded_uuid(rng),
            group=seeded_uuid(rng),
            center=self.center,
            subject=subject,
            client=client,
            case=self.cases[client.pk] if client else None,
            thread=thread,
            date=day,
            start_time=time(rng.randint(9, 16), rng.choice([0, 5, 10, 20, 30, 45])),
            minutes=rng.choice([5, 10, 15, 15, 20, 30, 45, 60]),
            method=method,
            direction=rng.choice(["in", "out"]) if method == "4" else "",
            contents=[] if unanswered else contents,
            counterpart=rng.choice(AGENCIES) if method == "7" else rng.choice(SPEAKERS),
            business_item=self._item(day, writer == team.users[Role.CHIIKI], subject),
            facts="" if unanswered else self._text(method, contents),
            counted=not unanswered,
            uncounted_reason=UNANSWERED if unanswered else "",
            unanswered=unanswered,
            staff=writer.staff_member,
            written_by=writer,
        )

    def _item(self, day: date, by_chiiki: bool, subject: str):
        month = Month.of(day)
        if month not in self.items:
            self.items[month] = {item.code: item for item in business_items_on(self.center, day)}
        items = self.items[month]
        wanted = (
            "3-1-1"
            if by_chiiki
            else "2-1-2"
            if subject == Subject.ORGANIZATION
            else self.rng.choice(["1-1-1", "1-1-2"])
        )
        return items.get(wanted) or next(iter(items.values()))

    def _text(self, method: str, contents: list[str]) -> str:
        parts = [self.rng.choice(OPENINGS[method]), *(self.rng.choice(MATTERS[code]) for code in contents)]
        return "".join([*parts, self.rng.choice(ENDINGS)])

    def _corrected(self, record: Consultation) -> ConsultationVersion:
        former = snapshot(record) | {"facts": record.facts[: len(record.facts) // 2]}
        record.version = 2
        reason = self.rng.choice(CORRECTIONS)
        return ConsultationVersion(
            consultation=record, version=1, content=former, reason=reason, replaced_by=record.written_by
        )

    def _void(self, record: Consultation) -> None:
        record.voided_at, record.voided_by = timezone.now(), record.written_by
        record.void_reason, record.void_note = VoidReason.DOUBLE, VOID_NOTE

    def _steps(self) -> list[FollowUp]:
        """Some overdue, some today with a time, the rest in the coming weeks."""
        rng, team = self.rng, self.people.team
        steps = []
        open_cases = [case for case in self.people.cases[:ACTIVE] if case.closed_on is None]
        for number, case in enumerate(rng.sample(open_cases, 18)):
            days = [-5, -2, -1, 0, 0, 0][number] if number < 6 else rng.randrange(1, 40)
            kind, what = rng.choice(STEPS)
            due_at = time(10 + number, 30) if days == 0 else None
            responsible = case.responsible or team.counsellors[0]
            staff = team.counsellors[0] if number < 8 else responsible
            steps.append(
                FollowUp(
                    id=seeded_uuid(rng),
                    center=self.center,
                    client=case.client,
                    due_on=self.today + timedelta(days=days),
                    due_at=due_at,
                    kind=kind,
                    what=what,
                    staff=staff,
                    written_by=team.users[Role.SOUDAN],
                )
            )
        return steps


def leave_drafts(rng: Random, people: People) -> None:
    """Two entries that were begun and not finished."""
    user = people.team.users[Role.SOUDAN]
    named = people.clients[1]
    common = {"center": people.team.center, "user": user}
    Draft.unscoped.create(
        group=seeded_uuid(rng),
        client=named,
        content={
            "subject": Subject.CLIENT,
            "clients": [str(named.pk)],
            "method": "4",
            "facts": "母から電話。来週の通院のこと。",
        },
        **common,
    )
    Draft.unscoped.create(
        group=seeded_uuid(rng),
        content={"subject": Subject.ANONYMOUS, "method": "4", "facts": "近所の方のことで相談。"},
        **common,
    )


def share_one(rng: Random, giver: People, taker: People, today: date) -> None:
    """One person of the first center is shown to the second, with consent."""
    ShareGrant.unscoped.create(
        id=seeded_uuid(rng),
        client=giver.clients[3],
        to_center=taker.team.center,
        scope="notes",
        basis="consent",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=150),
        granted_by=giver.team.users[Role.KANRI],
    )
