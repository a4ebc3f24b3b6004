"""The tables of the monthly report and their shapes: numbers alone, no database."""

from dataclasses import dataclass

from django.db.models import TextChoices

Figures = dict[str, int]


class Table(TextChoices):
    """A table of the report; the value is its name in the JSON and in addresses."""

    CONTACTS = "contacts", "相談件数(延べ)"
    METHODS = "methods", "支援の方法"
    CONTENTS = "contents", "支援内容"
    AGES = "ages", "年齢"
    COUNTERPARTS = "counterparts", "話した人"
    BUSINESS_ITEMS = "business_items", "業務項目"
    PERSONS = "persons", "実人員"
    DISABILITIES = "disabilities", "障がい種別"

    @property
    def of_persons(self) -> bool:
        """Whether the table counts persons (and not contacts)."""
        return self in {Table.PERSONS, Table.DISABILITIES}


class PersonFigure(TextChoices):
    """The figures of the persons' table."""

    MONTH_DISTINCT = "month_distinct", "月実人員"
    FIRST_IN_FISCAL_YEAR = "first_in_fiscal_year", "年度内初回"
    NEW = "new", "うち新規"
    CONTINUING = "continuing", "うち継続"
    ADULTS = "adults", "障がい者"
    CHILDREN = "children", "障がい児"
    AGE_UNKNOWN = "age_unknown", "年齢不明"


class Control(TextChoices):
    """Figures that the reconciliation needs besides the printed ones."""

    ANONYMOUS = "anonymous", "利用者のない相談件数"
    NO_CONTENT = "no_content", "支援内容のない相談件数(不在)"
    WITH_DISABILITY = "with_disability", "障がい種別のわかる月実人員"
    YEAR_PERSONS = "year_persons", "年度の実人員(当月まで)"
    YEAR_BEFORE = "year_before", "前月までの年度内初回の合計"


TOTAL = "all"  # the one code of Table.CONTACTS


@dataclass(frozen=True)
class Counts:
    """The figures of one center and month. Every code of a table is present, zeros included."""

    contacts: int
    persons: Figures
    methods: Figures
    contents: Figures
    ages: Figures
    disabilities: Figures
    counterparts: Figures
    business_items: Figures
    controls: Figures
