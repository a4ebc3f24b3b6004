"""紹介・引き継ぎ・照会 as their lists show them, and what a hand-over sheet starts with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.enums import InquiryState, PassState
from cases.models import BreakGlass, CenterHandover, Client, Inquiry, InquiryAnswer, Referral
from cases.people import open_steps
from centers.access import Right, rights_of
from centers.models import User
from centers.periods import JST, wareki_short

ARRIVED, SENT, DONE = "arrived", "sent", "done"
VIEWS = {ARRIVED: "届いたもの", SENT: "送ったもの", DONE: "済んだもの"}
MOST_COUNTED = 99
_RUNNING = [PassState.PROPOSED, PassState.SENT]

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
    """One sheet or question in a list. `other`: from or to whom; `url`: its page."""

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


@dataclass(frozen=True)
class Kind:
    """One kind of list: `rows(user, view)` are its rows, `line(row, mine)` how one looks to the centers `mine`."""

    key: str
    label: str
    icon: str
    rows: Callable[[User, str], QuerySet]
    line: Callable[[object, frozenset], Line]


def _referrals(user: User, view: str) -> QuerySet:
    rows = Referral.visible_to(user).select_related(
        "client__center__zone", "center__zone", "to_center__zone", "written_by"
    )
    to_us = Q(to_center__in=rights_of(user).center_ids(Right.REFERRAL_ANSWER))
    if view == DONE:
        return rows.exclude(state=PassState.SENT)
    return rows.filter(to_us if view == ARRIVED else ~to_us | Q(to_center__isnull=True), state=PassState.SENT)


def _handovers(user: User, view: str) -> QuerySet:
    rights = rights_of(user)
    rows = CenterHandover.visible_to(user).select_related(
        "client__center__zone", "center__zone", "to_center__zone", "written_by"
    )
    to_us = Q(to_center__in=rights.center_ids(Right.HANDOVER), state=PassState.SENT)
    to_approve = Q(center__in=rights.center_ids(Right.HANDOVER_DECIDE), state=PassState.PROPOSED)
    if view == DONE:
        return rows.exclude(state__in=_RUNNING)
    return rows.filter(to_us | to_approve if view == ARRIVED else ~to_us, state__in=_RUNNING)


def _inquiries(user: User, view: str) -> QuerySet:
    rows = Inquiry.visible_to(user).select_related("client__center__zone", "center__zone", "written_by")
    if view == ARRIVED:
        return rows.none()
    waiting = Q(state=InquiryState.WAITING)
    return rows.filter(waiting if view == SENT else ~waiting)


def _answers(user: User, view: str) -> QuerySet:
    here = rights_of(user).center_ids(Right.INQUIRY_ANSWER)
    rows = InquiryAnswer.visible_to(user).filter(center__in=here)
    if view == SENT:
        return rows.none()
    waiting = Q(state=InquiryState.WAITING)
    rows = rows.filter(waiting if view == ARRIVED else ~waiting)
    return rows.select_related("client__center__zone", "inquiry__center__zone")


def _day(at: datetime) -> date:
    return at.astimezone(JST).date()


def _passed(row, mine: frozenset, page: str, day: date, note: str) -> Line:
    sent = row.center_id in mine
    other = f"{row.receiver}へ" if sent else f"{row.center}から"
    return Line(
        row.client, other, day, row.state, row.get_state_display(), reverse(page, args=[row.pk]), note
    )


def _referral_line(row, mine: frozenset) -> Line:
    note = f"返事がほしい日 {wareki_short(row.reply_by)}" if row.reply_by else ""
    return _passed(row, mine, "cases:referral", row.sent_on, note)


def _handover_line(row, mine: frozenset) -> Line:
    note = f"引き継ぎ日 {wareki_short(row.moves_on)}"
    return _passed(row, mine, "cases:handover", _day(row.created_at), note)


def _inquiry_line(row, mine: frozenset) -> Line:
    url = reverse("cases:inquiry", args=[row.pk])
    return Line(row.client, "他のセンターへ", _day(row.created_at), row.state, row.get_state_display(), url)


def _answer_line(row, mine: frozenset) -> Line:
    url = reverse("cases:inquiry_answer", args=[row.pk])
    other = f"{row.inquiry.center}から"
    return Line(row.client, other, _day(row.created_at), row.state, row.get_state_display(), url)


KINDS = (
    Kind("referrals", "紹介", "link", _referrals, _referral_line),
    Kind("handovers", "引き継ぎ", "swap", _handovers, _handover_line),
    Kind("answers", "届いた照会", "help", _answers, _answer_line),
    Kind("inquiries", "送った照会", "help", _inquiries, _inquiry_line),
)


def about(user: User, client: Client) -> list[Line]:
    """Everything about one client that the user may see, newest first; bounded."""
    mine = rights_of(user).center_ids(Right.CLIENT_READ)
    lines = []
    for kind in KINDS:
        rows = [
            row for view in (SENT, DONE) for row in kind.rows(user, view).filter(client=client)[:MOST_COUNTED]
        ]
        lines += [kind.line(row, mine) for row in rows]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def waiting_count(user: User) -> int:
    """How much waits for the user to act; counting stops at MOST_COUNTED. One statement."""
    rights = rights_of(user)
    rows = [
        _referrals(user, ARRIVED),
        CenterHandover.visible_to(user).filter(
            Q(to_center__in=rights.center_ids(Right.HANDOVER_DECIDE), state=PassState.SENT)
            | Q(center__in=rights.center_ids(Right.HANDOVER_DECIDE), state=PassState.PROPOSED)
        ),
        _answers(user, ARRIVED),
    ]
    first, *others = [one.order_by().select_related(None).values("pk") for one in rows]
    return len(first.union(*others, all=True)[:MOST_COUNTED])


def to_judge(user: User) -> QuerySet[BreakGlass]:
    """緊急閲覧 of the user's clients that nobody has judged yet; not one's own."""
    here = rights_of(user).center_ids(Right.GLASS_JUDGE)
    return BreakGlass.visible_to(user).filter(client__center__in=here, verdict="").exclude(user=user)


def to_judge_count(user: User) -> int:
    """Number for the navigation; no statement for those who do not judge."""
    if not rights_of(user).center_ids(Right.GLASS_JUDGE):
        return 0
    return to_judge(user).order_by()[:MOST_COUNTED].count()


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
