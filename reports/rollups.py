"""The roll-ups against a live recount of the records: compare, make anew, fold."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from cases.actions.facts import refresh_case_facts, stale_case_facts
from cases.actions.notes import index_missing, unindexed
from centers.models import Center
from centers.periods import Month
from reports.counting import contacts_sql

_COMPARED = """
WITH contact AS ({contacts}),
    live AS (
        SELECT center_id, date - (extract(day FROM date)::int - 1) AS month, line.figures, line.code, count(*) AS number
        FROM contact, LATERAL (
            VALUES ('contacts', 'all'), ('methods', method), ('items', business_item_id::text)
            UNION ALL SELECT DISTINCT 'contents', content FROM unnest(contents) content
        ) line(figures, code)
        GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT center_id, date - (extract(day FROM date)::int - 1), 'presence', client_id || ' ' || min(date), count(*)
        FROM contact WHERE client_id IS NOT NULL
        GROUP BY center_id, date - (extract(day FROM date)::int - 1), client_id
    ),
    kept AS (
        SELECT center_id, month, figures, code, sum(number) AS number
        FROM reports_monthline GROUP BY center_id, month, figures, code HAVING sum(number) <> 0
        UNION ALL
        SELECT center_id, month, 'presence', client_id || ' ' || first_on, contacts FROM reports_monthpresence
    )
SELECT center_id, month, figures,
    sum(kept.number) AS kept, sum(live.number) AS live
FROM kept FULL JOIN live USING (center_id, month, figures, code)
WHERE kept.number IS DISTINCT FROM live.number
GROUP BY center_id, month, figures
ORDER BY center_id, month, figures
"""

_FOLDED = """
WITH taken AS (DELETE FROM reports_monthline WHERE month <= %s RETURNING center_id, month, figures, code, number)
INSERT INTO reports_monthline (center_id, month, figures, code, number)
SELECT center_id, month, figures, code, sum(number) FROM taken
GROUP BY center_id, month, figures, code
HAVING sum(number) <> 0
"""


LABELS = {
    "contacts": "相談件数",
    "methods": "支援の方法",
    "contents": "支援内容",
    "items": "業務項目",
    "presence": "相談のあった利用者",
}


@dataclass(frozen=True)
class Difference:
    """A table of a center's month whose roll-up is not what the records say: sums over the lines that differ."""

    center: Center
    month: Month
    figures: str
    kept: int
    live: int

    def __str__(self) -> str:
        where = f"{self.center.zone.name} {self.month} {LABELS[self.figures]}"
        return f"{where}: 控え {self.kept} / 記録 {self.live}"


def differences() -> list[Difference]:
    """Where roll-up and records differ, in one snapshot; none when all is well. Two statements."""
    centers = Center.objects.select_related("zone").in_bulk()
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED.format(contacts=contacts_sql()))
        return [
            Difference(centers[center], Month.of(month), figures, int(kept or 0), int(live or 0))
            for center, month, figures, kept, live in cursor.fetchall()
        ]


def stale_cases() -> int:
    """Number of cases whose last contact or next day is not what the records say."""
    return stale_case_facts().count()


def unfindable_records() -> int:
    """Number of records that the text search does not know."""
    return unindexed().count()


@transaction.atomic
def make_anew() -> None:
    """All roll-ups from the records. Entries made meanwhile wait; some seconds for a million records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_roll_up_anew()")
    refresh_case_facts(stale_case_facts().values_list("client", flat=True))
    index_missing()


def fold(*, on: date) -> None:
    """One row for each line of the months up to the day's, instead of one for each change."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLDED, [on])
