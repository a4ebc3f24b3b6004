"""アカウント: the last システム管理者 is not stopped for disuse; somebody has to look."""

from datetime import date

from centers.accounts_idle import kept_admin
from centers.enums import Scope, Severity
from reports.checks.facts import Fact

KINDS = ("account_last_admin",)


def find(on: date) -> list[Fact]:
    """One fact while the last system administrator is due to be stopped; by the rule setting account_idle_days."""
    kept = kept_admin(on)
    if kept is None:
        return []
    return [
        Fact(
            kind="account_last_admin",
            scope=Scope.CITY,
            target="システム管理者",
            target_key="city",
            period=kept.last_used.isoformat(),
            since=kept.last_used,
            severity=Severity.WARN,
            figures={"days": (on - kept.last_used).days},
            message="使えるシステム管理者が長くログインしていません。だれが担当かを確かめてください。"
            "最後の1名なので、アカウントは止めていません。",
            title="システム管理者が長くログインしていません",
            icon="people",
        )
    ]
