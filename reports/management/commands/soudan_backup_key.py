from pathlib import Path

from centers.management.japanese import JapaneseCommand, refuse
from reports.backup.keys import new_identity
from reports.backup.problems import Refused


class Command(JapaneseCommand):
    help = (
        "バックアップの鍵を作ります。秘密鍵は指定したファイルに(本人だけが読めるように)書き、公開鍵を表示します。"
        "サーバーに置くのは公開鍵だけです。"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="ファイル", type=Path, help="秘密鍵を書くファイル(まだないもの)")

    def handle(self, *args, file: Path, **options):
        try:
            recipient = new_identity(file)
        except Refused as problem:
            raise refuse(str(problem)) from None
        self.stdout.write(
            f"秘密鍵: {file}(2つ写して、別々の金庫に置き、このファイルはサーバーから消してください)\n"
            f"公開鍵: {recipient}\n"
            f"設定:   SOUDAN_BACKUP_RECIPIENTS={recipient}"
        )
