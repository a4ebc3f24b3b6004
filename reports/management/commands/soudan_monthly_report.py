import json
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from centers.models import Center
from centers.periods import Month
from reports.city import city_figures
from reports.figures import TABLES, MonthlyFigures, monthly_figures
from reports.places import UnknownCenter, center_in, centers_in, zone_named
from reports.workbook import write_workbook

TITLES = {
    "contacts": "延べ件数",
    "methods": "支援方法",
    "contents": "支援内容(重複あり)",
    "ages": "年齢(延べ)",
    "counterparts": "話した人",
    "business_items": "業務項目",
    "persons": "実人員",
    "disabilities": "障がい種別(重複計上)",
}


class Command(BaseCommand):
    help = "月次の数を、いまの記録から数えて表示します。終了コード: 0 済み、1 予期しない失敗、2 入力を受け付けない。"

    def add_arguments(self, parser):
        parser.add_argument("--center", metavar="圏域", help="中央1 … 北2、または all(9センターと市の計)")
        parser.add_argument(
            "--center-id", metavar="番号", help="同じ圏域に2つのセンターがある月に、番号で選ぶ"
        )
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="月(例: 2026-10)")
        parser.add_argument("--json", action="store_true", help="JSON で出す")
        parser.add_argument("--xlsx", metavar="出力先", help="Excel のファイルに書く")

    def handle(self, *args, center: str | None, center_id: str | None, month: str, **options):
        try:
            chosen = Month.parse(month)
            city = center == "all" and not center_id
            figures = city_figures(list(centers_in(chosen)), chosen) if city else None
            single = None if city else monthly_figures([self._center(center, center_id, chosen)], chosen)[0]
        except ValueError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        found = figures or single
        parts = figures.centers if figures else [single]
        if options["xlsx"]:
            write_workbook(Path(options["xlsx"]), parts, TITLES)
            self.stderr.write(f"{options['xlsx']} に書きました。")
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        elif not options["xlsx"]:
            for part in parts:
                self._print(part)

    def _center(self, name: str | None, id_: str | None, month: Month) -> Center:
        if id_:
            try:
                return Center.objects.select_related("zone", "corporation").get(pk=UUID(id_))
            except (ValueError, Center.DoesNotExist):
                raise UnknownCenter(
                    f"--center-id {id_} のセンターはありません。番号を確かめてください。"
                ) from None
        if not name:
            raise UnknownCenter("--center に圏域(中央1 … 北2)か all を入れてください。")
        return center_in(zone_named(name), month)

    def _print(self, figures: MonthlyFigures) -> None:
        self.stdout.write(f"\n{figures.center} {figures.month.label} 延べ {figures.contacts:,}件")
        for table in TABLES:
            if table == "contacts":
                continue
            self.stdout.write(f"  {TITLES[table]}")
            for code, figure in figures.tables[table].items():
                self.stdout.write(f"    {code:<22}{figure:>7,}  {figures.codes[table].get(code, '')}")
        for sentence in figures.reconciliation:
            self.stdout.write(f"  合いません: {sentence}")
