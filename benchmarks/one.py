"""One size: makes the data in an empty database, serves it, measures, and writes what came out as JSON."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import django

# Before any setting is read: the demo's accounts, and no second step for them.
os.environ |= {"SOUDAN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.base import OutputWrapper  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.imports import ROWS, measure_import  # noqa: E402
from benchmarks.measure import measure  # noqa: E402
from benchmarks.scene import Scene, survey  # noqa: E402
from benchmarks.server import serving  # noqa: E402
from benchmarks.works import works_of  # noqa: E402
from cases.models import Consultation  # noqa: E402
from centers.management.progress import ProgressBar  # noqa: E402
from centers.periods import today  # noqa: E402
from reports.demo.build import build_demo  # noqa: E402
from reports.demo.volume import volume_of  # noqa: E402

SEED = 2026


def main(argv: Sequence[str] | None = None) -> None:
    parser = ArgumentParser(prog="python -m benchmarks.one")
    parser.add_argument("records", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--import-rows", type=int, default=ROWS)
    options = parser.parse_args(argv)
    prepare(options.records)
    scene = survey(today())
    with TemporaryDirectory() as folder:
        rows = _measure(scene, Path(folder), options.seconds)
        tell("取り込み")
        imported = measure_import(scene, Path(folder), options.import_rows)
    found = {
        "records": scene.records,
        "people": scene.people,
        "postgres": _postgres(),
        "rows": [row.as_data() for row in rows],
        "import": asdict(imported) if imported else None,
    }
    options.output.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def prepare(records: int) -> None:
    """Tables, reference data, static files and a demo of that size; a database that has records is taken as it is."""
    call_command("migrate", verbosity=0)
    call_command("soudan_reference", verbosity=0, stdout=StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Consultation.unscoped.exists():
        bar = ProgressBar(OutputWrapper(sys.stderr), f"{records:,}件を用意")
        build_demo(seed=SEED, size=volume_of(records, today()), today=today(), progress=bar)


def _measure(scene: Scene, folder: Path, seconds: float) -> list:
    log = folder / "web.log"
    with serving("benchmarks.bare", log) as bare, serving("benchmarks.settings", log) as product:
        return measure(bare, product, works_of(scene), seconds=seconds, tell=tell)


def _postgres() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0]


def tell(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


if __name__ == "__main__":
    main()
