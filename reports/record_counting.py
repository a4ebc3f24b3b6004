"""この記録の数え方: the lines of the month's report in which one record stands, read from the counts' own definition."""

from dataclasses import dataclass

from django.db.models import Min

from cases.counting import counting_of
from cases.models import Client, Consultation
from centers.models import Center
from centers.periods import Month
from reports.counting import Key, keys_of_contact, keys_of_person
from reports.tables import PersonFigure, Table
from reports.vocabulary import Vocabulary, vocabulary_of

_CONTACT_TABLES = (
    Table.METHODS,
    Table.CONTENTS,
    Table.COUNTERPARTS,
    Table.AGES,
    Table.BUSINESS_ITEMS,
)


@dataclass(frozen=True)
class Told:
    """One row of the page: the table, the lines of it that the record makes larger by 1, and a word about it."""

    label: str
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class RecordCounting:
    """`counts`: the record is a contact of the month; if not, `why` says why, and the rows are empty."""

    month: Month
    counts: bool
    why: str
    contacts: tuple[Told, ...] = ()
    persons: tuple[Told, ...] = ()
    person_words: str = ""


def counting_of_record(record: Consultation) -> RecordCounting:
    """What the record counts for. Seven statements, whatever it holds."""
    told = counting_of(
        record.date,
        counted=record.counted,
        reason=record.uncounted_reason,
        in_contacts=record.business_item.in_contacts,
        voided=bool(record.voided_at),
    )
    if not told.counts:
        return RecordCounting(told.month, False, told.why)
    center, words = record.center, vocabulary_of([record.center], told.month)
    keys = keys_of_contact(center, told.month, record.pk)
    return RecordCounting(
        told.month,
        True,
        told.why,
        contacts=tuple(_told(table, keys, words, center) for table in _CONTACT_TABLES),
        persons=_persons(record, told.month, words),
        person_words=_person_words(record, told.month),
    )


def _told(table: Table, keys: list[Key], words: Vocabulary, center: Center) -> Told:
    held = {code for name, code in keys if name == table.value}
    lines = tuple(code.label for code in words.codes(table, center) if code.code in held)
    return Told(table.label, lines, "" if lines else "入る区分がありません。")


def _persons(record: Consultation, month: Month, words: Vocabulary) -> tuple[Told, ...]:
    """The person's lines: one person however many contacts. None without a client."""
    if record.client is None:
        return ()
    keys = keys_of_person(record.center, month, record.client.pk)
    persons, disabilities = (
        _told(table, keys, words, record.center) for table in (Table.PERSONS, Table.DISABILITIES)
    )
    held = {code for name, code in keys if name == Table.PERSONS.value}
    first = PersonFigure.FIRST_IN_FISCAL_YEAR.value in held
    why = (
        "この年度で初めての月です。"
        if first
        else "この年度の前の月に数えているため、年度内初回には入りません。"
    )
    return (Told(persons.label, persons.lines, why), disabilities)


def _person_words(record: Consultation, month: Month) -> str:
    """Which contact of the month this is: the person counts once, by the first day."""
    if record.client is None:
        return "利用者のいない記録のため、人数には入りません。"
    first = _first_day(record.client, record.center, month)
    if first == record.date:
        return "この人の、この月の最初の相談の日の記録です。人数は、この日の年齢と障がい種別で数えます。"
    day = f"{first.month}月{first.day}日"
    return f"この人は、この月の{day}の相談でもう1人と数えています。人数は増えません。"


def _first_day(client: Client, center: Center, month: Month):
    contacts = Consultation.unscoped.contacts().filter(client=client, center=center)
    return contacts.filter(date__range=(month.starts_on, month.ends_on)).aggregate(first=Min("date"))["first"]
