"""The 利用者 of one center in the large sizes: written chunk by chunk, remembered by their ids alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from cases.actions.numbers import Series
from cases.enums import AgeBand, Sex
from cases.models import (
    AnonymousThread,
    Case,
    CaseMember,
    Client,
    ClientDisability,
    ClientPhone,
    Consent,
    Handbook,
    PlanCase,
)
from centers.copying import copy_objects
from centers.enums import Role
from centers.models import NumberSequence
from centers.periods import is_business_day
from reports.demo.attendance import Attendance, Visitor
from reports.demo.identity import seeded_uuid
from reports.demo.names import ALL_FAMILY, ALL_MEN, ALL_WOMEN
from reports.demo.persons import (
    HELD,
    PLANS_AS_ROWS_SINCE,
    Given,
    invent_case,
    invent_client,
    invent_details,
    invent_plan_case,
)
from reports.demo.staff import Team

CHUNK = 1000
GIVEN: Given = [*((man, Sex.MALE) for man in ALL_MEN), *((woman, Sex.FEMALE) for woman in ALL_WOMEN)]
QUIET = timedelta(days=180)
CALLERS = [
    "男性・40代",
    "女性・母親",
    "女性・30代",
    "男性・高齢",
    "若い男性",
    "女性・近所の方",
    "きょうだいの方",
]
DAYS_BETWEEN_CALLERS = 45


@dataclass
class Crowd:
    """Ids of clients and of their cases by place in the attendance, threads by the day they opened."""

    team: Team
    ids: list[tuple[UUID, UUID]] = field(default_factory=list)
    threads: list[AnonymousThread] = field(default_factory=list)
    first_clients: list[Client] = field(default_factory=list)


def settle(rng: Random, team: Team, attendance: Attendance, today: date) -> Crowd:
    """Write the people of a center with their cases and what hangs on them."""
    crowd = Crowd(team)
    visitors = attendance.visitors
    holders = _holders(rng, visitors, HELD[team.center.zone_id], today)
    for start in range(0, len(visitors), CHUNK):
        _write(rng, crowd, visitors[start : start + CHUNK], start, holders, today)
    crowd.threads = _callers(rng, team, visitors[0].first, today)
    copy_objects(AnonymousThread, crowd.threads)
    NumberSequence.objects.bulk_create(
        [
            NumberSequence(center=team.center, series=Series.CLIENT, last=len(visitors)),
            NumberSequence(center=team.center, series=Series.THREAD, last=len(crowd.threads)),
        ]
    )
    return crowd


def _write(
    rng: Random,
    crowd: Crowd,
    visitors: Sequence[Visitor],
    start: int,
    holders: dict[int, date | None],
    today: date,
) -> None:
    team = crowd.team
    clients, cases, details = [], [], []
    for number, visitor in enumerate(visitors, start):
        client = _client(rng, team, number, visitor)
        case = invent_case(rng, client, _responsible(rng, team), _closed_on(rng, visitor, today))
        details += invent_details(rng, client, today)
        if number in holders:
            details.append(_plan_case(rng, client, team, today, ended_on=holders[number]))
        if number % 150 == 75 and not case.closed_on:
            case.restricted = True
            details.append(CaseMember(case=case, user=team.users[Role.SOUDAN]))
        clients.append(client)
        cases.append(case)
    copy_objects(Client, clients)
    copy_objects(Case, cases)
    for model in (ClientPhone, ClientDisability, Handbook, Consent, PlanCase, CaseMember):
        copy_objects(model, [row for row in details if type(row) is model])
    crowd.ids += [(client.pk, case.pk) for client, case in zip(clients, cases, strict=True)]
    crowd.first_clients = crowd.first_clients or clients[:10]


def _client(rng: Random, team: Team, number: int, visitor: Visitor) -> Client:
    return invent_client(
        rng,
        team,
        number + 1,
        visitor.first,
        registered_on=visitor.registered_on,
        families=ALL_FAMILY,
        given_names=GIVEN,
    )


def _responsible(rng: Random, team: Team):
    return rng.choice([*team.counsellors, *team.counsellors, team.users[Role.KINOU].staff_member])


def _closed_on(rng: Random, visitor: Visitor, today: date) -> date | None:
    """Most people who have not come for half a year: closed some weeks after the last contact."""
    if visitor.last > today - QUIET or rng.random() < 0.15:
        return None
    return visitor.last + timedelta(days=rng.randrange(20, 90))


def _holders(rng: Random, visitors: list[Visitor], held: int, today: date) -> dict[int, date | None]:
    """Places of those with a plan case: `held` that run, as many that have ended (with the day)."""
    if today < PLANS_AS_ROWS_SINCE:
        return {}
    lately = [number for number, visitor in enumerate(visitors) if visitor.last > today - QUIET]
    earlier = [
        number
        for number, visitor in enumerate(visitors)
        if PLANS_AS_ROWS_SINCE < visitor.last <= today - QUIET
    ]
    running: dict[int, date | None] = dict.fromkeys(rng.sample(lately, min(held, len(lately))))
    ended = rng.sample(earlier, min(held, len(earlier)))
    return running | {number: visitors[number].last for number in ended}


def _plan_case(rng: Random, client: Client, team: Team, today: date, *, ended_on: date | None) -> PlanCase:
    plan = invent_plan_case(rng, client, team, today)
    plan.contract_on = max(min(plan.contract_on, ended_on or today), client.registered_on)
    if ended_on:
        plan.ends_on, plan.end_reason = ended_on, "ほかの事業所へ引き継いだため"
    return plan


def _callers(rng: Random, team: Team, since: date, today: date) -> list[AnonymousThread]:
    """Callers without a name, one every six weeks."""
    threads: list[AnonymousThread] = []
    for days in range(0, (today - since).days, DAYS_BETWEEN_CALLERS):
        opened_on = since + timedelta(days=days)
        while not is_business_day(opened_on):
            opened_on -= timedelta(days=1)
        threads.append(
            AnonymousThread(
                id=seeded_uuid(rng),
                center=team.center,
                number=f"{team.center.zone.number_prefix}-A{len(threads) + 1:04}",
                handle=rng.choice(CALLERS),
                age_band=rng.choice(AgeBand.values),
                opened_on=opened_on,
                opened_by=team.users[Role.SOUDAN],
            )
        )
    return threads
