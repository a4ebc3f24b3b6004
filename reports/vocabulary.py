"""The words of a month's report: which codes each table has, in the lists and catalogues in force then."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from centers.contracts import setting
from centers.enums import CodeList
from centers.models import BusinessItem, Center, CodeEntry, ContractTerm
from centers.models.base import overlaps
from centers.periods import AGE_BANDS, Month, age_band
from reports.tables import TOTAL, PersonFigure, Table

UNKNOWN_AGE = age_band(None)
AGE_LABELS = {
    "0-17": "0〜17歳",
    "18-39": "18〜39歳",
    "40-64": "40〜64歳",
    "65+": "65歳以上",
    UNKNOWN_AGE: "不明",
}
_CODE_LISTS = {
    CodeList.METHOD: Table.METHODS,
    CodeList.CONTENT: Table.CONTENTS,
    CodeList.COUNTERPART: Table.COUNTERPARTS,
    CodeList.DISABILITY: Table.DISABILITIES,
}


@dataclass(frozen=True)
class Code:
    """One line of a table. `position` is its place on the screen; files keep the order of the codes."""

    code: str
    label: str
    position: int = 0


@dataclass(frozen=True)
class Vocabulary:
    """The lines of every table; 業務項目 stand apart for each center, whose term names the catalogue."""

    definition: str
    common: dict[Table, tuple[Code, ...]]
    business_items: dict[UUID, tuple[Code, ...]]

    def codes(self, table: Table, center: Center) -> tuple[Code, ...]:
        """The table's lines in the order of their codes."""
        if table == Table.BUSINESS_ITEMS:
            return self.business_items.get(center.pk, ())
        return self.common[table]

    def find(self, table: Table, code: str, center: Center) -> Code | None:
        return next((entry for entry in self.codes(table, center) if entry.code == code), None)


def vocabulary_of(centers: Iterable[Center], month: Month) -> Vocabulary:
    """Three queries, however many centers. Raises LookupError where no counting definition is in force."""
    return Vocabulary(
        definition=setting("monthly_definition", month.ends_on),
        common=_fixed_tables() | _code_lists(month),
        business_items=_business_items(centers, month),
    )


def _fixed_tables() -> dict[Table, tuple[Code, ...]]:
    bands = [*(code for code, _ in AGE_BANDS), UNKNOWN_AGE]
    return {
        Table.CONTACTS: (Code(TOTAL, Table.CONTACTS.label),),
        Table.PERSONS: tuple(Code(figure.value, figure.label, at) for at, figure in enumerate(PersonFigure)),
        Table.AGES: tuple(Code(band, AGE_LABELS[band], at) for at, band in enumerate(bands)),
    }


def _code_lists(month: Month) -> dict[Table, tuple[Code, ...]]:
    """The entries in force on any day of the month; of a code renamed within it the latest name."""
    found: dict[Table, dict[str, Code]] = {table: {} for table in _CODE_LISTS.values()}
    entries = CodeEntry.objects.filter(overlaps(month.starts_on, month.ends_on), list__in=_CODE_LISTS)
    for entry in entries.order_by("list", "code", "starts_on"):
        table = _CODE_LISTS[CodeList(entry.list)]
        found[table][entry.code] = Code(entry.code, entry.label, entry.display_order)
    return {table: tuple(codes.values()) for table, codes in found.items()}


def _business_items(centers: Iterable[Center], month: Month) -> dict[UUID, tuple[Code, ...]]:
    """The catalogue of the center's term in force in the month, without what is never a contact."""
    terms = ContractTerm.objects.filter(
        overlaps(month.starts_on, month.ends_on), center__in=[center.pk for center in centers]
    )
    items = (
        BusinessItem.objects.filter(catalogue__generations__terms__in=terms, in_contacts=True)
        .order_by("position")
        .distinct()
        .values_list("catalogue__generations__terms__center", "code", "mark", "label", "position")
    )
    found: dict[UUID, list[Code]] = {}
    for center, code, mark, label, position in items:
        found.setdefault(center, []).append(Code(code, f"{mark} {label}", position))
    return {center: tuple(codes) for center, codes in found.items()}
