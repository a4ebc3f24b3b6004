"""Invented 受付票 and アセスメント, and the last full month closed at every second center."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from cases.actions.numbers import Series, take_number
from cases.enums import Aware, CallBack, IntakeState, Priority
from cases.models import Assessment, Consultation, Intake
from centers.enums import Role
from centers.periods import FiscalYear, Month
from reports.closing import close_month
from reports.demo.identity import seeded_uuid
from reports.demo.persons import People

INTAKES, ASSESSED = 8, 6
COMPLAINTS = (
    "家にいるのがつらい。少しずつ働きたい。",
    "薬を飲むと起きられない。どこに相談すればよいか。",
    "ひとりで暮らしてみたいが、お金のことがわからない。",
    "子どもの学校のことで、だれに話せばよいか知りたい。",
    "母が入院する。あいだの生活が心配。",
)
RELATIONS = ("本人", "本人", "母", "父", "民生委員", "妹")
NOW = {
    "01": ("持ち家に家族と住む。", "借家に1人で住む。更新が近い。"),
    "02": ("月に1回、通院している。", "薬の飲み忘れが週に2回ほどある。"),
    "06": ("週3日、作業所に通う。", "いまは働いていない。"),
    "08": ("年金と工賃でやりくりしている。", "月末にお金が足りなくなる。"),
}
HOPES = ("いまの暮らしを続けたい。", "週5日働きたい。", "友だちがほしい。")


def write_intakes(rng: Random, people: People) -> None:
    """受付票 of the latest contacts: some waiting, one sent back, the rest approved."""
    team = people.team
    newest = Consultation.unscoped.filter(
        center=team.center, voided_at=None, unanswered=False, subject__in=["client", "anonymous"]
    ).order_by("-date", "-start_time", "pk")
    kinou = team.users[Role.KINOU]
    for number, record in enumerate(reversed(newest[:INTAKES])):
        state = _state(number)
        judged = state != IntakeState.WAITING
        Intake.unscoped.create(
            id=seeded_uuid(rng),
            center=team.center,
            number=take_number(team.center, Series.INTAKE, year=FiscalYear.of(record.date)),
            consultation=record,
            received_on=record.date,
            route=rng.choice(["02", "03", "04", "08"]),
            relation=rng.choice(RELATIONS),
            call_back=rng.choice(CallBack.values),
            complaint=rng.choice(COMPLAINTS),
            urgency=rng.choice([Priority.NORMAL] * 4 + [Priority.HIGH, Priority.LOW]),
            risks=sorted(rng.sample(["04", "05", "06", "08"], rng.choice([0, 0, 1, 2]))),
            aware=rng.choice(Aware.values),
            plan=rng.choice(["01", "02", "02", "04"]),
            staff=record.staff,
            written_by=record.written_by,
            state=state,
            decided_by=kinou if judged else None,
            decided_at=timezone.now() if judged else None,
            decision_note="連絡できる時間帯を聞いて書き足してください。"
            if state == IntakeState.RETURNED
            else "",
        )


def _state(number: int) -> IntakeState:
    if number >= INTAKES - 3:
        return IntakeState.WAITING
    return IntakeState.RETURNED if number == INTAKES - 4 else IntakeState.APPROVED


def write_assessments(rng: Random, people: People, today: date) -> None:
    """Two versions for each of the first people."""
    writer = people.team.users[Role.SOUDAN]
    cases = {case.client_id: case for case in people.cases}
    rows: list[Assessment] = []
    for client in people.clients[:ASSESSED]:
        for version, ago in ((1, 200), (2, 20)):
            areas = {
                code: {
                    "now": texts[(version + len(rows)) % 2],
                    "hope": rng.choice(HOPES),
                    "need": rng.choice(["02", "03"]),
                }
                for code, texts in NOW.items()
            }
            rows.append(
                Assessment(
                    id=seeded_uuid(rng),
                    center=client.center,
                    client=client,
                    case=cases.get(client.pk),
                    version=version,
                    held_on=max(today - timedelta(days=ago), client.registered_on),
                    place="home",
                    areas=areas,
                    overall="暮らしは落ち着いている。本人の希望に沿って支える。",
                    short_term="通院と服薬を一緒に確かめる。",
                    long_term="希望する日数で働けるようになる。",
                    written_by=writer,
                )
            )
    Assessment.unscoped.bulk_create(rows)


def close_last_month(everybody: Sequence[People], today: date) -> None:
    """Every second center has closed the month before today's."""
    month = Month.of(today).previous()
    for people in everybody[::2]:
        center = people.team.center
        if center.opened_on <= month.starts_on:
            close_month(center=center, month=month, by=people.team.users[Role.KANRI], on=today, version=1)
