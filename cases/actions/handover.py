"""What a staff member has open, for the day on which somebody else takes it over."""

from collections.abc import Collection
from uuid import UUID

from cases.models import Case, FollowUp
from centers.models import StaffMember
from centers.work import OpenWork


def open_work(staff: StaffMember, center_ids: Collection[UUID]) -> list[OpenWork]:
    """Cases in their charge and next steps that are theirs to do, in these centers. Two statements."""
    cases = Case.unscoped.filter(responsible=staff, center__in=center_ids, closed_on__isnull=True)
    steps = FollowUp.unscoped.filter(staff=staff, center__in=center_ids, done_on__isnull=True)
    return [
        OpenWork("担当のケース", cases.count(), "cases:client_list", f"view=all&staff={staff.pk}"),
        OpenWork("連絡・訪問の予定", steps.count(), "cases:followups", "view=all"),
    ]
