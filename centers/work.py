"""Open work that stays behind when somebody goes. The apps above count it, the account pages show it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from centers.models import StaffMember


@dataclass(frozen=True)
class OpenWork:
    """One line: how many of what, and the page (name and query) on which it is handed over."""

    label: str
    number: int
    page: str
    query: str = ""


Source = Callable[[StaffMember, Collection[UUID]], list[OpenWork]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """`source(staff, center_ids)` counts what the staff member has open in the centers."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def open_work(staff: StaffMember | None, center_ids: Collection[UUID]) -> list[OpenWork]:
    """What is left to hand over; nothing without a staff member."""
    if staff is None:
        return []
    return [line for source in _SOURCES for line in source(staff, center_ids) if line.number]
