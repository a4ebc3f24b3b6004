"""Whether a record enters the city's monthly figures, and why not. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date

from centers.periods import Month


@dataclass(frozen=True)
class Counting:
    """`counts`: the record is one of the month's 件数; `why` says so, or why not, in one sentence."""

    month: Month
    counts: bool
    why: str


def counting_of(day: date, *, counted: bool, reason: str, in_contacts: bool, voided: bool) -> Counting:
    """Counted is what stands, is marked 計上する and is not own 計画相談 work (definition of the monthly report)."""
    month = Month.of(day)
    if voided:
        return Counting(month, False, "取り消したため、件数に入りません。")
    if not counted:
        return Counting(month, False, f"計上しない({reason})ため、件数に入りません。")
    if not in_contacts:
        return Counting(month, False, "自事業所の計画相談の仕事なので、市の件数に入りません。")
    return Counting(month, True, f"{month.label}の件数に入ります。")
