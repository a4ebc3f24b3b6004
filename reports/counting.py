"""How a month is counted, in SQL. One definition serves the figures and the records behind them.

A *contact* is a Consultation of `ConsultationQuerySet.contacts()`. `contact_key` says in which lines of which
tables a contact stands, `person_key` the same for persons; a figure is the number of rows of its line, and its
records are those rows. The rules are the product's counting rules (domain 1.4, interfaces 5):

- age: at the contact's day; for persons at the first contact of the month. A birth date known to the month or
  the year only counts by its first day, as it is stored and shown: at most a year off, while "unknown" would
  drop a person from 障がい者・障がい児 whom the center knows to be about 40.
- 年度内初回: no earlier contact in the 年度; 新規: none ever; 継続: some before the 年度. Earlier contacts count
  along `Client.previous` within the zone, so that a change of contractor makes nobody new.
- 名寄せ (city): one person are the clients with the same full reading and the same birth date to the day. A client
  without one of them stands alone, except along `Client.previous`.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL

from cases.models import Consultation
from centers.models import Center
from centers.periods import AGE_BANDS, FiscalYear, Month, age_band
from reports.tables import Figures, Table

Key = tuple[str, str]  # table, code

_COUNTERPART_UNKNOWN = "18"  # 匿名・不明: also when nothing was entered
_MOST_PREVIOUS = 12  # links of Client.previous that are followed


def counts_by_center(centers: Iterable[Center], month: Month) -> dict[UUID, dict[Key, int]]:
    """The number of each line that is not zero, for all centers at once. One statement."""
    found: dict[UUID, dict[Key, int]] = {center.pk: {} for center in centers}
    for center, table, code, number in _rows(_COUNTS, _values(centers, month)):
        found[center][table, code] = number
    return found


def matched_persons(centers: Iterable[Center], month: Month) -> Figures:
    """The persons' table of the city after 名寄せ; lines of zero are left out. One statement."""
    return dict(_rows(_MATCHED, _values(centers, month)))


def contact_ids(center: Center, month: Month, table: Table, code: str) -> RawSQL:
    """Ids of the contacts behind a figure; for a persons' table all contacts in the month of its persons."""
    statement = _CONTACTS_OF_PERSONS if table.of_persons else _CONTACTS_OF_LINE
    return _subquery(statement, _values([center], month) | {"table": table.value, "code": code})


def person_ids(center: Center, month: Month, table: Table, code: str) -> RawSQL:
    """Ids of the clients behind a figure of a persons' table."""
    return _subquery(_PERSONS_OF_LINE, _values([center], month) | {"table": table.value, "code": code})


def lines_of_contacts(center: Center, month: Month) -> list[tuple[UUID, str, str]]:
    """Id, table and code of each line that a contact of the month stands in, and its client as ("client", id)."""
    return _rows(_LINES, _values([center], month))


def keys_of_contact(center: Center, month: Month, record: UUID) -> list[Key]:
    """The lines in which one contact of the month stands; none where it is no contact."""
    return _rows(_KEYS_OF_CONTACT, _values([center], month) | {"record": record})


def keys_of_person(center: Center, month: Month, client: UUID) -> list[Key]:
    """The lines in which a person present in the month stands."""
    return _rows(_KEYS_OF_PERSON, _values([center], month) | {"client": client})


def band_sql(day: str, birth: str) -> str:
    """SQL of `age_band(age_on(birth, day))`: a birth on 2/29 turns older on 3/1 in common years."""
    unknown, codes = age_band(None), [code for code, _ in AGE_BANDS]
    steps = [highest + 1 for _, highest in AGE_BANDS if highest is not None]
    years = f"date_part('year', age({day}, {birth}))"
    band = f"(ARRAY{codes})[1 + width_bucket({years}, ARRAY{steps}::float8[])]"
    return f"CASE WHEN {birth} IS NULL OR {birth} > {day} THEN '{unknown}' ELSE {band} END"


def _values(centers: Iterable[Center], month: Month) -> dict:
    return {
        "centers": [str(center.pk) for center in centers],
        "month_start": month.starts_on,
        "month_end": month.ends_on,
        "year_start": FiscalYear.of(month.starts_on).starts_on,
    }


def _rows(statement: str, values: dict) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_WITH.format(contacts=contacts_sql()) + statement, values)
        return cursor.fetchall()


def _subquery(statement: str, values: dict) -> RawSQL:
    """For `pk__in=`; Django takes its parameters by position."""
    sql = _WITH.format(contacts=contacts_sql()) + statement
    names = re.findall(r"%\((\w+)\)s", sql)
    return RawSQL(re.sub(r"%\(\w+\)s", "%s", sql), [values[name] for name in names])  # noqa: S611


def counting_text() -> str:
    """The statements of the counts: what they say is the definition."""
    return _WITH.format(contacts=contacts_sql()) + _COUNTS + _MATCHED


def contacts_sql() -> str:
    """SQL of all contacts, as the model's queryset defines them."""
    columns = (
        "id",
        "center_id",
        "client_id",
        "date",
        "method",
        "contents",
        "counterpart",
        "business_item_id",
        "item",
        "catalogue",
    )
    contacts = Consultation.unscoped.contacts().annotate(
        item=F("business_item__code"), catalogue=F("business_item__catalogue")
    )
    sql, parameters = contacts.values(*columns).query.sql_with_params()
    assert not parameters  # noqa: S101  its conditions are columns alone, so the text can stand in a larger statement
    return sql


def _seen(people: str) -> str:
    """For each person of `people` (person, first_on, client_id: one row for each of their clients): seen before?"""
    return f"""
        COALESCE(bool_or(earlier.first_on >= %(year_start)s), FALSE) AS seen_this_year,
        COALESCE(bool_or(earlier.first_on < %(year_start)s), FALSE) AS seen_before
        FROM {people} p
        LEFT JOIN reports_monthpresence earlier
            ON earlier.client_id = p.client_id AND earlier.first_on < p.first_on"""


def _people(name: str, since: str) -> str:
    """Persons with a contact from `since` to the end of the month, by center, with their first day in that time.

    {name}_client adds the clients they were before, up to the 12th.
    """
    return f"""
    {name}_present AS (
        SELECT center_id, client_id, min(first_on) AS first_on
        FROM reports_monthpresence
        WHERE center_id = ANY(%(centers)s::uuid[]) AND month BETWEEN {since} AND %(month_end)s
        GROUP BY center_id, client_id
    ),
    {name}_client AS (
        SELECT p.center_id, p.client_id AS person, p.first_on, p.client_id, center.zone_id, 0 AS steps
        FROM {name}_present p JOIN centers_center center ON center.id = p.center_id
        UNION ALL
        SELECT p.center_id, p.person, p.first_on, former.id, p.zone_id, p.steps + 1
        FROM {name}_client p
        JOIN cases_client me ON me.id = p.client_id
        JOIN cases_client former ON former.id = me.previous_id
        JOIN centers_center center ON center.id = former.center_id AND center.zone_id = p.zone_id
        WHERE p.steps < {_MOST_PREVIOUS}
    ),
    {name}_person AS (
        SELECT p.center_id, p.person, p.first_on, {_seen(f"{name}_client")}
        GROUP BY p.center_id, p.person, p.first_on
    )"""  # noqa: S608  put together from constants of this module


_PERSON_LINES = """
    LATERAL (VALUES
        ('month_distinct', TRUE),
        ('first_in_fiscal_year', NOT seen_this_year),
        ('new', NOT seen_this_year AND NOT seen_before),
        ('continuing', NOT seen_this_year AND seen_before),
        ('children', band = '{child}'),
        ('adults', band NOT IN ('{child}', '{unknown}')),
        ('age_unknown', band = '{unknown}')
    ) line(code, holds)""".format(child=AGE_BANDS[0][0], unknown=age_band(None))

_WITH = f"""
WITH RECURSIVE contact AS NOT MATERIALIZED ({{contacts}}),
    catalogue AS (
        SELECT DISTINCT term.center_id, generation.catalogue_id
        FROM centers_contractterm term
        JOIN centers_contractgeneration generation ON generation.code = term.generation_id
        WHERE term.starts_on <= %(month_end)s AND (term.ends_on IS NULL OR term.ends_on >= %(month_start)s)
    ),
    month_contact AS (
        SELECT contact.*, {band_sql("contact.date", "client.birth_date")} AS band,
            catalogue.center_id IS NOT NULL AS in_catalogue
        FROM contact
        LEFT JOIN cases_client client ON client.id = contact.client_id
        LEFT JOIN catalogue ON catalogue.center_id = contact.center_id
            AND catalogue.catalogue_id = contact.catalogue
        WHERE contact.center_id = ANY(%(centers)s::uuid[])
            AND contact.date BETWEEN %(month_start)s AND %(month_end)s
    ),
    contact_key AS (
        SELECT c.id, c.center_id, line.figures, line.code
        FROM month_contact c, LATERAL (
            VALUES ('contacts', 'all', TRUE),
                ('methods', c.method, TRUE),
                ('ages', c.band, TRUE),
                ('counterparts', COALESCE(NULLIF(c.counterpart, ''), '{_COUNTERPART_UNKNOWN}'), TRUE),
                ('business_items', c.item, c.in_catalogue),
                ('controls', 'anonymous', c.client_id IS NULL),
                ('controls', 'no_content', cardinality(c.contents) = 0)
            UNION ALL SELECT DISTINCT 'contents', content, TRUE FROM unnest(c.contents) content
        ) line(figures, code, holds)
        WHERE line.holds
    ),
    {_people("month", "%(month_start)s")},
    disability AS (
        SELECT DISTINCT p.center_id, p.person, d.code
        FROM month_person p
        JOIN cases_clientdisability d ON d.client_id = p.person
            AND (d.starts_on IS NULL OR d.starts_on <= p.first_on)
            AND (d.ends_on IS NULL OR d.ends_on >= p.first_on)
    ),
    person_key AS (
        SELECT p.center_id, p.person, 'persons' AS figures, line.code
        FROM (
            SELECT month_person.*, {band_sql("month_person.first_on", "client.birth_date")} AS band
            FROM month_person JOIN cases_client client ON client.id = month_person.person
            OFFSET 0  -- the band is worked out once a person, not once a line
        ) p, {_PERSON_LINES}
        WHERE line.holds
        UNION ALL SELECT center_id, person, 'disabilities', code FROM disability
        UNION ALL SELECT DISTINCT center_id, person, 'controls', 'with_disability' FROM disability
    ),
    {_people("year", "%(year_start)s")}
"""  # noqa: S608

_COUNTS = """
SELECT center_id, figures, code, count(*)
FROM (
    SELECT center_id, figures, code FROM contact_key
    UNION ALL SELECT center_id, figures, code FROM person_key
    UNION ALL SELECT center_id, 'controls', 'year_persons' FROM year_person WHERE NOT seen_this_year
    UNION ALL SELECT center_id, 'controls', 'year_before' FROM year_person
        WHERE NOT seen_this_year AND first_on < %(month_start)s
) counted
GROUP BY center_id, figures, code
"""

_CONTACTS_OF_LINE = "SELECT id FROM contact_key WHERE figures = %(table)s AND code = %(code)s"
_PERSONS_OF_LINE = "SELECT person FROM person_key WHERE figures = %(table)s AND code = %(code)s"
_CONTACTS_OF_PERSONS = f"SELECT id FROM month_contact WHERE client_id IN ({_PERSONS_OF_LINE})"  # noqa: S608

_LINES = """
SELECT id, figures, code FROM contact_key WHERE figures <> 'controls'
UNION ALL SELECT id, 'client', client_id::text FROM month_contact WHERE client_id IS NOT NULL
"""
_KEYS_OF_CONTACT = "SELECT figures, code FROM contact_key WHERE id = %(record)s"
_KEYS_OF_PERSON = "SELECT figures, code FROM person_key WHERE person = %(client)s"

_SURE = "{0}.birth_precision = 'day' AND {0}.birth_date IS NOT NULL AND {0}.given_kana <> ''"

_MATCHED = f""",
    present AS (  -- who a present client is: by reading and birth date, else the earliest client of the zone
        SELECT DISTINCT ON (p.person) p.person AS client_id, p.first_on, client.birth_date, client.kana_key,
            {_SURE.format("client")} AS sure, p.client_id AS earliest
        FROM month_client p JOIN cases_client client ON client.id = p.person
        ORDER BY p.person, p.steps DESC
    ),
    city_person AS (
        SELECT present.*, who.person, min(first_on) OVER same AS city_first_on,
            min(birth_date) OVER same AS city_birth_date
        FROM present, LATERAL (
            SELECT CASE WHEN sure THEN kana_key || ' ' || birth_date ELSE earliest::text END AS person
        ) who
        WINDOW same AS (PARTITION BY who.person)
    ),
    city_client AS (  -- all clients whose contacts make the person known
        SELECT city.person, city.city_first_on AS first_on, city.city_birth_date AS birth_date, p.client_id
        FROM city_person city JOIN month_client p ON p.person = city.client_id
        UNION
        SELECT city.person, city.city_first_on, city.city_birth_date, client.id
        FROM city_person city JOIN cases_client client
            ON city.sure AND client.kana_key = city.kana_key AND client.birth_date = city.birth_date
            AND {_SURE.format("client")}
    )
SELECT line.code, count(*)
FROM (
    SELECT p.person, {band_sql("p.first_on", "p.birth_date")} AS band, {_seen("city_client")}
    GROUP BY p.person, p.first_on, p.birth_date
) p, {_PERSON_LINES}
WHERE line.holds
GROUP BY line.code
"""  # noqa: S608
