"""計画相談: a row becomes a PlanCase."""

import re
import unicodedata

from cases.models import PlanCase
from centers.enums import PlanKind
from centers.models import User
from centers.periods import wareki_short
from reports.imports.known import Known
from reports.imports.rows import Row, Vocabulary, parts

_KINDS = Vocabulary(
    "計画相談の種別",
    {
        PlanKind.PLAN.value: ("計画相談", "計画相談支援"),
        PlanKind.COMMUNITY.value: ("地域相談", "地域相談支援"),
        PlanKind.CHILD.value: ("障害児相談支援", "障害児相談"),
    },
    coded=False,
)
_YES_NO = Vocabulary("複雑困難", {"はい": ("はい", "TRUE"), "いいえ": ("いいえ", "FALSE")}, coded=False)
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月?")


class PlanCaseRows:
    """Reads the rows of one file."""

    def __init__(self, known: Known, by: User):
        self.known, self.by = known, by

    def object_of(self, row: Row) -> PlanCase | None:
        """None where the row has a problem, which it keeps."""
        client = row.read("利用者番号", self.known.client, None)
        start, end = row.day("契約日"), row.day("終了日", past=False)
        self._check_period(row, start, end)
        fields = {
            "kind": row.code("種別", _KINDS, PlanKind.PLAN),
            "specialist": row.line_of("相談支援専門員", limit=60),
            "end_reason": row.line_of("終了理由", limit=100),
            "handed_to": row.line_of("引継先", limit=100),
            "monitoring_months": row.read("モニタリング月", _months, list[int]()),
            "complex": row.code("複雑困難", _YES_NO, "いいえ") == "はい",
            "unavoidable_reason": row.line_of("理由", limit=200),
        }
        if not row.sound or client is None or start is None:
            return None
        return PlanCase(center=self.known.center, client=client, contract_on=start, ends_on=end, **fields)

    def _check_period(self, row: Row, start, end) -> None:
        opened = self.known.center.opened_on
        if start and start < opened:
            row.warn(
                "契約日", f"センターの開所日({wareki_short(opened)})より前の契約です。そのまま取り込みます。"
            )
        if start and end and end < start:
            row.bad("終了日", f"契約日({wareki_short(start)})より前です。日付を確かめてください。")
        for column in ("終了理由", "引継先"):
            if row.has(column) and not row.has("終了日"):
                row.bad(column, "終了日が空です。終了日を入れるか、この欄を空にしてください。")


def _months(text: str) -> list[int]:
    """4;10 or 4月、10月 as months, each once, in order. Raises ValueError."""
    months = set()
    for part in parts(text):
        match = _MONTH.fullmatch(unicodedata.normalize("NFKC", part))
        if not match:
            raise ValueError(f"「{part}」は月として読めません。4;10 のように1から12までで入れてください。")
        months.add(int(match[1]))
    return sorted(months)
