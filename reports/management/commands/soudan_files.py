from datetime import timedelta

from django.core.management.base import CommandError
from django.utils import timezone

from centers import filestore
from centers.management.japanese import JapaneseCommand


class Command(JapaneseCommand):
    help = (
        "添付のファイルを調べる: 記録にあるのに開けないものを示す(あれば終了コード 1)。"
        "--rewrap は、SECRET_KEY を替えた後に、すべてのファイルの鍵を今の SECRET_KEY で包み直す。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--rewrap", action="store_true", help="鍵を今の SECRET_KEY で包み直す")
        parser.add_argument(
            "--sweep", action="store_true", help="どの記録にも属さない、1日より前のファイルを消す"
        )

    def handle(self, *args, **options):
        if options["rewrap"]:
            try:
                self.stdout.write(f"包み直しました: {filestore.rewrap()}個")
            except filestore.FileLost as lost:
                raise CommandError(
                    f"{lost} を開けません。前の SECRET_KEY を SECRET_KEY_FALLBACKS に入れてから、もう一度実行してください。"
                ) from None
        if options["sweep"]:
            gone = filestore.sweep(before=timezone.now() - timedelta(days=1))
            self.stdout.write(f"消しました: {gone}個")
        if missing := filestore.missing():
            raise CommandError(
                f"開けないファイルが{len(missing)}個あります: {'、'.join(missing[:5])}。バックアップから戻してください。"
            )
        self.stdout.write("すべてのファイルを開けます。")
