"""Identities that the figures of one month must keep. Pure: works on anything with `contacts` and `tables`."""

from collections.abc import Callable
from typing import Protocol


class Figures(Protocol):
    contacts: int
    tables: dict[str, dict[str, int]]


def _total(table: str) -> Callable[[Figures], int]:
    return lambda figures: sum(figures.tables[table].values())


def _persons(kind: str) -> Callable[[Figures], int]:
    return lambda figures: figures.tables["persons"][kind]


def _contacts(figures: Figures) -> int:
    return figures.contacts


class Identity:
    """A sentence about two figures, and whether it holds."""

    def __init__(self, words: str, left: Callable[[Figures], int], sign: str, right: Callable[[Figures], int]):
        self.words, self.left, self.sign, self.right = words, left, sign, right

    def holds(self, figures: Figures) -> bool:
        left, right = self.left(figures), self.right(figures)
        return left == right if self.sign == "=" else left >= right

    def told(self, figures: Figures) -> str:
        return f"{self.words}({self.left(figures):,} {'=' if self.sign == '=' else '≧'} {self.right(figures):,})"


IDENTITIES = (
    Identity("支援方法の計は延べ件数と同じ", _total("methods"), "=", _contacts),
    Identity("支援内容の計は延べ件数以上", _total("contents"), ">=", _contacts),
    Identity("年齢別の計は延べ件数と同じ", _total("ages"), "=", _contacts),
    Identity("話した人の計は延べ件数と同じ", _total("counterparts"), "=", _contacts),
    Identity("業務項目の計は延べ件数と同じ", _total("business_items"), "=", _contacts),
    Identity(
        "障がい者・障がい児・年齢不明の計は月実人員と同じ",
        lambda f: sum(f.tables["persons"][kind] for kind in ("adults", "children", "age_unknown")),
        "=",
        _persons("month_distinct"),
    ),
    Identity(
        "新規と継続の計は年度内初回と同じ",
        lambda f: f.tables["persons"]["new"] + f.tables["persons"]["continuing"],
        "=",
        _persons("first_in_fiscal_year"),
    ),
    Identity("月実人員は年度内初回以上", _persons("month_distinct"), ">=", _persons("first_in_fiscal_year")),
    Identity("延べ件数は月実人員以上", _contacts, ">=", _persons("month_distinct")),
)


def broken_identities(figures: Figures) -> list[str]:
    """The sentences that do not hold."""
    return [identity.told(figures) for identity in IDENTITIES if not identity.holds(figures)]
