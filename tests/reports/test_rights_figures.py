"""E 権利擁護 of the month: equal to a naive recount, in the JSON and on the pages."""

import json
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from cases.models import AbuseReport, DiscriminationConsultation, GuardianshipStep
from centers.periods import JST, Month
from reports.rights import rights_figures
from tests.factories import (
    AbuseReportFactory,
    ClientFactory,
    DiscriminationFactory,
    GuardianshipStepFactory,
    GuardianshipSupportFactory,
    UserFactory,
    center,
)

pytestmark = pytest.mark.django_db
MONTHS = (Month(2026, 9), Month(2026, 10), Month(2026, 11))
STAGES = ("consult", "papers", "filed", "decided", "in_use", "ended")


def furnish() -> None:
    """Rows around the edges of the months, of two centers, by chance but the same each time."""
    rng, user = Random(4), UserFactory()
    clients = [ClientFactory(center=center(zone), registered_by=user) for zone in ("nishi", "kita1")]
    edge = datetime(2026, 10, 1, tzinfo=JST)
    for number in range(24):
        client = clients[number % 2]
        received = edge + timedelta(minutes=rng.choice([-1, 0, 1, 600, 44639, 44640, 50000, -20000]))
        AbuseReportFactory(
            client=client,
            received_by=user,
            steps=False,
            received_at=received,
            notified_at=rng.choice([None, received + timedelta(minutes=25), received + timedelta(days=1)]),
            origin=rng.choice(["center", "center", "city"]),
            types=rng.sample(["01", "02", "03", "04", "05"], rng.randrange(1, 4)),
            accused_kind=rng.choice(["01", "02", "03"]),
        )
        day = (edge + timedelta(days=rng.randrange(-25, 45))).date()
        DiscriminationFactory(
            client=client, written_by=user, received_on=day, field=f"{rng.randrange(1, 10):02}"
        )
    for number in range(8):
        support = GuardianshipSupportFactory(client=clients[number % 2], written_by=user)
        for stage in STAGES[: rng.randrange(1, 7)]:
            day = (edge + timedelta(days=rng.randrange(-30, 60))).date()
            GuardianshipStepFactory(support=support, stage=stage, on=day, written_by=user)


def naive(place, month: Month) -> dict:
    """Row by row, without a query that filters."""

    def inside(at) -> bool:
        return at is not None and Month.of(at.astimezone(JST).date()) == month

    reports = [row for row in AbuseReport.unscoped.all() if row.center_id == place.pk]
    received = [row for row in reports if inside(row.received_at)]
    types = Counter(code for row in received for code in row.types)
    accused = Counter(row.accused_kind for row in received)
    stages: Counter = Counter()
    steps = [row for row in GuardianshipStep.unscoped.all() if row.support.center_id == place.pk]
    for support in {row.support_id for row in steps}:
        until = [row for row in steps if row.support_id == support and row.on <= month.ends_on]
        last = max(until, key=lambda row: (row.on, row.created_at), default=None)
        if last and (last.stage != "ended" or last.on >= month.starts_on):
            stages[last.stage] += 1
    asked = [row for row in DiscriminationConsultation.unscoped.all() if row.center_id == place.pk]
    fields = Counter(row.field for row in asked if Month.of(row.received_on) == month)
    return {
        "abuse": {
            "received": len(received),
            "notified": sum(inside(row.notified_at) for row in reports if row.origin == "center"),
            "types": {f"{n:02}": types[f"{n:02}"] for n in range(1, 6)},
            "accused": {f"{n:02}": accused[f"{n:02}"] for n in range(1, 5)},
        },
        "guardianship": {stage: stages[stage] for stage in STAGES},
        "discrimination": {
            "received": fields.total(),
            "fields": {f"{n:02}": fields[f"{n:02}"] for n in range(1, 10)},
        },
    }


def test_the_figures_are_those_of_a_naive_recount(on, django_assert_num_queries):
    furnish()
    places = [center("nishi"), center("kita1")]
    for month in MONTHS:
        with django_assert_num_queries(4):
            found = rights_figures(places, month)
        assert {pk: figures.as_json() for pk, figures in found.items()} == {
            place.pk: naive(place, month) for place in places
        }
    assert naive(places[0], MONTHS[1])["abuse"]["received"] > 3


def test_the_report_and_the_pages_carry_them(on, sign_in):
    furnish()
    out = StringIO()
    call_command("soudan_monthly_report", "--center", "all", "--month", "2026-10", "--json", stdout=out)
    told = json.loads(out.getvalue())
    by_name = {one["center"]: one["rights"] for one in told["centers"]}
    places = [center("nishi"), center("kita1")]
    assert [by_name[place.zone.name] for place in places] == [naive(place, MONTHS[1]) for place in places]
    assert told["city"]["rights"]["abuse"]["received"] == sum(
        naive(place, MONTHS[1])["abuse"]["received"] for place in places
    )
    web, _ = sign_in("soudan")
    body = web.get(f"/reports/monthly/{places[0].pk}/2026-10/").content.decode()
    number = naive(places[0], MONTHS[1])["abuse"]["received"]
    assert f'<th scope="row">通報の受理</th><td class="num">{number}</td>' in body
    assert 'href="/rights/"' in body
    web, _ = sign_in("kansa")
    body = web.get("/reports/monthly/?month=2026-10").content.decode()
    total = told["city"]["rights"]["abuse"]["received"]
    assert f'<th scope="row">通報の受理</th><td class="num">{total}</td>' in body
