"""Judgements on accounts from their facts alone."""

import re
from collections.abc import Collection
from datetime import date

from centers.enums import AccountState


def account_state(active: bool, periods: Collection[tuple[date, date | None]], on: date) -> AccountState:
    """What an account is on a day; periods: first and last day of each of its roles."""
    if not active:
        return AccountState.STOPPED
    running = [start for start, end in periods if end is None or end >= on]
    if not running:
        return AccountState.ENDED
    return AccountState.USABLE if min(running) <= on else AccountState.WAITING


def free_variant(wanted: str, taken: Collection[str]) -> str:
    """The log-in name with the lowest number from 2 on that nobody has: tajima → tajima2."""
    stem = re.sub(r"\d+$", "", wanted) or wanted
    number = 2
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
