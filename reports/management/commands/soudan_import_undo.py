from cases.actions.import_undo import AlreadyUndone, BuiltOn, Obstacle, undo_batch
from cases.models import ImportBatch
from centers.management.japanese import JapaneseCommand, refuse, typed
from centers.text import TextInputError, clean_line
from reports.imports.writer import NoWriter, writer_of

SHOWN = 20
REASON_LIMIT = 200


class Command(JapaneseCommand):
    help = (
        "取り込みを、番号ごとまるごと取り消します。その後に記録・訂正・次の予定などが加わった行があれば、"
        "どの行かを示して、何も変えません。終了コード: 0 済み、1 予期しない失敗、2 取り消せない(何も変えない)。"
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "batch", metavar="取り込み番号", type=typed, help="soudan_import が表示した番号(例: N-I0001)"
        )
        parser.add_argument(
            "--by", metavar="利用者名", type=typed, help="だれの名前で取り消すか(省くとセンター管理者)"
        )
        parser.add_argument("--reason", metavar="理由", type=typed, default="", help="取り消す理由")

    def handle(self, *args, batch: str, by: str | None, reason: str, **options):
        found = ImportBatch.unscoped.filter(number=batch.strip()).select_related("center__zone").first()
        if found is None:
            raise refuse(f"取り込み番号「{batch}」はありません。番号を確かめてください。")
        try:
            user = writer_of(found.center, by)
            undone = undo_batch(batch=found, by=user, reason=clean_line(reason, limit=REASON_LIMIT))
        except (NoWriter, TextInputError) as problem:
            raise refuse(str(problem)) from problem
        except AlreadyUndone:
            raise refuse(f"{found.number} は、もう取り消されています。何も変えていません。") from None
        except BuiltOn as problem:
            raise refuse("\n".join(_lines(found, problem.obstacles))) from problem
        self.stdout.write(
            f"{undone.number} を取り消しました({undone.rows:,}行)。同じファイルをまた取り込めます。"
        )


def _lines(batch: ImportBatch, obstacles: list[Obstacle]) -> list[str]:
    more = [f"  … ほか{len(obstacles) - SHOWN:,}件"] if len(obstacles) > SHOWN else []
    return [
        f"{batch.number} のあとに加わったものがあるので、取り消せません。何も変えていません。",
        *(f"  {obstacle.line:,}行目: {obstacle.what}" for obstacle in obstacles[:SHOWN]),
        *more,
        "先にこれらを取り消すか、1件ずつ直してください。",
    ]
