"""期限物 and 同意: how many of a center's people need a paper renewed, or have no consent noted. Counts alone, no person."""

from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef

from cases.expiries import expiries_by_center, expiry_steps
from cases.models import Case, Consent
from centers.contracts import setting
from centers.enums import Scope, Severity
from centers.models import Center
from centers.models.base import in_force
from centers.periods import FiscalYear
from reports.checks.facts import Fact

EXPIRY_KINDS = ("expiry_due",)
CONSENT_KINDS = ("consent_missing",)


def find_expiries(on: date) -> list[Fact]:
    """One fact a center: what runs out within the first step of the setting expiry_days, or is past."""
    ahead = max(expiry_steps(on))
    centers = _open_centers(on)
    facts = []
    for found in expiries_by_center(on):
        if found.center_id not in centers:
            continue
        late = f"うち{found.overdue}件は過ぎています。" if found.overdue else ""
        facts.append(
            _fact(
                centers[found.center_id],
                on,
                kind="expiry_due",
                since=found.first - timedelta(days=ahead),
                severity=Severity.WARN if found.overdue else Severity.INFO,
                figures={"count": found.count, "overdue": found.overdue, "days": ahead},
                message=f"手帳・受給者証などの期限が{ahead}日以内のものが{found.count}件あります。{late}",
                title=f"期限が近いもの {found.count}件",
                icon="clock",
            )
        )
    return facts


def find_missing_consents(on: date) -> list[Fact]:
    """One fact a center: open cases older than the setting consent_days without a consent that holds."""
    days = setting("consent_days", on)
    standing = Consent.unscoped.standing(on).filter(client=OuterRef("client"))
    running = in_force(on, start="opened_on", end="closed_on")
    old = Case.unscoped.filter(running, opened_on__lte=on - timedelta(days=days))
    counted = (
        old.filter(~Exists(standing))
        .order_by()
        .values("center")
        .annotate(number=Count("client", distinct=True), first=Min("opened_on"))
    )
    centers = _open_centers(on)
    return [
        _fact(
            centers[row["center"]],
            on,
            kind="consent_missing",
            since=row["first"] + timedelta(days=days),
            severity=Severity.WARN,
            figures={"persons": row["number"], "days": days},
            message=f"ケースを開いて{days}日たっても、同意の記録がない利用者が{row['number']}人います。",
            title=f"同意の記録がない利用者 {row['number']}人",
            icon="flag",
        )
        for row in counted
        if row["center"] in centers
    ]


def _open_centers(on: date) -> dict:
    return {center.pk: center for center in Center.objects.open_on(on).select_related("zone")}


def _fact(center: Center, on: date, **rest) -> Fact:
    return Fact(
        scope=Scope.CENTER,
        target=center.zone.name,
        target_key=str(center.pk),
        period=str(FiscalYear.of(on).year),
        center_id=center.pk,
        **rest | {"title": f"{center.zone.name} {rest['title']}"},
    )
