"""Judgements on a record: which 業務項目 it is, whether it counts, when the next step is due. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar

from cases.enums import CaseState, Part, Subject
from centers.enums import Post
from centers.periods import Month

# 支援方法 4 (電話相談) and 6 (個別支援会議) of the national survey.
PHONE, MEETING = "4", "6"
UNANSWERED_REASON = "不在・つながらず"
WITHOUT_PERSON_REASON = "利用者のいない相談は計上しない決め"


class Item(Protocol):
    """A row of a 業務項目表."""

    code: str
    part: str


AnItem = TypeVar("AnItem", bound=Item)

# 今後の方針 of the 相談受付票.
OPENS_A_CASE = "05"
REFERS = "03"

# The part of the catalogues that a choice of the screen stands for.
_CATALOGUE_PARTS = {
    Part.CONSULT: "1",
    Part.RIGHTS: "1",
    Part.STRENGTHEN: "2",
    Part.COMMUNITY: "3",
    Part.PLAN: "4",
}

# 「虐待防止や差別解消に関する相談支援」 Ⅰ(2)②, in the two catalogues before it ⑦ 虐待の防止.
_RIGHTS_CODES = ("1-2-2", "7")
# Ⅱ speaks of 指定相談支援事業所: a talk with an office is 後方支援 (Ⅱ(1)②, before it ⑬).
_BACKING_CODES = ("2-1-2", "13")
# Ⅲ(1)② finds people and links them to support; without a person in it the work is Ⅲ(1)①, the network.
_OUTREACH_CODES = ("3-1-2",)


def proposed_part(*, post: str, subject: str, rights_concern: bool) -> Part:
    """業務の区分 that the screen fills in (障がい者相談支援センターについて R3.11.26, 2 業務内容).

    A suspicion of abuse or discrimination is 権利擁護 for everybody. 地域支援員 works in Ⅲ. 機能強化員 is asked
    for Ⅱ by offices, but a person who calls is Ⅰ(1)①, whoever picks up the phone.
    """
    if rights_concern:
        return Part.RIGHTS
    if post == Post.CHIIKI:
        return Part.COMMUNITY
    if post == Post.KINOU and subject == Subject.ORGANIZATION:
        return Part.STRENGTHEN
    return Part.CONSULT


def proposed_business_item(part: str, *, subject: str, items: Sequence[AnItem]) -> AnItem | None:
    """The item of the day's catalogue for a part; None where the catalogue has none (地域支援 in H27–29)."""
    own = [item for item in items if item.part == _CATALOGUE_PARTS[Part(part)]]
    wanted = _wanted_codes(Part(part), subject)
    named = (item for item in own if item.code in wanted)
    fallback = None if part == Part.RIGHTS else next(iter(own), None)
    return next(named, fallback)


def _wanted_codes(part: Part, subject: str) -> tuple[str, ...]:
    without_person = subject == Subject.ORGANIZATION
    if part == Part.RIGHTS:
        return _RIGHTS_CODES
    if part == Part.STRENGTHEN and without_person:
        return _BACKING_CODES
    if part == Part.COMMUNITY and not without_person:
        return _OUTREACH_CODES
    return ()


def offered_parts(items: Sequence[Item]) -> list[Part]:
    """The parts for which the day's catalogue has an item."""
    return [part for part in Part if proposed_business_item(part, subject=Subject.CLIENT, items=items)]


class Counted(NamedTuple):
    """計上する or not, and why not."""

    counted: bool
    reason: str


def counting(
    *, subject: str, unanswered: bool, reason: str, count_unanswered: bool, count_without_person: bool
) -> Counted:
    """Whether a new record enters the figures: the writer's reason first, then the settings (domain 1.4)."""
    if reason:
        return Counted(False, reason)
    if unanswered and not count_unanswered:
        return Counted(False, UNANSWERED_REASON)
    if subject == Subject.ORGANIZATION and not count_without_person:
        return Counted(False, WITHOUT_PERSON_REASON)
    return Counted(True, "")


class Stretch(Protocol):
    """A Case: from its opening to its closing, or still open."""

    opened_on: date
    closed_on: date | None


AStretch = TypeVar("AStretch", bound=Stretch)


def holding_case(cases: Iterable[AStretch], day: date) -> AStretch | None:
    """The case of a client to which a record of the day belongs: the closed one that held the day, else the open one."""
    running = [case for case in cases if case.closed_on is None or case.opened_on <= day <= case.closed_on]
    return min(running, key=lambda case: case.closed_on or date.max, default=None)


def case_state(
    *,
    opened_on: date,
    closed_on: date | None,
    handing_over: bool,
    watched: bool,
    last_contact_on: date | None,
    planned: bool,
) -> CaseState:
    """状態 of a case, from facts alone.

    handing_over: an 引継書 waits for its receipt; watched: 見守り was chosen, with a reason and a day to look again;
    planned: a plan of the case stands. The contact by which a case was opened is its 受付: 支援中 begins with a
    contact on a later day, or with the plan.
    """
    if closed_on:
        return CaseState.CLOSED
    if handing_over:
        return CaseState.HANDOVER
    if watched:
        return CaseState.WATCH
    contacted = last_contact_on is not None and last_contact_on > opened_on
    return CaseState.ACTIVE if contacted or planned else CaseState.RECEIVED


def preset_key(preset: Mapping[str, Any]) -> str:
    """7d, 1m: one entry of the setting followup_presets as a form's value."""
    return f"{preset['months']}m" if "months" in preset else f"{preset['days']}d"


def preset_day(key: str, on: date) -> date:
    """The day that a preset means, seen from `on`; a month later at the latest on that month's last day."""
    number, unit = int(key[:-1]), key[-1]
    if unit == "d":
        return on + timedelta(days=number)
    month = Month.of(on).shift(number)
    return month.starts_on.replace(day=min(on.day, month.ends_on.day))


# ---- two registrations of one person ----

# Of reading or name, birth date, phone: families share a phone, namesakes a reading, twins a birth date.
SAME_PERSON = 2


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What tells a person apart, folded: keys of reading and name, the birth date known to the day, phone figures."""

    kana: str = ""
    name: str = ""
    birth: date | None = None
    phones: frozenset[str] = frozenset()

    @property
    def known(self) -> int:
        """How many of the three are there."""
        return sum(map(bool, (self.kana or self.name, self.birth, self.phones)))


def agreement(one: Traits, other: Traits) -> tuple[str, ...]:
    """In which of the three two persons agree; from SAME_PERSON on they may be one."""
    same = []
    if one.kana and one.kana == other.kana:
        same.append("カナ")
    elif one.name and one.name == other.name:
        same.append("氏名")
    if one.birth and one.birth == other.birth:
        same.append("生年月日")
    if one.phones & other.phones:
        same.append("電話")
    return tuple(same)


def expiry_stage(due_on: date, on: date, steps: Collection[int]) -> int | None:
    """The smallest of the steps (days before the day, such as 90, 60, 30, 0) that has come; None before the first.

    A day that is past stays at the last step.
    """
    left = (due_on - on).days
    come = [step for step in steps if step >= left]
    return min(come, default=None)
