import os
from collections.abc import Iterable
from pathlib import Path

from django.db import IntegrityError

from cases.enums import ImportKind
from centers.management.japanese import JapaneseCommand, refuse, typed, visible
from centers.management.progress import ProgressBar
from centers.models import Center
from centers.periods import today
from kumamoto_soudan.launcher.paths import write_private
from reports.imports.echo import (
    file_lines,
    holds_remarks,
    known_line,
    remark_lines,
    understood_lines,
    write_remarks,
)
from reports.imports.examples import example_text
from reports.imports.taking import Judged, Source, Wish, judge, read_source, refusal_of, take
from reports.imports.wire import FileRefused
from reports.imports.writer import NoWriter, writer_of
from reports.places import UnknownCenter, center_on, center_with_id, zone_named


class Command(JapaneseCommand):
    help = (
        "センターの台帳(CSV か .xlsx の1枚目のシート)を取り込みます。1行でも直すところがあれば、何も書きません。"
        "種類: clients(利用者)、consultations(相談記録)、plan_cases(計画相談)。くわしくは docs/取込の手引き.md。"
        "終了コード: 0 済み、1 予期しない失敗、2 入力を受け付けない(何も書かない)。"
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="種類", help=" | ".join(ImportKind.values))
        parser.add_argument("file", metavar="ファイル", help="CSV(UTF-8 か CP932)または .xlsx")
        parser.add_argument(
            "--center", metavar="圏域", help="中央1 … 北2(中央１、chuo1 も可)。今日のセンター"
        )
        parser.add_argument("--center-id", metavar="番号", help="センターを番号で選ぶ")
        parser.add_argument(
            "--by",
            metavar="利用者名",
            type=typed,
            help="だれの名前で取り込むか(省くとセンター管理者。1人のときだけ)",
        )
        parser.add_argument("--dry-run", action="store_true", help="書かずに、どう読み取ったかだけを表示する")
        parser.add_argument(
            "--skip-known", action="store_true", help="前に取り込んだ行を飛ばし、新しい行だけを取り込む"
        )
        parser.add_argument("--again", action="store_true", help="前に取り込んだ行も、もう一度すべて取り込む")
        parser.add_argument("--ignore-unknown", action="store_true", help="取り込みにない列を使わずに進む")
        parser.add_argument(
            "--errors",
            metavar="出力先.csv",
            help="直すところをすべて書く(個人情報を含みます。自分だけ読める)",
        )
        parser.add_argument(
            "--example", action="store_true", help="取り込まずに、この種類の見本(架空)をファイルに書く"
        )

    def handle(self, *args, kind: str, file: str, errors: str | None, **options):
        if kind not in ImportKind.values:
            raise refuse(f"種類の「{kind}」はありません。{' '.join(ImportKind.values)} のどれかです。")
        if options["example"]:
            self._write_example(ImportKind(kind), Path(file))
            return
        if errors:
            _check_errors_path(Path(errors), Path(file))
        try:
            wish = _wish(ImportKind(kind), Path(file), options)
            source = read_source(wish)
        except (FileRefused, UnknownCenter, NoWriter) as problem:
            raise refuse(f"{problem} 何も書いていません。") from problem
        self._tell(file_lines(wish, source))
        judged, batch = self._run(wish, source, dry=options["dry_run"])
        self._tell_judged(wish, source, judged, dry=options["dry_run"])
        if errors:
            self._write_errors(Path(errors), judged)
        if refusal := refusal_of(wish, judged):
            raise refuse(f"{refusal} 何も書いていません。")
        if options["dry_run"]:
            self.stdout.write(f"試しに読みました。取り込める行: {len(judged.rows):,}。何も書いていません。")
        elif batch is None:
            self.stdout.write("新しい行がありません。何も書いていません。")
        else:
            self.stdout.write(
                f"取り込みました: {batch.rows:,}行。取り込み番号 {batch.number}"
                f"(取り消すとき: manage.py soudan_import_undo {batch.number})"
            )

    def _run(self, wish: Wish, source: Source, *, dry: bool):
        if dry:
            return judge(wish, source), None
        try:
            return take(wish, source, ProgressBar(self.stderr, "取り込み中", "行"))
        except IntegrityError as problem:
            raise refuse(
                "取り込んでいる間に、同じ番号の利用者か記録が登録されました。何も書いていません。もう一度行ってください。"
            ) from problem

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(visible(line))

    def _tell_judged(self, wish: Wish, source: Source, judged: Judged, *, dry: bool) -> None:
        if dry:
            self._tell(understood_lines(source, judged.reading.understood))
        if judged.known:
            self.stderr.write(known_line(judged))
        for title, remarks in (("注意:", judged.reading.warnings), ("直すところ:", judged.reading.problems)):
            if remarks:
                self.stderr.write(visible("\n".join([title, *remark_lines(remarks)])))

    def _write_errors(self, path: Path, judged: Judged) -> None:
        try:
            write_remarks(path, judged)
        except OSError as problem:
            self.stderr.write(f"{path} に書けませんでした({problem.strerror})。")
            return
        self.stderr.write(
            f"{path} に書きました。個人情報を含みます(読めるのは自分だけ)。直したら消してください。"
        )

    def _write_example(self, kind: ImportKind, path: Path) -> None:
        if path.exists():
            raise refuse(f"{path} がもうあります。別の名前にしてください。")
        try:
            write_private(path, example_text(kind))
        except OSError as problem:
            raise refuse(f"{path} に書けません({problem.strerror})。出力先を確かめてください。") from problem
        self.stdout.write(f"{kind.label}の見本を {path} に書きました。すべて架空です。")


def _check_errors_path(path: Path, file: Path) -> None:
    """Before anything is written, so that a slip here cannot follow an import that stands."""
    if path.exists() and file.exists() and path.samefile(file):
        raise refuse("--errors の出力先が、取り込むファイルと同じです。別の名前にしてください。")
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise refuse(f"--errors の「{path}」には書けません。出力先を確かめてください。")
    if path.exists() and not holds_remarks(path):
        raise refuse(f"--errors の「{path}」には、別のファイルがもうあります。別の名前にしてください。")


def _wish(kind: ImportKind, path: Path, options) -> Wish:
    if options["again"] and options["skip_known"]:
        raise refuse("--again と --skip-known は一緒に使えません。どちらかにしてください。")
    on = today()
    center = _center(options["center"], options["center_id"])
    return Wish(
        kind=kind,
        path=path,
        center=center,
        by=writer_of(center, options["by"]),
        on=on,
        skip_known=options["skip_known"],
        again=options["again"],
        ignore_unknown=options["ignore_unknown"],
    )


def _center(zone: str | None, center_id: str | None) -> Center:
    if not (zone or center_id):
        raise UnknownCenter("--center がありません。圏域(中央1 … 北2)を入れてください。")
    center = center_with_id(center_id) if center_id else center_on(zone_named(zone or ""), today())
    if center_id and zone and zone_named(zone) != center.zone:
        raise UnknownCenter("--center と --center-id が別の圏域です。どちらかにしてください。")
    if center.closed_on and center.closed_on < today():
        raise UnknownCenter(f"{center}は閉所しています。今日開いているセンターを選んでください。")
    return center
