"""``make run``: everything from nothing to a running application, and its end."""

import contextlib
import http.client
import os
import socket
import sys
import time

from kumamoto_soudan.launcher.application import HTTP_SECONDS, application_children
from kumamoto_soudan.launcher.database import check_url
from kumamoto_soudan.launcher.home import DEMO, MODE_FILE, REAL
from kumamoto_soudan.launcher.hosting import host, refuse_if_running
from kumamoto_soudan.launcher.paths import data_dir, prepare_data_dir, server_home_path
from kumamoto_soudan.launcher.process import STOP, call, rotate, tail, wait_for
from kumamoto_soudan.launcher.roles import Role
from kumamoto_soudan.launcher.servers import Servers
from kumamoto_soudan.launcher.welcome import demo_accounts
from kumamoto_soudan.launcher.words import Failure, say, step

ROTATE_SECONDS = 30


def run(port: int, demo: bool | None) -> None:
    """Start everything and keep it running until asked to stop (then Stopped is raised). Raises Failure.

    ``demo=None`` goes on as the data folder was begun; a new one becomes a demo, unless its database is given from
    outside.
    """
    data = prepare_data_dir(data_dir())
    refuse_if_running(data)
    check_port(port)
    if url := os.environ.get("DATABASE_URL"):
        check_url(url)
    Run(port, chosen_mode(demo)).go()


def chosen_mode(wanted: bool | None) -> bool:
    """Whether this is a demo. Raises Failure when the data folder was begun the other way."""
    try:
        begun = (server_home_path(data_dir()) / MODE_FILE).read_text().strip() == DEMO
    except FileNotFoundError:
        return not os.environ.get("DATABASE_URL") if wanted is None else wanted
    if wanted not in (None, begun):
        kind = "架空のデータ(デモ)" if begun else "実際に使うデータ"
        raise Failure(
            f"{data_dir()} には{kind}が入っているので、DEMO={int(bool(wanted))} では起動できません。",
            "SOUDAN_DATA_DIR で別のフォルダーを指定するか、DEMO を付けずに起動してください。",
        )
    return begun


def check_port(port: int) -> None:
    """Raise Failure unless the web can listen on 127.0.0.1:port."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError:
        raise Failure(
            f"ポート {port} は、ほかのプログラムが使っているか、使う権利がありません。",
            f"`make run PORT={port + 1 if 1024 <= port < 65535 else 8000}` のように別の番号で実行してください。",
        ) from None


class Run:
    def __init__(self, port: int, demo: bool) -> None:
        self.port = port
        self.demo = demo
        self.data = data_dir()
        self.first = not (server_home_path(self.data) / MODE_FILE).exists()
        self.servers: Servers
        self.invitation = ""

    def go(self) -> None:
        say("障がい者相談支援センター 相談記録システムを起動します。")
        if os.geteuid() == 0:
            say("(root で動いています。ふだんは一般のアカウントで動かしてください)")
        with contextlib.ExitStack() as stack:
            with step("データベースと待ち行列の起動"):
                self.servers = stack.enter_context(host(self.data, web_port=self.port, wait_for_guests=False))
            stack.callback(say, "すべて止めています …")
            self._prepare()
            with step("画面と定期処理の起動"):
                self._start_application()
            self._welcome()
            self._watch()

    def _prepare(self) -> None:
        with step("データベースの表の用意"):
            self._manage("migrate", "--noinput", role="owner")
        with step("契約・センター・業務項目の登録"):
            self._manage("soudan_reference", role="owner")
        if self.first and self.demo:
            with step("デモ用データの作成(架空のデータ)"):
                self._manage("soudan_demo", "--size", "small", role="owner")
        if self.first:
            # The clock's own first run may be a day away, and the city's page would call that late.
            with step("最初の定期検査"):
                self._manage("soudan_check", role="app")
        with step("画面の部品の用意"):
            self._manage("collectstatic", "--noinput", role="app")
        if not self.demo:
            link = ("soudan_first_admin", "--if-needed", "--site", f"http://127.0.0.1:{self.port}")
            self.invitation = self._manage(*link, role="app", secret=True)
        (server_home_path(self.data) / MODE_FILE).write_text(DEMO if self.demo else REAL)

    def _environment(self, role: Role) -> dict[str, str]:
        """What a person set holds over our choices for a server that listens on this machine only."""
        choices = {"PYTHONUNBUFFERED": "1", "SECURE_COOKIES": "0"}
        if self.demo:
            choices |= {"SOUDAN_DEMO": "1", "SOUDAN_REQUIRE_MFA": "0"}
        return choices | dict(os.environ) | self.servers.environment(role)

    def _manage(self, *arguments: str, role: Role, secret: bool = False) -> str:
        """Run a command of manage.py and give back what it printed; a secret output stays in no file."""
        log = self.data / "log" / ("secret.log" if secret else "setup.log")
        start = log.stat().st_size if log.exists() else 0
        try:
            if call([sys.executable, "manage.py", *arguments], log=log, env=self._environment(role)):
                raise Failure(
                    f"manage.py {arguments[0]} が終わりませんでした。\n{tail(log)}",
                    f"上の内容を直してから、もう一度 make run を実行してください(くわしい記録: {log})。",
                )
            return log.read_bytes()[start:].decode(errors="replace")
        finally:
            if secret:
                log.unlink(missing_ok=True)

    def _start_application(self) -> None:
        children = application_children(self.data, self.port, self._environment("app"))
        for child in children:
            self.servers.family.add(child)
        web = children[0]
        answered = wait_for(lambda: not web.alive or answers(self.port), seconds=HTTP_SECONDS)
        if not (answered and web.alive):
            log = self.data / "log" / "web.log"
            raise Failure(
                f"画面が応答しません。\n{tail(log)}",
                f"上の内容を直してから、もう一度 make run を実行してください(くわしい記録: {log})。",
            )

    def _welcome(self) -> None:
        say(f"\n起動しました。ブラウザーで開いてください:  http://127.0.0.1:{self.port}/\n")
        if self.demo:
            say(demo_accounts() + "\n")
        if self.invitation:
            say(self.invitation.strip() + "\n")
        say(f"データの置き場所: {server_home_path(self.data)}  動作の記録: {self.data / 'log'}")
        say("Ctrl-C で終わります。")

    def _watch(self) -> None:
        next_rotation = 0.0
        while True:
            STOP.check()
            self.servers.family.tend()
            if time.monotonic() > next_rotation:
                next_rotation = time.monotonic() + ROTATE_SECONDS
                for log in (self.data / "log").glob("*.log"):
                    rotate(log)
            time.sleep(0.2)


def answers(port: int) -> bool:
    """Whether the web gives any answer of its own, even a refusal."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", "/healthz")
        return link.getresponse().status < 500
    except OSError:
        return False
    finally:
        link.close()
