"""後方支援 of a month: counted by itself, in none of the city's contacts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cases.models import ProviderSupport
from centers.enums import CodeList
from centers.models import Center
from centers.organizations import organization_key
from centers.periods import Month
from reports.vocabulary import Code, Vocabulary

# What a table of 後方支援 shows: figures in one number, and those by the codes of a list.
SUPPORT_TOTALS = (("supports", "後方支援 件数"), ("providers", "支援した事業所の数"))
SUPPORT_LISTS = (("methods", CodeList.SUPPORT_METHOD), ("contents", CodeList.SUPPORT_CONTENT))


@dataclass(frozen=True)
class SupportFigures:
    """`supports` 件; `providers`: 事業所 helped, each once; by method (one each) and by content (one or more each).

    Every code in force in the month is there, zeros included.
    """

    supports: int
    providers: int
    methods: Mapping[str, int]
    contents: Mapping[str, int]

    def as_json(self) -> dict:
        return {
            "supports": self.supports,
            "providers": self.providers,
            "methods": dict(self.methods),
            "contents": dict(self.contents),
        }


def support_words(code_list: CodeList, code: Code) -> str:
    """方法: 訪問"""
    return f"{code_list.label.removeprefix('後方支援の')}: {code.label}"


NO_SUPPORT = SupportFigures(0, 0, {}, {})


def support_figures(
    centers: Iterable[Center], month: Month, words: Vocabulary
) -> tuple[dict[UUID, SupportFigures], SupportFigures]:
    """The figures of each center and of all of them together, where a 事業所 helped by two counts once. One statement.

    A 事業所 that the registry does not have is told by its written name.
    """
    found: dict[UUID, list[tuple]] = {center.pk: [] for center in centers}
    rows = ProviderSupport.unscoped.standing().filter(
        center__in=found, date__range=(month.starts_on, month.ends_on)
    )
    for center, *row in rows.values_list("center", "provider", "provider_name", "method", "contents"):
        found[center].append(tuple(row))
    every = [row for rows in found.values() for row in rows]
    return {center: _figures(rows, words) for center, rows in found.items()}, _figures(every, words)


def _figures(rows: list[tuple], words: Vocabulary) -> SupportFigures:
    by_method = Counter(method for _, _, method, _ in rows)
    by_content = Counter(code for *_, codes in rows for code in set(codes))
    return SupportFigures(
        supports=len(rows),
        providers=len({provider or organization_key(name) for provider, name, *_ in rows}),
        methods=_lines(by_method, words.support[CodeList.SUPPORT_METHOD]),
        contents=_lines(by_content, words.support[CodeList.SUPPORT_CONTENT]),
    )


def _lines(counted: Mapping[str, int], codes: Iterable[Code]) -> dict[str, int]:
    """A code that the list no longer has keeps its line: nothing that was recorded drops out."""
    return {code: counted.get(code, 0) for code in sorted({code.code for code in codes} | set(counted))}
