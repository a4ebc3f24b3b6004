"""``make run`` as a newcomer meets it: the whole application, once, with its real parts."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from kumamoto_soudan.launcher.paths import ROOT
from kumamoto_soudan.launcher.postgres import free_port
from kumamoto_soudan.launcher.process import end_with_parent, wait_for
from tests.launcher.conftest import PATIENCE, clean, open_folder


@dataclass
class Site:
    data: Path
    port: int
    launcher: subprocess.Popen[str]
    said: str = ""

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def health(self) -> object:
        try:
            return json.loads(self.get("/healthz"))["status"]
        except OSError:
            return None

    def well(self) -> bool:
        return self.health() == "ok"


def run(port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kumamoto_soudan.launcher", "run", "--port", str(port)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=end_with_parent(signal.SIGTERM),
    )


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch, open_folder() as folder:
        clean(patch)
        patch.setenv("SOUDAN_DATA_DIR", str(folder / "var"))
        port = free_port()
        running = Site(folder / "var", port, run(port))
        for line in running.launcher.stdout:
            running.said += line
            if "Ctrl-C" in line:
                break
        yield running
        running.launcher.terminate()
        running.launcher.communicate()


def test_the_first_start_says_where_and_who(site):
    assert f"http://127.0.0.1:{site.port}/" in site.said
    assert "kumamoto-demo-2026" in site.said
    assert "nishi.soudan" in site.said
    assert "できませんでした" not in site.said


def test_the_checks_have_run_before_anybody_looks(site):
    ask = "from reports.dashboard import last_runs; print(last_runs().late)"
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", ask]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "False")


def test_it_answers_and_asks_for_a_login(site):
    assert wait_for(site.well, seconds=PATIENCE, pause=0.5)
    assert 'type="password"' in site.get("/accounts/login/")


def test_a_command_in_another_window_joins(site):
    command = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_second_start_of_the_same_copy_is_refused(site):
    second = run(free_port())
    said, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1
    assert said.startswith(f"もう起動しています(http://127.0.0.1:{site.port}/")


def test_another_copy_is_told_that_the_port_is_taken(site, folder, monkeypatch):
    monkeypatch.setenv("SOUDAN_DATA_DIR", str(folder / "other"))
    other = run(site.port)
    said, _ = other.communicate(timeout=PATIENCE)
    assert other.returncode == 1
    assert said.startswith(f"ポート {site.port} は")


def test_whatever_is_killed_comes_back(site):
    assert wait_for(site.well, seconds=PATIENCE, pause=0.5)
    children = psutil.Process(site.launcher.pid).children()
    assert len(children) == 5
    for child in children:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()
    gone = {child.pid for child in children}

    def all_new() -> bool:
        now = {child.pid for child in psutil.Process(site.launcher.pid).children()}
        return len(now) == 5 and not now & gone and site.well()

    assert wait_for(all_new, seconds=PATIENCE, pause=0.5)


def test_ctrl_c_ends_everything_and_frees_the_port(site):
    family = psutil.Process(site.launcher.pid).children(recursive=True)
    assert len(family) > 5
    os.kill(site.launcher.pid, signal.SIGINT)
    said, _ = site.launcher.communicate(timeout=PATIENCE)
    assert site.launcher.returncode == 0
    assert said.endswith("止めました。\n")
    assert [process for process in family if process.is_running()] == []
    assert site.health() is None
