import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from centers.management.japanese import JapaneseCommand, refuse
from centers.periods import today
from centers.wording import megabytes
from reports.backup.problems import Failed, Refused
from reports.backup.runs import prune, run_backup


class Command(JapaneseCommand):
    help = (
        "データベース・ファイル・鍵の暗号化したバックアップを、フォルダーの中に日時の名前で作ります。"
        "開けるのは、対になる秘密鍵のファイルを持つ人だけです(docs/バックアップと復元.md)。"
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", metavar="フォルダー", type=Path, help="バックアップを置くフォルダー")
        parser.add_argument(
            "--recipient",
            action="append",
            metavar="age1…",
            help="公開鍵(何度でも。省くと環境変数 SOUDAN_BACKUP_RECIPIENTS)",
        )
        parser.add_argument(
            "--prune", action="store_true", help="できたことを確かめてから、きまりの数より古いものを消す"
        )

    def handle(self, *args, directory: Path, recipient: list[str] | None, **options):
        day, started = today(), time.monotonic()
        try:
            made = run_backup(directory, recipient or settings.SOUDAN_BACKUP_RECIPIENTS, on=day)
        except Refused as problem:
            raise refuse(str(problem)) from None
        except Failed as problem:
            raise CommandError(str(problem)) from None
        contents = made.manifest.contents
        self.stdout.write(
            f"バックアップができました: {made.path}\n"
            f"{len(contents.tables)}表 {contents.rows:,}行、{megabytes(made.manifest.size)}、"
            f"{time.monotonic() - started:.1f}秒。読み直して確かめました。"
        )
        for name in prune(directory, on=day) if options["prune"] else []:
            self.stdout.write(f"古いバックアップを消しました: {name}")
