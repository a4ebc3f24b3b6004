"""The first seconds of a newcomer: what the system lacks is said in one line."""

import builtins
import sys
from pathlib import Path

import pytest

from kumamoto_soudan.launcher import venv


def test_an_old_python_is_named(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"Python 3\.11 以上が必要です.*は 3\.9\)") as end:
        venv.check_system()
    assert "\n" not in str(end.value.code)


def test_the_missing_package_of_debian_is_named(monkeypatch):
    real = builtins.__import__

    def without_ensurepip(name, *arguments, **options):
        if name == "ensurepip":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without_ensurepip)
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    with pytest.raises(SystemExit, match=f"apt install {package}") as end:
        venv.check_system()
    assert "\n" not in str(end.value.code)


@pytest.fixture
def place(monkeypatch, tmp_path):
    (tmp_path / "requirements.txt").write_text("a==1\n")
    monkeypatch.setattr(venv, "REQUIREMENTS", str(tmp_path / "requirements.txt"))
    monkeypatch.setattr(venv, "STAMP", str(tmp_path / "stamp"))
    monkeypatch.setattr(venv, "PYTHON", sys.executable)
    return tmp_path


def test_the_environment_is_ready_until_requirements_change(place):
    assert not venv.ready()
    (place / "stamp").write_text(venv.fingerprint())
    assert venv.ready()
    (place / "requirements.txt").write_text("a==2\n")
    assert not venv.ready()


def test_an_environment_whose_python_is_gone_is_not_ready(place, monkeypatch):
    (place / "stamp").write_text(venv.fingerprint())
    monkeypatch.setattr(venv, "PYTHON", str(place / "gone"))
    assert not venv.ready()


def test_a_step_that_fails_shows_why_and_what_to_do(capsys):
    command = [sys.executable, "-c", "import sys; print('No space left'); sys.exit(1)"]
    with pytest.raises(SystemExit, match="もう一度 make を実行"):
        venv.run("必要な部品を入れています", command)
    assert capsys.readouterr().out == "・必要な部品を入れています … できませんでした\nNo space left\n"


def test_the_pins_name_no_place_and_carry_hashes():
    text = Path(venv.REQUIREMENTS).read_text()
    pins = [line for line in text.splitlines() if "==" in line]
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(pins) > 20
