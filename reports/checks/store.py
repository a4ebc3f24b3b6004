"""Brings the stored findings of one check up to date, each together with its notice."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from centers.locks import wait_for_turn
from centers.models import CheckRun, Finding
from centers.notices import News, close_notices, close_told, tell
from reports.checks.facts import Fact
from reports.checks.registry import Check

KEY = ("kind", "target_key", "period")
CONTENT = ("scope", "center_id", "ward_id", "target", "since", "severity", "figures", "message")


def store_run(check: Check, *, on: date) -> list[Fact]:
    """Run the check and store what it found, in one transaction; a run at the same time waits for this one."""
    with transaction.atomic():
        wait_for_turn(f"soudan_check:{check.name}")
        started_at = timezone.now()
        facts = check.find(on)
        _store(check, {fact.key: fact for fact in facts}, on)
        CheckRun.objects.update_or_create(
            check_name=check.name,
            target="city",
            period=check.period(on),
            defaults={"started_at": started_at, "finished_at": timezone.now(), "findings": len(facts)},
        )
    return facts


def _store(check: Check, found: dict[tuple, Fact], on: date) -> None:
    known = _known(check, found)
    news = [
        _news(known.get(key), fact)
        for key, fact in found.items()
        if key not in known or _differs(known[key], fact)
    ]
    Finding.objects.bulk_create(
        [one.finding for one in news],
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=[*CONTENT, "resolved_on"],
    )
    tell(news)

    gone = [finding for key, finding in known.items() if key not in found and finding.resolved_on is None]
    Finding.objects.filter(pk__in=[finding.pk for finding in gone]).update(resolved_on=on)
    close_notices([finding.pk for finding in gone])
    if check.frequent:
        for finding in gone:
            close_told([finding.kind], finding.target_key)


def _known(check: Check, found: dict[tuple, Fact]) -> dict[tuple, Finding]:
    """Stored findings of the check that are open, or stand where something was found again."""
    places = {target_key for _, target_key, _ in found}
    rows = Finding.objects.filter(
        Q(resolved_on__isnull=True) | Q(target_key__in=places), kind__in=check.kinds
    )
    return {(row.kind, row.target_key, row.period): row for row in rows}


def _differs(finding: Finding, fact: Fact) -> bool:
    return finding.resolved_on is not None or any(
        getattr(finding, name) != getattr(fact, name) for name in CONTENT
    )


def _news(finding: Finding | None, fact: Fact) -> News:
    """The finding as it is to be stored. It is fresh news when it opens, opens again or weighs otherwise."""
    fresh = finding is None or finding.resolved_on is not None or finding.severity != fact.severity
    finding = finding or Finding(**dict(zip(KEY, fact.key, strict=True)))
    for name in CONTENT:
        setattr(finding, name, getattr(fact, name))
    finding.resolved_on = None
    return News(finding, title=fact.title, icon=fact.icon, fresh=fresh, to=fact.to)
