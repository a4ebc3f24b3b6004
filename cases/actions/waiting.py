"""How much waits for a user to act, for the navigation: one statement for all of it."""

from collections import Counter

from django.db.models import CharField, Q, QuerySet, Value

from cases.enums import InquiryState, PassState
from cases.models import BreakGlass, CenterHandover, InquiryAnswer, Referral
from cases.scoping import hidden_clients
from centers.access import Right, Rights, rights_of
from centers.models import User

BETWEEN, GLASS = "between", "glass"
MOST_COUNTED = 99


def between_waiting(user: User) -> int:
    """紹介・引き継ぎ・照会 to be answered or approved."""
    return _waiting(rights_of(user))[BETWEEN]


def glass_waiting(user: User) -> int:
    """緊急閲覧 to be judged."""
    return _waiting(rights_of(user))[GLASS]


def to_judge(user: User) -> QuerySet[BreakGlass]:
    """緊急閲覧 of the user's clients that nobody has judged yet; not one's own."""
    return _to_judge(BreakGlass.visible_to(user), rights_of(user))


def _waiting(rights: Rights) -> Counter:
    """Asked for once for each Rights, as these are once for each request; by nobody who decides nothing."""
    known = rights.__dict__.get("_waiting")
    if known is None:
        known = Counter(_rows(rights))
        rights.__dict__["_waiting"] = known
    return known


def _rows(rights: Rights) -> list[str]:
    answers, decides = rights.center_ids(Right.REFERRAL_ANSWER), rights.center_ids(Right.HANDOVER_DECIDE)
    asked, judges = rights.center_ids(Right.INQUIRY_ANSWER), rights.center_ids(Right.GLASS_JUDGE)
    if not answers | decides | asked | judges:
        return []
    sent = Q(state=PassState.SENT)
    referrals = Referral.unscoped.filter(sent, Referral.reaching(rights.on), to_center__in=answers)
    arrived = sent & Q(to_center__in=decides) & CenterHandover.reaching(rights.on)
    handovers = CenterHandover.unscoped.filter(arrived)
    to_approve = CenterHandover.unscoped.filter(state=PassState.PROPOSED, center__in=decides)
    questions = InquiryAnswer.unscoped.filter(state=InquiryState.WAITING, center__in=asked)
    glasses = _to_judge(BreakGlass.unscoped.all(), rights)
    first, *others = [
        *(_marked(rows, BETWEEN, "to_client") for rows in (referrals, handovers)),
        *(_marked(rows, BETWEEN, "client") for rows in (to_approve, questions)),
        _marked(glasses, GLASS, "client"),
    ]
    found = list(first.union(*others, all=True))
    # asked only where something waits: the frame of every page comes here
    hidden = hidden_clients(rights) if found else ()
    return [kind for _, kind, client in found if client not in hidden]


def _to_judge(rows: QuerySet[BreakGlass], rights: Rights) -> QuerySet[BreakGlass]:
    here = rights.center_ids(Right.GLASS_JUDGE)
    return rows.filter(client__center__in=here, verdict="").exclude(user=rights.user_id)


def _marked(rows: QuerySet, kind: str, whose: str) -> QuerySet:
    """`whose`: the client whom the user must be allowed to see."""
    marked = rows.annotate(waits_in=Value(kind, output_field=CharField()))
    return marked.order_by().values_list("pk", "waits_in", whose)[:MOST_COUNTED]
