"""Measures every asked size on throw-away servers, prints the tables and keeps them in docs/benchmarks/."""

import json
import subprocess
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Result, as_markdown, as_text
from centers.periods import JST
from kumamoto_soudan.launcher.words import say

KEPT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks"
UNITS = {"k": 1_000, "M": 1_000_000}


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    results = []
    for records in options.sizes:
        result = _measure(records, options.seconds, options.import_rows)
        if result is None:
            return 1
        say(as_text(result) + "\n")
        results.append(result)
    on = datetime.now(JST).date()
    options.output.mkdir(parents=True, exist_ok=True)
    page = options.output / f"{on.isoformat()}.md"
    page.write_text(as_markdown(results, on), encoding="utf-8")
    say(f"{page} に書きました。")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m benchmarks", description="ページの重さを hello との比で測る")
    parser.add_argument("--sizes", type=sizes, default=sizes("10k,100k"), help="件数: 10k,100k,1M")
    parser.add_argument("--seconds", type=float, default=3, help="1つの仕事を測る秒数(1人と16人のそれぞれ)")
    parser.add_argument("--import-rows", type=int, default=20_000, help="取り込む件数")
    parser.add_argument("--output", type=Path, default=KEPT, help="結果を書くフォルダー")
    return parser


def sizes(text: str) -> list[int]:
    """「10k,100k,1M」as numbers."""
    try:
        return [int(part.rstrip("kM")) * UNITS.get(part[-1], 1) for part in text.split(",")]
    except (ValueError, IndexError):
        raise ArgumentTypeError(f"「{text}」は読めません。10k,100k,1M のように書いてください。") from None


def _measure(records: int, seconds: float, import_rows: int) -> Result | None:
    """One size on servers of its own; None when it failed, which has said why."""
    with TemporaryDirectory() as folder:
        output = Path(folder) / "result.json"
        one = ["-m", "benchmarks.one", str(records), str(output)]
        asked = ["--seconds", str(seconds), "--import-rows", str(import_rows)]
        launcher = [sys.executable, "-m", "kumamoto_soudan.launcher", "exec", "--fresh", "--"]
        done = subprocess.run([*launcher, sys.executable, *one, *asked], check=False)
        if done.returncode:
            return None
        return Result.from_data(json.loads(output.read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(main())
