"""計上ルール by example: what happened, and what the month's figures make of it.

The page shows the examples, and the tests record each of them and count: an example that no longer holds fails.
All of them happen in October 2026 (令和8年度) unless a day says otherwise, under the rules of that time.
"""

from dataclasses import dataclass
from datetime import date

from reports.tables import TOTAL, PersonFigure, Table
from reports.vocabulary import AGE_LABELS

Line = tuple[Table, str]

CONTACTS: Line = (Table.CONTACTS, TOTAL)
MONTH_DISTINCT: Line = (Table.PERSONS, PersonFigure.MONTH_DISTINCT.value)
FIRST: Line = (Table.PERSONS, PersonFigure.FIRST_IN_FISCAL_YEAR.value)
NEW: Line = (Table.PERSONS, PersonFigure.NEW.value)
CONTINUING: Line = (Table.PERSONS, PersonFigure.CONTINUING.value)
CHILDREN: Line = (Table.PERSONS, PersonFigure.CHILDREN.value)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the quick log: about these people (none: 匿名), on a day."""

    people: str = "A"  # one letter a person
    on: date = date(2026, 10, 5)
    method: str = "4"
    item: str = "1-1-1"
    organization: bool = False
    unanswered: bool = False
    uncounted_reason: str = ""
    voided: bool = False


@dataclass(frozen=True, kw_only=True)
class Example:
    """What happened, its entries, the figures of October that come of it, and why."""

    story: str
    entries: tuple[Entry, ...]
    figures: dict[Line, int]
    why: str
    birth: date | None = None

    @property
    def words(self) -> list[str]:
        """The figures in words: 相談件数 2件, 月実人員 1人."""
        return [f"{_label(line)} {number}{_unit(line)}" for line, number in self.figures.items()]


def _label(line: Line) -> str:
    table, code = line
    if table == Table.CONTACTS:
        return "延べ件数"
    return PersonFigure(code).label if table == Table.PERSONS else AGE_LABELS[code]


def _unit(line: Line) -> str:
    return "人" if line[0].of_persons else "件"


EXAMPLES = (
    Example(
        story="同じ人から、同じ日に2回電話がありました。",
        entries=(Entry(), Entry()),
        figures={CONTACTS: 2, MONTH_DISTINCT: 1},
        why="記録1つを1件と数えます。人は、月に何回話しても1人です。",
    ),
    Example(
        story="職員2人で、1回訪問しました。",
        entries=(Entry(method="1"),),
        figures={CONTACTS: 1, MONTH_DISTINCT: 1},
        why="職員の数は数えません。記録は1つだけ作ります。",
    ),
    Example(
        story="きょうだい2人のことを、1回の電話で聞きました。",
        entries=(Entry(people="AB"),),
        figures={CONTACTS: 2, MONTH_DISTINCT: 2},
        why="利用者を2人選ぶと、1回の入力で記録が2つできます。",
    ),
    Example(
        story="個別支援会議で、3人のことを話し合いました。",
        entries=(Entry(people="ABC", method="6"),),
        figures={CONTACTS: 3, MONTH_DISTINCT: 3},
        why="話し合った人ごとに1件です。",
    ),
    Example(
        story="名前を言わない人から電話がありました。",
        entries=(Entry(people=""),),
        figures={CONTACTS: 1, MONTH_DISTINCT: 0},
        why="匿名・氏名不明は、件数に入り、人数に入りません。",
    ),
    Example(
        story="区福祉課から、制度について聞かれました。利用者のことではありません。",
        entries=(Entry(people="", organization=True, method="7"),),
        figures={CONTACTS: 1, MONTH_DISTINCT: 0},
        why="「機関・地域の方」の相談は、件数に入れる決めです。人数には入りません。",
    ),
    Example(
        story="訪問しましたが、不在でした。",
        entries=(Entry(method="1", unanswered=True),),
        figures={CONTACTS: 0, MONTH_DISTINCT: 0},
        why="不在・つながらずは、記録に残り、件数に入れない決めです。",
    ),
    Example(
        story="自分のセンターの計画相談で、利用者に電話しました。",
        entries=(Entry(item="4-0-0"),),
        figures={CONTACTS: 0, MONTH_DISTINCT: 0},
        why="業務の区分「計画相談」は経過に残り、市の件数に入りません。",
    ),
    Example(
        story="「計上しない理由」を書いて保存しました。",
        entries=(Entry(uncounted_reason="事務の連絡だけ"),),
        figures={CONTACTS: 0, MONTH_DISTINCT: 0},
        why="計上しない記録は、件数にも人数にも入りません。",
    ),
    Example(
        story="別の人に付けた記録を、取り消しました。",
        entries=(Entry(voided=True),),
        figures={CONTACTS: 0, MONTH_DISTINCT: 0},
        why="取り消した記録は「取り消し済」として残り、数から外れます。",
    ),
    Example(
        story="4月に相談のあった人から、10月にも電話がありました(10月の数)。",
        entries=(Entry(on=date(2026, 4, 7)), Entry()),
        figures={CONTACTS: 1, MONTH_DISTINCT: 1, FIRST: 0},
        why="年度内初回は、その年度で初めての月だけに数えます。",
    ),
    Example(
        story="前の年度に相談のあった人から、10月に、この年度で初めて電話がありました。",
        entries=(Entry(on=date(2026, 2, 3)), Entry()),
        figures={CONTACTS: 1, FIRST: 1, NEW: 0, CONTINUING: 1},
        why="前の年度までに相談のあった人は継続です。このセンターで初めてなら新規です。",
    ),
    Example(
        story="10月20日に18歳になる人と、10月5日と25日に話しました。",
        birth=date(2008, 10, 20),
        entries=(Entry(), Entry(on=date(2026, 10, 25))),
        figures={CONTACTS: 2, (Table.AGES, "0-17"): 1, (Table.AGES, "18-39"): 1, CHILDREN: 1},
        why="件数は相談した日の年齢で、人数はその月の最初の相談の日の年齢で分けます。",
    ),
)
