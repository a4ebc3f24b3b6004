"""The contacts of one center in the large sizes, with corrections and next steps, written batch by batch."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random

from cases.actions.notes import index_new
from cases.actions.records import snapshot
from cases.enums import Subject, VoidReason
from cases.models import Consultation, ConsultationVersion, FollowUp
from centers.contracts import business_items_on
from centers.copying import copy_objects
from centers.enums import Post, Role
from centers.models import BusinessItem, StaffAssignment, StaffMember
from centers.periods import JST, Month, business_day_on_or_after, covers
from reports.demo.attendance import Attendance
from reports.demo.crowd import Crowd
from reports.demo.identity import seeded_uuid
from reports.demo.records import AGENCIES, CONTENTS, METHODS, SPEAKERS
from reports.demo.volume import WITHOUT_CLIENT
from reports.demo.words import CORRECTIONS, ENDINGS, MATTERS, OPENINGS, STEPS, UNANSWERED, VIEWS, VOID_NOTE

BATCH = 2000
OWN_PLAN_WORK = 0.05
OWN_PLANS = "4"
# Which parts of the 業務項目表 a post writes to, as often as they stand here.
PARTS = {Post.SOUDAN: "1111112", Post.KINOU: "11222", Post.CHIIKI: "33331"}
POSTS = [Post.SOUDAN] * 5 + [Post.KINOU] * 3 + [Post.CHIIKI] * 2
HOW_MANY_CONTENTS = [1] * 57 + [2] * 36 + [3] * 7
MINUTES = [5, 10, 15, 15, 20, 30, 45, 60]
OVERDUE = timedelta(days=25)


class Ledger:
    """Writes the contacts of one center."""

    def __init__(self, rng: Random, crowd: Crowd, today: date):
        self.rng, self.crowd, self.today = rng, crowd, today
        self.center = crowd.team.center
        assignments = StaffAssignment.objects.filter(center=self.center).select_related("staff__user")
        self.roster = list(assignments.order_by("staff__kana", "starts_on"))
        self.parts: dict[Month, dict[str, list[BusinessItem]]] = {}
        self.items: dict[Month, list[BusinessItem]] = {}
        self.steps: list[FollowUp] = []
        self.versions: list[ConsultationVersion] = []

    def write(self, attendance: Attendance, progress: Callable[[int], None]) -> None:
        """Write everything up to today; `progress(rows)` is told after each batch."""
        contacts = self._contacts(attendance)
        while batch := list(islice(contacts, BATCH)):
            copy_objects(Consultation, batch)
            index_new(batch)
            copy_objects(ConsultationVersion, self.versions)
            copy_objects(FollowUp, self.steps)
            self.versions, self.steps = [], []
            progress(len(batch))

    def _contacts(self, attendance: Attendance) -> Iterator[Consultation]:
        for number, (day, place) in enumerate(attendance.visits()):
            record = self._record(day, Subject.CLIENT, place)
            self._afterwards(record, number)
            yield record
            if self.rng.random() < WITHOUT_CLIENT / (1 - WITHOUT_CLIENT):
                yield self._record(day, self.rng.choice([Subject.ANONYMOUS] * 3 + [Subject.ORGANIZATION] * 2))

    def _record(self, day: date, subject: Subject, place: int | None = None) -> Consultation:
        rng = self.rng
        post, staff = self._on_duty(day)
        method = "7" if subject == Subject.ORGANIZATION else rng.choice(METHODS)
        unanswered = method == "4" and subject == Subject.CLIENT and rng.random() < 0.06
        contents = [] if unanswered else self._matters()
        start = time(rng.randint(9, 16), rng.choice([0, 5, 10, 20, 30, 45]))
        record = Consultation(
            id=seeded_uuid(rng),
            group=seeded_uuid(rng),
            center=self.center,
            subject=subject,
            date=day,
            start_time=start,
            minutes=rng.choice(MINUTES),
            method=method,
            direction=rng.choice(["in", "out"]) if method == "4" else "",
            contents=contents,
            counterpart=rng.choice(AGENCIES) if method == "7" else rng.choice(SPEAKERS),
            business_item=self._item(day, post, subject),
            facts="" if unanswered else self._text(method, contents),
            view=rng.choice(VIEWS) if rng.random() < 0.3 else "",
            counted=not unanswered,
            uncounted_reason=UNANSWERED if unanswered else "",
            unanswered=unanswered,
            staff=staff,
            written_by=staff.user or self.crowd.team.users[Role.SOUDAN],
            created_at=datetime.combine(day, start, JST) + timedelta(minutes=rng.randrange(20, 90)),
        )
        if place is not None:
            record.client_id, record.case_id = self.crowd.ids[place]
        elif subject == Subject.ANONYMOUS:
            record.thread = self._caller(day)
        return record

    def _on_duty(self, day: date) -> tuple[Post, StaffMember]:
        """Who has the contact: somebody assigned to the center on that day."""
        here = [row for row in self.roster if covers(row.starts_on, row.ends_on, day)]
        post = self.rng.choice(POSTS)
        row = self.rng.choice([row for row in here if row.post == post] or here)
        return Post(row.post), row.staff

    def _matters(self) -> list[str]:
        wanted = self.rng.choice(HOW_MANY_CONTENTS)
        found: set[str] = set()
        while len(found) < wanted:
            found.add(self.rng.choice(CONTENTS))
        return sorted(found)

    def _item(self, day: date, post: Post, subject: Subject) -> BusinessItem:
        """An item of the catalogue in force, the first ones of a part more often."""
        rng, month = self.rng, Month.of(day)
        if month not in self.parts:
            self.items[month] = business_items_on(self.center, day)
            self.parts[month] = {}
            for item in self.items[month]:
                self.parts[month].setdefault(item.part, []).append(item)
        part = rng.choice(PARTS[post])
        if subject == Subject.ORGANIZATION:
            part = "2"
        elif post != Post.CHIIKI and subject == Subject.CLIENT and rng.random() < OWN_PLAN_WORK:
            part = OWN_PLANS
        items = self.parts[month].get(part) or self.items[month]
        return items[int(len(items) * rng.random() ** 2)]

    def _text(self, method: str, contents: list[str]) -> str:
        rng = self.rng
        matters = [rng.choice(MATTERS[code]) for code in contents]
        return "".join([rng.choice(OPENINGS[method]), *matters, rng.choice(ENDINGS)])

    def _caller(self, day: date):
        known = [thread for thread in self.crowd.threads if thread.opened_on <= day][-6:]
        return self.rng.choice([None, *known])

    def _afterwards(self, record: Consultation, number: int) -> None:
        """What follows a contact: here a correction, there a record taken back, often a next step."""
        if number % 97 == 50:
            self._correct(record)
        elif number % 131 == 70:
            record.voided_at, record.voided_by = record.created_at + timedelta(hours=1), record.written_by
            record.void_reason, record.void_note = VoidReason.DOUBLE, VOID_NOTE
        elif self.rng.random() < 0.12:
            self.steps.append(self._step(record))

    def _correct(self, record: Consultation) -> None:
        former = snapshot(record) | {"facts": record.facts[: len(record.facts) // 2]}
        self.versions.append(
            ConsultationVersion(
                consultation=record,
                version=1,
                content=former,
                reason=self.rng.choice(CORRECTIONS),
                replaced_by=record.written_by,
                replaced_at=record.created_at + timedelta(hours=20),
            )
        )
        record.version = 2

    def _step(self, record: Consultation) -> FollowUp:
        """Done on its day, save those of the last days and what lies ahead."""
        rng = self.rng
        due_on = business_day_on_or_after(record.date + timedelta(days=rng.randrange(2, 45)))
        done = due_on <= self.today and (due_on < self.today - OVERDUE or rng.random() < 0.9)
        kind, what = rng.choice(STEPS)
        return FollowUp(
            id=seeded_uuid(rng),
            center=self.center,
            client_id=record.client_id,
            origin=record,
            due_on=due_on,
            due_at=time(rng.randint(9, 16), 30) if rng.random() < 0.2 else None,
            kind=kind,
            what=what,
            staff=record.staff,
            written_by=record.written_by,
            created_at=record.created_at,
            done_on=due_on if done else None,
            done_by=record.written_by if done else None,
        )
