"""経過: the records of one client, newest first, page by page."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, Left, NullIf

from cases.models import Client, Consultation
from centers.paging import Cursor, Page, page_of

GIST_LENGTH = 160
ORDER = ("-date", "-began", "-created_at", "pk")


@dataclass(frozen=True, kw_only=True)
class TimelineFilter:
    """Which records to show; what is empty does not narrow. Both days are included."""

    method: str = ""
    content: str = ""
    writer: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, records: QuerySet[Consultation]) -> QuerySet[Consultation]:
        if self.method:
            records = records.filter(method=self.method)
        if self.content:
            records = records.filter(contents__contains=[self.content])
        if self.writer:
            records = records.filter(written_by=self.writer)
        if self.starts_on:
            records = records.filter(date__gte=self.starts_on)
        if self.ends_on:
            records = records.filter(date__lte=self.ends_on)
        return records


def records_of(user, client: Client) -> QuerySet[Consultation]:
    """The client's records that the user may read, taken back ones included."""
    return Consultation.visible_to(user).filter(client=client)


def timeline_page(records: QuerySet[Consultation], wanted: TimelineFilter, cursor: Cursor) -> Page:
    """A page of records with `gist`, the beginning of their text, in place of the whole text; two queries."""
    listed = with_gist(records)
    return page_of(wanted.apply(listed), ORDER, cursor, anchors=listed)


def with_headings(page: Page) -> list[tuple[date | None, Consultation]]:
    """Each record with its day where a month begins, seen from the record before it (on the page before, too)."""
    entries, last = [], page.anchor.get("date")
    for record in page.rows:
        new_month = last is None or (last.year, last.month) != (record.date.year, record.date.month)
        entries.append((record.date if new_month else None, record))
        last = record.date
    return entries


def with_gist(records: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Each record with `gist`, the beginning of its text, in place of the whole text."""
    text = Coalesce(NullIf("facts", Value("")), NullIf("done", Value("")), "view")
    return (
        records.select_related("written_by", "center__zone")
        .defer("facts", "view", "done")
        .annotate(gist=Left(text, GIST_LENGTH), began=Coalesce("start_time", Value(time.min)))
    )
