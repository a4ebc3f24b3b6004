"""What the demo's centers have sent each other: 紹介, 引き継ぎ, and two 緊急閲覧."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from cases.actions.center_handovers import digest_of
from cases.actions.glass import judgement_day
from cases.enums import PassBasis, PassState, Verdict
from cases.models import BreakGlass, CaseMember, CenterHandover, Client, Consent, Referral
from centers.enums import Role
from reports.demo.identity import seeded_uuid
from reports.demo.persons import People

_SUMMARY = "週1回の通所を続けている。母の体調がすぐれず、家での過ごし方が課題になっている。"
_REQUEST = "そちらの圏域にある就労継続支援の見学に同行してほしい。"


def pass_between(rng: Random, everybody: Sequence[People], today: date) -> None:
    """Each center has sent something to the next one; two have been looked into."""
    for number, giver in enumerate(everybody):
        taker = everybody[(number + 1) % len(everybody)]
        agreed, moving = _chosen(giver)
        _refer(rng, giver, taker, agreed, today, number)
        if number % 2 == 0:
            _hand_over(rng, giver, taker, moving, today, approved=number % 4 == 0)
    _look(rng, everybody[1], everybody[0], today, judged=True)
    _look(rng, everybody[2], everybody[0], today, judged=False)


def _chosen(people: People) -> tuple[Client, Client]:
    """Two persons whom everybody of the center may see and who have agreed."""
    few = set(
        CaseMember.unscoped.filter(case__center=people.team.center).values_list("case__client", flat=True)
    )
    consents = [row for row in people.details if isinstance(row, Consent) and row.client_id not in few]
    open_cases = {case.client_id for case in people.cases if not case.closed_on and not case.restricted}
    chosen = [row for row in consents if row.client_id in open_cases][:2]
    Consent.unscoped.filter(pk__in=[row.pk for row in chosen]).update(
        scopes=["事業所", "医療", "他のセンター"]
    )
    first, second = (row.client for row in chosen)
    return first, second


def _refer(rng: Random, giver: People, taker: People, client: Client, today: date, number: int) -> None:
    answered = number % 3 == 2
    Referral.unscoped.create(
        id=seeded_uuid(rng),
        center=giver.team.center,
        client=client,
        to_center=taker.team.center,
        basis=PassBasis.CONSENT,
        sent_on=today - timedelta(days=3),
        reply_by=today + timedelta(days=7),
        summary=_SUMMARY,
        request=_REQUEST,
        written_by=giver.team.users[Role.SOUDAN],
        state=PassState.REFUSED if answered else PassState.SENT,
        answered_by=taker.team.users[Role.KINOU] if answered else None,
        answered_at=timezone.now() if answered else None,
        answer="見学の受け入れが来月からのため、来月あらためて連絡をください。" if answered else "",
    )


def _hand_over(
    rng: Random, giver: People, taker: People, client: Client, today: date, *, approved: bool
) -> None:
    CenterHandover.unscoped.create(
        id=seeded_uuid(rng),
        center=giver.team.center,
        client=client,
        to_center=taker.team.center,
        reason="01",
        moves_on=today,
        meeting_on=today - timedelta(days=4),
        attendees="本人、母、新しい担当",
        explained_on=today - timedelta(days=10),
        explained_how="訪問して、書面で",
        agreed=True,
        overview="母と二人暮らし。来月、そちらの圏域へ引っ越す。通院と家計の相談を続けている。",
        issues="引っ越した後の通院先が決まっていない。",
        promises="引っ越しの日に電話をする。",
        agencies="架空の病院(主治医)、架空の訪問看護",
        cautions="大きな音が苦手。電話は午後に。",
        papers="紙のファイル1冊(面談の日に手渡し)",
        secrets="該当なし",
        digest=digest_of(client, today) if approved else [],
        written_by=giver.team.users[Role.SOUDAN],
        state=PassState.SENT if approved else PassState.PROPOSED,
        approved_by=giver.team.users[Role.KANRI] if approved else None,
        approved_at=timezone.now() if approved else None,
    )


def _look(rng: Random, reader: People, owner: People, today: date, *, judged: bool) -> None:
    begun = timezone.now() - timedelta(days=20 if judged else 1)
    BreakGlass.unscoped.create(
        id=seeded_uuid(rng),
        client=_chosen(owner)[0],
        user=reader.team.users[Role.SOUDAN],
        for_center=reader.team.center,
        starts_at=begun,
        ends_at=begun + timedelta(minutes=60),
        kind="04",
        reason="救急隊から、服薬と持病の問い合わせがあった",
        judge_by=judgement_day(today - timedelta(days=20 if judged else 1), 5),
        verdict=Verdict.PROPER if judged else "",
        comment="救急隊の記録で確かめた" if judged else "",
        judged_by=owner.team.users[Role.KANRI] if judged else None,
        judged_at=begun + timedelta(days=2) if judged else None,
    )
