"""The roll-ups against a live recount of the records: compare, make anew, fold."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from cases.actions.facts import refresh_case_facts, stale_case_facts
from cases.actions.notes import index_missing, unindexed
from centers.models import Center
from centers.periods import FiscalYear, Month
from reports.counting import contacts_sql
from reports.memo import forget, wrong_memos
from reports.places import centers_in

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
        FROM reports_monthline WHERE figures <> 'changes' GROUP BY center_id, month, figures, code HAVING sum(number) <> 0
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


def wrong_months(*, on: date) -> list[tuple[Center, Month]]:
    """Months of the 年度 up to the day, and of the one before, whose remembered figures are not the live ones."""
    year = FiscalYear.of(on)
    months = [month for month in (*year.previous().months(), *year.months()) if month.starts_on <= on]
    return [(center, month) for month in months for center in wrong_memos(centers_in(month), month)]


def faults(*, on: date) -> list[str]:
    """Everything kept beside the records that is not what they say, one line each; none when all is well."""
    found = [str(difference) for difference in differences()]
    found += [f"{center.zone.name} {month} 月次の控え" for center, month in wrong_months(on=on)]
    if cases := stale_case_facts().count():
        found.append(f"ケースの最後の相談・次の予定: {cases}件")
    if notes := unindexed().count():
        found.append(f"言葉で探す控えのない記録: {notes}件")
    return found


@transaction.atomic
def make_anew() -> None:
    """All roll-ups from the records. Entries made meanwhile wait; some seconds for a million records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_roll_up_anew()")
    forget()
    refresh_case_facts(stale_case_facts().values_list("client", flat=True))
    index_missing()


def fold(*, on: date) -> None:
    """One row for each line of the months up to the day's, instead of one for each change."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLDED, [on])
