import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from kumamoto_soudan.launcher.commands import is_foreign
from kumamoto_soudan.launcher.paths import ROOT, server_home_path
from kumamoto_soudan.launcher.process import STOP, end_with_parent

PATIENCE = 300  # seconds; far more than a busy machine needs, so that a hanging test still ends


def processes_in(folder: Path) -> list[str]:
    """Command lines of running processes that name a folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            command = " ".join(process.cmdline())
            if str(folder) in command and process.pid != os.getpid():
                found.append(command)
    return found


@pytest.fixture(autouse=True)
def own_signals(monkeypatch):
    """Pytest keeps its own handling of Ctrl-C, and one test's stopping is not the next one's."""
    monkeypatch.setattr(STOP, "install", lambda: None)
    monkeypatch.setattr(STOP, "stopping", False)


@pytest.fixture
def clean_environment(monkeypatch):
    """As a newcomer's shell: nothing of the servers that these tests themselves run on."""
    clean(monkeypatch)


def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if is_foreign(name)]:
        monkeypatch.delenv(name)


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that every account may enter (pytest's own may be entered by its owner only)."""
    with open_folder() as path:
        yield path


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="soudan-launcher-")).resolve()
    path.chmod(0o755)
    yield path
    for data in (file.parent for file in path.rglob("server_home")):
        shutil.rmtree(server_home_path(data))
    shutil.rmtree(path)


@pytest.fixture
def data(folder, clean_environment, monkeypatch) -> Path:
    """The data folder of an installation that does not exist yet."""
    monkeypatch.setenv("SOUDAN_DATA_DIR", str(folder / "var"))
    return folder / "var"


@pytest.fixture
def launch(clean_environment) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """launch("exec", "--", "true") starts the launcher; what still runs at the end of the test is killed."""
    started = []

    def _launch(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "kumamoto_soudan.launcher", *arguments],
            cwd=ROOT,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent(9),
        )
        started.append(process)
        return process

    yield _launch
    for process in started:
        process.kill()
        process.communicate()
