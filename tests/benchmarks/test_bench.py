"""The benchmark's own parts, on its smallest size: that every work is measured, not how fast."""

from argparse import ArgumentTypeError
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks import imports
from benchmarks.__main__ import sizes
from benchmarks.measure import measure
from benchmarks.report import Result, as_markdown, as_text, verdict
from benchmarks.rows import Row, Sample
from benchmarks.scene import LONG, survey
from benchmarks.server import serving
from benchmarks.works import works_of
from cases.models import Consultation
from centers.periods import today
from reports.demo.build import build_demo
from reports.demo.volume import LARGE, volume_of
from tests.databases import database_url

KEYS = (
    "hello frame find_kana find_name find_birth find_phone list_1 list_far timeline_50 timeline_all note_often note_rare home month_center"
    " month_city city save"
).split()


def row(key="list_1", goal: float | None = 2.0, ratio=3.0) -> Row:
    sample = Sample(times=20, cpu=6.0, p50=7.0, p95=9.5)
    return Row(key, f"仕事 {key}", goal, sample, sample, ratio, 1.5)


def result(*rows: Row, imported=None) -> Result:
    return Result(9_876, 543, "18.1", list(rows), imported)


@pytest.fixture
def served(monkeypatch):
    """Variables by which a web server of its own reaches the test's database; its cookies are those of plain HTTP."""
    monkeypatch.setattr(settings, "SESSION_COOKIE_NAME", "soudan")
    monkeypatch.setattr(settings, "CSRF_COOKIE_NAME", "soudan-csrf")
    return {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "SOUDAN_DEMO": "1",
        "DEBUG": "1",
    }


@pytest.mark.django_db(transaction=True)
def test_every_work_is_done_and_measured(served, tmp_path):
    call_command("soudan_reference", verbosity=0)
    build_demo(seed=1, size=volume_of(900, today()), today=today(), progress=lambda done, of: None)
    scene = survey(today())
    assert Consultation.unscoped.filter(client=scene.long_client).count() == LONG
    before = Consultation.unscoped.count()
    log = tmp_path / "web.log"
    with (
        serving("benchmarks.bare", log, served) as bare,
        serving("benchmarks.settings", log, served) as product,
    ):
        rows = measure(bare, product, works_of(scene), seconds=0, tell=lambda text: None, crowd=2)
    connection.close()
    assert [one.key for one in rows] == KEYS
    assert all(one.ratio > 0 and one.wall_ratio > 0 and one.alone.cpu > 0 for one in rows)
    assert rows[0].ratio == 1
    assert [one.crowd.times for one in rows] == [2] * len(KEYS)
    assert Consultation.unscoped.count() == before + 5  # two to warm up, one alone, two at once
    text = as_text(result(*rows))
    assert all(one.label in text for one in rows)


def test_the_verdict_compares_with_the_goal_and_twice_the_goal():
    assert [verdict(row(ratio=ratio)) for ratio in (2.0, 2.1, 4.0, 4.1)] == [
        "目標内",
        "目標の2倍まで",
        "目標の2倍まで",
        "届かない",
    ]
    assert verdict(row(goal=None)) == "—"


def test_the_ratio_is_the_worse_of_alone_and_crowd():
    hello = Row.of("hello", "", None, Sample(9, 2, 1, 2), Sample(9, 1, 1, 4), None)
    one = Row.of("x", "", 2, Sample(9, 6, 1, 2), Sample(9, 5, 1, 6), hello)
    assert (one.ratio, one.wall_ratio) == (5, 1.5)
    assert Row.from_data(one.as_data()) == one


def test_the_page_names_machine_sizes_and_what_is_missing():
    page = as_markdown([result(row()), result(row(), imported=(20_000, 12.0, 9_000.0))], date(2026, 11, 24))
    assert page.startswith("# 性能の測定 2026-11-24")
    assert "コア" in page and "18.1" in page and "9,876件" in page
    assert "取り込み: このコマンドはまだありません。" in page
    assert "取り込み 20,000件: 12.0 秒" in page
    lines = [line for line in page.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1 and len(lines) == 6


def test_an_import_that_is_not_there_is_said_to_be_so(monkeypatch, tmp_path):
    monkeypatch.setattr(imports, "COMMAND", "soudan_nothing")
    assert imports.measure_import(None, tmp_path) is None


def test_sizes_are_read_with_their_units():
    assert sizes("10k,100k,1M,250") == [10_000, 100_000, 1_000_000, 250]


@pytest.mark.parametrize("text", ["", "10k,", "big", "1G"])
def test_a_size_that_is_none_is_refused(text):
    with pytest.raises(ArgumentTypeError):
        sizes(text)


def test_a_volume_of_any_size_has_the_cities_proportions():
    on = date(2026, 11, 20)
    for records in (10_000, 100_000, 1_000_000):
        volume = volume_of(records, on)
        assert volume.contacts_until(on) == pytest.approx(records, rel=0.01)
        assert volume.people / volume.contacts == pytest.approx(0.09, abs=0.02)
    assert volume.years == LARGE.years
