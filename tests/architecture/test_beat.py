"""The beat table names real tasks, and the README lists every entry."""

from pathlib import Path

import pytest

from kumamoto_soudan.celery import app

README = (Path(__file__).resolve().parents[2] / "README.md").read_text()


def when(schedule) -> str:
    """毎日 8:30, 5分ごと"""
    if len(schedule.hour) == 1:
        (hour,), (minute,) = schedule.hour, schedule.minute
        return f"毎日 {hour}:{minute:02}"
    return f"{60 // len(schedule.minute)}分ごと"


@pytest.mark.parametrize("name", app.conf.beat_schedule)
def test_every_entry_names_a_registered_task_and_stands_in_the_readme(name):
    app.loader.import_default_modules()
    entry = app.conf.beat_schedule[name]
    assert entry["task"] in app.tasks
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `{name}` |")]
    assert f"`{entry['task']}`" in row
    assert when(entry["schedule"]) in row


def test_nothing_waits_in_the_worker_for_its_time():
    """A waiting ETA task ends the worker when the broker restarts; a late run catches up by itself instead."""
    assert not [name for name, entry in app.conf.beat_schedule.items() if entry.get("options")]
