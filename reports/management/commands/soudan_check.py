import json
from datetime import date

from centers.enums import Severity
from centers.management.japanese import JapaneseCommand, refuse
from centers.periods import today, wareki_short
from reports.checks import Fact, run_checks


class Command(JapaneseCommand):
    help = (
        "定期検査をすべて行い、指摘を重い順に出します。今日の分は保存します(何度行っても同じです)。"
        "--on でほかの日を選ぶと、その日に当てはまったことを出すだけで、何も保存しません。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="検査する日(省くと今日)")
        parser.add_argument("--json", action="store_true", help="JSON の一覧で出します")

    def handle(self, *args, on: str | None, **options):
        day = _day(on) if on else today()
        facts = run_checks(day, store=day == today())
        if options["json"]:
            self.stdout.write(json.dumps([fact.as_json() for fact in facts], ensure_ascii=False, indent=1))
            return
        for fact in facts:
            self.stdout.write(_line(fact))
        self.stdout.write(f"{day} の指摘: {len(facts)}件")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(f"--on の「{text}」は日付として読めません。2026-10-01 の形で入れてください。") from None


def _line(fact: Fact) -> str:
    return f"{Severity(fact.severity).label}  {fact.title}  {wareki_short(fact.since)}から  {fact.message}"
