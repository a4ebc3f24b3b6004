"""What the contract and the code lists say on a day. Read-only; each call is one query unless said otherwise."""

from datetime import date

from centers.enums import CodeList
from centers.models import (
    BusinessItem,
    Center,
    CodeEntry,
    ContractTerm,
    OpeningHours,
    PlanCap,
    PostRequirement,
    RuleSetting,
)
from centers.models.base import in_force


def term_on(center: Center, on: date) -> ContractTerm | None:
    """The contract term of the center in force on the day, with its generation."""
    return ContractTerm.objects.in_force(on).filter(center=center).select_related("generation").first()


def plan_cap_on(center: Center, on: date) -> PlanCap | None:
    """The 件数制限 in force; none where it was lifted or never set."""
    return PlanCap.objects.in_force(on).filter(term__center=center).select_related("term").first()


def posts_on(center: Center, on: date) -> list[PostRequirement]:
    """The 配置の条件 in force."""
    return list(PostRequirement.objects.in_force(on).filter(term__center=center).order_by("post"))


def opening_hours_on(center: Center, on: date) -> OpeningHours | None:
    """The center's hours of that weekday; none when it is closed or nothing is entered."""
    return OpeningHours.objects.in_force(on).filter(center=center, weekday=on.isoweekday()).first()


def business_items_on(center: Center, on: date) -> list[BusinessItem]:
    """The 業務項目 of the catalogue of the term in force, in the catalogue's order."""
    terms = ContractTerm.objects.in_force(on).filter(center=center)
    return list(BusinessItem.objects.filter(catalogue__generations__terms__in=terms).order_by("position"))


def codes_on(list_: CodeList, on: date) -> list[CodeEntry]:
    """The entries of a code list in force, in the order of the screen."""
    return list(CodeEntry.objects.in_force(on).filter(list=list_).order_by("display_order"))


def code_labels(on: date) -> dict[CodeList, dict[str, CodeEntry]]:
    """All code lists in force on a day: list → code → entry, codes in national order."""
    labels: dict[CodeList, dict[str, CodeEntry]] = {CodeList(value): {} for value in CodeList.values}
    for entry in CodeEntry.objects.in_force(on).order_by("list", "code"):
        labels[CodeList(entry.list)][entry.code] = entry
    return labels


def setting(key: str, on: date):
    """The value of a きまり on the day. Raises LookupError where none is in force."""
    row = RuleSetting.objects.filter(in_force(on), key=key).values_list("value", flat=True).first()
    if row is None:
        raise LookupError(f"no rule setting {key} on {on}")
    return row
