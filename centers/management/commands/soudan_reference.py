from centers.management.japanese import JapaneseCommand, refuse
from centers.reference import BadRow, load_reference


class Command(JapaneseCommand):
    help = "契約の条件・区分・きまりの基準データを入れます。何度行っても同じになり、何も消しません。"

    def handle(self, *args, verbosity: int, **options):
        try:
            loaded = load_reference()
        except BadRow as problem:
            raise refuse(f"基準データを入れられません。{problem}") from problem
        if verbosity:
            for file, count in loaded.items():
                self.stdout.write(
                    f"{file}: 追加 {count.added}・更新 {count.updated}・変わりなし {count.unchanged}"
                )
