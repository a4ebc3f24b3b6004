"""A month of contacts at 西, laid out by hand, with the figures that a hand count gives."""

from datetime import date

from tests.factories import CaseFactory, ClientDisabilityFactory, ClientFactory, ConsultationFactory, UserFactory, center

MONTH = "2026-10"

# (day, person, method, contents); person None is an anonymous caller
CONTACTS = [
    (1, "P1", "4", ["01", "04"]),
    (2, "P1", "1", ["01", "07"]),
    (5, "P2", "2", ["05", "06"]),
    (6, "P1", "7", ["01"]),
    (7, None, "4", ["01"]),
    (8, "P3", "4", ["03"]),
    (8, "P3", "3", ["03", "01"]),
    (13, "P2", "6", ["05"]),
    (15, "P5", "5", ["09"]),
    (15, "P5", "4", ["09", "04"]),
    (20, "P1", "1", ["07", "11"]),
    (30, "P3", "4", ["03"]),
]

EXPECTED = {
    "contacts": 12,
    "methods": {"1": 2, "2": 1, "3": 1, "4": 5, "5": 1, "6": 1, "7": 1, "8": 0},
    "contents": {
        "01": 5, "02": 0, "03": 3, "04": 2, "05": 2, "06": 1,
        "07": 2, "08": 0, "09": 2, "10": 0, "11": 1, "12": 0,
    },
    "ages": {"0-17": 2, "18-39": 2, "40-64": 4, "65+": 3, "unknown": 1},
    "persons": {
        "month_distinct": 4,
        "first_in_fiscal_year": 3,
        "new": 2,
        "continuing": 1,
        "adults": 3,
        "children": 1,
        "age_unknown": 0,
    },
    "disabilities": {"01": 1, "02": 0, "03": 1, "04": 2, "05": 1, "06": 0, "07": 0},
}  # fmt: skip

PERSONS = {
    "P1": (("熊本", "太郎", "クマモト", "タロウ"), date(1985, 5, 10), ["03", "04"]),
    "P2": (("阿蘇", "花子", "アソ", "ハナコ"), date(2010, 11, 20), ["05"]),
    "P3": (("天草", "次郎", "アマクサ", "ジロウ"), date(1958, 2, 1), ["01"]),
    "P5": (("水前寺", "美咲", "スイゼンジ", "ミサキ"), date(1998, 7, 7), ["04"]),
}


def settle_persons() -> dict:
    """The four persons at 西: P1 known from the year before, P3 from June, the others never seen."""
    writer, home = UserFactory(), center("nishi")
    persons = {}
    for key, ((family, given, family_kana, given_kana), birth, disabilities) in PERSONS.items():
        client = ClientFactory(
            center=home,
            family_name=family,
            given_name=given,
            family_kana=family_kana,
            given_kana=given_kana,
            birth_date=birth,
        )
        CaseFactory(client=client)
        for code in disabilities:
            ClientDisabilityFactory(client=client, code=code)
        persons[key] = client
    ConsultationFactory(client=persons["P1"], date=date(2025, 12, 3), written_by=writer)
    ConsultationFactory(client=persons["P3"], date=date(2026, 6, 3), written_by=writer)
    return persons


def settle_contacts(persons: dict) -> None:
    writer = UserFactory()
    for day, person, method, contents in CONTACTS:
        kept = {"date": date(2026, 10, day), "method": method, "contents": contents, "written_by": writer}
        if person:
            ConsultationFactory(client=persons[person], **kept)
        else:
            ConsultationFactory(anonymous=True, center=center("nishi"), **kept)
