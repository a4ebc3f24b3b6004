"""The progress of a long command: a bar on a terminal, lines elsewhere."""

from io import StringIO

from django.core.management.base import OutputWrapper

from centers.management.progress import ProgressBar


class Terminal(StringIO):
    def isatty(self):
        return True


def written(stream, steps) -> str:
    """What a bar writes for (second, done, of)."""
    seconds = iter([0, *(second for second, _, _ in steps)])
    bar = ProgressBar(OutputWrapper(stream), "取り込み", clock=lambda: next(seconds))
    for _, done, of in steps:
        bar(done, of)
    return stream.getvalue()


def test_elsewhere_than_on_a_terminal_there_is_a_line_every_ten_seconds_and_one_at_the_end():
    steps = [(1, 100, 4000), (9, 900, 4000), (10, 1000, 4000), (11, 1100, 4000), (40, 4000, 4000)]
    assert written(StringIO(), steps).splitlines() == [
        "取り込み 25% 1,000 / 4,000件 残りおよそ30秒",
        "取り込み 100% 4,000 / 4,000件 (40秒かかりました)",
    ]


def test_on_a_terminal_one_line_is_drawn_again_and_again():
    text = written(Terminal(), [(100, 1000, 4000), (400, 4000, 4000)])
    first, second = text.split("\r\x1b[K")[1:]
    assert first == "取り込み " + "█" * 7 + "░" * 23 + " 25% 1,000 / 4,000件 残りおよそ5分00秒"
    assert second.endswith("100% 4,000 / 4,000件 (6分40秒かかりました)\n") and text.count("\n") == 1


def test_no_time_is_promised_before_anything_is_done():
    assert written(Terminal(), [(1, 0, 4000)]).endswith(" 0% 0 / 4,000件 ")


def test_a_terminal_is_not_flooded():
    text = written(Terminal(), [(1 + number / 1000, number, 4000) for number in range(1, 150)])
    assert text.count("\r") == 1


def test_nothing_to_do_is_done():
    assert written(StringIO(), [(1, 0, 0)]) == "取り込み 100% 0 / 0件 (1秒かかりました)\n"
