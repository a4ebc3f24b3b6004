"""The printed table and the page that is kept in docs/benchmarks/."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import django
import gunicorn

from benchmarks.rows import Row
from kumamoto_soudan import gunicorn_config

TIGHT, WALL_GOAL = 2, 2.5


@dataclass(frozen=True)
class Result:
    """What one size gave; `imported` is (rows, seconds, CPU milliseconds), none where the command is not there."""

    records: int
    people: int
    postgres: str
    rows: list[Row]
    imported: tuple[int, float, float] | None

    @classmethod
    def from_data(cls, data: dict) -> "Result":
        given = data["import"]
        imported = (given["rows"], given["seconds"], given["cpu"]) if given else None
        rows = [Row.from_data(row) for row in data["rows"]]
        return cls(data["records"], data["people"], data["postgres"], rows, imported)


def verdict(row: Row) -> str:
    """Against the goal, in words."""
    if row.goal is None:
        return "—"
    if row.ratio <= row.goal:
        return "目標内"
    return "目標の2倍まで" if row.ratio <= TIGHT * row.goal else "届かない"


def table(result: Result) -> list[list[str]]:
    """Head and lines of one size."""
    head = [
        "",
        "CPU ms",
        "16人 CPU ms",
        "p50 / p95",
        "16人 p50 / p95",
        "hello比",
        "目標",
        "判定",
        "16人 p95比",
    ]
    return [head, *(_line(row) for row in result.rows)]


def _line(row: Row) -> list[str]:
    return [
        row.label,
        f"{row.alone.cpu:.1f}",
        f"{row.crowd.cpu:.1f}",
        f"{row.alone.p50:.0f} / {row.alone.p95:.0f}",
        f"{row.crowd.p50:.0f} / {row.crowd.p95:.0f}",
        f"{row.ratio:.1f}",
        f"{row.goal:g}" if row.goal else "—",
        verdict(row),
        f"{row.wall_ratio:.1f}",
    ]


def import_line(result: Result) -> str:
    if result.imported is None:
        return "取り込み: このコマンドはまだありません。"
    rows, seconds, cpu = result.imported
    hello = result.rows[0].alone.cpu
    return f"取り込み {rows:,}件: {seconds:.1f} 秒、CPU {cpu:,.0f} ms(1件あたり hello の {cpu / rows / hello:.2f} 倍)"


def heading(result: Result) -> str:
    return f"相談 {result.records:,}件・利用者 {result.people:,}人"


def as_text(result: Result) -> str:
    """Columns lined up for a terminal, where a Japanese letter is as wide as two others."""
    lines = table(result)
    widths = [max(_width(line[number]) for line in lines) for number in range(len(lines[0]))]
    rows = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        for line in lines
    ]
    return "\n".join([heading(result), *rows, import_line(result)])


def as_markdown(results: Sequence[Result], on: date) -> str:
    parts = [
        f"# 性能の測定 {on.isoformat()}",
        "",
        f"{_machine()}。PostgreSQL {results[0].postgres}、Python {platform.python_version()}、Django {django.get_version()}、"
        f"gunicorn {gunicorn.__version__}({gunicorn_config.workers} プロセス × {gunicorn_config.threads} スレッド)。",
        "データは `soudan_demo` の作る架空のもの。使い捨ての内蔵データベース(書き込みの同期なし)で、`make bench` が測ったもの。",
        "",
        "**読み方**: CPU ms は、画面のサーバーとデータベースの処理が 1 回に使った CPU の時間です。`hello`"
        "(ログインした人に 1 語だけ見せる、Django の最小のページ)の何倍かを、同じ測定の中だけで比べます。"
        f"経過時間(p50 / p95、ミリ秒)は、ほかの仕事と機械を分け合うと数倍ゆれます。16人の p95 の目標は hello の {WALL_GOAL} 倍。"
        "「製品のミドルウェアの中で」は、同じ 1 語を製品のすべての検査を通して見せたものです。",
    ]
    for result in results:
        head, *lines = table(result)
        parts += ["", f"## {heading(result)}", "", _markdown(head), _markdown(["---"] * len(head))]
        parts += [*(_markdown(line) for line in lines), "", import_line(result)]
    return "\n".join([*parts, ""])


def _markdown(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2000 else 1 for letter in text)


def _machine() -> str:
    """Cores and memory; nothing that names the machine."""
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    return f"{platform.system()} {platform.machine()}、{os.cpu_count()} コア、メモリー {memory:.0f} GB"
