"""soudan_monthly_report as people and scripts call it."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from centers.models import Center
from reports.management.commands.soudan_monthly_report import Command
from tests.factories import center
from tests.reports import a1

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> str:
    call_command("soudan_monthly_report", *arguments)
    return capsys.readouterr().out


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("soudan_monthly_report", *arguments)
    assert refused.value.returncode == 2
    return str(refused.value)


def test_json_of_the_worked_month(capsys, on):
    a1.enter()
    found = json.loads(run(capsys, "--center", "西", "--month", "2026-10", "--json"))
    assert {name: found[name] for name in a1.EXPECTED} == a1.EXPECTED
    assert list(found)[:7] == [
        "center",
        "center_id",
        "corporation",
        "month",
        "version",
        "definition",
        "contacts",
    ]


@pytest.mark.parametrize("spelling", ["中央1", "中央１", "chuo1", " 中央1 "])
def test_a_zone_may_be_written_in_several_ways(capsys, on, spelling):
    found = json.loads(run(capsys, "--center", spelling, "--month", "2026-10", "--json"))
    assert found["center"] == "中央1"


def test_all_gives_nine_centers_and_the_city(capsys, on):
    a1.enter()
    found = json.loads(run(capsys, "--center", "all", "--month", "2026-10", "--json"))
    assert len(found["centers"]) == 9
    assert found["city"]["contacts"] == 12
    assert found["city"]["persons"]["matched"] == a1.EXPECTED["persons"]


def test_text_shows_each_line_with_its_label(capsys, on):
    a1.enter()
    lines = run(capsys, "--center", "西", "--month", "2026-10").splitlines()
    assert lines[0] == "月次実績 令和8年10月分 西 光"
    assert lines[1] == "延べ 12件・月実人員 4人"
    assert ["4", "電話相談", "5"] in [line.split() for line in lines]
    assert ["04", "精神障害", "2"] in [line.split() for line in lines]
    assert lines[-1] == "合計と内訳は合っています。"


def test_text_of_the_city_tells_both_ways_of_counting_persons(capsys, on):
    text = run(capsys, "--center", "all", "--month", "2026-10")
    assert "センター別の計" in text and "市全体(名寄せ後)" in text


@pytest.mark.parametrize("demo", [True, False])
def test_only_the_demo_says_that_everything_is_invented(capsys, on, settings, demo, tmp_path):
    settings.SOUDAN_DEMO = demo
    assert ("架空" in run(capsys, "--center", "西", "--month", "2026-10")) is demo
    run(capsys, "--center", "西", "--month", "2026-10", "--xlsx", str(tmp_path / "out.xlsx"))
    for sheet in load_workbook(tmp_path / "out.xlsx"):
        assert any("架空" in str(cell.value) for row in sheet["A1:A3"] for cell in row) is demo


def test_the_workbook_has_a_sheet_for_each_table(capsys, on, tmp_path):
    a1.enter()
    path = tmp_path / "十月.xlsx"
    run(capsys, "--center", "all", "--month", "2026-10", "--xlsx", str(path))
    book = load_workbook(path, read_only=True)
    assert book.sheetnames == [
        "相談件数", "支援の方法", "支援内容", "年齢", "話した人", "業務項目", "実人員", "障がい種別", "後方支援",
        "合計と内訳",
    ]  # fmt: skip
    rows = [row for row in book["支援の方法"].values if row]
    head = next(row for row in rows if row[0] == "コード")
    calls = next(row for row in rows if row[0] == "4")
    assert calls[head.index("西")] == calls[head.index("計")] == 5
    book.close()


def test_a_future_month_is_counted_with_a_word_about_it(capsys, settings):
    settings.SOUDAN_TODAY = date(2026, 9, 30)
    call_command("soudan_monthly_report", "--center", "西", "--month", "2026-10", "--json")
    told = capsys.readouterr()
    assert "令和8年10月はまだ来ていません" in told.err
    assert json.loads(told.out)["contacts"] == 0


# ---- what is refused ----


@pytest.mark.parametrize("month", ["2026-13", "10月", "2026-1", "202610", ""])
def test_an_unreadable_month_is_refused(on, month):
    assert "2026-10 のように" in refusal("--center", "西", "--month", month)


def test_a_missing_month_is_refused(on):
    assert "--month がありません" in refusal("--center", "西")


def test_a_missing_center_is_refused(on):
    assert "--center がありません" in refusal("--month", "2026-10")


def test_an_unknown_zone_is_refused_with_the_known_ones(on):
    assert "中央1 中央2 東1" in refusal("--center", "中央3", "--month", "2026-10")


def test_a_month_before_the_centers_is_refused(on):
    for name in ("西", "all"):
        assert "開いているセンターがありません" in refusal("--center", name, "--month", "2015-03")
    assert "開いていません" in refusal("--center-id", str(center().pk), "--month", "2015-03")


@pytest.mark.parametrize("number", ["1", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_center_id_is_refused(on, number):
    assert number in refusal("--center-id", number, "--month", "2026-10")


def test_a_path_that_cannot_be_written_is_refused(on, tmp_path):
    path = tmp_path / "none" / "out.xlsx"
    assert "出力先を確かめてください" in refusal("--center", "西", "--month", "2026-10", "--xlsx", str(path))


def test_two_centers_in_one_month_need_an_id(capsys, on):
    former = center()
    Center.objects.filter(pk=former.pk).update(closed_on=date(2026, 10, 10))
    following = Center.objects.create(
        zone=former.zone,
        corporation=former.corporation,
        name="次",
        opened_on=date(2026, 10, 10) + timedelta(days=1),
        source="試験",
    )
    told = refusal("--center", "西", "--month", "2026-10")
    assert "--center-id" in told and str(former.pk) in told and str(following.pk) in told
    for one in (former, following):
        found = json.loads(run(capsys, "--center-id", str(one.pk), "--month", "2026-10", "--json"))
        assert found["center_id"] == str(one.pk)


def test_help_is_in_japanese():
    text = Command().create_parser("manage.py", "soudan_monthly_report").format_help()
    assert text.startswith("使い方: ")
    for line in text.splitlines():
        option, _, told = line.strip().partition("  ")
        assert not option.startswith("--") or any(ord(letter) > 0x3000 for letter in told), line
