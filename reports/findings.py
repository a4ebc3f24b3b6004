"""Stored findings as the dashboards list them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from centers.models import Finding
from reports.checks.facts import SEVERITIES

MOST_FINDINGS = 50
MOST_RESOLVED = 10


def open_findings(center_ids: Collection[UUID]) -> QuerySet[Finding]:
    """What stands open at the centers, worst first; at most MOST_FINDINGS."""
    weight = Case(
        *(When(severity=severity, then=Value(place)) for place, severity in enumerate(SEVERITIES)),
        output_field=IntegerField(),
    )
    found = Finding.objects.filter(resolved_on__isnull=True, center__in=center_ids).select_related(
        "center__zone"
    )
    return found.order_by(weight, "kind", "center__zone__position", "target_key")[:MOST_FINDINGS]


def count_open(center_ids: Collection[UUID]) -> dict[str, int]:
    """How many findings stand open at the centers, by severity."""
    found = Finding.objects.filter(resolved_on__isnull=True, center__in=center_ids)
    return dict(found.values_list("severity").annotate(number=Count("pk")).order_by())


def resolved_findings(center_ids: Collection[UUID]) -> QuerySet[Finding]:
    """What was resolved last."""
    found = Finding.objects.filter(resolved_on__isnull=False, center__in=center_ids)
    return found.order_by("-resolved_on", "kind", "target_key")[:MOST_RESOLVED]
