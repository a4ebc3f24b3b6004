"""Invented 利用者 of one center, with what hangs on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cases.actions.clients import search_keys
from cases.actions.numbers import Series
from cases.enums import AgeBand, CaseState, ConsentWay, HandbookKind, Priority, Sex
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
from centers.enums import PlanKind, Role
from centers.models import NumberSequence, StaffMember
from centers.periods import FiscalYear
from centers.text import phone_tail
from reports.demo.identity import seeded_uuid
from reports.demo.staff import Team
from reports.demo.words import CONTACT_NOTES, FAMILY, MEN, PLACES, WOMEN

ACTIVE, EXTRA = 42, 8
# 計画相談 held: near, full, over and well within the cap all occur.
HELD = {
    "chuo1": 44, "chuo2": 47, "higashi1": 50, "higashi2": 31, "nishi": 68,
    "minami1": 58, "minami2": 40, "kita1": 38, "kita2": 45,
}  # fmt: skip
PLANS_AS_ROWS_SINCE = date(2022, 4, 1)
DISABILITIES = ["04"] * 31 + ["03"] * 26 + ["01"] * 17 + ["05"] * 17 + ["02"] * 2 + ["06"] * 2 + ["07"] * 5
HANDBOOK = {
    "01": (HandbookKind.PHYSICAL, "1級 2級 3級 4級".split()),
    "03": (HandbookKind.INTELLECTUAL, "A1 A2 B1 B2".split()),
    "04": (HandbookKind.MENTAL, "1級 2級 2級 3級".split()),
}
Given = Sequence[tuple[tuple[str, str], Sex]]
GIVEN: Given = [*((man, Sex.MALE) for man in MEN), *((woman, Sex.FEMALE) for woman in WOMEN)]
STATES = [CaseState.ACTIVE] * 6 + [CaseState.WATCH] * 2 + [CaseState.RECEIVED, CaseState.HANDOVER]


@dataclass
class People:
    """Rows of one center, not saved yet."""

    team: Team
    clients: list[Client] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    threads: list[AnonymousThread] = field(default_factory=list)
    details: list = field(default_factory=list)

    def save(self) -> None:
        Client.unscoped.bulk_create(self.clients)
        Case.unscoped.bulk_create(self.cases)
        AnonymousThread.unscoped.bulk_create(self.threads)
        for model in (ClientPhone, ClientDisability, Handbook, Consent, PlanCase, CaseMember):
            model.unscoped.bulk_create([row for row in self.details if type(row) is model])
        NumberSequence.objects.bulk_create(
            [
                NumberSequence(center=self.team.center, series=Series.CLIENT, last=len(self.clients)),
                NumberSequence(center=self.team.center, series=Series.THREAD, last=len(self.threads)),
            ]
        )


def invent_people(rng: Random, team: Team, today: date) -> People:
    people = People(team)
    held = HELD[team.center.zone_id] if today >= PLANS_AS_ROWS_SINCE else 0
    for number in range(1, max(ACTIVE, held + EXTRA) + 1):
        client = invent_client(rng, team, number, today)
        people.clients.append(client)
        people.cases.append(_case(rng, team, client, number))
        people.details += invent_details(rng, client, today)
        if number > EXTRA and number <= held + EXTRA:
            people.details.append(invent_plan_case(rng, client, team, today))
    _restrict(people)
    prefix = team.center.zone.number_prefix
    callers = (("男性・40代", Sex.MALE), ("女性・母親", Sex.FEMALE))
    for number, (handle, sex) in enumerate(callers, start=1):
        people.threads.append(
            AnonymousThread(
                id=seeded_uuid(rng),
                center=team.center,
                number=f"{prefix}-A{number:04}",
                handle=handle,
                sex=sex,
                age_band=AgeBand.MIDDLE,
                opened_on=today - timedelta(days=60),
                opened_by=team.users[Role.SOUDAN],
            )
        )
    return people


def invent_client(
    rng: Random,
    team: Team,
    number: int,
    today: date,
    *,
    registered_on: date | None = None,
    families: Sequence[tuple[str, str]] = FAMILY,
    given_names: Given = GIVEN,
) -> Client:
    """One person; the age is of `today`. Without `registered_on` half of the people are new in the 年度 of today."""
    family, (given, sex) = rng.choice(families), rng.choice(given_names)
    ward = team.center.zone.ward
    districts, towns = PLACES[ward.code]
    town = rng.choice(towns)
    client = Client(
        id=seeded_uuid(rng),
        center=team.center,
        number=f"{team.center.zone.number_prefix}-{number:05}",
        family_name=family[0],
        given_name=given[0],
        family_kana=family[1],
        given_kana=given[1],
        birth_date=_birth(rng, today),
        sex=sex,
        address=f"{rng.randint(1, 6)}丁目{rng.randint(1, 20)}",
        town=town,
        ward=ward,
        school_district=rng.choice(districts),
        support_level=rng.choice(["", "", "2", "3", "4"]),
        contact_note=rng.choice(CONTACT_NOTES) if rng.random() < 0.4 else "",
        registered_on=registered_on or _registered(rng, today),
        registered_by=team.users[Role.SOUDAN],
    )
    for key, value in search_keys(client).items():
        setattr(client, key, value)
    return client


def _birth(rng: Random, today: date) -> date | None:
    """18 % children, as in the national count; a few without a known date."""
    if rng.random() < 0.03:
        return None
    years = rng.uniform(3, 17.9) if rng.random() < 0.18 else rng.triangular(18, 88, 45)
    return today - timedelta(days=round(years * 365.2425))


def _registered(rng: Random, today: date) -> date:
    """Half of the people are new in this 年度."""
    year = FiscalYear.of(today)
    if rng.random() < 0.5:
        return year.starts_on + timedelta(days=rng.randrange(max((today - year.starts_on).days, 1)))
    return year.starts_on - timedelta(days=rng.randrange(30, 600))


def _case(rng: Random, team: Team, client: Client, number: int) -> Case:
    everybody = [*team.counsellors, team.users[Role.KINOU].staff_member]
    responsible = team.counsellors[0] if number % 2 else rng.choice(everybody)
    closed_on = client.registered_on + timedelta(days=20) if number % 19 == 0 else None
    return invent_case(rng, client, responsible, closed_on)


def invent_case(rng: Random, client: Client, responsible: StaffMember, closed_on: date | None) -> Case:
    return Case(
        id=seeded_uuid(rng),
        center=client.center,
        client=client,
        opened_on=client.registered_on,
        reason=rng.choice(["区役所からの紹介", "家族からの電話", "病院からの紹介", "本人が来所", ""]),
        responsible=responsible,
        priority=rng.choice([Priority.NORMAL] * 7 + [Priority.HIGH, Priority.LOW]),
        state=CaseState.CLOSED if closed_on else rng.choice(STATES),
        closed_on=closed_on,
        closed_reason="困りごとが解決したため" if closed_on else "",
    )


def invent_details(rng: Random, client: Client, today: date) -> list:
    number = f"096-000-{rng.randrange(10_000):04}"
    rows: list = [
        ClientPhone(
            client=client, number=number, tail=phone_tail(number), whose=rng.choice(["", "", "母", "兄"])
        )
    ]
    codes = sorted({rng.choice(DISABILITIES) for _ in range(rng.choice([1, 1, 1, 2]))})
    rows += [ClientDisability(client=client, code=code) for code in codes]
    if codes[0] in HANDBOOK and rng.random() < 0.8:
        kind, grades = HANDBOOK[codes[0]]
        due = today + timedelta(days=rng.randrange(20, 900))
        rows.append(Handbook(client=client, kind=kind, grade=rng.choice(grades), next_on=due))
    if rng.random() < 0.75:
        rows.append(
            Consent(
                id=seeded_uuid(rng),
                client=client,
                given_on=client.registered_on,
                scopes=["事業所", "医療"],
                purposes=["01", "02"],
                ranges=["01", "02", "03"],
                way=ConsentWay.PAPER,
            )
        )
    return rows


def invent_plan_case(rng: Random, client: Client, team: Team, today: date) -> PlanCase:
    since = max(PLANS_AS_ROWS_SINCE, today - timedelta(days=1000))
    month = rng.randint(1, 12)
    return PlanCase(
        id=seeded_uuid(rng),
        center=team.center,
        client=client,
        kind=PlanKind.PLAN,
        contract_on=since + timedelta(days=rng.randrange(max((today - since).days, 1))),
        specialist=rng.choice(team.counsellors).name,
        monitoring_months=sorted({month, (month + 5) % 12 + 1}),
        complex=rng.random() < 0.3,
        unavoidable_reason="ほかの事業所に空きがないため" if rng.random() < 0.2 else "",
    )


def _restrict(people: People) -> None:
    """One case is open to named staff only."""
    case = next(case for case in people.cases[2:] if case.closed_on is None)
    case.restricted = True
    people.details.append(CaseMember(case=case, user=people.team.users[Role.SOUDAN]))
