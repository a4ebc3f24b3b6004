"""Invented case work of one center: plans, 引継書, closings, 会議録, pins, a conflict of interest."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from cases.actions.worker_handover import tell_handover
from cases.enums import CaseState, ConferencePlace, SharingBasis, TookPart
from cases.models import (
    Case,
    CaseClosing,
    CaseConference,
    CaseGoal,
    CasePlan,
    ConferenceAttendee,
    ConferenceDecision,
    ConflictOfInterest,
    Consultation,
    Pin,
    RegionalIssueProposal,
    WorkerHandover,
)
from centers.enums import Role
from centers.periods import JST
from reports.demo.identity import seeded_uuid
from reports.demo.persons import People

PLANS, CONFERENCES, PINS = 8, 4, 3
LONG_GOALS = (
    "ひとり暮らしを続け、困ったときに自分から相談できる",
    "週4日、作業所に通い続ける",
    "家族と離れて暮らす準備を、1年かけて進める",
)
GOALS = (
    ("月に1回、通院に自分で行く", "予約の日をカレンダーに書く", "相談員: 前の日に電話で確かめる"),
    ("グループホームを2か所見学する", "行ってみたい所を選ぶ", "相談員: 見学の日程を決め、同行する"),
    ("小遣い帳を続ける", "毎日つける", "ヘルパー: 週末に一緒に見る"),
)
DISCUSSIONS = (
    "本人の希望を確かめた。生活のリズムは整ってきたが、休みの日の過ごし方に不安がある。",
    "退院後の住まいについて話し合った。訪問看護と日中の通い先を組み合わせる方針とした。",
)
ATTENDEES = (
    ("区福祉課", "主査", "架空 太郎"),
    ("就労継続支援B型", "サービス管理責任者", "架空 花子"),
    ("家族", "", "母"),
)
ISSUES = ("医療的ケアのある人が使える短期入所が足りない", "夜間に受け入れる通院の付き添いがない")


def leave_casework(rng: Random, people: People, today: date) -> None:
    """To be called once the records are saved, and before the cases' facts are refreshed."""
    open_cases = [case for case in people.cases if case.closed_on is None]
    _plan(rng, people, open_cases[:PLANS], today)
    _watch(rng, [case for case in open_cases if case.state == CaseState.WATCH], today)
    _hand_over(rng, people, open_cases, today)
    _close(rng, people, [case for case in people.cases if case.closed_on])
    _meet(rng, people, today)
    _keep_apart(rng, people)


def _plan(rng: Random, people: People, cases: Sequence[Case], today: date) -> None:
    writer = people.team.users[Role.SOUDAN]
    for case in cases:
        made = today - timedelta(days=rng.randrange(10, 120))
        plan = CasePlan.unscoped.create(
            id=seeded_uuid(rng),
            center=case.center,
            client=case.client,
            case=case,
            version=1,
            made_on=made,
            wish=rng.choice(["いまの家で暮らしたい", "働きたい", ""]),
            long_goal=rng.choice(LONG_GOALS),
            review_on=made + timedelta(days=90),
            agreed_on=made if rng.random() < 0.8 else None,
            written_by=writer,
        )
        CaseGoal.unscoped.bulk_create(
            CaseGoal(
                plan=plan,
                position=position,
                goal=goal,
                client_does=own,
                others_do=others,
                by_when=today + timedelta(days=rng.randrange(20, 150)),
            )
            for position, (goal, own, others) in enumerate(rng.sample(GOALS, 2))
        )


def _watch(rng: Random, cases: Sequence[Case], today: date) -> None:
    for case in cases:
        case.watch_reason = rng.choice(
            ["通所が続いており、月1回の電話で足りる", "入院中で、退院の話を待っている"]
        )
        case.watch_until = today + timedelta(days=rng.randrange(10, 120))
    Case.unscoped.bulk_update(cases, ["watch_reason", "watch_until"])


def _hand_over(rng: Random, people: People, cases: Sequence[Case], today: date) -> None:
    """One to the first counsellor that waits for its receipt, and one that was received."""
    first = people.team.counsellors[0]
    theirs = [case for case in cases if case.responsible_id != first.pk][:2]
    for case, received in zip(theirs, (None, datetime.combine(today, time(9), JST)), strict=False):
        note = WorkerHandover.unscoped.create(
            id=seeded_uuid(rng),
            center=case.center,
            client=case.client,
            case=case,
            from_staff=case.responsible,
            to_staff=first,
            starts_on=today,
            summary="通院と通所が安定してきた。金銭管理の支援を続けている。",
            promises="毎月はじめに電話をする",
            cautions="大きな音が苦手",
            written_by=people.team.users[Role.KINOU],
            received_at=received,
            received_by=first.user if received else None,
        )
        if not received and first.user:
            tell_handover(note, first.user)
        if received:
            Case.unscoped.filter(pk=case.pk).update(responsible=first)


def _close(rng: Random, people: People, cases: Sequence[Case]) -> None:
    CaseClosing.unscoped.bulk_create(
        CaseClosing(
            case=case,
            center=case.center,
            client=case.client,
            summary="困りごとは落ち着いた。必要になったら、また相談するよう伝えた。",
            remains=rng.choice(["", "受給者証の更新は家族が行う"]),
            written_by=people.team.users[Role.SOUDAN],
        )
        for case in cases
    )
    Case.unscoped.filter(pk__in=[case.pk for case in cases]).update(closed_code="01")


def _meet(rng: Random, people: People, today: date) -> None:
    """会議録 for some of the records whose way was 個別支援会議."""
    records = Consultation.unscoped.standing().filter(
        center=people.team.center, method="6", client__isnull=False, position=0
    )
    for number, record in enumerate(records.order_by("-date", "pk")[:CONFERENCES]):
        conference = CaseConference.unscoped.create(
            id=record.group,
            center_id=record.center_id,
            kind=rng.choice(["01", "01", "02", "05"]),
            held_on=record.date,
            starts_at=record.start_time,
            minutes=record.minutes,
            place=rng.choice(["区役所 会議室", "センター"]),
            place_kind=ConferencePlace.MEETING,
            host=str(people.team.center),
            took_part=rng.choice(TookPart.values),
            purpose="支援の分担を決める",
            shared="生活の様子",
            basis=SharingBasis.CONSENT,
            discussion=rng.choice(DISCUSSIONS),
            contents=record.contents,
            written_by_id=record.written_by_id,
        )
        ConferenceAttendee.unscoped.bulk_create(
            ConferenceAttendee(
                conference=conference, position=position, organization_name=place, post=post, name=name
            )
            for position, (place, post, name) in enumerate(ATTENDEES)
        )
        ConferenceDecision.unscoped.create(
            id=seeded_uuid(rng),
            conference=conference,
            position=0,
            what="見学の日程を決める",
            staff=people.team.counsellors[0],
        )
        if number == 0:
            RegionalIssueProposal.unscoped.create(
                id=seeded_uuid(rng),
                center_id=record.center_id,
                conference=conference,
                title=rng.choice(ISSUES),
                raised_by_id=record.written_by_id,
                raised_on=record.date,
            )


def _keep_apart(rng: Random, people: People) -> None:
    team = people.team
    Pin.unscoped.bulk_create(
        Pin(user=team.users[Role.SOUDAN], client=client) for client in people.clients[:PINS]
    )
    ConflictOfInterest.unscoped.create(
        id=seeded_uuid(rng),
        client=people.clients[-1],
        user=team.users[Role.CHIIKI],
        reason="親族にあたるため",
        declared_by=team.users[Role.KANRI],
    )
