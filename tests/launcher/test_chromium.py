"""What ``make test`` says and does about the browser."""

import os
import subprocess

import pytest

from tests.browser import chromium


@pytest.fixture
def bare(monkeypatch):
    """A system with neither browser nor font; whatever would be run is noted instead."""
    calls = []
    monkeypatch.setattr(chromium, "executable", lambda: None)
    monkeypatch.setattr(chromium, "has_japanese_font", lambda: False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")

    def note(command, **_options):
        calls.append(command)
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(chromium.subprocess, "run", note)
    return calls


def test_an_ordinary_user_is_told_in_one_line_what_to_install(bare, capsys, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert chromium.main() == 1
    said = capsys.readouterr().err
    assert "apt-get install chromium fonts-noto-cjk" in said
    assert said.count("\n") == 1
    assert bare == []


def test_root_gets_them_installed(bare, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert chromium.main() == 1  # still not there, since nothing was really installed
    assert [command[1] for command in bare] == ["update", "install"]
    assert bare[1][-2:] == ["chromium", "fonts-noto-cjk"]


def test_only_what_is_missing_is_named(bare, monkeypatch):
    monkeypatch.setattr(chromium, "executable", lambda: "/usr/bin/chromium")
    assert chromium.missing() == ["fonts-noto-cjk"]


def test_here_both_are_present():
    assert chromium.main() == 0


def test_another_browser_can_be_named(monkeypatch, tmp_path):
    (tmp_path / "browser").touch()
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "browser"))
    assert chromium.executable() == str(tmp_path / "browser")
