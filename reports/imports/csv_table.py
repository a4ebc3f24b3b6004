"""A CSV file as rows of cells (runs in the reading process)."""

import csv
import io
import re
from collections.abc import Iterator

from reports.imports.wire import Cell, FileRefused, Limits

UTF8, CP932 = "UTF-8", "CP932(Shift_JIS)"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# UTF-16 without its mark has a NUL beside each figure and comma.
_HEAD, _MANY_NULS = 200, 5
_AS_CSV = "Excelなら『CSV UTF-8(コンマ区切り)』で保存し直してください。"
_ANY_BREAK = re.compile("\r\n|\r|\n")


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding, which the header tells. Raises FileRefused."""
    if content.startswith(_UTF16_MARKS) or content[:_HEAD].count(b"\0") >= _MANY_NULS:
        raise FileRefused(f"UTF-16(Unicodeテキスト)か、CSVでないファイルです。{_AS_CSV}")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise FileRefused(f"{line:,}行目に使えない文字(NUL)があります。その文字を消してください。")
    if content.startswith(b"\xef\xbb\xbf"):
        return _strict(content[3:], "utf-8", UTF8), UTF8
    head = re.split(rb"[\r\n]", content, maxsplit=1)[0]
    if _decodes(head, "utf-8") and (not head.isascii() or _decodes(content, "utf-8")):
        return _strict(content, "utf-8", UTF8), UTF8
    return _strict(content, "cp932", CP932), CP932


def rows_of(text: str, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    """(number of the row as a spreadsheet counts it, its cells). Raises FileRefused."""
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise FileRefused(_refusal(str(problem), number, limits)) from None
        yield number, [Cell(text) for text in row]


def _refusal(problem: str, number: int, limits: Limits) -> str:
    if "field larger" in problem:
        return f"{number:,}行目に{limits.cell_characters:,}字を超えるセルがあります。分けて入れてください。"
    return (
        f'{number:,}行目で「"」の対応が合いません。ファイルが途中で切れていないか、'
        'セルの中の「"」が「""」になっているかを確かめてください。'
    )


def _decodes(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _strict(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as problem:
        line = len(_ANY_BREAK.findall(content[: problem.start].decode(codec, "replace"))) + 1
        raise FileRefused(f"{line:,}行目に{name}として読めない文字があります。{_AS_CSV}") from None
