"""The columns of each kind of file, and which column of a file is which."""

from dataclasses import dataclass, field

from cases.enums import ImportKind
from centers.text import fold
from reports.imports.wire import Cell, FileRefused


@dataclass(frozen=True)
class Columns:
    """`either` are two ways to write the same thing; one of them must be there whole."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    either: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that may stand in the heading, the required ones first."""
        return (*self.required, *(name for way in self.either or () for name in way), *self.optional)


COLUMNS = {
    ImportKind.CLIENTS: Columns(
        ("利用者番号",),
        (
            "名", "メイ", "生年月日", "性別", "郵便番号", "住所", "校区", "電話", "障がい種別", "手帳",
            "障害支援区分", "受給者証番号", "同意日", "担当者",
        ),
        (("姓", "セイ"), ("氏名", "フリガナ")),
    ),
    ImportKind.CONSULTATIONS: Columns(
        ("相談日", "支援方法", "支援内容", "記録"),
        (
            "利用者番号", "開始", "終了", "相談者", "業務項目", "場所", "担当者", "計上", "計上しない理由",
            "記録番号",
        ),
    ),
    ImportKind.PLAN_CASES: Columns(
        ("利用者番号", "契約日"),
        (
            "種別", "相談支援専門員", "終了日", "終了理由", "引継先", "モニタリング月", "複雑困難", "理由",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """The header of a file: place of a column → its name; `unknown` are headings of no column."""

    columns: dict[int, str]
    written: dict[int, str]
    unknown: list[str] = field(default_factory=list)

    @property
    def places(self) -> dict[str, int]:
        """Column → its place in the row, from 0."""
        return {name: place for place, name in self.columns.items()}

    def cells(self, cells: list[Cell]) -> dict[str, Cell]:
        """A row's cells by column; a short row has fewer."""
        return {name: cells[place] for place, name in self.columns.items() if place < len(cells)}


def heading_of(kind: ImportKind, header: list[Cell]) -> Heading:
    """Which column is which. Raises FileRefused for a heading twice, a required one missing, two ways at once."""
    columns = COLUMNS[kind]
    known = {_key(name): name for name in columns.names}
    found: dict[int, str] = {}
    unknown = []
    for place, cell in enumerate(header):
        name = known.get(_key(cell.text))
        if name is None and cell.text.strip():
            unknown.append(cell.text.strip())
        elif name in found.values():
            raise FileRefused(f"1行目に「{name}」の列が2つあります。片方を消すか、名前を変えてください。")
        elif name:
            found[place] = name
    _check_all_there(kind, columns, set(found.values()), header)
    return Heading(found, {place: cell.text for place, cell in enumerate(header)}, unknown)


def _key(heading: str) -> str:
    return "".join(fold(heading).split())


def _check_all_there(kind: ImportKind, columns: Columns, found: set[str], header: list[Cell]) -> None:
    missing = [name for name in columns.required if name not in found]
    if columns.either:
        ways = [way for way in columns.either if set(way) <= found]
        begun = [way for way in columns.either if set(way) & found]
        if len(begun) > 1 or (columns.either[1][0] in found and {"名", "メイ"} & found):
            raise FileRefused("「姓・名」の列と「氏名」の列の両方があります。どちらかにしてください。")
        if not ways:
            first, second = ("・".join(way) for way in columns.either)
            missing.append(f"{first}(または{second})")
    if missing:
        raise FileRefused(
            f"1行目に、{kind.label}の取り込みに要る列がありません: {'、'.join(missing)}。"
            f"いまの1行目: {_shown(header)}。" + _hint(header)
        )


def _shown(header: list[Cell]) -> str:
    names = [" ".join(cell.text.split())[:20] for cell in header[:15]]
    return "、".join(names) + ("…" if len(header) > len(names) else "")


def _hint(header: list[Cell]) -> str:
    if len(header) == 1 and "\t" in header[0].text:
        return "区切りがタブです。コンマ区切りのCSVで保存し直してください。"
    if len(header) == 1 and header[0].text.count(";") > 1:
        return "区切りがセミコロンです。コンマ区切りのCSVで保存し直してください。"
    return "表の見出しを1行目に置いてください。文字化けしていれば、UTF-8のCSVで保存し直してください。"
