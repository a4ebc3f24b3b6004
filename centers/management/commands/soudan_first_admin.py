from urllib.parse import urlencode, urlsplit

from django.urls import reverse

from centers.enums import Role
from centers.invitation import LIFETIME, AdminExists, invite
from centers.management.japanese import JapaneseCommand, refuse

MINUTES = int(LIFETIME.total_seconds() // 60)


class Command(JapaneseCommand):
    help = (
        "最初のシステム管理者を登録するための、1回限りのリンクを出します。--role shi では、最初の市の担当者のリンクです。"
        "その権限の人がもういるときは出しません。ふだんは2人で決める権限なので、このコマンドを使う人が2人目にあたります。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--site",
            default="http://127.0.0.1:8000",
            metavar="アドレス",
            help="ブラウザーで開くときのアドレス(初期値 http://127.0.0.1:8000)",
        )
        parser.add_argument(
            "--if-needed", action="store_true", help="その権限の人がもういるときは、何も出さずに終わる"
        )
        parser.add_argument(
            "--role",
            choices=[Role.SYSTEM.value, Role.SHI.value],
            default=Role.SYSTEM.value,
            help="system: システム管理者(初期値)、shi: 市 障がい保健福祉課",
        )

    def handle(self, *args, site: str, if_needed: bool, role: str = Role.SYSTEM.value, **options):
        address = urlsplit(site)
        if address.scheme not in {"http", "https"} or not address.netloc or address.query or address.fragment:
            raise refuse(
                f"--site の「{site}」はアドレスとして読めません。https://soudan.example.jp のように入れてください。"
            )
        try:
            token = invite(Role(role))
        except AdminExists:
            if if_needed:
                return
            name = Role(role).label
            raise refuse(
                f"{name}の人がもういます。アカウントの追加は、画面の「アカウント」でできます。"
            ) from None
        link = f"{site.rstrip('/')}{reverse('centers:first_login')}?{urlencode({'token': token})}"
        self.stdout.write(f"最初の{Role(role).label}を登録するリンク(1回だけ、{MINUTES}分以内):\n  {link}")
