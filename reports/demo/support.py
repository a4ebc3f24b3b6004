"""Invented 関係機関 with their people, the 後方支援 of each center, and quick texts."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from cases.models import Client, ProviderSupport, QuickText
from centers.contracts import business_items_on, setting
from centers.enums import Role
from centers.models import BusinessItem, Center, Organization, OrganizationPerson, Ward
from centers.organizations import search_key_of
from centers.periods import Month, is_business_day
from reports.demo.identity import seeded_uuid
from reports.demo.staff import Team
from reports.demo.words import FAMILY, MEN, PLACES, WOMEN

MONTHS = 9
A_MONTH = (2, 7)  # 後方支援 of a center, at least and at most
PROVIDERS = (
    "あさぎり アサギリ",
    "こだち コダチ",
    "ゆうなぎ ユウナギ",
    "はなみずき ハナミズキ",
    "つむぎ ツムギ",
)
# What each 区 has besides: name, reading, kind.
OTHERS = (
    ("就労支援事業所 わかば", "シュウロウシエンジギョウショ ワカバ", "04"),
    ("グループホーム ひだまり", "グループホーム ヒダマリ", "05"),
    ("放課後等デイサービス こもれび", "ホウカゴトウデイサービス コモレビ", "08"),
    ("こころの診療所 みなも", "ココロノシンリョウジョ ミナモ", "09"),
    ("ささえりあ 架空", "ササエリア カクウ", "12"),
)
NOTES = (
    "医療的ケアのある人も受け入れ",
    "初めての計画相談も相談可",
    "児童が中心",
    "精神障がいの相談が多い",
    "",
)
MATTERS = (
    "モニタリングの頻度の決め方について聞かれ、国の標準期間と市への理由の書き方を伝えた。",
    "家族が支援を断っている利用者への関わり方を一緒に考え、次の訪問の進め方を整理した。",
    "計画案のニーズの書き方を見て、本人の言葉を残す形に直すことを助言した。",
    "短期入所の空きが見つからないとの相談。圏域の事業所の受け入れの条件を伝えた。",
    "新任の相談支援専門員に同行し、初回面談の聞き取りを一緒に行った。",
    "支給決定の変更に要る書類と、区役所福祉課への出し方を伝えた。",
)
RESULTS = ("次のモニタリングの後に、もう一度話すことにした。", "事業所で進めることになった。", "", "")
QUICK = (
    ("不在", "電話したが不在。〈日時〉にかけ直す。"),
    ("折返し", "〈相手〉から折り返しの電話。〈内容〉を伝えた。"),
    ("情報提供", "〈制度・サービス〉の手続きと窓口を伝えた。本人は〈反応〉。"),
)
OWN_QUICK = ("見学同行", "〈事業所〉の見学に同行。本人の様子は〈様子〉。次は〈予定〉。")


def furnish_support(rng: Random, teams: Iterable[Team], today: date) -> None:
    teams = list(teams)
    providers = {team.center.pk: _providers(rng, team.center, today) for team in teams}
    rows = [one for found in providers.values() for one in found] + _others(rng, today)
    Organization.objects.bulk_create(rows)
    people = [
        person for one in rows if one.kind == Organization.PROVIDER for person in _people(rng, one, today)
    ]
    OrganizationPerson.objects.bulk_create(people)
    there: dict[object, list[OrganizationPerson]] = {}
    for person in people:
        there.setdefault(person.organization_id, []).append(person)
    for team in teams:
        supports = _supports(rng, team, providers[team.center.pk], there, today)
        ProviderSupport.unscoped.bulk_create(supports)
        QuickText.unscoped.bulk_create(_quick_texts(rng, team))


def _organization(rng: Random, today: date, ward: Ward, **fields) -> Organization:
    districts, towns = PLACES[ward.pk]
    one = Organization(
        id=seeded_uuid(rng),
        ward=ward,
        school_district=rng.choice(districts),
        address=f"{ward.name}{rng.choice(towns)}(架空)",
        corporation="社会福祉法人 架空会(架空)",
        phone=f"096-000-{rng.randrange(10000):04d}",
        note=rng.choice(NOTES),
        checked_on=today - timedelta(days=rng.choice([10, 40, 90, 150, 200, 400])),
        **fields,
    )
    one.search_key = search_key_of(vars(one))
    return one


def _providers(rng: Random, center: Center, today: date) -> list[Organization]:
    """The 指定特定相談支援事業所 of the zone; the last one names no zone, so its 区 decides."""
    found = []
    for number, words in enumerate(PROVIDERS):
        name, kana = words.split()
        place = center.zone.name
        found.append(
            _organization(
                rng,
                today,
                center.zone.ward,
                name=f"相談支援事業所 {name}{place}(架空)",
                kana=f"ソウダンシエンジギョウショ {kana}",
                kind=Organization.PROVIDER,
                office_number=f"43{rng.randrange(10**8):08d}",
                zones=[center.zone_id] if number < len(PROVIDERS) - 1 else [],
            )
        )
    return found


def _others(rng: Random, today: date) -> list[Organization]:
    return [
        _organization(rng, today, ward, name=f"{name}{ward.name}(架空)", kana=kana, kind=kind)
        for ward in Ward.objects.all()
        for name, kana, kind in OTHERS
    ]


def _people(rng: Random, one: Organization, today: date) -> list[OrganizationPerson]:
    found = []
    for number in range(rng.choice([1, 2, 2])):
        family, given = rng.choice(FAMILY), rng.choice([*MEN, *WOMEN])
        found.append(
            OrganizationPerson(
                id=seeded_uuid(rng),
                organization=one,
                name=f"{family[0]} {given[0]}",
                kana=f"{family[1]} {given[1]}",
                post="管理者" if number == 0 else "相談員",
                specialist="02" if number == 0 and rng.random() < 0.3 else "01",
                starts_on=today - timedelta(days=rng.randrange(200, 1500)),
            )
        )
    return found


def _supports(
    rng: Random, team: Team, providers: list[Organization], there, today: date
) -> list[ProviderSupport]:
    """Helped most are the first ones; the last one never was, and one a long time ago."""
    clients = list(Client.unscoped.filter(center=team.center).order_by("number")[:8])
    month, found = Month.of(today), []
    for back in range(MONTHS):
        items = _items(team.center, month.starts_on)
        near = providers[:2] if back < 4 else providers[:-2]
        for _ in range(rng.randint(*A_MONTH) if items else 0):
            day = month.starts_on + timedelta(days=rng.randrange(28))
            if is_business_day(day) and day <= today:
                found.append(_support(rng, team, rng.choice(near), there, day, items, clients))
        month = month.previous()
    return found


def _items(center: Center, day: date) -> list[BusinessItem]:
    codes = setting("support_items", day)
    return [item for item in business_items_on(center, day) if item.code in codes]


def _support(rng, team: Team, provider: Organization, there, day: date, items, clients) -> ProviderSupport:
    writer = team.users[rng.choice([Role.KINOU, Role.KINOU, Role.KANRI])]
    person = rng.choice(there[provider.pk])
    about = rng.choice(clients) if clients and rng.random() < 0.15 else None
    return ProviderSupport(
        id=seeded_uuid(rng),
        center=team.center,
        date=day,
        minutes=rng.choice([15, 20, 30, 45, 60, 90]),
        provider=provider,
        provider_name=provider.name,
        person=person,
        person_name=person.name,
        method=rng.choice("1133345567"),
        contents=sorted({rng.choice(["01", "01", "02", "02", "03", "04", "06", "07"]) for _ in range(2)}),
        business_item=rng.choice([items[0], items[-1], items[-1]]),
        client=about if about and about.registered_on <= day else None,
        facts=rng.choice(MATTERS),
        result=rng.choice(RESULTS),
        staff=getattr(writer, "staff_member", None),
        written_by=writer,
    )


def _quick_texts(rng: Random, team: Team) -> list[QuickText]:
    texts = [QuickText(id=seeded_uuid(rng), center=team.center, key=key, text=text) for key, text in QUICK]
    key, text = OWN_QUICK
    owner = team.users[Role.SOUDAN]
    return [*texts, QuickText(id=seeded_uuid(rng), center=team.center, owner=owner, key=key, text=text)]
