"""How a file was understood, as lines of plain text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from centers.periods import wareki_short
from kumamoto_soudan.launcher.paths import write_private
from reports.csv_output import csv_text
from reports.imports.rows import Remark, Understood
from reports.imports.taking import Judged, Source, Wish

SHOWN_REMARKS = 50
SHOWN_MEANINGS = 30
SHOWN_LINES = 100
_REMARKS_HEAD = ("行", "種類", "列", "入っていた値", "理由と直し方")


def file_lines(wish: Wish, source: Source) -> Iterator[str]:
    """What kind of file it is, and which column was taken for what."""
    table = source.table
    if table.encoding == "xlsx":
        yield f"ファイル: Excel、1枚目のシート「{table.sheet}」"
        if table.sheets > 1:
            yield f"注意: シートが{table.sheets}枚あります。2枚目からは取り込みません。"
        if table.hidden:
            yield f"注意: 隠れている行(絞り込みなど)が{table.hidden:,}行あります。その行も取り込みます。"
    else:
        yield f"ファイル: CSV、文字コード {table.encoding}"
    yield f"種類: {wish.kind.label}、センター: {wish.center}、記録する人: {wish.by.username}"
    yield f"見出しの下の行: {len(source.rows):,}"
    if source.heading.unknown:
        yield f"使わない列: {'、'.join(source.heading.unknown)}"


def understood_lines(source: Source, understood: Understood) -> Iterator[str]:
    """Each column with how many cells are filled, what its codes were read as, and its first and last day."""
    yield "読み取り方(見出し → 項目: 入っている数):"
    for place, name in source.heading.columns.items():
        written = source.heading.written[place].strip()
        yield f"  {written} → {name}: {understood.filled[name]:,}{_days(understood, name)}"
        yield from _meanings(understood.meanings.get(name, Counter()))


def remark_lines(remarks: Sequence[Remark]) -> Iterator[str]:
    """The first ones, and how many more there are."""
    for remark in remarks[:SHOWN_REMARKS]:
        yield f"  {remark}"
    if len(remarks) > SHOWN_REMARKS:
        yield f"  … ほか{len(remarks) - SHOWN_REMARKS:,}か所(--errors 出力先.csv ですべて見られます)"


def known_line(judged: Judged) -> str:
    shown = "、".join(f"{line:,}" for line in judged.known[:SHOWN_LINES])
    more = "…" if len(judged.known) > SHOWN_LINES else ""
    return f"もう取り込まれている行({len(judged.known):,}行): {shown}{more}"


def write_remarks(path: Path, judged: Judged) -> None:
    """All problems, warnings and known rows as a CSV file that only its owner may read: it quotes the cells.

    Raises OSError.
    """
    rows: list[tuple] = [_REMARKS_HEAD]
    rows += [(r.line, "要修正", r.column, r.found, r.text) for r in judged.reading.problems]
    rows += [(r.line, "注意", r.column, r.found, r.text) for r in judged.reading.warnings]
    rows += [(line, "取り込み済み", "", "", "前の取り込みにある行です。") for line in judged.known]
    write_private(path, "\ufeff" + csv_text(rows))


def holds_remarks(path: Path) -> bool:
    """Whether the file is one that write_remarks made, so that a newer one may stand in its place."""
    head = ("\ufeff" + csv_text([_REMARKS_HEAD])).encode()
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(head)) == head


def _days(understood: Understood, name: str) -> str:
    """First and last day, and one cell as it was read."""
    if name not in understood.days:
        return ""
    first, last = understood.days[name]
    written, day = understood.samples.get(name, ("", first))
    sample = f"、例: {written} → {day:%Y-%m-%d}" if written else ""
    return f"({wareki_short(first)} 〜 {wareki_short(last)}{sample})"


def _meanings(meanings: Counter) -> Iterator[str]:
    for (written, meaning), number in meanings.most_common(SHOWN_MEANINGS):
        yield f"      {written} → {meaning}: {number:,}"
    if len(meanings) > SHOWN_MEANINGS:
        yield f"      … ほか{len(meanings) - SHOWN_MEANINGS:,}種類"
