"""計画相談の件数制限: one finding a center, the worst of near, full and over."""

from datetime import date

from centers.enums import CapBasis, PlanKind, Scope, Severity
from centers.models import Center, PlanCap
from centers.periods import wareki
from reports.caseload import Caseload, caseloads
from reports.checks.facts import Fact
from reports.rules import CapState

KINDS = ("plan_cap_near", "plan_cap_full", "plan_cap_over")


def find(on: date) -> list[Fact]:
    centers = Center.objects.open_on(on).select_related("zone")
    return [
        _fact(load, load.rule, load.status.severity)
        for load in caseloads(centers, on=on)
        if load.rule and load.status.severity
    ]


def _fact(load: Caseload, rule: PlanCap, severity: Severity) -> Fact:
    zone = load.center.zone.name
    return Fact(
        kind=f"plan_cap_{load.status.state}",
        scope=Scope.CENTER,
        target=zone,
        target_key=str(load.center.pk),
        period=rule.term.generation_id,
        since=load.since,
        severity=severity,
        figures={
            "held": load.status.held,
            "cap": load.status.cap,
            "over": load.status.over,
            "deadline": rule.deadline and rule.deadline.isoformat(),
        },
        message="".join(_sentences(load, rule)),
        title=f"{zone} 計画相談 {load.status.held}/{load.status.cap}件 {words(load)}",
        icon="clipboard",
        center_id=load.center.pk,
    )


def words(load: Caseload) -> str:
    """残り3件, 上限, 8件超過"""
    match load.status.state:
        case CapState.OVER:
            return f"{load.status.over}件超過"
        case CapState.FULL:
            return "上限"
        case _:
            return f"残り{load.status.left}件"


def _sentences(load: Caseload, rule: PlanCap) -> list[str]:
    sentences = [_standing(load, rule)]
    if load.status.state == CapState.OVER and rule.deadline:
        day = wareki(rule.deadline)
        late = load.on > rule.deadline
        sentences.append(f"期限の{day}を過ぎています。" if late else f"期限は{day}です。")
    if not load.settled:
        sentences.append("契約条件は要確認です。")
    return sentences


def _standing(load: Caseload, rule: PlanCap) -> str:
    counted = "・".join(PlanKind(kind).label for kind in rule.counts)
    held = f"{load.held.count}件" + (f"({load.held.source_words})" if load.held.reported_on else "")
    limit = f"上限{load.status.cap}件"
    if rule.basis == CapBasis.STAFF:
        limit += f"({load.basis_words})"
    match load.status.state:
        case CapState.OVER:
            return f"{counted}が{held}で、{limit}を{load.status.over}件超えています。"
        case CapState.FULL:
            return f"{counted}が{held}で、{limit}に達しています。"
        case _:
            return f"{counted}が{held}で、{limit}まで残り{load.status.left}件です。"
