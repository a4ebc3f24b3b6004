"""After an import the monthly report says what a plain count of the file says."""

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from random import Random

from django.core.management import call_command

from tests.reports.imports.builders import csv_text, run, written

MONTH = (2026, 10)
METHODS = {
    "1": "訪問",
    "2": "来所相談",
    "3": "3",
    "4": "電話",
    "5": "電子メール",
    "6": "6",
    "7": "関係機関",
    "8": "8",
}
SPEAKERS = {"01": "本人", "02": "家族・親族", "07": "医療機関", "": ""}
KINDS = {"01": "身体障害", "03": "知的", "04": "精神障がい", "05": "05"}


def _people(rng: Random) -> list[dict]:
    return [
        {
            "利用者番号": f"F-{n:03}",
            "氏名": f"架空 {n}",
            "フリガナ": "カクウ",
            "生年月日": "" if n % 9 == 0 else date(1940 + n, 1 + n % 12, 1 + n % 28).isoformat(),
            "障がい種別": ";".join(sorted({rng.choice(list(KINDS)) for _ in range(n % 3)})),
        }
        for n in range(80)
    ]


def _written_day(day: date, shape: int) -> str:
    return [f"{day:%Y-%m-%d}", f"R{day.year - 2018}.{day.month}.{day.day}", f"{day:%Y/%m/%d}"][shape]


def _day_of(rng: Random) -> date:
    """Half of them in the month that is counted, the others over a year and a turn of 年度."""
    if rng.random() < 0.5:
        return date(*MONTH, rng.randint(1, 31))
    return date(2025, 12, 1) + timedelta(days=rng.randrange(350))


def _records(rng: Random) -> list[dict]:
    return [
        {
            "相談日": _written_day(_day_of(rng), n % 3),
            "利用者番号": "" if n % 11 == 0 else f"F-{rng.randrange(80):03}",
            "支援方法": METHODS[rng.choice(list(METHODS))],
            "支援内容": "；".join(sorted({f"{rng.randint(1, 12):02}" for _ in range(1 + n % 3)})),
            "相談者": SPEAKERS[rng.choice(list(SPEAKERS))],
            "業務項目": rng.choice(["", "1-1-2", "2-1-1", "4-0-0"]),
            "計上": "しない" if n % 17 == 0 else "",
            "計上しない理由": "間違い" if n % 17 == 0 else "",
            "記録": f"架空の記録 {n}",
        }
        for n in range(500)
    ]


def test_the_report_is_the_count_of_the_file(west, tmp_path):
    rng = Random(20261101)
    people, records = csv_text(_people(rng)), csv_text(_records(rng))
    run("clients", written(tmp_path, "people.csv", people.encode()))
    run("consultations", written(tmp_path, "records.csv", records.encode("cp932")))
    out = io.StringIO()
    call_command("soudan_monthly_report", center="西", month="2026-10", json=True, stdout=out)
    told = json.loads(out.getvalue())
    expected = _count(list(csv.DictReader(io.StringIO(people))), list(csv.DictReader(io.StringIO(records))))
    assert expected["contacts"] > 150
    assert {key: _without_zeros(told[key]) for key in expected} == {
        key: _without_zeros(value) for key, value in expected.items()
    }
    assert told["reconciliation"] == []


def _without_zeros(value):
    return {code: number for code, number in value.items() if number} if isinstance(value, dict) else value


def _count(people: list[dict], records: list[dict]) -> dict:
    born = {p["利用者番号"]: date.fromisoformat(p["生年月日"]) if p["生年月日"] else None for p in people}
    kinds = {p["利用者番号"]: [kind for kind in p["障がい種別"].split(";") if kind] for p in people}
    contacts = sorted(
        (_day(r["相談日"]), n, r) for n, r in enumerate(records) if not r["計上"] and r["業務項目"] != "4-0-0"
    )
    month = [(day, r) for day, _, r in contacts if (day.year, day.month) == MONTH]
    firsts: dict[str, date] = {}
    ever: dict[str, date] = {}
    for day, _, r in contacts:
        ever.setdefault(r["利用者番号"], day)
        if day >= date(2026, 4, 1):
            firsts.setdefault(r["利用者番号"], day)
    seen: dict[str, date] = {}
    for day, r in month:
        seen.setdefault(r["利用者番号"], day)
    for table in (firsts, ever, seen):
        table.pop("", None)
    first_now = [who for who, day in firsts.items() if (day.year, day.month) == MONTH]
    ages = {who: _age(born[who], day) for who, day in seen.items()}
    return {
        "contacts": len(month),
        "methods": Counter(_code(METHODS, r["支援方法"]) for _, r in month),
        "contents": Counter(code for _, r in month for code in r["支援内容"].split("；")),
        "counterparts": Counter(_code(SPEAKERS, r["相談者"]) or "18" for _, r in month),
        "business_items": Counter(r["業務項目"] or "1-1-1" for _, r in month),
        "ages": Counter(_band(_age(born.get(r["利用者番号"]), day)) for day, r in month),
        "disabilities": Counter(kind for who in seen for kind in kinds[who]),
        "persons": {
            "month_distinct": len(seen),
            "first_in_fiscal_year": len(first_now),
            "new": sum(ever[who] == firsts[who] for who in first_now),
            "continuing": sum(ever[who] < firsts[who] for who in first_now),
            "adults": sum(age is not None and age >= 18 for age in ages.values()),
            "children": sum(age is not None and age < 18 for age in ages.values()),
            "age_unknown": sum(age is None for age in ages.values()),
        },
    }


def _code(words: dict[str, str], word: str) -> str:
    return next(code for code, said in words.items() if said == word)


def _day(text: str) -> date:
    year, month, day = text.removeprefix("R").replace("/", "-").replace(".", "-").split("-")
    return date(int(year) + (2018 if text.startswith("R") else 0), int(month), int(day))


def _age(birth: date | None, day: date) -> int | None:
    return birth and day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _band(age: int | None) -> str:
    if age is None:
        return "unknown"
    return next(
        band for band, top in (("0-17", 17), ("18-39", 39), ("40-64", 64), ("65+", 200)) if age <= top
    )
