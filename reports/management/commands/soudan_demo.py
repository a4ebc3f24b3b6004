from centers.management.japanese import JapaneseCommand, refuse
from centers.management.progress import ProgressBar
from centers.periods import today
from reports.demo.build import SIZES, SMALL, AlreadyThere, NotADemo, build_demo


class Command(JapaneseCommand):
    help = (
        "架空のデータを入れます。同じ --seed と同じ日なら、同じデータになります。"
        "実際のデータがあるデータベースには入れません。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2026, metavar="N", help="乱数の種(初期値 2026)")
        parser.add_argument(
            "--size",
            default=SMALL,
            metavar="|".join(SIZES),
            help=(
                "none = アカウントと配置だけ、small = すぐに使える量、"
                "city = 市全体の 3 年度分(相談およそ 13 万件)、large = 10 年度分(およそ 100 万件)"
            ),
        )

    def handle(self, *args, seed: int, size: str, **options):
        if size not in SIZES:
            raise refuse(f"--size は {' か '.join(SIZES)} です(いまの値: {size})。")
        try:
            build_demo(seed=seed, size=size, today=today(), progress=ProgressBar(self.stderr, "架空のデータ"))
        except AlreadyThere:
            self.stderr.write("架空のデータは、もう入っています。何も変えていません。")
        except NotADemo:
            raise refuse(
                "このデータベースには、デモではないアカウントか利用者がいます。架空のデータは空のデータベースにだけ入れられます。"
            ) from None
