"""Files that are refused: exit 2, nothing written, the place named."""

import os
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from cases.models import Consultation
from tests.factories import ClientFactory, center, user_with
from tests.reports.imports.builders import csv_bytes, csv_text, refused, rows, run, written, xlsx_bytes


def bad(kind, change, *said):
    return kind, ("file.csv", csv_bytes(rows(kind, change))), said


def record(change, *said):
    return bad("consultations", change, "2行目", *said)


def person(change, *said):
    return bad("clients", change, "2行目", *said)


def plan(change, *said):
    return bad("plan_cases", change, "2行目", *said)


def sheet(change, *said, edit=None):
    return "consultations", ("file.xlsx", xlsx_bytes(rows("consultations", change), edit)), said


def raw(content, *said, name="file.csv"):
    return "consultations", (name, content if isinstance(content, bytes) else content.encode()), said


def _merged_heading(book, sheet):
    sheet.merge_cells("D1:E1")
    sheet["E2"] = "値"


def _fault(book, sheet):
    sheet["B2"] = "#N/A"
    sheet["B2"].data_type = "e"


def _old_day(book, sheet):
    sheet["A2"] = 60
    sheet["A2"].number_format = "yyyy-mm-dd"


RECORD = csv_text(rows("consultations"))
BAD = {
    # the file
    "empty": raw(b"", "0バイト"),
    "blank": raw("\r\n \r\n", "空"),
    "heading-only": raw(RECORD.splitlines()[0], "行がありません"),
    "utf-16": raw(RECORD.encode("utf-16"), "UTF-16"),
    "utf-16-without-mark": raw(RECORD.encode("utf-16-le"), "UTF-16"),
    "utf-8-with-a-broken-character": raw(RECORD.encode() + b"\xff\r\n", "3行目", "UTF-8"),
    "cp932-with-a-broken-character": raw(RECORD.encode("cp932") + b"\x81\r\n", "3行目", "CP932"),
    "euc-jp": raw(RECORD.encode("euc-jp"), "1行目", "読めない文字"),
    "nul": raw(RECORD + "2026-10-02,4,01,a\0b,K-1\r\n", "3行目", "NUL"),
    "open-quote": raw(RECORD + '2026-10-02,4,01,"途中で', "3行目", "対応"),
    "tabs": raw(RECORD.replace(",", "\t"), "タブ"),
    "semicolons": raw(RECORD.replace(",", ";"), "セミコロン"),
    "no-heading": raw(RECORD.splitlines()[1], "列がありません", "相談日"),
    "column-missing": raw(csv_text(rows("consultations", {"支援方法": None})), "支援方法"),
    "column-twice": raw("相談日,相談日,支援方法,支援内容,記録\r\n1,1,1,1,1\r\n", "相談日", "2つ"),
    "column-unknown": raw(csv_text(rows("consultations", {"備考": "x"})), "備考", "--ignore-unknown"),
    "value-without-heading": raw(RECORD.rstrip() + ",はみ出し\r\n", "2行目", "6列目", "見出し"),
    "two-ways-to-write-a-name": bad("clients", {"氏名": "架空 太郎", "フリガナ": "カクウ"}, "両方"),
    "a-long-cell": raw(csv_text(rows("consultations", {"記録": "あ" * 12_001})), "2行目", "字を超える"),
    "a-page": raw("<!DOCTYPE html><table></table>", "CSVでもExcel"),
    "pdf": raw(b"%PDF-1.7 \xe2", "CSVでもExcel"),
    # days and times
    "no-day": record({"相談日": ""}, "相談日", "空です"),
    "no-such-month": record({"相談日": "2026/13/1"}, "相談日", "2026/13/1", "13月"),
    "no-such-day": record({"相談日": "2026-02-29"}, "2月29日"),
    "day-of-another-era": record({"相談日": "平成31年5月1日"}, "R1.5.1"),
    "day-in-the-future": record({"相談日": "2026-11-21"}, "未来"),
    "day-before-the-center": record({"相談日": "2015-03-31"}, "開所日"),
    "day-without-a-year": record({"相談日": "10/1"}, "読めません"),
    "serial-number": record({"相談日": "46296"}, "読めません"),
    "end-before-start": record({"開始": "10:00", "終了": "9:59"}, "終了", "より前"),
    "end-without-start": record({"終了": "10:00"}, "開始が空"),
    "no-such-time": record({"開始": "25:00"}, "25時"),
    # codes
    "method-unknown": record({"支援方法": "9"}, "支援方法", "「9」", "1 訪問", "8 その他"),
    "method-twice": record({"支援方法": "1;2"}, "支援方法", "1 訪問"),
    "content-unknown": record({"支援内容": "01;13"}, "「13」", "12 その他"),
    "content-by-commas": record({"支援内容": "01,04"}, "01,04"),
    "content-nothing-but-separators": record({"支援内容": "；；"}, "支援内容"),
    "counterpart-unknown": record({"相談者": "宇宙人"}, "相談者", "01 本人"),
    "item-unknown": record({"業務項目": "9-9-9"}, "業務項目", "1-1-1"),
    "item-of-another-catalogue": record({"業務項目": "13"}, "業務項目表"),
    # the rest of a record
    "client-unknown": record({"利用者番号": "K-404"}, "利用者番号", "K-404", "いません"),
    "staff-unknown": record({"担当者": "見知らぬ 人"}, "担当者", "見本 職員"),
    "no-note": record({"記録": " "}, "記録", "空です"),
    "note-with-a-control": record({"記録": "a\x07b"}, "制御文字"),
    "note-too-long": record({"記録": "あ" * 3_500}, "バイト"),
    "not-counted-without-reason": record({"計上": "しない"}, "理由が空"),
    "counted-with-reason": record({"計上": "する", "計上しない理由": "x"}, "理由を消す"),
    "counted-unreadable": record({"計上": "たぶん"}, "する、しない"),
    "place-too-long": record({"場所": "あ" * 61}, "60字"),
    "number-twice": (
        "consultations",
        ("file.csv", csv_bytes(rows("consultations", {"記録番号": "7"}, {"記録番号": "7"}))),
        ("3行目", "記録番号", "2行目と同じ"),
    ),
    # typed cells
    "formula": sheet({"記録": "=A1"}, "2行目", "記録", "数式"),
    "fault": sheet({}, "2行目", "支援方法", "計算できない", edit=_fault),
    "excel-day-60": sheet({}, "2行目", "1900年", edit=_old_day),
    "merged-heading": sheet({}, "結合", edit=_merged_heading),
    # people
    "person-without-number": person({"利用者番号": ""}, "利用者番号", "空です"),
    "person-without-name": person({"姓": ""}, "姓", "空です"),
    "person-without-kana": person({"セイ": ""}, "セイ", "空です"),
    "person-kanji-as-kana": person({"セイ": "架空"}, "『架』", "カタカナ"),
    "person-of-61": person({"姓": "𠮷" * 61}, "60字", "61字"),
    "person-number-taken": person({"利用者番号": "k－1"}, "もう使われています"),
    "person-born-tomorrow": person({"生年月日": "2026-11-21"}, "未来"),
    "person-born-1899": person({"生年月日": "1899-12-31"}, "126歳"),
    "person-born-in-edo": person({"生年月日": "1850-01-01"}, "明治より前"),
    "person-sex": person({"性別": "X"}, "男、女"),
    "person-postal": person({"郵便番号": "860-080"}, "7桁"),
    "person-recipient": person({"受給者証番号": "12345678901"}, "11桁"),
    "person-recipient-letters": person({"受給者証番号": "A012345678"}, "数字でない"),
    "person-level": person({"障害支援区分": "7"}, "非該当"),
    "person-handbook": person({"手帳": "青い手帳1級"}, "手帳の種類"),
    "person-handbook-without-grade": person({"手帳": "身体障害者手帳"}, "等級"),
    "person-consent-tomorrow": person({"同意日": "R8.11.21"}, "未来"),
    "person-nul": ("clients", ("file.csv", csv_bytes(rows("clients", {"名": "a\x00b"}))), ("NUL",)),
    # plan cases
    "plan-client": plan({"利用者番号": "K-404"}, "K-404"),
    "plan-no-day": plan({"契約日": ""}, "空です"),
    "plan-tomorrow": plan({"契約日": "2026-11-21"}, "未来"),
    "plan-backwards": plan({"終了日": "2024-03-31"}, "契約日(R6.4.1)より前"),
    "plan-end-reason-alone": plan({"終了理由": "転居"}, "終了日が空"),
    "plan-kind": plan({"種別": "訪問介護"}, "計画相談、地域相談、障害児相談支援"),
    "plan-months": plan({"モニタリング月": "13"}, "「13」"),
    "plan-hard": plan({"複雑困難": "△"}, "はい、いいえ"),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name, west, tmp_path):
    kind, (file, content), said = BAD[name]
    told = refused(kind, written(tmp_path, file, content))
    assert [word for word in said if word not in told] == []


def test_there_are_at_least_forty():
    assert len(BAD) >= 40


def test_every_bad_cell_is_told_and_the_good_rows_stay_out(west, tmp_path):
    table = rows("consultations", {}, {"支援方法": "9", "相談日": "x"}, {}, {"記録": ""})
    told = refused("consultations", written(tmp_path, "f.csv", csv_bytes(table)))
    assert "3か所(2行)" in told
    places = [told.index(place) for place in ("3行目 相談日「x」", "3行目 支援方法「9」", "5行目 記録")]
    assert places == sorted(places)


def test_unknown_columns_are_left_out_on_request(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations", {"備考": "=1+1"})))
    out, _ = run("consultations", path, ignore_unknown=True)
    assert "使わない列: 備考" in out
    assert Consultation.unscoped.count() == 1


def test_the_screen_is_bounded_and_the_error_file_is_whole(west, tmp_path):
    table = rows("consultations", *({"支援方法": f"=x{number}"} for number in range(120)))
    errors = tmp_path / "errors.csv"
    told = refused("consultations", written(tmp_path, "f.csv", csv_bytes(table)), errors=str(errors))
    assert told.count("行目 支援方法") == 50
    assert "ほか70か所" in told
    lines = errors.read_text("utf-8-sig").splitlines()
    assert len(lines) == 121
    assert all("'=x" in line and '"=' not in line for line in lines[1:])
    assert errors.stat().st_mode & 0o777 == 0o600


def test_the_error_file_is_no_way_to_lose_the_file(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    assert "同じ" in refused("consultations", path, errors=str(path))
    assert "書けません" in refused("consultations", path, errors=str(tmp_path / "no" / "errors.csv"))
    assert path.exists()


def test_the_error_file_takes_the_place_of_an_older_one_and_of_nothing_else(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations", {"支援方法": "x"})))
    errors = tmp_path / "errors.csv"
    for _ in range(2):
        refused("consultations", path, errors=str(errors))
    assert "支援方法" in errors.read_text("utf-8-sig")
    other = written(tmp_path, "台帳.csv", b"mine")
    (tmp_path / "link.csv").symlink_to(other)
    os.mkfifo(tmp_path / "pipe.csv")
    for taken in (other, tmp_path / "link.csv", tmp_path / "pipe.csv"):
        assert "別のファイルがもうあります" in refused("consultations", path, errors=str(taken))
    assert other.read_bytes() == b"mine"


@pytest.mark.parametrize("odd", ["\x1b[2J", "\x9b2J", "\u202e"], ids=["escape", "csi", "turned"])
def test_a_terminal_obeys_nothing_that_stands_in_a_file(odd, west, tmp_path):
    cell = written(tmp_path, "cell.csv", csv_bytes(rows("consultations", {"支援方法": f"x{odd}"})))
    heading = written(tmp_path, "heading.csv", csv_bytes(rows("consultations", {f"列{odd}": "x"})))
    nothing = written(tmp_path, "nothing.csv", f"列{odd}\n1\n".encode())
    for path in (cell, heading, nothing):
        told = refused("consultations", path)
        assert odd not in told and f"[U+{ord(odd[0]):04X}]" in told


def test_an_argument_of_broken_bytes_is_refused():
    with pytest.raises(CommandError, match="文字として読めません"):
        call_command("soudan_import", "clients", "f.csv", "--by", "\udcff")
    with pytest.raises(CommandError, match="文字として読めません"):
        call_command("soudan_import_undo", "\udcff")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"center": None}, "--center がありません"),
        ({"center": "東3"}, "圏域「東3」はありません"),
        ({"center": None, "center_id": "x"}, "--center-id"),
        ({"by": "nobody"}, "nobody"),
        ({"center": "北1"}, "--by"),
        ({"again": True, "skip_known": True}, "一緒に使えません"),
    ],
    ids=["no-center", "no-such-zone", "no-such-id", "no-such-user", "no-manager", "again-and-skip"],
)
def test_options_that_do_not_fit(options, said, west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    assert said in refused("consultations", path, **options)


def test_a_user_of_another_center_cannot_take_in(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    for user in (user_with("kanri", "kita1"), user_with("system"), user_with("chiiki", "nishi")):
        assert "取り込む権限がありません" in refused("consultations", path, by=user.username)


def test_a_closed_center_takes_nothing(west, tmp_path):
    west.closed_on = date(2026, 11, 19)
    west.save()
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    assert "開いているセンターがありません" in refused("consultations", path)
    assert "閉所" in refused("consultations", path, center=None, center_id=str(west.pk))


def test_the_client_of_another_center_is_unknown(west, tmp_path):
    ClientFactory(center=center("kita1"), number="X-1")
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations", {"利用者番号": "X-1"})))
    assert "このセンターにいません" in refused("consultations", path)


def test_files_that_are_none(west, tmp_path):
    assert "開けません" in refused("consultations", tmp_path / "missing.csv")
    assert "開けません" in refused("consultations", tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    assert "ふつうのファイル" in refused("consultations", tmp_path / "pipe.csv")
    assert "種類" in refused("people", tmp_path / "missing.csv")


def test_a_column_without_a_heading_is_left_out_on_request(west, tmp_path):
    content = csv_text(rows("consultations")).rstrip() + ",はみ出し\r\n"
    run("consultations", written(tmp_path, "f.csv", content.encode()), ignore_unknown=True)
    assert Consultation.unscoped.count() == 1
