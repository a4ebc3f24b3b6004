"""What the contract and the code lists say on a day. Read-only; each call is one query unless said otherwise.

Code lists, catalogues and settings are remembered for some seconds (centers.memory).
"""

from collections.abc import Mapping
from datetime import date

from centers.enums import CodeList
from centers.memory import remembered
from centers.models import BusinessItem, Center, CodeEntry, ContractTerm, OpeningHours, RuleSetting
from centers.models.base import in_force


def term_on(center: Center, on: date) -> ContractTerm | None:
    """The contract term of the center in force on the day, with its generation."""
    return ContractTerm.objects.in_force(on).filter(center=center).select_related("generation").first()


def opening_hours_on(center: Center, on: date) -> OpeningHours | None:
    """The center's hours of that weekday; none when it is closed or nothing is entered."""
    return OpeningHours.objects.in_force(on).filter(center=center, weekday=on.isoweekday()).first()


@remembered
def business_items_on(center: Center, on: date) -> list[BusinessItem]:
    """The 業務項目 of the catalogue of the term in force, in the catalogue's order."""
    terms = ContractTerm.objects.in_force(on).filter(center=center)
    return list(BusinessItem.objects.filter(catalogue__generations__terms__in=terms).order_by("position"))


@remembered
def code_labels(on: date) -> dict[CodeList, dict[str, CodeEntry]]:
    """All code lists in force on a day: list → code → entry, codes in national order."""
    labels: dict[CodeList, dict[str, CodeEntry]] = {CodeList(value): {} for value in CodeList.values}
    for entry in CodeEntry.objects.in_force(on).order_by("list", "code"):
        labels[CodeList(entry.list)][entry.code] = entry
    return labels


def screen_choices(entries: Mapping[str, CodeEntry]) -> list[tuple[str, str]]:
    """(code, short label) of one list of code_labels, in the order of the screen. No query."""
    ordered = sorted(entries.values(), key=lambda entry: entry.display_order)
    return [(entry.code, entry.short_label) for entry in ordered]


@remembered
def setting(key: str, on: date):
    """The value of a きまり on the day. Raises LookupError where none is in force."""
    row = RuleSetting.objects.filter(in_force(on), key=key).values_list("value", flat=True).first()
    if row is None:
        raise LookupError(f"no rule setting {key} on {on}")
    return row
