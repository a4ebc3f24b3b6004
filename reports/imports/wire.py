"""What both sides of the pipe know: limits, cells, and how the reading process answers. No Django here.

The reading process writes JSON lines: first {"encoding", "sheet", "sheets"}, then for each row [line, [cell, ...]],
last {"rows", "hidden", "peak_kb"}. {"refused": text} instead of any of them ends it.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple


class FileRefused(Exception):
    """The file cannot be read; the text says in Japanese what is wrong and how to mend it.

    `peak_kb` is the most memory that the reading process held, where one was begun.
    """

    def __init__(self, text: str, peak_kb: int = 0):
        super().__init__(text)
        self.peak_kb = peak_kb


@dataclass(frozen=True)
class Limits:
    """What a file may cost, as the rule setting import_limits says it."""

    file_bytes: int
    rows: int
    columns: int
    cell_characters: int
    zip_entries: int
    unpacked_bytes: int
    unpacked_ratio: int
    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


class Cell(NamedTuple):
    """One cell as text. `kind` says what the sheet held beside text: see the constants."""

    text: str
    kind: str = ""


TEXT, NUMBER, DATE, BOOLEAN, FORMULA, FAULT, TOO_EARLY = "", "n", "d", "b", "f", "e", "early"
EMPTY = Cell("")


def packed(cell: Cell) -> str | list[str]:
    """A cell for JSON: mostly the text alone, else [text, kind]."""
    return [cell.text, cell.kind] if cell.kind else cell.text


def unpacked(value: Any) -> Cell:
    """What `packed` made, as a cell again."""
    return Cell(value) if isinstance(value, str) else Cell(*value)


def trimmed(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end."""
    last = next((at for at in range(len(cells) - 1, -1, -1) if cells[at].text.strip()), -1)
    return cells[: last + 1]
