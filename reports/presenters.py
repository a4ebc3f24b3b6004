"""The words of the dashboards: stat tiles, differences, and how a caseload is told in a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from centers.charts import METER_SCALE, Bar, cap_meter
from centers.periods import wareki_short
from reports.caseload import Caseload
from reports.checks.plan_caps import words as cap_words
from reports.rules import CapState

OTHER_LABEL = "その他"

_CAP_CSS = {CapState.OVER: "t-ng", CapState.FULL: "t-warn", CapState.NEAR: "t-warn"}
_CAP_ICON = {CapState.OVER: "alert", CapState.FULL: "alert", CapState.NEAR: "clock"}
_CAP_TILE = {CapState.OVER: "ng", CapState.FULL: "warn", CapState.NEAR: "warn"}


@dataclass(frozen=True)
class Tile:
    """One stat tile; kind is "ng" or "warn" only where somebody must act."""

    label: str
    value: int
    unit: str
    note: str
    icon: str
    url: str = ""
    kind: str = ""

    @property
    def figure(self) -> str:
        return f"{self.value:,}"


@dataclass(frozen=True)
class CapCell:
    """The caseload of one center as meter and words; the meters of one table share a scale."""

    load: Caseload
    scale: int = METER_SCALE

    @property
    def meter(self):
        status = self.load.status
        return cap_meter(status.held, status.cap, self.load.center.zone.name, self.scale)

    @property
    def state(self) -> CapState:
        return self.load.status.state

    @property
    def css(self) -> str:
        return _CAP_CSS.get(self.state, "t-2")

    @property
    def icon(self) -> str:
        return _CAP_ICON.get(self.state, "")

    @property
    def tile_kind(self) -> str:
        return _CAP_TILE.get(self.state, "")

    @property
    def words(self) -> str:
        return cap_words(self.load) if self.load.rule else "上限なし"


def percent(now: int, before: int | None) -> str:
    """+6%, −9%, ±0%; empty where there is nothing to compare with."""
    if not before:
        return ""
    return f"{signed(round((now - before) * 100 / before))}%"


def signed(change: int) -> str:
    """+7, −1,200, ±0"""
    return f"+{change:,}" if change > 0 else f"−{-change:,}" if change < 0 else "±0"


def deadline_words(deadline: date | None, on: date) -> str:
    """期限 R5.3.31 まで133日, or 期限 R5.3.31 を過ぎています"""
    if deadline is None:
        return "期限の定めなし"
    left = (deadline - on).days
    return f"期限 {wareki_short(deadline)} " + (f"まで{left}日" if left >= 0 else "を過ぎています")


def bars_by_size(counts: Mapping[str, int], labels: Mapping[str, str]) -> list[Bar]:
    """One bar a code, longest first and その他 last; codes without a label stand under themselves."""
    rows = [(labels.get(code, code), counts.get(code, 0)) for code in dict.fromkeys([*labels, *counts])]
    rows.sort(key=lambda row: (row[0] == OTHER_LABEL, -row[1]))
    return [Bar(label, number, mute=label == OTHER_LABEL) for label, number in rows]
