from urllib.parse import urlencode, urlsplit

from django.urls import reverse

from centers.invitation import LIFETIME, AdminExists, invite
from centers.management.japanese import JapaneseCommand, refuse

MINUTES = int(LIFETIME.total_seconds() // 60)


class Command(JapaneseCommand):
    help = "最初のシステム管理者を登録するための、1回限りのリンクを出します。システム管理者がもういるときは出しません。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--site",
            default="http://127.0.0.1:8000",
            metavar="アドレス",
            help="ブラウザーで開くときのアドレス(初期値 http://127.0.0.1:8000)",
        )
        parser.add_argument(
            "--if-needed", action="store_true", help="システム管理者がもういるときは、何も出さずに終わる"
        )

    def handle(self, *args, site: str, if_needed: bool, **options):
        address = urlsplit(site)
        if address.scheme not in {"http", "https"} or not address.netloc or address.query or address.fragment:
            raise refuse(
                f"--site の「{site}」はアドレスとして読めません。https://soudan.example.jp のように入れてください。"
            )
        try:
            token = invite()
        except AdminExists:
            if if_needed:
                return
            raise refuse(
                "システム管理者がもういます。アカウントの追加は、システム管理者に頼んでください。"
            ) from None
        link = f"{site.rstrip('/')}{reverse('centers:first_login')}?{urlencode({'token': token})}"
        self.stdout.write(f"最初のシステム管理者を登録するリンク(1回だけ、{MINUTES}分以内):\n  {link}")
