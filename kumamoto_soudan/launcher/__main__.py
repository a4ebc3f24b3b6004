"""Command line of the launcher; see ``--help``."""

import argparse
import os
import sys
from collections.abc import Sequence

from kumamoto_soudan.launcher.commands import execute, provision_from_environment
from kumamoto_soudan.launcher.process import STOP
from kumamoto_soudan.launcher.supervisor import run
from kumamoto_soudan.launcher.words import Failure, Stopped, complain, say


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="python -m kumamoto_soudan.launcher", description="起動と停止")
    actions = main.add_subparsers(dest="action", required=True, metavar="動作")
    runs = actions.add_parser("run", help="すべてを起動し、Ctrl-C で止める")
    runs.add_argument("--port", default="8000", help="画面のポート番号(初期値 8000)")
    runs.add_argument("--demo", default="", help="1 = 架空のデータで始める、0 = 実際に使うデータで始める")
    executes = actions.add_parser("exec", help="データベースと待ち行列を使えるようにして、コマンドを実行する")
    executes.add_argument("--fresh", action="store_true", help="使い捨てのデータで実行する")
    executes.add_argument("--role", choices=("owner", "app"), default="owner", help="データベースの役割")
    executes.add_argument("command", nargs="+", metavar="コマンド", help="-- に続けて書く")
    actions.add_parser("provision", help="外のデータベースに役割と拡張を用意する")
    return main


def main(argv: Sequence[str] | None = None) -> int:
    options = parser().parse_args(argv)
    STOP.install()
    try:
        if options.action == "run":
            run(port_number(options.port), yes_no(options.demo or os.environ.get("SOUDAN_DEMO", "")))
        elif options.action == "exec":
            return execute(options.command, role=options.role, fresh=options.fresh)
        else:
            provision_from_environment()
    except Stopped:
        say("止めました。")
    except Failure as failure:
        complain(failure)
        return 1
    return 0


def port_number(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise Failure(
            f"PORT の「{text}」はポート番号ではありません。", "1 から 65535 までの数で指定してください。"
        )
    return int(text)


def yes_no(text: str) -> bool | None:
    values = {"": None, "1": True, "true": True, "on": True, "yes": True}
    values |= {"0": False, "false": False, "off": False, "no": False}
    try:
        return values[text.strip().lower()]
    except KeyError:
        raise Failure(f"DEMO の「{text}」は使えません。", "1 か 0 で指定してください。") from None


if __name__ == "__main__":
    sys.exit(main())
