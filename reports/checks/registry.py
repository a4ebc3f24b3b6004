"""Every scheduled check. A new one is a module with KINDS and find(on), and a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from centers.enums import Scope
from reports.checks import abuse, accounts, backups, casework, expiries, plan_caps, staffing
from reports.checks.facts import Fact


def daily(on: date) -> str:
    return on.isoformat()


@dataclass(frozen=True)
class Check:
    """`period` names the stretch that one run stands for (a day, a month …); `find` says what holds on a day.

    A `frequent` one counts hours and has a task of its own (every ten minutes); its facts name whom they are told.
    """

    name: str
    label: str
    scope: Scope
    kinds: tuple[str, ...]
    period: Callable[[date], str]
    find: Callable[[date], list[Fact]]
    frequent: bool = False


BACKUP = Check("backups", "バックアップ", Scope.CITY, backups.KINDS, daily, backups.find)
CHECKS = (
    Check("plan_caps", "計画相談の件数", Scope.CENTER, plan_caps.KINDS, daily, plan_caps.find),
    Check("staffing", "人員配置", Scope.CENTER, staffing.KINDS, daily, staffing.find),
    Check("expiries", "期限物", Scope.CENTER, expiries.EXPIRY_KINDS, daily, expiries.find_expiries),
    Check("consents", "同意", Scope.CENTER, expiries.CONSENT_KINDS, daily, expiries.find_missing_consents),
    Check("casework", "ケースの動き", Scope.CENTER, casework.KINDS, daily, casework.find),
    Check("accounts", "アカウント", Scope.CITY, accounts.KINDS, daily, accounts.find),
    BACKUP,
    Check("abuse", "虐待の期限", Scope.CENTER, abuse.KINDS, daily, abuse.find, frequent=True),
)
FREQUENT = tuple(check for check in CHECKS if check.frequent)
