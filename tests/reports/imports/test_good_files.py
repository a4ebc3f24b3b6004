"""Files that are taken, and what their rows become."""

from datetime import date, datetime, time

import pytest
from django.apps import apps
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cases.actions.clients import register_client
from cases.models import Case, Client, Consultation, ImportBatch, PlanCase
from tests.reports.imports.builders import csv_bytes, csv_text, rows, run, sheet_rows, written, xlsx_bytes

FIRST = date(2026, 10, 1)
MORNING = datetime.fromisoformat("2026-10-01T09:30")
IVS_NAME = "葛\U000e0100飾"


def one(kind, change=None, codec="utf-8", end="\r\n"):
    return "file.csv", csv_bytes(rows(kind, change or {}), codec, end)


def excel(kind, change=None, edit=None):
    return "file.xlsx", xlsx_bytes(rows(kind, change or {}), edit)


def records(change, **expected):
    return "consultations", one("consultations", change), expected


def typed(change, **expected):
    return "consultations", excel("consultations", change), expected


def person(change, **expected):
    return "clients", one("clients", change), expected


def plan(change, **expected):
    return "plan_cases", one("plan_cases", change), expected


def day(text, expected=date(2022, 11, 18)):
    return records({"相談日": text}, date=expected)


def _use_1904(book, sheet):
    book.epoch = CALENDAR_MAC_1904
    sheet["A2"] = datetime.fromisoformat("2026-10-01")


def _trailing(book, sheet):
    sheet["A900"] = "  "
    sheet["B901"].number_format = "0"
    book.create_sheet("2枚目").append(["使わない"])


def _noted(lines):
    return "file.csv", ("\ufeff" + lines).encode()


GOOD = {
    # encodings and line ends
    "utf8": records({}, date=FIRST, method="4", contents=["01"], facts="架空の記録。"),
    "utf8-bom": ("consultations", one("consultations", codec="utf-8-sig"), {"date": FIRST}),
    "cp932": (
        "consultations",
        one("consultations", {"記録": "髙﨑①㈱～"}, codec="cp932"),
        {"facts": "髙﨑①㈱～"},
    ),
    "lf": ("consultations", one("consultations", end="\n"), {"date": FIRST}),
    "cr": ("consultations", one("consultations", end="\r"), {"date": FIRST}),
    "lines-in-a-note": records({"記録": "1行目\r\n2行目"}, facts="1行目\n2行目"),
    "no-last-line-end": (
        "consultations",
        ("file.csv", csv_bytes(rows("consultations")).rstrip()),
        {"facts": "架空の記録。"},
    ),
    "blank-lines": (
        "consultations",
        _noted("\r\n" + csv_text(rows("consultations")) + "\r\n,,,\r\n"),
        {"date": FIRST},
    ),
    "quotes-and-commas": records({"記録": 'a,"b",c'}, facts='a,"b",c'),
    "headings-in-other-widths": (
        "consultations",
        _noted(
            "利用者番号 ,相談日,支援方法,支援内容,記録,ﾊﾞｼｮ\r\nK-1,2026-10-01,4,01,記録,\r\n".replace(
                "ﾊﾞｼｮ", "場所"
            )
        ),
        {"date": FIRST},
    ),
    # days
    "iso": day("2022-11-18"),
    "slashes": day("2022/11/18"),
    "digits": day("20221118"),
    "era-letter": day("R4.11.18"),
    "era-kanji": day("令和4年11月18日"),
    "full-width": day("２０２２／１１／１８"),
    "full-width-era": day("Ｒ４．１１．１８"),
    "first-year-of-reiwa": day("令和元年5月1日", date(2019, 5, 1)),
    "last-day-of-heisei": day("平成31年4月30日", date(2019, 4, 30)),
    "with-weekday": day("2022年11月18日(金)"),
    # codes and labels
    "method-label": records({"支援方法": "電話相談"}, method="4"),
    "method-short": records({"支援方法": "電話"}, method="4"),
    "method-half-width-kana": records({"支援方法": "電子ﾒｰﾙ"}, method="5"),
    "method-full-width-code": records({"支援方法": "１"}, method="1"),
    "method-code-and-label": records({"支援方法": "1 訪問"}, method="1"),
    "contents-semicolon": records({"支援内容": "04;01"}, contents=["01", "04"]),
    "contents-wide-semicolon": records({"支援内容": "1；4"}, contents=["01", "04"]),
    "contents-comma-of-japanese": records({"支援内容": "健康・医療、その他"}, contents=["03", "12"]),
    "contents-line-break": records({"支援内容": "01\n01\n11"}, contents=["01", "11"]),
    "disability-in-the-city's-writing": records(
        {"支援内容": "障がいや病状の理解に関する支援"}, contents=["02"]
    ),
    "counterpart": records({"相談者": "区役所(福祉課・保健子ども課・保護課)"}, counterpart="09"),
    "item": records({"業務項目": "1-2-2"}, business_item__code="1-2-2"),
    "item-usual": records({}, business_item__code="1-1-1"),
    "item-own-plan-work": records({"業務項目": "4-0-0"}, business_item__code="4-0-0"),
    "item-mark": records({"業務項目": "Ⅰ(1)②"}, business_item__code="1-1-2"),
    "item-that-excel-made-a-day": records({"業務項目": "2001/1/2"}, business_item__code="1-1-2"),
    "item-of-an-older-catalogue": records(
        {"相談日": "H28.5.2", "業務項目": "8"}, business_item__code="8", business_item__catalogue_id="h27"
    ),
    "not-counted": records(
        {"計上": "しない", "計上しない理由": "間違い電話"}, counted=False, uncounted_reason="間違い電話"
    ),
    "times": records({"開始": "午後1時", "終了": "13:45"}, start_time=time(13), minutes=45),
    "anonymous": records({"利用者番号": ""}, client=None, subject="anonymous", case=None),
    "staff": records({"担当者": "見本職員"}, staff__name="見本 職員"),
    # typed cells of a workbook
    "sheet-of-texts": typed({}, date=FIRST, method="4"),
    "sheet-day-cell": typed({"相談日": FIRST}, date=FIRST),
    "sheet-day-with-time": typed(
        {"相談日": MORNING, "開始": MORNING},
        date=FIRST,
        start_time=time(9, 30),
    ),
    "sheet-time-cells": typed(
        {"開始": time(10, 5), "終了": time(10, 20)}, start_time=time(10, 5), minutes=15
    ),
    "sheet-numbers": typed({"相談日": 20261001, "支援方法": 4, "支援内容": 1.0}, method="4", contents=["01"]),
    "sheet-boolean": (
        "plan_cases",
        excel("plan_cases", {"複雑困難": True}),
        {"complex": True, "contract_on": date(2024, 4, 1)},
    ),
    "sheet-of-1904": ("consultations", excel("consultations", {}, _use_1904), {"date": FIRST}),
    "sheet-trailing-and-second": ("consultations", excel("consultations", {}, _trailing), {"date": FIRST}),
    "sheet-line-end-of-windows": (
        "consultations",
        excel("consultations", {"記録": "1行目_x000D_\n2行目"}),
        {"facts": "1行目\n2行目"},
    ),
    "sheet-birth-cell": (
        "clients",
        excel("clients", {"生年月日": MORNING.replace(year=1985)}),
        {"birth_date": date(1985, 10, 1)},
    ),
    "sheet-text-like-a-formula": typed({"記録": "'=1+1 と書いた"}, facts="'=1+1 と書いた"),
    # people
    "person": person({"名": "太郎", "メイ": "たろう"}, number="N-1", given_name="太郎", given_kana="タロウ"),
    "person-in-one-cell": person(
        {"姓": None, "セイ": None, "氏名": "架空　花子", "フリガナ": "ｶｸｳ ﾊﾅｺ"},
        family_name="架空",
        given_name="花子",
        family_kana="カクウ",
        given_kana="ハナコ",
    ),
    "person-variant-kanji": person({"姓": "𠮷﨑", "名": "髙子"}, family_name="𠮷﨑", given_name="髙子"),
    "person-variation-selector": person({"姓": IVS_NAME}, family_name=IVS_NAME),
    "person-60-code-points": person({"姓": "𠮷" * 60}, family_name="𠮷" * 60),
    "birth-to-the-day": person({"生年月日": "S60.5.10"}, birth_date=date(1985, 5, 10), birth_precision="day"),
    "birth-to-the-month": person(
        {"生年月日": "昭和60年5月"}, birth_date=date(1985, 5, 1), birth_precision="month"
    ),
    "birth-in-the-old-days": person({"生年月日": "大正15年12月24日"}, birth_date=date(1926, 12, 24)),
    "sex": person({"性別": "女性"}, sex="female"),
    "sex-half-width-space": person({"性別": " 男 "}, sex="male"),
    "postal": person({"郵便番号": "８６０-０８０１"}, postal_code="8600801"),
    "recipient-padded": person({"受給者証番号": "12345678"}, recipient_number="0012345678"),
    "level": person({"障害支援区分": "区分３"}, support_level="3"),
    "disabilities": person({"障がい種別": "知的；精神障がい"}, disability_codes=["03", "04"]),
    "handbooks": person({"手帳": "身体2級；療育Ｂ１"}, grades={"physical": "2級", "intellectual": "Ｂ１"}),
    "phones": person({"電話": "096-000-0001；9000000002"}, phone_numbers=["096-000-0001", "09000000002"]),
    "consent": person({"同意日": "R6.4.1"}, consent_days=[date(2024, 4, 1)]),
    "responsible": person({"担当者": "見本 職員"}, responsible_names=["見本 職員"]),
    "number-of-other-width": person({"利用者番号": "ｃ2－００1"}, number="C2-001"),
    # plan cases
    "plan": plan({}, kind="plan", contract_on=date(2024, 4, 1), ends_on=None, complex=False),
    "plan-child": plan({"種別": "障がい児相談支援"}, kind="child"),
    "plan-ended": plan(
        {"終了日": "R7.3.31", "終了理由": "転居", "引継先": "見本相談室"},
        ends_on=date(2025, 3, 31),
        end_reason="転居",
        handed_to="見本相談室",
    ),
    "plan-months": plan({"モニタリング月": "10月；４"}, monitoring_months=[4, 10]),
    "plan-hard": plan(
        {"複雑困難": "はい", "理由": "受け手がない"}, complex=True, unavoidable_reason="受け手がない"
    ),
}
MODELS = {"clients": Client, "consultations": Consultation, "plan_cases": PlanCase}


@pytest.mark.parametrize("name", GOOD)
def test_taken(name, west, tmp_path):
    kind, (file, content), expected = GOOD[name]
    out, _ = run(kind, written(tmp_path, file, content))
    batch = ImportBatch.unscoped.get()
    assert batch.number in out
    assert batch.rows == 1
    row = batch.taken_rows.get()
    made = {"clients": row.client, "consultations": row.consultation, "plan_cases": row.plan_case}[kind]
    assert {key: _value(made, key) for key in expected} == expected
    if kind == "clients":
        assert Case.unscoped.get(client=made).state == "received"


def _value(made, key):
    if key in _OF_PERSON:
        return _OF_PERSON[key](made)
    for part in key.split("__"):
        made = getattr(made, part)
    return made


_OF_PERSON = {
    "disability_codes": lambda person: [row.code for row in person.disabilities.all()],
    "grades": lambda person: {book.kind: book.grade for book in person.handbooks.all()},
    "phone_numbers": lambda person: [phone.number for phone in person.phones.all()],
    "consent_days": lambda person: [consent.given_on for consent in person.consents.all()],
    "responsible_names": lambda person: [case.responsible.name for case in person.cases.all()],
}


def test_there_are_at_least_forty():
    assert len(GOOD) >= 40


def test_equal_rows_of_a_file_are_separate_records(west, tmp_path):
    path = written(tmp_path, "file.csv", csv_bytes(rows("consultations", {}, {}, {})))
    run("consultations", path)
    assert Consultation.unscoped.count() == 3


def test_a_record_belongs_to_the_case_and_moves_its_last_contact(west, tmp_path):
    people = written(tmp_path, "people.csv", csv_bytes(rows("clients")))
    run("clients", people)
    run(
        "consultations",
        written(tmp_path, "file.csv", csv_bytes(rows("consultations", {"利用者番号": "N-1"}))),
    )
    case = Case.unscoped.get(client__number="N-1")
    assert Consultation.unscoped.get().case == case
    assert (case.last_contact_on, case.last_contact_method) == (FIRST, "4")


def test_numbers_of_the_own_shape_are_not_given_again(west, tmp_path):
    prefix = west.zone.number_prefix
    run("clients", written(tmp_path, "f.csv", csv_bytes(rows("clients", {"利用者番号": f"{prefix}-00730"}))))
    by = ImportBatch.unscoped.get().taken_by
    assert register_client(center=west, by=by, on=FIRST, family_kana="シケン").number == f"{prefix}-00731"


def test_a_sheet_and_a_csv_of_the_same_rows_are_the_same_rows(west, tmp_path):
    table = rows("consultations", {"記録": "ひとつめ\n2行目"}, {"記録": "ふたつめ"})
    run("consultations", written(tmp_path, "f.csv", csv_bytes(table)))
    _, err = run("consultations", written(tmp_path, "f.xlsx", xlsx_bytes(table)), skip_known=True)
    assert "もう取り込まれている行(2行): 2、3" in err
    assert sheet_rows(table)[1][3] == "ひとつめ\n2行目"


def test_the_history_names_the_writer_of_every_row(west, tmp_path):
    table = rows("consultations", {"記録": "一つ目"}, {"記録": "二つ目"})
    run("consultations", written(tmp_path, "f.csv", csv_bytes(table)))
    events = apps.get_model("cases", "ConsultationEvent").objects.filter(facts__in=["一つ目", "二つ目"])
    writer = str(ImportBatch.unscoped.get().taken_by_id)
    assert list(events.values_list("pgh_context__metadata__user", flat=True)) == [writer, writer]
