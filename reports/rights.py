"""E 権利擁護 of the month: abuse reports, guardianships by stage, discrimination by field. Counts alone, no rows.

Pure functions over plain rows; `rights_figures` reads the rows. Definitions (domain 2.7 E, 1.5 to 1.7):

- 受理: reports whose 受付 lies in the month; 類型 overlaps, 区分 adds up to 受理.
- 市への連絡: reports of the center whose 市への連絡 lies in the month, whenever they were received. A request of the
  city needs none and counts in 受理 alone.
- 成年後見: each support once, in the stage in which it stood at the end of the month; 終了 only in its month.
- 差別解消: consultations received in the month, by 対象分野.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from cases.enums import GuardianshipStage, ReportOrigin
from cases.models import AbuseReport, DiscriminationConsultation, GuardianshipStep
from centers.enums import CodeList
from centers.models import Center, CodeEntry
from centers.models.base import overlaps
from centers.periods import JST, Month

Figures = dict[str, int]


class Report(NamedTuple):
    """Days in JST; `notified_on` is none before 市への連絡, and for a request of the city."""

    received_on: date
    notified_on: date | None
    types: Sequence[str]
    accused_kind: str


class Stage(NamedTuple):
    """One standing stage of a support; `entered_at` orders stages of one day."""

    support: UUID
    on: date
    entered_at: datetime
    stage: str


@dataclass(frozen=True)
class RightsFigures:
    """Every code of a table is present, zeros included."""

    received: int = 0
    notified: int = 0
    types: Figures = field(default_factory=dict)
    accused: Figures = field(default_factory=dict)
    guardianships: Figures = field(default_factory=dict)
    discriminations: int = 0
    fields: Figures = field(default_factory=dict)

    def as_json(self) -> dict:
        return {
            "abuse": {
                "received": self.received,
                "notified": self.notified,
                "types": self.types,
                "accused": self.accused,
            },
            "guardianship": self.guardianships,
            "discrimination": {"received": self.discriminations, "fields": self.fields},
        }


def count_rights(
    month: Month,
    *,
    reports: Iterable[Report],
    stages: Iterable[Stage],
    fields: Iterable[str],
    codes: Mapping[CodeList, Sequence[str]],
) -> RightsFigures:
    """The figures of one center; `fields` are the 対象分野 of the month's consultations, `codes` those of each list."""
    reports, asked = list(reports), list(fields)
    received = [report for report in reports if _within(month, report.received_on)]
    return RightsFigures(
        received=len(received),
        notified=sum(1 for report in reports if _within(month, report.notified_on)),
        types=_table(codes[CodeList.ABUSE_TYPE], (code for report in received for code in report.types)),
        accused=_table(codes[CodeList.ABUSE_BY], (report.accused_kind for report in received)),
        guardianships=_table(GuardianshipStage.values, _stages_at_end(month, stages)),
        discriminations=len(asked),
        fields=_table(codes[CodeList.EQUALITY_FIELD], asked),
    )


def sum_rights(figures: Iterable[RightsFigures]) -> RightsFigures:
    """Of several centers, line by line."""
    rows = list(figures)
    return RightsFigures(
        received=sum(row.received for row in rows),
        notified=sum(row.notified for row in rows),
        types=_added(row.types for row in rows),
        accused=_added(row.accused for row in rows),
        guardianships=_added(row.guardianships for row in rows),
        discriminations=sum(row.discriminations for row in rows),
        fields=_added(row.fields for row in rows),
    )


def _within(month: Month, day: date | None) -> bool:
    return day is not None and month.starts_on <= day <= month.ends_on


def _stages_at_end(month: Month, stages: Iterable[Stage]) -> list[str]:
    latest: dict[UUID, Stage] = {}
    for stage in sorted(stages, key=lambda stage: (stage.on, stage.entered_at)):
        if stage.on <= month.ends_on:
            latest[stage.support] = stage
    return [
        stage.stage
        for stage in latest.values()
        if stage.stage != GuardianshipStage.ENDED or stage.on >= month.starts_on
    ]


def _table(codes: Iterable[str], found: Iterable[str]) -> Figures:
    return dict.fromkeys(codes, 0) | Counter(found)


def _added(tables: Iterable[Figures]) -> Figures:
    total: Figures = {}
    for table in tables:
        for code, number in table.items():
            total[code] = total.get(code, 0) + number
    return total


# ---- reading ----


Labels = Mapping[CodeList, Mapping[str, str]]


def rights_labels(month: Month) -> Labels:
    """code → label of the three lists in force on any day of the month; of a code renamed within it the latest."""
    lists = (CodeList.ABUSE_TYPE, CodeList.ABUSE_BY, CodeList.EQUALITY_FIELD)
    found: dict[CodeList, dict[str, str]] = {kind: {} for kind in lists}
    entries = CodeEntry.objects.filter(overlaps(month.starts_on, month.ends_on), list__in=lists)
    for kind, code, label in entries.order_by("code", "starts_on").values_list("list", "code", "label"):
        found[CodeList(kind)][code] = label
    return found


def rights_figures(
    centers: Iterable[Center], month: Month, labels: Labels | None = None
) -> dict[UUID, RightsFigures]:
    """The figures of each center. Three queries, however many centers, and one for the labels where none are given."""
    ids = [center.pk for center in centers]
    codes = {kind: list(entries) for kind, entries in (labels or rights_labels(month)).items()}
    reports, stages, fields = _reports(ids, month), _stages(ids, month), _fields(ids, month)
    return {
        pk: count_rights(
            month,
            reports=reports.get(pk, []),
            stages=stages.get(pk, []),
            fields=fields.get(pk, []),
            codes=codes,
        )
        for pk in ids
    }


def _reports(ids: list[UUID], month: Month) -> dict[UUID, list[Report]]:
    start = datetime.combine(month.starts_on, time.min, JST)
    end = datetime.combine(month.ends_on + timedelta(days=1), time.min, JST)
    inside = Q(received_at__gte=start, received_at__lt=end) | Q(notified_at__gte=start, notified_at__lt=end)
    rows = AbuseReport.unscoped.filter(inside, center__in=ids)
    found: dict[UUID, list[Report]] = {}
    for center, origin, received, notified, types, kind in rows.values_list(
        "center", "origin", "received_at", "notified_at", "types", "accused_kind"
    ):
        own = notified if origin == ReportOrigin.CENTER else None
        found.setdefault(center, []).append(
            Report(received.astimezone(JST).date(), own and own.astimezone(JST).date(), types, kind)
        )
    return found


def _stages(ids: list[UUID], month: Month) -> dict[UUID, list[Stage]]:
    rows = GuardianshipStep.unscoped.filter(
        support__center__in=ids, voided_at__isnull=True, on__lte=month.ends_on
    )
    found: dict[UUID, list[Stage]] = {}
    for center, support, on, entered_at, stage in rows.values_list(
        "support__center", "support", "on", "created_at", "stage"
    ):
        found.setdefault(center, []).append(Stage(support, on, entered_at, stage))
    return found


def _fields(ids: list[UUID], month: Month) -> dict[UUID, list[str]]:
    rows = DiscriminationConsultation.unscoped.filter(
        center__in=ids, received_on__range=(month.starts_on, month.ends_on)
    )
    found: dict[UUID, list[str]] = {}
    for center, code in rows.values_list("center", "field"):
        found.setdefault(center, []).append(code)
    return found


# ---- the words of the pages ----


@dataclass(frozen=True)
class RightsTable:
    title: str
    rows: tuple[tuple[str, int], ...]


def rights_tables(figures: RightsFigures, labels: Labels) -> list[RightsTable]:
    """The tables of the month's page, in the order of the report."""
    stages = {stage.value: stage.label for stage in GuardianshipStage}
    abuse = (("通報の受理", figures.received), ("市への連絡", figures.notified))
    return [
        RightsTable("虐待の通報", abuse),
        _named("虐待の類型(重複あり)", figures.types, labels[CodeList.ABUSE_TYPE]),
        _named("虐待者の区分", figures.accused, labels[CodeList.ABUSE_BY]),
        _named("成年後見(月末の段階)", figures.guardianships, stages),
        _named("差別解消の相談(対象分野)", figures.fields, labels[CodeList.EQUALITY_FIELD]),
    ]


def _named(title: str, figures: Figures, labels: Mapping[str, str]) -> RightsTable:
    return RightsTable(title, tuple((labels.get(code, code), number) for code, number in figures.items()))
