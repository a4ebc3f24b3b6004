"""合計と内訳: what must hold between the figures of a month (the product's counting rules, 1.4)."""

from dataclasses import dataclass

from reports.tables import Control, Counts, PersonFigure


@dataclass(frozen=True)
class Identity:
    """One thing that must hold; `sentence` says with its numbers what was compared."""

    name: str
    sentence: str
    holds: bool


def reconcile(counts: Counts) -> tuple[Identity, ...]:
    """All identities, those that hold and those that do not, in the order of the report."""
    return (*_sums(counts), _contents(counts), *_persons(counts), _disabilities(counts), _anonymous(counts))


def broken(identities: tuple[Identity, ...]) -> list[Identity]:
    return [identity for identity in identities if not identity.holds]


def _sums(counts: Counts) -> list[Identity]:
    """One code to a contact: each of these tables adds up to 延べ件数."""
    tables = (
        ("methods_sum", "支援の方法", counts.methods),
        ("ages_sum", "年齢", counts.ages),
        ("counterparts_sum", "話した人", counts.counterparts),
        ("business_items_sum", "業務項目", counts.business_items),
    )
    return [
        _equal(name, f"{label}の合計", sum(table.values()), "相談件数", counts.contacts, "件")
        for name, label, table in tables
    ]


def _contents(counts: Counts) -> Identity:
    """One content or more to a contact; 不在 may have none."""
    total, empty = sum(counts.contents.values()), counts.controls[Control.NO_CONTENT]
    least = f"相談件数 {counts.contacts}件" + (f" − 内容のない不在 {empty}件" if empty else "")
    holds = total >= counts.contacts - empty
    return _at_least("contents_cover", f"支援内容の合計 {total}件", least, holds)


def _persons(counts: Counts) -> list[Identity]:
    persons, controls = counts.persons, counts.controls
    first = persons[PersonFigure.FIRST_IN_FISCAL_YEAR]
    return [
        _equal(
            "ages_of_persons",
            "障がい者+障がい児+年齢不明",
            persons[PersonFigure.ADULTS] + persons[PersonFigure.CHILDREN] + persons[PersonFigure.AGE_UNKNOWN],
            "月実人員",
            persons[PersonFigure.MONTH_DISTINCT],
            "人",
        ),
        _equal(
            "new_and_continuing",
            "新規+継続",
            persons[PersonFigure.NEW] + persons[PersonFigure.CONTINUING],
            "年度内初回",
            first,
            "人",
        ),
        _equal(
            "firsts_of_the_year",
            "前月までの年度内初回の合計+当月の年度内初回",
            controls[Control.YEAR_BEFORE] + first,
            "年度の実人員(当月まで)",
            controls[Control.YEAR_PERSONS],
            "人",
        ),
    ]


def _disabilities(counts: Counts) -> Identity:
    """重複計上: a person may have several, so the table is no smaller than the persons in it."""
    total, known = sum(counts.disabilities.values()), counts.controls[Control.WITH_DISABILITY]
    return _at_least(
        "disabilities_cover", f"障がい種別の合計 {total}人", f"種別のわかる実人員 {known}人", total >= known
    )


def _anonymous(counts: Counts) -> Identity:
    unknown = counts.ages.get("unknown", 0)
    anonymous = counts.controls[Control.ANONYMOUS]
    return _at_least(
        "unknown_covers_anonymous",
        f"年齢不明 {unknown}件",
        f"利用者のない相談 {anonymous}件",
        unknown >= anonymous,
    )


def _equal(name: str, left_label: str, left: int, right_label: str, right: int, unit: str) -> Identity:
    sign = "=" if left == right else "≠"
    return Identity(name, f"{left_label} {left}{unit} {sign} {right_label} {right}{unit}", left == right)


def _at_least(name: str, left: str, right: str, holds: bool) -> Identity:
    return Identity(name, f"{left} {'≧' if holds else '<'} {right}", holds)
