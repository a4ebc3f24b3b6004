"""Stored findings as the dashboards list them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from centers.models import Finding
from reports.checks.facts import SEVERITIES

MOST_FINDINGS = 50


def open_findings(center_ids: Collection[UUID]) -> QuerySet[Finding]:
    """What stands open at the centers, worst first; at most MOST_FINDINGS."""
    weight = Case(
        *(When(severity=severity, then=Value(place)) for place, severity in enumerate(SEVERITIES)),
        output_field=IntegerField(),
    )
    found = Finding.objects.filter(resolved_on__isnull=True, center__in=center_ids).select_related("center__zone")
    return found.order_by(weight, "kind", "center__zone__position", "target_key")[:MOST_FINDINGS]
