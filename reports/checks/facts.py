from dataclasses import dataclass, field
from datetime import date
from typing import Any

from centers.enums import Scope, Severity
from centers.notices import To

SEVERITIES = tuple(Severity)  # the worst first


@dataclass(frozen=True)
class Fact:
    """What a check found on one day, before it is stored as a Finding.

    target: the name people read; target_key: what tells two facts of one kind and period apart;
    period: the term, month, quarter or 年度 that is judged; title and icon: how the notice shows it.
    No personal data in any of them. `to` names the people whom it is told, instead of all whom it concerns.
    """

    kind: str
    scope: Scope
    target: str
    target_key: str
    period: str
    since: date
    severity: Severity
    figures: dict[str, Any]
    message: str
    title: str
    icon: str = "alert"
    center_id: Any = field(default=None, kw_only=True)
    ward_id: str | None = field(default=None, kw_only=True)
    to: tuple[To, ...] = field(default=(), kw_only=True)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.target_key, self.period

    @property
    def order(self) -> tuple:
        return SEVERITIES.index(self.severity), self.kind, self.target, self.target_key

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "scope": str(self.scope),
            "target": self.target,
            "period": self.period,
            "since": self.since.isoformat(),
            "severity": str(self.severity),
            "figures": self.figures,
            "message": self.message,
        }
