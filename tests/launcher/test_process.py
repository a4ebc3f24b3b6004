"""Children: kept running, ended in order, none left."""

import os
import signal
import stat
import subprocess
import sys
import time

import psutil
import pytest

from kumamoto_soudan.launcher import family as family_module
from kumamoto_soudan.launcher.family import APPLICATION, SERVERS, Child, Family
from kumamoto_soudan.launcher.process import STOP, Ledger, open_log, rotate, spawn, wait_for
from tests.launcher.conftest import PATIENCE

STUBBORN = (
    "import signal, subprocess, sys, time;"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print(subprocess.Popen(['sleep', '60']).pid, flush=True);"
    "time.sleep(60)"
)


@pytest.fixture
def family(tmp_path):
    members = Family(Ledger(tmp_path / "children.json"))
    yield members
    members.stop()


@pytest.fixture
def add(family, tmp_path):
    def _add(code: str, *, name: str = "child", stage: int = APPLICATION, patience: float = 10) -> Child:
        def start() -> subprocess.Popen[bytes]:
            return spawn([sys.executable, "-c", code], log=tmp_path / f"{name}.log", env=dict(os.environ))

        family.add(Child(name, name, start, start(), stage, (signal.SIGTERM,), patience))
        return family.children[-1]

    return _add


def test_a_dead_child_is_started_again_and_it_is_said(family, add, capsys, monkeypatch):
    monkeypatch.setattr(family_module, "BACK_OFF", (0.05, 0.1))
    child = add("import time; time.sleep(60)", name="画面")
    first = child.process.pid
    child.process.kill()

    def back() -> bool:
        family.tend()
        return child.alive and child.process.pid != first

    assert wait_for(back, seconds=PATIENCE)
    assert "画面が止まりました。0.05秒後にもう一度起動します(1回目)" in capsys.readouterr().out


def test_a_child_that_keeps_dying_is_tried_later_and_later(family, add, capsys, monkeypatch):
    monkeypatch.setattr(family_module, "BACK_OFF", (0.01, 0.02, 0.03))
    child = add("")

    def four_times() -> bool:
        family.tend()
        return child.deaths == 4

    assert wait_for(four_times, seconds=PATIENCE)
    said = capsys.readouterr().out.splitlines()
    assert [line.split("。")[1].split("秒")[0] for line in said] == ["0.01", "0.02", "0.03", "0.03"]


def test_stopping_takes_by_force_what_does_not_listen_and_its_children(family, add, tmp_path):
    add(STUBBORN, patience=0.2)
    log = tmp_path / "child.log"
    assert wait_for(lambda: log.read_text().strip().isdigit(), seconds=PATIENCE)
    grandchild = int(log.read_text())
    family.stop()
    assert wait_for(lambda: not psutil.pid_exists(grandchild) or _zombie(grandchild), seconds=PATIENCE)
    assert not (tmp_path / "children.json").exists()


def _zombie(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_the_application_ends_before_the_servers(family, add, tmp_path):
    ends = tmp_path / "ends"
    code = (
        "import signal, sys, time, pathlib\n"
        "def end(*_):\n"
        f"    with open({str(ends)!r}, 'a') as file: file.write({{name!r}} + ' ')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)"
    )
    for name, stage in (("server", SERVERS), ("web", APPLICATION)):
        add(code.format(name=name), name=name, stage=stage)
        log = tmp_path / f"{name}.log"
        assert wait_for(lambda log=log: log.read_text().strip() == "ready", seconds=PATIENCE)
    family.stop()
    assert ends.read_text() == "web server "


def test_leftovers_of_a_killed_launcher_are_ended_but_no_stranger(tmp_path):
    ours = subprocess.Popen(["sleep", "61"], start_new_session=True)
    stranger = subprocess.Popen(["sleep", "62"], start_new_session=True)
    ledger = Ledger(tmp_path / "children.json")
    ledger.note("web", ours, signal.SIGTERM)
    ledger.note("beat", stranger, signal.SIGTERM)
    # The number was given to another program meanwhile.
    ledger.file.write_text(ledger.file.read_text().replace('"62"', '"63"'))
    Ledger(tmp_path / "children.json").end_leftovers(seconds=5)
    assert not psutil.pid_exists(ours.pid)
    ours.wait()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
    assert not ledger.file.exists()


def test_an_unreadable_ledger_does_not_stop_the_start(tmp_path):
    (tmp_path / "children.json").write_text("{")
    Ledger(tmp_path / "children.json").end_leftovers()


def test_a_child_does_not_outlive_its_launcher(tmp_path):
    code = (
        "import os, pathlib, sys, time\n"
        "from kumamoto_soudan.launcher.process import spawn\n"
        f"child = spawn(['sleep', '64'], log=pathlib.Path({str(tmp_path / 'log')!r}), env=dict(os.environ))\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    child = int(launcher.stdout.readline())
    launcher.kill()
    launcher.communicate()
    if sys.platform == "linux":
        assert wait_for(lambda: not psutil.pid_exists(child) or _zombie(child), seconds=PATIENCE)
    else:
        os.kill(child, signal.SIGKILL)


def test_a_big_log_is_moved_aside_and_its_writer_goes_on(tmp_path):
    log = tmp_path / "web.log"
    with open_log(log) as output:
        output.write(b"old" * 10)
        output.flush()
        rotate(log, limit=20)
        output.write(b"new")
    assert log.read_text() == "new"
    assert (tmp_path / "web.log.1").read_text() == "old" * 10
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_waiting_ends_when_time_is_up():
    assert wait_for(lambda: False, seconds=0) is False


def test_a_second_request_to_stop_makes_haste_only_after_a_moment(monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr(STOP, "signals", [(signal.SIGTERM, now), (signal.SIGTERM, now + 0.1)])
    assert not STOP.hurry
    monkeypatch.setattr(STOP, "signals", [(signal.SIGTERM, now), (signal.SIGINT, now + 2)])
    assert STOP.hurry
