"""Files made to hurt: refused in a sentence, within the memory that the reading process may have."""

import io
import os
import struct
import zipfile
from datetime import date

import pytest

from centers.contracts import setting
from reports.imports.reader import read_table
from reports.imports.wire import FileRefused, Limits
from tests.reports.imports.builders import (
    csv_bytes,
    edited,
    parts_of,
    refused,
    rows,
    with_part,
    written,
    xlsx_bytes,
    zip_of,
)

SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx_bytes(rows("consultations", *({"記録": f"記録{number}"} for number in range(50))))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
# a laugh of 3 billion: each entity is ten of the one before
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _bomb(megabytes: int) -> bytes:
    """A sheet of white space that packs a thousand to one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(BOOK).items():
            if name != SHEET:
                archive.writestr(name, part)
        with archive.open(SHEET, "w") as sheet:
            for _ in range(megabytes):
                sheet.write(b" " * (1 << 20))
    return out.getvalue()


def _declared_small(content: bytes) -> bytes:
    """The directory says that each part unpacks to ten bytes."""
    out, at = bytearray(content), 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        out[at + 24 : at + 28] = struct.pack("<I", 10)
        at += 4
    return bytes(out)


def _encrypted_flag(content: bytes) -> bytes:
    out, at = bytearray(content), 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        out[at + 8] |= 1
        at += 4
    return bytes(out)


def _with_doctype(doctype: str, body: bytes) -> bytes:
    sheet = parts_of(BOOK)[SHEET]
    rest = sheet.partition(b"?>")[2] if sheet.startswith(b"<?xml") else sheet
    text = rest.replace(b"</sheetData>", b"<row><c t='str'><v>" + body + b"</v></c></row></sheetData>")
    return with_part(BOOK, SHEET, f'<?xml version="1.0"?><!DOCTYPE w [{doctype}]>'.encode() + text)


def _doubled(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


def _flipped(place: int) -> bytes:
    """One bit turned inside the packed bytes of the place-th part."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        parts = archive.infolist()
    part = parts[place % len(parts)]
    at = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    out = bytearray(BOOK)
    out[at] ^= 1 << (place % 8)
    return bytes(out)


def _wide_sheet(cells: int) -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * cells + b"</row>"
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part(BOOK, SHEET, start + row + b"</sheetData></worksheet>")


def _one_far_cell(place: str) -> bytes:
    return edited(
        BOOK, SHEET, b"</sheetData>", f'<row r="60"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    )


HOSTILE = {
    "zip-bomb-100-mb": ("f.xlsx", lambda: _bomb(100), "大きくなりすぎ"),
    "zip-bomb-under-the-limit-by-ratio": ("f.xlsx", lambda: _bomb(40), "大きくなりすぎ"),
    "zip-bomb-that-lies": ("f.xlsx", lambda: _declared_small(_bomb(100)), "読め"),
    "zip-in-zip": ("f.xlsx", lambda: zip_of({"inner.zip": _bomb(30)}), "Excelのファイルではありません"),
    "zip-of-many": ("f.xlsx", lambda: zip_of({f"{n}.xml": b"" for n in range(501)}), "部品"),
    "part-twice": ("f.xlsx", lambda: _doubled(BOOK), "読めません"),
    "entity-bomb": ("f.xlsx", lambda: _with_doctype(f'<!ENTITY l0 "lol">{LAUGHS}', b"&l9;"), "読めません"),
    "external-entity": (
        "f.xlsx",
        lambda: _with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', b"&x;"),
        "読めません",
    ),
    "truncated-early": ("f.xlsx", lambda: BOOK[:100], "読めません"),
    "truncated-halfway": ("f.xlsx", lambda: BOOK[: len(BOOK) // 2], "読めません"),
    "truncated-by-a-byte": ("f.xlsx", lambda: BOOK[:-1], "読めません"),
    "xls": ("f.xls", lambda: OLE, ".xls"),
    "xls-renamed": ("f.xlsx", lambda: OLE, ".xls"),
    "password": ("f.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "パスワード"),
    "zip-password": ("f.xlsx", lambda: _encrypted_flag(BOOK), "パスワード"),
    "macros": ("f.xlsm", lambda: with_part(BOOK, "xl/vbaProject.bin", b"x"), "マクロ"),
    "csv-renamed": ("f.xlsx", lambda: csv_bytes(rows("consultations")), "中身はCSV"),
    "xlsx-renamed": ("f.csv", lambda: BOOK, "中身はExcel"),
    "a-million-columns": ("f.csv", lambda: b"a," * 1_000_000, "列"),
    "a-million-columns-of-a-sheet": ("f.xlsx", lambda: _wide_sheet(1_000_000), ""),
    "far-column": ("f.xlsx", lambda: _one_far_cell("XFD60"), "16,384列"),
    "no-such-column": ("f.xlsx", lambda: _one_far_cell("ZZZZZ60"), "読めません"),
    "too-many-rows": ("f.csv", lambda: csv_bytes(rows("consultations")) + b"2026-10-01,4,01,x,\r\n" * 20_000, "20,000行"),
    "sheet-missing": (
        "f.xlsx",
        lambda: zip_of({name: part for name, part in parts_of(BOOK).items() if name != SHEET}),
        "シートがありません",
    ),
    "not-a-sheet": ("f.xlsx", lambda: with_part(BOOK, SHEET, b"\x00\x01"), "読めません"),
    "noise": ("f.csv", lambda: bytes(range(1, 256)) * 50, "読め"),
    "one-open-quote-of-5-mb": ("f.csv", lambda: b'"' + b"a" * 5_000_000, "字を超える"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_refused(name, west, tmp_path):
    file, make, said = HOSTILE[name]
    assert said in refused("consultations", written(tmp_path, file, make()))


@pytest.mark.parametrize(
    "name",
    ["zip-bomb-100-mb", "zip-bomb-that-lies", "entity-bomb", "a-million-columns", "one-open-quote-of-5-mb"],
)
def test_little_memory_is_used_before_the_refusal(name, west, tmp_path):
    file, make, _ = HOSTILE[name]
    with pytest.raises(FileRefused) as problem:
        read_table(written(tmp_path, file, make()), limits())
    assert 0 < problem.value.peak_kb < 200 * 1024


@pytest.mark.parametrize("place", range(10))
def test_one_flipped_bit_is_seen(place, west, tmp_path):
    assert "読めません" in refused("consultations", written(tmp_path, "f.xlsx", _flipped(place)))


def test_60_mb_are_refused_unread(west, tmp_path):
    path = tmp_path / "f.csv"
    path.touch()
    os.truncate(path, 60 * 1024**2)
    assert "60.0MB" in refused("consultations", path)


def test_a_sheet_that_lies_about_its_size_is_read_whole(west, tmp_path):
    lying = edited(BOOK, SHEET, b'<dimension ref="A1:E51"', b'<dimension ref="A1:B2"')
    assert len(read_table(written(tmp_path, "f.xlsx", lying), limits()).rows) == 51


def test_hidden_rows_are_read_and_counted(west, tmp_path):
    hidden = edited(BOOK, SHEET, b'<row r="3"', b'<row hidden="1" r="3"')
    table = read_table(written(tmp_path, "f.xlsx", hidden), limits())
    assert (len(table.rows), table.hidden) == (51, 1)


@pytest.mark.parametrize("name", ["zip-bomb-100-mb", "a-million-columns-of-a-sheet", "entity-bomb"])
def test_a_mean_limit_holds(name, west, tmp_path):
    """With 256 MB the answer is still a sentence, and no trace of a failure."""
    file, make, _ = HOSTILE[name]
    with pytest.raises(FileRefused, match="。"):
        read_table(written(tmp_path, file, make()), limits(memory_bytes=256 * 1024**2))


def test_the_memory_of_a_large_good_file_is_bounded(west, tmp_path):
    table = rows("consultations", *({"記録": f"架空の記録{number}。" * 20} for number in range(5_000)))
    read = read_table(written(tmp_path, "f.xlsx", xlsx_bytes(table)), limits())
    assert len(read.rows) == 5_001
    assert read.peak_kb < 512 * 1024


def test_a_reader_that_does_not_end_is_ended(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    with pytest.raises(FileRefused, match="かかりすぎ"):
        read_table(path, limits(wall_seconds=0))


def test_a_reader_that_dies_is_told(west, tmp_path, monkeypatch):
    monkeypatch.setattr("reports.imports.reader.sys.executable", "/bin/false")
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    with pytest.raises(FileRefused, match="こわれた"):
        read_table(path, limits())


def test_a_reader_without_memory_says_so(west, tmp_path):
    path = written(tmp_path, "f.csv", csv_bytes(rows("consultations")))
    with pytest.raises(FileRefused, match="メモリー"):
        read_table(path, limits(memory_bytes=1024**2))


def limits(**changes) -> Limits:
    return Limits(**(setting("import_limits", date(2026, 11, 20)) | changes))
