"""相談記録: a row becomes a Consultation, by the quick log's rules."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import uuid4

from cases.enums import Subject
from cases.models import Client, Consultation
from cases.rules import counting
from cases.values import contact_day
from centers.enums import CodeList
from centers.models import BusinessItem, StaffMember, User
from centers.text import clean_text
from reports.imports.known import Known
from reports.imports.rows import Row, Vocabulary

_COUNTED = Vocabulary(
    "計上",
    {"する": ("する", "計上する", "はい", "TRUE"), "しない": ("しない", "計上しない", "いいえ", "FALSE")},
    coded=False,
)
# 1-1-2, which Excel takes for a day: 2001-01-02.
_ITEM_AS_DAY = re.compile(r"200([1-4])[-/]0?([0-9]{1,2})[-/]0?([0-9]{1,2})")


class ConsultationRows:
    """Reads the rows of one file. The case of each record is set when it is saved."""

    def __init__(self, known: Known, by: User):
        self.known, self.by = known, by

    def object_of(self, row: Row) -> Consultation | None:
        """None where the row has a problem, which it keeps."""
        day = self._day(row)
        client = row.read("利用者番号", self.known.client, None)
        subject = Subject.CLIENT if client else Subject.ANONYMOUS
        start, minutes = self._times(row)
        reason = self._uncounted_reason(row)
        facts = row.read("記録", clean_text, "")
        place = row.line_of("場所", limit=60)
        on = day or self.known.on
        method = row.code("支援方法", self.known.codes.on(CodeList.METHOD, on))
        contents = row.codes("支援内容", self.known.codes.on(CodeList.CONTENT, on))
        counterpart = row.code("相談者", self.known.codes.on(CodeList.COUNTERPART, on))
        staff = self._staff(row, day)
        item = self._item(row, day, subject) if day else None
        if not contents and row.has("支援内容") and row.sound:
            row.bad("支援内容", "支援内容が読めません。01、04 のように入れてください。")
        if not row.sound or day is None or item is None:
            return None
        counted = counting(
            subject=subject,
            unanswered=False,
            reason=reason,
            count_unanswered=False,
            count_without_person=True,
        )
        return self._made(
            client=client,
            subject=subject,
            date=day,
            start_time=start,
            minutes=minutes,
            method=method,
            contents=contents,
            counterpart=counterpart,
            business_item=item,
            place=place,
            facts=facts,
            counted=counted.counted,
            uncounted_reason=counted.reason,
            staff=staff,
        )

    def _made(self, *, client: Client | None, **fields) -> Consultation:
        return Consultation(
            group=uuid4(), center=self.known.center, client=client, written_by=self.by, **fields
        )

    def _day(self, row: Row) -> date | None:
        day = row.day("相談日")
        if day is None:
            return None
        try:
            return contact_day(day, opened_on=self.known.center.opened_on, items=self.known.items.on(day))
        except ValueError as problem:
            row.bad("相談日", str(problem))
            return None

    def _times(self, row: Row) -> tuple[time | None, int | None]:
        start, end = row.time_of("開始"), row.time_of("終了")
        if end is None:
            return start, None
        if start is None:
            if not row.has("開始"):
                row.bad("終了", "開始が空です。開始を入れるか、終了を消してください。")
            return None, None
        if end < start:
            row.bad("終了", f"開始({start:%H:%M})より前の時刻です。時刻を確かめてください。")
        return start, _minutes(start, end)

    def _uncounted_reason(self, row: Row) -> str:
        reason = row.line_of("計上しない理由", limit=100)
        counted = row.code("計上", _COUNTED, "しない" if reason else "する")
        if counted == "しない" and not row.has("計上しない理由"):
            row.bad("計上", "計上しない理由が空です。理由を入れるか、計上を『する』にしてください。")
        if counted == "する" and reason and row.has("計上"):
            row.bad("計上しない理由", "計上が『する』です。理由を消すか、計上を『しない』にしてください。")
        return reason

    def _staff(self, row: Row, day: date | None) -> StaffMember | None:
        return row.read("担当者", lambda text: self.known.staff.on(text, day), None) if day else None

    def _item(self, row: Row, day: date, subject: str) -> BusinessItem | None:
        if not row.has("業務項目"):
            return self.known.items.proposed(day, subject)
        self._mend_item(row)
        code = row.code("業務項目", self.known.items.words(day))
        return _with_code(self.known.items.on(day), code)

    def _mend_item(self, row: Row) -> None:
        cell = row.cells["業務項目"]
        if match := _ITEM_AS_DAY.fullmatch(cell.text.strip()):
            code = "-".join(match.groups())
            row.warn("業務項目", f"Excelが日付に変えたものとみて、{code} と読みます。")
            row.cells = {**row.cells, "業務項目": cell._replace(text=code)}


def _with_code(items: Sequence[BusinessItem], code: str) -> BusinessItem | None:
    return next((item for item in items if item.code == code), None)


def _minutes(start: time, end: time) -> int:
    day = date.min
    return int((datetime.combine(day, end) - datetime.combine(day, start)).total_seconds() // 60)
