"""The monthly figures: scenario A1 to the last figure, and one test for each rule of counting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.enums import Subject
from centers.models import Center, CodeEntry, Corporation
from centers.periods import Month
from reports.figures import city_figures, monthly_figures
from tests.factories import (
    ClientDisabilityFactory,
    ClientFactory,
    ConsultationFactory,
    UserFactory,
    business_item,
    center,
)
from tests.reports.a1 import EXPECTED, enter

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


def contact(client=None, on=date(2026, 10, 1), **fields):
    if client is None:
        return ConsultationFactory(anonymous=True, date=on, **fields)
    return ConsultationFactory(client=client, date=on, **fields)


def counts(month=OCTOBER, zone="nishi"):
    return monthly_figures(center(zone), month).counts


def persons(month=OCTOBER, zone="nishi", **expected):
    """The named figures of the persons' table."""
    found = counts(month, zone).persons
    return {name: found[name] for name in expected}


def test_a1():
    enter()
    found = monthly_figures(center(), OCTOBER).as_json()
    assert found == EXPECTED | {
        "center": "西",
        "center_id": str(center().pk),
        "corporation": center().corporation.name,
        "month": "2026-10",
        "version": None,
        "definition": "R3-1",
    }
