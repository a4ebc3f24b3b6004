"""紹介・引き継ぎ・照会 as their lists show them, and what a hand-over sheet starts with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.enums import InquiryState, PassState
from cases.models import CenterHandover, Client, Inquiry, InquiryAnswer, Referral
from cases.models.between import Passed
from cases.people import open_steps
from centers.access import Right, rights_of
from centers.models import User
from centers.periods import JST, wareki_short

ARRIVED, SENT, DONE = "arrived", "sent", "done"
VIEWS = {ARRIVED: "届いたもの", SENT: "送ったもの", DONE: "済んだもの"}
MOST_LINES = 99

STATES = {
    PassState.PROPOSED: ("dash", "draft"),
    PassState.SENT: ("key", "clock"),
    PassState.ACCEPTED: ("ok", "check"),
    PassState.REFUSED: ("warn", "close"),
    PassState.WITHDRAWN: ("mute", "close"),
    InquiryState.WAITING: ("key", "clock"),
    InquiryState.OPENED: ("ok", "check"),
    InquiryState.DECLINED: ("warn", "close"),
}


@dataclass(frozen=True)
class Line:
    """One sheet or question in a list. `kind`: 紹介 …; `other`: from or to whom; `url`: its page."""

    kind: str
    client: Client
    other: str
    on: date
    state: str
    state_label: str
    url: str
    note: str = ""

    @property
    def chip(self) -> tuple[str, str]:
        return STATES[self.state]  # type: ignore[index]  # a state is one of the two enums


_NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Kind:
    """One kind of list: all rows that the user may see, which of them a view holds, and how one looks to `mine`.

    `about`: the paths from a row to the clients that it is about.
    """

    key: str
    label: str
    icon: str
    visible: Callable[[User], QuerySet]
    held_by: Callable[[User, str], Q]
    line: Callable[[Any, frozenset], Line]
    about: tuple[str, ...] = ("client",)

    def rows(self, user: User, view: str) -> QuerySet:
        return self.visible(user).filter(self.held_by(user, view))


def _passed_rows(model: type[Passed]) -> Callable[[User], QuerySet]:
    related = ("client__center__zone", "center__zone", "to_center__zone", "written_by")
    return lambda user: model.visible_to(user).select_related(*related)


def _referrals(user: User, view: str) -> Q:
    to_us = Q(to_center__in=rights_of(user).center_ids(Right.REFERRAL_ANSWER))
    waiting = Q(state=PassState.SENT)
    if view == DONE:
        return ~waiting
    return waiting & (to_us if view == ARRIVED else ~to_us | Q(to_center__isnull=True))


def _handovers(user: User, view: str) -> Q:
    rights = rights_of(user)
    running = Q(state__in=[PassState.PROPOSED, PassState.SENT])
    to_us = Q(to_center__in=rights.center_ids(Right.HANDOVER), state=PassState.SENT)
    to_approve = Q(center__in=rights.center_ids(Right.HANDOVER_DECIDE), state=PassState.PROPOSED)
    if view == DONE:
        return ~running
    return to_us | to_approve if view == ARRIVED else running & ~to_us


def _inquiry_rows(user: User) -> QuerySet:
    return Inquiry.visible_to(user).select_related("client__center__zone", "center__zone", "written_by")


def _inquiries(user: User, view: str) -> Q:
    waiting = Q(state=InquiryState.WAITING)
    return {ARRIVED: _NOTHING, SENT: waiting, DONE: ~waiting}[view]


def _answer_rows(user: User) -> QuerySet:
    here = rights_of(user).center_ids(Right.INQUIRY_ANSWER)
    rows = InquiryAnswer.visible_to(user).filter(center__in=here)
    return rows.select_related("client__center__zone", "inquiry__center__zone")


def _answers(user: User, view: str) -> Q:
    waiting = Q(state=InquiryState.WAITING)
    return {ARRIVED: waiting, SENT: _NOTHING, DONE: ~waiting}[view]


def _day(at: datetime) -> date:
    return at.astimezone(JST).date()


def _passed(kind: str, row, mine: frozenset, page: str, day: date, note: str) -> Line:
    sent = row.center_id in mine
    other = f"{row.receiver}へ" if sent else f"{row.center}から"
    return Line(
        kind, row.client, other, day, row.state, row.get_state_display(), reverse(page, args=[row.pk]), note
    )


def _referral_line(row: Referral, mine: frozenset) -> Line:
    note = f"返事がほしい日 {wareki_short(row.reply_by)}" if row.reply_by else ""
    return _passed("紹介", row, mine, "cases:referral", row.sent_on, note)


def _handover_line(row: CenterHandover, mine: frozenset) -> Line:
    note = f"引き継ぎ日 {wareki_short(row.moves_on)}"
    return _passed("引き継ぎ", row, mine, "cases:handover", _day(row.created_at), note)


def _inquiry_line(row: Inquiry, mine: frozenset) -> Line:
    url = reverse("cases:inquiry", args=[row.pk])
    return Line(
        "照会", row.client, "他のセンターへ", _day(row.created_at), row.state, row.get_state_display(), url
    )


def _answer_line(row: InquiryAnswer, mine: frozenset) -> Line:
    url = reverse("cases:inquiry_answer", args=[row.pk])
    other = f"{row.inquiry.center}から"
    return Line("照会", row.client, other, _day(row.created_at), row.state, row.get_state_display(), url)


_BOTH = ("client", "to_client")
REFERRALS = Kind("referrals", "紹介", "link", _passed_rows(Referral), _referrals, _referral_line, _BOTH)
HANDOVERS = Kind(
    "handovers", "引き継ぎ", "swap", _passed_rows(CenterHandover), _handovers, _handover_line, _BOTH
)
ANSWERS = Kind("answers", "届いた照会", "help", _answer_rows, _answers, _answer_line)
INQUIRIES = Kind("inquiries", "送った照会", "help", _inquiry_rows, _inquiries, _inquiry_line)
KINDS = (REFERRALS, HANDOVERS, ANSWERS, INQUIRIES)


def about(user: User, client: Client) -> list[Line]:
    """Everything about one client that the user may see, newest first; bounded. One statement for each kind."""
    mine = rights_of(user).center_ids(Right.CLIENT_READ)
    lines = []
    for kind in KINDS:
        concerned = reduce(or_, (Q(**{path: client}) for path in kind.about))
        rows = kind.visible(user).filter(concerned).order_by("-created_at")[:MOST_LINES]
        lines += [kind.line(row, mine) for row in rows]
    return sorted(lines, key=lambda line: line.on, reverse=True)


# ---- what a hand-over sheet starts with ----


def todos_text(user: User, client: Client) -> str:
    """One line for each open next step that the user may read."""
    steps = open_steps(user, client).filter(center=client.center_id)
    return "\n".join(f"{wareki_short(step.due_on)} {step.get_kind_display()}: {step.what}" for step in steps)


def expiries_text(client: Client) -> str:
    """手帳 and 支援区分 with their days."""
    lines = [
        f"{book.get_kind_display()} {book.grade}: {wareki_short(book.next_on)}"
        for book in client.handbooks.all()
        if book.next_on
    ]
    if client.support_level_until:
        lines.append(f"障害支援区分 {client.support_level}: {wareki_short(client.support_level_until)}")
    return "\n".join(lines)
