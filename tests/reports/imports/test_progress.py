"""The line that tells how far an import has come."""

import io

from reports.imports.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_one_line_that_moves():
    out = Terminal()
    progress = ProgressLine(out, "取り込み中")
    progress(2_000, 8_000)
    progress(8_000, 8_000)
    assert out.getvalue() == "\r取り込み中 25%(2,000/8,000行)\r取り込み中 100%(8,000/8,000行)\n"


def test_a_log_sees_a_line_now_and_then(monkeypatch):
    clock = iter([0.0, 1.0, 6.0, 6.0])
    monkeypatch.setattr("reports.imports.progress.monotonic", lambda: next(clock))
    out = io.StringIO()
    progress = ProgressLine(out, "取り込み中")
    progress(1, 4)
    progress(2, 4)
    assert out.getvalue() == "取り込み中 50%(2/4行)\n"
