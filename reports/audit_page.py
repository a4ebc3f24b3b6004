"""閲覧・操作の記録 for the auditor: who did what, where and how often. Clients appear neither by name nor by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from centers.enums import AccessVerb
from centers.models import AccessLog
from centers.periods import JST, Month

NO_CENTER = "センターなし"
PAGE_NAMES = {
    "cases:client": "利用者のページ",
    "cases:client_timeline": "利用者の経過",
    "cases:client_edit": "利用者の基本情報",
    "cases:client_reads": "閲覧の記録",
    "cases:consultation": "相談の記録",
    "cases:consultation_correct": "記録の訂正",
    "cases:consultation_void": "記録の取り消し",
    "cases:consultation_restore": "取り消しの取りやめ",
    "cases:thread": "匿名の相談者",
    "cases:log": "相談を記録",
    "cases:log_client": "相談を記録",
    "cases:search": "利用者の検索",
    "cases:suggest": "利用者の検索(候補)",
    "cases:draft": "下書き",
    "cases:followup_done": "次の予定",
    "reports:monthly_center": "月次実績",
    "reports:monthly_records": "月次実績の記録",
    "reports:city": "9センターの状況",
    "reports:city_center": "センターの状況",
    "reports:ward": "区の集計",
    "reports:audit": "閲覧・操作の記録",
    "reports:city_csv": "9センターの状況(CSV)",
    "centers:contracts": "契約・配置",
    "centers:notice_open": "お知らせ",
}


@dataclass(frozen=True)
class Counts:
    """One line of a table: how often each kind of deed was noted."""

    label: str
    by_verb: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.by_verb)


@dataclass(frozen=True)
class Entry:
    """One noted deed, without the person it was about."""

    row: AccessLog

    @property
    def page(self) -> str:
        return PAGE_NAMES.get(self.row.page, self.row.page)

    @property
    def center(self) -> str:
        return str(self.row.center) if self.row.center else "—"


def noted_in(month: Month) -> QuerySet[AccessLog]:
    """What was noted in the month (JST, real clock)."""
    start = datetime.combine(month.starts_on, time.min, tzinfo=JST)
    end = datetime.combine(month.ends_on + timedelta(days=1), time.min, tzinfo=JST)
    return AccessLog.objects.filter(at__gte=start, at__lt=end)


def by_center(month: Month) -> list[Counts]:
    """Centers in the order of their zones, then what concerns none. One statement."""
    key = ("center__zone__position", "center__zone__name", "center__name")
    rows = noted_in(month).values_list(*key).annotate(**_per_verb()).order_by("center__zone__position")
    return [Counts(f"{zone} {name}" if zone else NO_CENTER, numbers) for _, zone, name, *numbers in rows]


def by_day(month: Month) -> list[Counts]:
    """Days with anything noted, newest first. One statement."""
    rows = (
        noted_in(month).annotate(day=TruncDate("at", tzinfo=JST)).values_list("day").annotate(**_per_verb())
    )
    return [Counts(f"{day.month}/{day.day}", numbers) for day, *numbers in rows.order_by("-day")]


def _per_verb() -> dict[str, Count]:
    return {f"n_{verb}": Count("pk", filter=Q(verb=verb)) for verb in AccessVerb.values}
