"""Rows that came before, trial runs, and taking a batch back."""

import csv
import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.entries import Contact, record_entry
from cases.actions.followups import add_follow_up
from cases.actions.records import correct_consultation, void_consultation
from cases.models import Case, Client, Consultation, ImportBatch, ImportedRow, PlanCase, ShareGrant
from reports.imports.examples import example_text
from tests.factories import ClientFactory, business_item, center, user_with
from tests.reports.imports.builders import counts, csv_bytes, refused, rows, run, undo, written, xlsx_bytes

LINES = [{"記録": "ひとつめ", "記録番号": "1"}, {"記録": "ふたつめ", "記録番号": "2"}]


@pytest.fixture
def taken(west, tmp_path):
    """Two records, taken in."""
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations", *LINES)))
    run("consultations", path)
    return path


def batch() -> ImportBatch:
    return ImportBatch.unscoped.latest("taken_at")


# ---- known rows ----


def test_the_same_file_again_is_refused_with_its_lines(taken):
    told = refused("consultations", taken)
    assert "もう取り込まれている行(2行): 2、3" in told
    assert "--skip-known" in told


def test_only_new_rows_on_request(taken, tmp_path):
    more = written(tmp_path, "g.csv", csv_bytes(rows("consultations", *LINES, {"記録番号": "3"})))
    run("consultations", more, skip_known=True)
    assert Consultation.unscoped.count() == 3
    assert batch().taken_rows.get().line == 4


def test_nothing_new_writes_nothing(taken):
    before = counts()
    out, _ = run("consultations", taken, skip_known=True)
    assert "新しい行がありません" in out
    assert counts() == before


def test_all_again_on_request(taken):
    run("consultations", taken, again=True)
    assert Consultation.unscoped.count() == 4
    assert ImportedRow.unscoped.exclude(source_number="").count() == 2


def test_the_same_source_number_with_other_words_is_known(taken, tmp_path):
    changed = written(
        tmp_path, "g.csv", csv_bytes(rows("consultations", {"記録番号": "1", "記録": "書き直し"}))
    )
    assert "2" in refused("consultations", changed)


def test_the_same_source_number_of_another_center_is_new(taken):
    user_with("kanri", "kita1")
    ClientFactory(center=center("kita1"), number="K-1")
    run("consultations", taken, center="北1")
    assert ImportedRow.unscoped.filter(source_number="1").count() == 2


def test_a_third_equal_row_is_new_where_two_came_before(west, tmp_path):
    run("consultations", written(tmp_path, "f.csv", csv_bytes(rows("consultations", {}, {}))))
    run(
        "consultations",
        written(tmp_path, "g.csv", csv_bytes(rows("consultations", {}, {}, {}))),
        skip_known=True,
    )
    assert Consultation.unscoped.count() == 3


def test_columns_in_another_order_are_the_same_row(taken, tmp_path):
    turned = [dict(reversed(row.items())) for row in rows("consultations", *LINES)]
    assert "2、3" in refused("consultations", written(tmp_path, "g.csv", csv_bytes(turned)))


def test_people_cannot_come_twice(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("clients")))
    run("clients", path)
    assert "もう取り込まれている" in refused("clients", path)
    assert "もう使われています" in refused("clients", path, again=True)


# ---- a trial run ----


def test_a_trial_run_tells_and_writes_nothing(west, tmp_path):
    table = rows(
        "consultations", {"相談日": "R8.10.1", "支援内容": "福祉サービスの利用；4"}, {"相談日": "2026/9/1"}
    )
    before = counts()
    out, _ = run("consultations", written(tmp_path, "f.csv", csv_bytes(table, "cp932")), dry_run=True)
    assert counts() == before
    for told in (
        "文字コード CP932",
        "相談日 → 相談日: 2(R8.9.1 〜 R8.10.1、例: R8.10.1 → 2026-10-01)",
        "福祉サービスの利用 → 01 福祉サービスの利用等に関する支援: 1",
        "4 → 04 不安の解消・情緒安定に関する支援: 1",
        "取り込める行: 2",
    ):
        assert told in out
    assert "架空の記録" not in out


def test_a_trial_run_of_a_bad_file_is_refused(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations", {"支援方法": "9"})))
    assert "2行目" in refused("consultations", path, dry_run=True)


def test_the_help_is_japanese(capsys):
    for command in ("soudan_import", "soudan_import_undo"):
        with pytest.raises(SystemExit) as ended:
            call_command(command, "--help")
        assert ended.value.code == 0
        told = capsys.readouterr().out
        assert "使い方" in told
        assert "positional" not in told


def test_sheets_and_hidden_rows_are_told(west, tmp_path):
    def change(book, sheet):
        sheet.row_dimensions[2].hidden = True
        book.create_sheet("別の表")

    path = written(tmp_path, "f.xlsx", xlsx_bytes(rows("consultations"), change))
    out, _ = run("consultations", path, dry_run=True)
    assert "隠れている行(絞り込みなど)が1行" in out
    assert "シートが2枚" in out


# ---- taking back ----


def test_undone_as_a_whole_and_taken_in_again(taken):
    case_before = Case.unscoped.count()
    undo(batch().number, reason="列の取り違え")
    undone = batch()
    assert (undone.undo_reason, undone.undone_by) == ("列の取り違え", undone.taken_by)
    assert not Consultation.unscoped.exists()
    assert not ImportedRow.unscoped.exists()
    assert Case.unscoped.count() == case_before
    run("consultations", taken)
    assert Consultation.unscoped.count() == 2


def test_people_are_undone_with_all_that_came_with_them(west, tmp_path):
    whole = {
        "電話": "096-000-0001", "障がい種別": "01;03", "手帳": "身体2級", "同意日": "R6.4.1", "受給者証番号": "1",
    }  # fmt: skip
    before = counts() | {"ImportBatch": 1, "NumberSequence": 2}
    run("clients", written(tmp_path, "f.csv", csv_bytes(rows("clients", whole))))
    undo(batch().number)
    assert counts() == before


def test_people_whose_case_only_moved_by_itself_are_undone(west, tmp_path):
    """The state follows from what hangs on the case, and that is asked for by itself."""
    run("clients", written(tmp_path, "f.csv", csv_bytes(rows("clients"))))
    for state in ("active", "received", "active"):
        Case.unscoped.update(state=state)
    undo(batch().number)
    assert not Case.unscoped.exists()


def test_the_history_keeps_what_was_undone(west, tmp_path):
    run("clients", written(tmp_path, "f.csv", csv_bytes(rows("clients"))))
    undo(batch().number)
    events = apps.get_model("cases", "ClientEvent").objects.filter(number="N-1")
    assert sorted(events.values_list("pgh_label", flat=True)) == ["delete", "insert"]


def test_the_last_contact_is_what_it_was(west, tmp_path):
    run("clients", written(tmp_path, "c.csv", csv_bytes(rows("clients"))))
    run("consultations", written(tmp_path, "r.csv", csv_bytes(rows("consultations", {"利用者番号": "N-1"}))))
    undo(batch().number)
    assert Case.unscoped.get(client__number="N-1").last_contact_on is None


def test_undone_twice_is_refused(taken):
    undo(batch().number)
    assert_not_undone(batch(), "もう取り消されています")


def test_an_unknown_batch(west):
    with pytest.raises(CommandError) as problem:
        undo("X-I0001")
    assert problem.value.returncode == 2


def _later_record(made, by):
    contact = Contact(
        date=made.registered_on, method="4", contents=["01"], business_item=business_item(), facts="x"
    )
    record_entry(
        group=made.pk,
        by=by,
        center=made.center,
        on=made.registered_on,
        subject="client",
        contact=contact,
        clients=[made],
    )


def _step(made, by):
    add_follow_up(client=made, by=by, center=made.center, due_on=made.registered_on, what="電話する")


def _share(made, by):
    ShareGrant.unscoped.create(
        client=made,
        to_center=center("kita1"),
        scope="identity",
        basis="consent",
        granted_by=by,
        starts_on=made.registered_on,
    )


def _plan(made, by):
    PlanCase.unscoped.create(client=made, center=made.center, contract_on=made.registered_on)


def _new_name(made, by):
    Client.unscoped.filter(pk=made.pk).update(family_name="改姓")


def _priority(made, by):
    Case.unscoped.filter(client=made).update(priority="high")


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (_later_record, "相談記録 1件"),
        (_step, "次の予定 1件"),
        (_share, "共有 1件"),
        (_plan, "計画相談 1件"),
        (_new_name, "利用者の基本情報が変更"),
        (_priority, "ケースが変更"),
    ],
    ids=["record", "step", "share", "plan", "name", "priority"],
)
def test_people_on_whom_others_built_stay(build, said, west, tmp_path):
    run("clients", written(tmp_path, "f.csv", csv_bytes(rows("clients", {}, {"利用者番号": "N-2"}))))
    build(Client.unscoped.get(number="N-2"), batch().taken_by)
    told = assert_not_undone(batch(), said)
    assert "3行目" in told
    assert "2行目" not in told


def test_records_on_which_others_built_stay(taken):
    by = batch().taken_by
    first, second = Consultation.unscoped.order_by("facts")
    correct_consultation(consultation=first, by=by, version=1, changes={"place": "自宅"}, reason="書き足し")
    void_consultation(consultation=second, by=by, version=1, reason="double")
    told = assert_not_undone(batch(), "訂正 1件")
    assert told.count("相談記録が変更されています") == 2


def test_a_changed_plan_case_stays(west, tmp_path):
    run("plan_cases", written(tmp_path, "f.csv", csv_bytes(rows("plan_cases"))))
    PlanCase.unscoped.update(complex=True)
    assert_not_undone(batch(), "計画相談が変更")


def test_an_untouched_plan_case_goes(west, tmp_path):
    run("plan_cases", written(tmp_path, "f.csv", csv_bytes(rows("plan_cases"))))
    undo(batch().number)
    assert not PlanCase.unscoped.exists()


def assert_not_undone(standing: ImportBatch, said: str) -> str:
    before = counts()
    with pytest.raises(CommandError) as problem:
        undo(standing.number)
    assert problem.value.returncode == 2
    assert said in str(problem.value)
    assert counts() == before
    return str(problem.value)


# ---- how many statements ----


@pytest.mark.parametrize("kind", ["clients", "consultations", "plan_cases"])
def test_statements_do_not_grow_with_the_rows(kind, west, tmp_path):
    _, few, many = (_statements(kind, tmp_path, number) for number in (2, 20, 400))
    assert few == many


def _statements(kind, tmp_path, number) -> int:
    changes = [
        {"利用者番号": f"S{number}-{n}"} if kind == "clients" else _row(kind, n) for n in range(number)
    ]
    path = written(tmp_path, f"{number}.csv", csv_bytes(rows(kind, *changes)))
    with CaptureQueriesContext(connection) as queries:
        run(kind, path, again=kind != "clients")
    return len(queries)


def _row(kind, number) -> dict:
    client = {"利用者番号": f"K-{1 + number % 2}"}
    return client if kind == "plan_cases" else client | {"記録": f"{number}番目", "担当者": "見本 職員"}


# ---- odd texts there and back ----

ODD = [
    "=1+1", "+81", "-1", "@cmd", "\tタブ", 'a"b""c', "1行目\n2行目", ",、;；", "葛\U000e0100城", "𠮷﨑髙", "👩🏽‍💻",
    "〜−¢—", "'quoted", "０１２", "ｶﾅ", "é", "=HYPERLINK(\"http://x\")",
]  # fmt: skip


@pytest.mark.parametrize("name", ["odd.csv", "odd.xlsx"])
def test_odd_texts_come_in_as_they_were(name, west, tmp_path):
    table = rows("consultations", *({"記録": text, "記録番号": str(n)} for n, text in enumerate(ODD)))
    content = csv_bytes(table) if name.endswith("csv") else xlsx_bytes(table, _as_texts)
    run("consultations", written(tmp_path, name, content))
    stored = ImportedRow.unscoped.order_by("line").values_list("consultation__facts", flat=True)
    assert list(stored) == ODD


def _as_texts(book, sheet):
    for (cell,) in sheet.iter_rows(min_row=2, min_col=4, max_col=4):
        cell.data_type = "s"


@pytest.mark.parametrize("kind", ["clients", "consultations", "plan_cases"])
def test_the_examples_can_be_taken_in(kind, west, tmp_path):
    for each in ("clients", kind) if kind != "clients" else ("clients",):
        path = tmp_path / f"{each}.csv"
        run(each, path, example=True)
        assert path.stat().st_mode & 0o777 == 0o600
        run(each, path)
    assert len(list(csv.reader(io.StringIO(example_text(kind))))) - 1 == batch().rows
