"""Invented フェイスシート of a few people of each center, and to which 圏域 the 校区 of the demo belong."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from cases.enums import ExpiryKind, SheetKind
from cases.models import (
    Case,
    Client,
    GrantedService,
    RelatedPerson,
    SheetDate,
    SheetSection,
    Supporter,
)
from centers.districts import district_key
from centers.enums import DistrictKind, FactStatus, Role
from centers.models import DistrictZone, Zone
from reports.demo.identity import seeded_uuid
from reports.demo.persons import People
from reports.demo.words import FAMILY, PLACES

SHEETS = 10
SOURCE = "架空(デモ)"
TEXTS: dict[SheetKind, list[dict]] = {
    SheetKind.CAUTION: [
        {"consider": "大きな音と急な予定の変更が苦手。先に紙で伝える。"},
        {
            "consider": "体に触れるときは先に声をかける。",
            "danger": "庭に放し飼いの大型犬。呼び鈴を押して門の外で待つ。",
        },
        {"taboo": "父の話をこちらから出さない。", "consider": "面談は30分まで。"},
    ],
    SheetKind.CONTACT: [
        {"ways": ["05", "06"], "hours": "平日15時以降"},
        {"ways": ["01", "02"], "contact_note": "電話には出られない。メールのあと訪問で確かめる。"},
        {"ways": ["08"], "hours": "午前中"},
    ],
    SheetKind.HOUSING: [
        {"home": "02", "living": "01", "home_note": "2階、エレベーターなし。"},
        {"home": "01", "living": "02"},
        {"home": "04", "living": "03"},
    ],
    SheetKind.PAPERS: [
        {"certificates": ["01"], "burden": 0},
        {"certificates": ["01", "02"], "burden": 9300},
        {"certificates": ["01"]},
    ],
    SheetKind.MEDICAL: [
        {
            "aid": "03",
            "doctor": "架空病院 精神科",
            "medicine": "朝と夜。飲み忘れがちで、カレンダーに貼っている。",
        },
        {"disease": "架空の難病", "family_doctor": "架空内科", "allergy": "そば"},
        {"aid": "01", "insurance": "01"},
    ],
    SheetKind.MONEY: [
        {"pension": "04", "work": "就労継続支援B型 週4日"},
        {"pension": "02", "welfare": True, "case_worker": "保護課 担当"},
        {"pension": "03", "allowances": ["01"]},
    ],
    SheetKind.LIFE: [
        {
            "life": "市内で生まれ育つ。20歳のころから家にいることが多くなった。",
            "day": "10時ごろ起き、夕方に散歩。",
        },
        {"schooling": "特別支援学校の高等部を卒業。清掃の仕事を3年。", "week": "月・水・金は通所。"},
        {"life": "18歳で県外に就職し、5年前に戻った。", "illness": "24歳で発症。入院2回。"},
    ],
    SheetKind.WISHES: [
        {
            "own_wish": "「いつか一人で暮らしたい」",
            "family_wish": "親が元気なうちに、先のことを決めておきたい。",
        },
        {"own_wish": "「仕事を続けたい」"},
        {"own_wish": "「夜に眠れるようになりたい」", "family_wish": "無理をさせたくない。"},
    ],
}
DATES = {
    SheetKind.CAUTION: ExpiryKind.CAUTION,
    SheetKind.PAPERS: ExpiryKind.CERTIFICATE,
    SheetKind.MEDICAL: ExpiryKind.MEDICAL_AID,
}
SERVICES = [("就労継続支援B型", "月23日"), ("居宅介護(家事援助)", "月12時間"), ("生活介護", "月23日")]
SUPPORTERS = [
    ("架空就労センター", "サービス管理責任者", "作業の様子の見守り"),
    ("架空訪問看護ステーション", "看護師", "服薬の確かめ"),
    ("区福祉課", "担当", "サービスの支給決定"),
]


def fill_sheets(everybody: Sequence[People], today: date) -> None:
    """Sheets for SHEETS people of each center, from a source of chance of their own."""
    _place_districts()
    for people in everybody:
        rng = Random(f"sheets {people.team.center.zone_id}")
        writer = people.team.users[Role.SOUDAN]
        rows: list = []
        for client in _clients(people)[:SHEETS]:
            rows += _sheet(rng, client, writer, today)
        for model in (SheetSection, SheetDate, GrantedService, RelatedPerson, Supporter):
            model.unscoped.bulk_create([row for row in rows if type(row) is model])


def _clients(people: People) -> list[Client]:
    """Those whose case is open and not restricted, in the order of their numbers."""
    shown = {case.client_id for case in people.cases if _ordinary(case)}
    return [client for client in people.clients if client.pk in shown]


def _ordinary(case: Case) -> bool:
    return case.closed_on is None and not case.restricted


def _sheet(rng: Random, client: Client, writer, today: date) -> list:
    rows: list = []
    for kind, texts in TEXTS.items():
        if rng.random() < 0.75:
            content = rng.choice(texts)
            rows.append(SheetSection(client=client, kind=kind, content=content, version=1, updated_by=writer))
            if kind in DATES and rng.random() < 0.6:
                due = today + timedelta(days=rng.randrange(-20, 200))
                rows.append(SheetDate(client=client, kind=DATES[kind], due_on=due))
    service, amount = rng.choice(SERVICES)
    rows.append(
        GrantedService(
            id=seeded_uuid(rng),
            client=client,
            service=service,
            amount=amount,
            starts_on=today - timedelta(days=rng.randrange(30, 300)),
            ends_on=today + timedelta(days=rng.randrange(10, 400)),
            updated_by=writer,
        )
    )
    rows.append(
        RelatedPerson(
            id=seeded_uuid(rng),
            client=client,
            name=f"{client.family_name} {rng.choice(['和子', '茂', '節子', '隆'])}",
            relation=rng.choice(["01", "02", "06"]),
            contact=f"090-0000-{rng.randrange(10_000):04}",
            living_together=rng.random() < 0.6,
            key_person=True,
            emergency_order=1,
            updated_by=writer,
        )
    )
    if rng.random() < 0.2:
        rows.append(
            RelatedPerson(
                id=seeded_uuid(rng),
                client=client,
                name=f"{rng.choice(FAMILY)[0]} 司法書士",
                guardian=rng.choice(["01", "02", "03"]),
                contact="096-000-0000",
                updated_by=writer,
            )
        )
    place, person, role = rng.choice(SUPPORTERS)
    rows.append(
        Supporter(
            id=seeded_uuid(rng), client=client, place=place, person=person, role=role, updated_by=writer
        )
    )
    return rows


def _place_districts() -> None:
    """The 校区 of a 区 shared out to its 圏域 in the order of the list; invented, as the city publishes no table."""
    rows = []
    for ward, (districts, _) in PLACES.items():
        zones = list(Zone.objects.filter(ward=ward))
        for number, name in enumerate(districts):
            rows.append(
                DistrictZone(
                    id=seeded_uuid(Random(f"district {name}")),
                    kind=DistrictKind.SCHOOL,
                    name=name,
                    key=district_key(name, DistrictKind.SCHOOL),
                    zone=zones[number * len(zones) // len(districts)],
                    starts_on=date(2015, 4, 1),
                    status=FactStatus.PRESUMED,
                    source=SOURCE,
                )
            )
    DistrictZone.objects.bulk_create(rows)
