from django.core.management.base import CommandError

from centers.management.japanese import JapaneseCommand
from centers.periods import today
from reports import rollups


class Command(JapaneseCommand):
    help = (
        "集計の控え(画面の数を速く出すためのもの)を、記録から数え直した数と比べます。"
        "終了コード: 0 合っている、1 合わないものがある(どこかを表示します)。--repair で記録から作り直します。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair",
            action="store_true",
            help="合わないときは、記録から作り直す(その間、記録の保存は待ちます)",
        )

    def handle(self, *args, repair, **options):
        found = rollups.faults(on=today())
        for line in found:
            self.stderr.write(line)
        if not found:
            self.stdout.write("集計の控えは、記録と合っています。")
        elif repair:
            rollups.make_anew()
            self.stdout.write("記録から作り直しました。")
        else:
            raise CommandError(
                "集計の控えが記録と合いません。--repair を付けると、記録から作り直します。", returncode=1
            )
