"""計上ルール of one day: the lists, the catalogue and the settings by which that day's records are counted."""

from dataclasses import dataclass
from datetime import date

from centers.contracts import code_labels
from centers.enums import CodeList
from centers.models import BusinessItem, CodeEntry, ContractGeneration, RuleSetting
from centers.models.base import in_force
from reports.vocabulary import AGE_LABELS

COUNTING_SETTINGS = ("count_unanswered", "count_without_person")

# How often a contact stands in the list, and what follows for the sums.
_NOTES = {
    CodeList.METHOD: "1件に1つです。合計は延べ件数と同じです。",
    CodeList.CONTENT: "1件に1つ以上です。合計は延べ件数以上になります。",
    CodeList.COUNTERPART: "1件に1つです。入れていない記録は「匿名・不明」に入ります。",
    CodeList.DISABILITY: "人を数えます。その月の最初の相談の日のものです。1人に2つ以上あれば、それぞれに数えます(重複計上)。",
}


@dataclass(frozen=True)
class CodeTable:
    """One list of the report with its entries in the order of their codes."""

    name: str
    note: str
    entries: tuple[CodeEntry, ...]

    @property
    def needs_confirmation(self) -> bool:
        return any(entry.needs_confirmation for entry in self.entries)

    @property
    def source(self) -> str:
        return self.entries[0].source


@dataclass(frozen=True)
class CountingRules:
    """What holds on one day; `generation` is None on a day under no contract."""

    on: date
    definition: str
    settings: tuple[RuleSetting, ...]
    tables: tuple[CodeTable, ...]
    generation: ContractGeneration | None
    items: tuple[BusinessItem, ...]

    @property
    def ages(self) -> list[str]:
        return list(AGE_LABELS.values())


def rules_on(on: date) -> CountingRules | None:
    """The rules of the day, or None where no way of counting is in force. Four queries."""
    keys = ("monthly_definition", *COUNTING_SETTINGS)
    found = {row.key: row for row in RuleSetting.objects.filter(in_force(on), key__in=keys)}
    if len(found) < len(keys):
        return None
    generation = ContractGeneration.objects.in_force(on).select_related("catalogue").first()
    items = BusinessItem.objects.filter(catalogue=generation.catalogue_id) if generation else ()
    labels = code_labels(on)
    return CountingRules(
        on=on,
        definition=found["monthly_definition"].value,
        settings=tuple(found[key] for key in COUNTING_SETTINGS),
        tables=tuple(
            CodeTable(kind.label, note, tuple(labels[kind].values()))
            for kind, note in _NOTES.items()
            if labels[kind]
        ),
        generation=generation,
        items=tuple(items),
    )
