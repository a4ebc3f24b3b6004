"""権利擁護 of one center: two abuse reports, two guardianships, one discrimination consultation."""

from datetime import date, datetime, time, timedelta
from random import Random

from cases.actions.abuse import settle
from cases.actions.numbers import Series
from cases.enums import AbuseStepKind, GuardianshipStage
from cases.models import (
    AbuseReport,
    AbuseReporter,
    AbuseStep,
    DiscriminationConsultation,
    GuardianshipStep,
    GuardianshipSupport,
)
from centers.enums import Role
from centers.models import NumberSequence
from centers.periods import JST
from reports.demo.identity import seeded_uuid
from reports.demo.persons import People

_ACCOUNTS = (
    ("01", "01", "父", "通所先の職員から電話。左腕にあざがある。本人は「ころんだ」と話している。"),
    ("05", "01", "兄", "年金の通帳を兄が持ち、本人の小遣いがないとのこと。先月から2回目の相談。"),
    ("03", "02", "事業所の職員", "作業中に大きな声でしかられると、本人から訴えがあった。"),
)
_COMPLAINTS = (
    ("01", "02", "入店のとき、筆談を断られた。"),
    ("04", "01", "部屋を借りるとき、障がいがあることを理由に断られた。"),
    ("08", "03", "窓口に段差があり、車いすで入れなかった。"),
)


def invent_rights(rng: Random, people: People, today: date) -> None:
    """One report closed in order, one of the evening before that waits for 安全確認; the numbers go on after them."""
    before = datetime.combine(today - timedelta(days=rng.randrange(20, 50)), time(10, 15), JST)
    _report(rng, people, 1, before, settled=True)
    _report(rng, people, 2, datetime.combine(today - timedelta(days=1), time(16, 40), JST), settled=False)
    NumberSequence.objects.create(center=people.team.center, series=Series.ABUSE, last=2)
    _guardianship(rng, people, today, [GuardianshipStage.CONSULT, GuardianshipStage.PAPERS])
    _guardianship(rng, people, today, [*list(GuardianshipStage)[:5]])
    _discrimination(rng, people, today)


def _report(rng: Random, people: People, number: int, at: datetime, *, settled: bool) -> None:
    user, center = people.team.users[Role.SOUDAN], people.team.center
    kind, by, relation, account = rng.choice(_ACCOUNTS)
    report = AbuseReport.unscoped.create(
        id=seeded_uuid(rng),
        center=center,
        number=f"{center.zone.number_prefix}-G{number:04}",
        received_at=at,
        received_by=user,
        method="4",
        client=people.clients[number + 4],
        accused_kind=by,
        accused_relation=relation,
        types=[kind],
        certainty="02",
        account=account,
        danger="02",
        urgency=["02"] if kind == "01" else [],
    )
    AbuseReporter.unscoped.create(
        id=seeded_uuid(rng),
        report=report,
        kinds=["08"],
        name="架空 通報子",
        affiliation="架空の事業所",
        relation="職員",
    )
    steps = [
        (AbuseStepKind.RECEIVED, 0, "", "", ""),
        (AbuseStepKind.NOTIFIED, 1, "4", "市 虐待防止センター", ""),
    ]
    if settled:
        steps += [
            (AbuseStepKind.SAFETY, 24, "01", "", "居室で会った。けがの手当ては済んでいる。"),
            (AbuseStepKind.MEETING, 72, "01", "市・区役所・相談員", "支援の分担を決めた。"),
            (AbuseStepKind.JUDGEMENT, 96, "01", "市の担当", ""),
            (AbuseStepKind.MONITORING, 240, "", "", "通所を続けている。変わりない。"),
            (AbuseStepKind.CLOSED, 264, "", "", "通常の支援に移る。"),
        ]
    AbuseStep.unscoped.bulk_create(
        AbuseStep(
            id=seeded_uuid(rng),
            report=report,
            kind=kind,
            at=at + timedelta(hours=hours) if hours != 1 else at + timedelta(minutes=25),
            who=user.name,
            detail=detail,
            partner=partner,
            text=text,
            written_by=user,
        )
        for kind, hours, detail, partner, text in steps
    )
    settle(report)


def _guardianship(rng: Random, people: People, today: date, stages: list[GuardianshipStage]) -> None:
    user = people.team.users[Role.SOUDAN]
    first = today - timedelta(days=30 * len(stages))
    days = [first + timedelta(days=25 * place) for place in range(len(stages))]
    decided = GuardianshipStage.DECIDED in stages
    support = GuardianshipSupport.unscoped.create(
        id=seeded_uuid(rng),
        center=people.team.center,
        client=rng.choice(people.clients),
        kind=rng.choice(["01", "02", "03"]) if decided else "",
        applicant="04" if decided else "07",
        filed_on=days[2] if decided else None,
        decided_on=days[3] if decided else None,
        guardian_kind="04" if decided else "",
        guardian_name="架空 後見子" if decided else "",
        fee_support="yes" if decided else "",
        note="金銭の管理がむずかしくなり、親族の協力も得にくい。",
        stage=stages[-1],
        stage_on=days[-1],
        written_by=user,
    )
    GuardianshipStep.unscoped.bulk_create(
        GuardianshipStep(id=seeded_uuid(rng), support=support, stage=stage, on=day, written_by=user)
        for stage, day in zip(stages, days, strict=True)
    )


def _discrimination(rng: Random, people: People, today: date) -> None:
    field, complaint, content = rng.choice(_COMPLAINTS)
    DiscriminationConsultation.unscoped.create(
        id=seeded_uuid(rng),
        center=people.team.center,
        client=rng.choice([None, people.clients[2]]),
        received_on=today - timedelta(days=rng.randrange(3, 40)),
        asker="01",
        disabilities=["02"],
        field=field,
        complaint=complaint,
        content=content,
        adjustments=rng.randrange(3),
        written_by=people.team.users[Role.SOUDAN],
    )
