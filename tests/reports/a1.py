"""Scenario A1: a month of contacts at 西, and the report that was computed for it by hand."""

from datetime import date

from tests.factories import ClientDisabilityFactory, ClientFactory, ConsultationFactory, center

# name, kana, birth date, disabilities
PEOPLE = {
    "P1": ("熊本", "太郎", "クマモト", "タロウ", date(1985, 5, 10), ("03", "04")),
    "P2": ("阿蘇", "花子", "アソ", "ハナコ", date(2010, 11, 20), ("05",)),
    "P3": ("天草", "次郎", "アマクサ", "ジロウ", date(1958, 2, 1), ("01",)),
    "P5": ("水前寺", "美咲", "スイゼンジ", "ミサキ", date(1998, 7, 7), ("04",)),
}
EARLIER = (("P1", date(2025, 9, 3)), ("P3", date(2026, 6, 3)))  # 令和7年度, and this 年度

# day of October, person (None: anonymous), method, contents, who spoke
CONTACTS = (
    (1, "P1", "4", ("01", "04"), ""),
    (2, "P1", "1", ("01", "07"), ""),
    (5, "P2", "2", ("05", "06"), "02"),
    (6, "P1", "7", ("01",), ""),
    (7, None, "4", ("01",), ""),
    (8, "P3", "4", ("03",), ""),
    (8, "P3", "3", ("03", "01"), ""),
    (13, "P2", "6", ("05",), ""),
    (15, "P5", "5", ("09",), ""),
    (15, "P5", "4", ("09", "04"), ""),
    (20, "P1", "1", ("07", "11"), ""),
    (30, "P3", "4", ("03",), ""),
)


def _all(codes, **numbers) -> dict:
    return dict.fromkeys(codes, 0) | {key.removeprefix("c"): value for key, value in numbers.items()}


_TWO_FIGURES = [f"{number:02}" for number in range(1, 19)]
_PARTS = {"1-1": 6, "1-2": 2, "1-3": 1, "2-1": 3, "2-2": 3, "3-1": 6}
_ITEMS = [f"{part}-{number}" for part, last in _PARTS.items() for number in range(1, last + 1)]

EXPECTED = {
    "contacts": 12,
    "persons": {
        "month_distinct": 4,
        "first_in_fiscal_year": 3,
        "new": 2,
        "continuing": 1,
        "adults": 3,
        "children": 1,
        "age_unknown": 0,
    },
    "methods": {"1": 2, "2": 1, "3": 1, "4": 5, "5": 1, "6": 1, "7": 1, "8": 0},
    "contents": _all(_TWO_FIGURES[:12], c01=5, c03=3, c04=2, c05=2, c06=1, c07=2, c09=2, c11=1),
    "ages": {"0-17": 2, "18-39": 2, "40-64": 4, "65+": 3, "unknown": 1},
    "disabilities": _all(_TWO_FIGURES[:7], c01=1, c03=1, c04=2, c05=1),
    "counterparts": _all(_TWO_FIGURES, c02=1, c18=11),
    "business_items": dict.fromkeys(_ITEMS, 0) | {"1-1-1": 12},
    "provider_support": {
        "supports": 0,
        "providers": 0,
        "methods": _all("12345678"),
        "contents": _all(_TWO_FIGURES[:8]),
    },
    "reconciliation": [],
}


def enter() -> dict:
    """Lay the scenario down in the database; name → client."""
    clients = {name: _register(*facts) for name, facts in PEOPLE.items()}
    for name, day in EARLIER:
        ConsultationFactory(client=clients[name], date=day)
    for day, name, method, contents, counterpart in CONTACTS:
        about = {"client": clients[name]} if name else {"anonymous": True, "center": center()}
        ConsultationFactory(
            date=date(2026, 10, day), method=method, contents=list(contents), counterpart=counterpart, **about
        )
    return clients


def _register(family, given, family_kana, given_kana, birth, disabilities):
    client = ClientFactory(
        family_name=family,
        given_name=given,
        family_kana=family_kana,
        given_kana=given_kana,
        birth_date=birth,
    )
    for code in disabilities:
        ClientDisabilityFactory(client=client, code=code)
    return client
