"""Scheduled checks: each says what holds on a day; running stores it as findings with their notices.

Every run works from the database alone, so a lost one is made good by the next and a second one changes nothing.
"""

from collections.abc import Sequence
from datetime import date

from reports.checks.facts import Fact
from reports.checks.registry import CHECKS, FREQUENT, Check
from reports.checks.store import store_run

__all__ = ["CHECKS", "FREQUENT", "Check", "Fact", "run_checks"]


def run_checks(on: date, *, store: bool, checks: Sequence[Check] | None = None) -> list[Fact]:
    """What every check (or each of `checks`) finds on the day, worst first; with `store` the findings are brought up to date.

    A check that fails leaves the others alone; the failures are raised together at the end.
    """
    facts: list[Fact] = []
    failures: list[Exception] = []
    for check in CHECKS if checks is None else checks:
        try:
            facts += store_run(check, on=on) if store else check.find(on)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise ExceptionGroup("定期検査の一部が終わりませんでした。", failures)
    return sorted(facts, key=lambda fact: fact.order)
