"""What the product's commands share: help in Japanese, and how an input is refused."""

import re
from argparse import SUPPRESS, ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError, DjangoHelpFormatter

_OF_THE_FRAMEWORK = {
    "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks",
}  # fmt: skip


# Controls but tab and line feed, and marks that turn the direction of writing: a terminal would obey them.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class HelpFormatter(DjangoHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, prefix="使い方: ")


class JapaneseCommand(BaseCommand):
    """Exit codes: 0 done, 1 unexpected failure, 2 input refused (nothing written, the reason on standard error)."""

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(
            prog_name, subcommand, formatter_class=HelpFormatter, add_help=False, **kwargs
        )
        parser._positionals.title = "引数"
        parser._optionals.title = "オプション"
        for action in parser._actions:  # the framework's own stay usable, but have no Japanese help
            if action.dest in _OF_THE_FRAMEWORK:
                action.help = SUPPRESS
        parser.add_argument("-h", "--help", action="help", help="この説明を表示して終わる")
        return parser


def refuse(reason: str) -> CommandError:
    """To be raised: the input cannot be taken; the text says why and how to mend it."""
    return CommandError(visible(reason), returncode=2)


def visible(text: str) -> str:
    """The text for a terminal, which shows what a file holds and does nothing that it says."""
    return _OBEYED.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def typed(text: str) -> str:
    """For add_argument(type=): a text as typed; bytes that are no characters are refused."""
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        raise ArgumentTypeError("文字として読めません。端末の文字コードを UTF-8 にして、打ち直してください。")
    return text
