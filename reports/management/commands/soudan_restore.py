import time
from pathlib import Path

from django.core.management.base import CommandError

from centers.management.japanese import JapaneseCommand, refuse
from centers.periods import JST
from reports.backup.folder import chosen
from reports.backup.keys import read_identities
from reports.backup.problems import Failed, Refused
from reports.backup.restoring import Restored, restore_backup

NEXT = """
つぎにすること(docs/バックアップと復元.md の「復元のあと」):
1. 画面を起動し、パスワードと2段階目(確認コード)でログインする
2. 下の日時より後に入れた記録は戻っていない。各センターに、その分の入れ直しを頼む
3. 秘密鍵のファイルをこの機械から消し、夜のバックアップの設定を確かめる
"""


class Command(JapaneseCommand):
    help = (
        "バックアップを、空のデータベースに復元します。先にすべてを確かめ、使えないときは何も変えません。"
        "フォルダーには、バックアップそのものか、それらが入っているフォルダー(いちばん新しいものを使う)を指定します。"
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", metavar="フォルダー", type=Path, help="バックアップのフォルダー")
        parser.add_argument(
            "--identity",
            metavar="ファイル",
            type=Path,
            help="秘密鍵のファイル(soudan_backup_key が作ったもの)",
        )

    def handle(self, *args, directory: Path, identity: Path | None, **options):
        started = time.monotonic()
        try:
            if identity is None:
                raise Refused("--identity で秘密鍵のファイルを指定してください。")
            identities = read_identities(identity)
            backup = chosen(directory)
            self.stdout.write(f"復元するバックアップ: {backup}")
            restored = restore_backup(backup, identities)
        except Refused as problem:
            raise refuse(str(problem)) from None
        except Failed as problem:
            raise CommandError(str(problem)) from None
        self._report(restored, time.monotonic() - started)

    def _report(self, restored: Restored, seconds: float) -> None:
        for name, (rows, _) in restored.contents.tables.items():
            if rows:
                self.stdout.write(f"{rows:>12,}行  {name}  一致")
        made_at = restored.manifest.made_at.astimezone(JST)
        self.stdout.write(
            f"復元が終わりました。{len(restored.contents.tables)}表 {restored.contents.rows:,}行の件数と中身が、"
            f"バックアップの記録と一致しました({seconds:.1f}秒)。"
        )
        if not restored.app_role:
            self.stdout.write("このサーバーにアプリケーションの役割がないので、権利は付けていません。")
        self.stdout.write(f"{NEXT}\nこのバックアップの日時: {made_at:%Y-%m-%d %H:%M}(日本時間)")
