"""お知らせ: made and closed together with the findings they tell of, read by each user for themselves.

No personal data stands in a notice.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from centers.access import Right, rights_of
from centers.enums import Scope
from centers.models import Center, Finding, Notice, NoticeRead, User

MOST_COUNTED = 99


@dataclass(frozen=True)
class News:
    """A finding as stored, the words of its notice, and whether those who read it before are to see it anew."""

    finding: Finding
    title: str
    icon: str
    fresh: bool


def tell(news: Collection[News]) -> None:
    """Open, or bring up to date, the one notice of each finding. To be called in the findings' transaction."""
    Notice.objects.bulk_create(
        [_notice(one) for one in news],
        update_conflicts=True,
        unique_fields=["finding"],
        update_fields=["title", "body", "severity", "closed_at"],
    )
    fresh = Notice.objects.filter(finding__in=[one.finding.pk for one in news if one.fresh])
    NoticeRead.objects.filter(notice__in=fresh).delete()
    fresh.update(created_at=timezone.now())


def close_notices(finding_ids: Collection) -> None:
    """Close the notices of findings that no longer hold. To be called in the findings' transaction."""
    Notice.objects.filter(finding__in=finding_ids, closed_at__isnull=True).update(closed_at=timezone.now())


def _notice(one: News) -> Notice:
    finding = one.finding
    return Notice(
        finding=finding,
        scope=finding.scope,
        center_id=finding.center_id,
        ward_id=finding.ward_id,
        kind=finding.kind,
        icon=one.icon,
        severity=finding.severity,
        title=one.title,
        body=finding.message,
        closed_at=None,
    )


def visible_notices(user: User) -> QuerySet[Notice]:
    """The notices to the user, to their centers, to the wards they have to do with, and to the city.

    A notice that names a role is for those who hold it; one to a center that names none is for the center's
    staff and the city. A 区 sees what concerns the 区, not the staffing and caseload of its centers.
    """
    rights = rights_of(user)
    everywhere = rights.city_wide(Right.FINDING_READ)
    centers = rights.center_ids(Right.FINDING_READ)
    wards = Center.objects.filter(pk__in=centers).values("zone__ward")
    reached = (
        Q(scope=Scope.CENTER, center__in=centers)
        | Q(scope=Scope.WARD, ward__in=rights.ward_ids(Right.FINDING_READ))
        | Q(scope=Scope.WARD, ward__in=wards)
    )
    if everywhere:
        reached |= Q(scope__in=[Scope.CENTER, Scope.WARD, Scope.CITY], role="")
    to_all = Q(user__isnull=True) & (reached | Q(scope=Scope.CITY, role__in=rights.roles))
    return Notice.objects.filter(Q(user=user.pk) | to_all, Q(role="") | Q(role__in=rights.roles))


def with_read_mark(notices: QuerySet[Notice], user: User) -> QuerySet[Notice]:
    """Each notice with `is_read` for the user."""
    return notices.annotate(is_read=Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user.pk)))


def unread(user: User) -> QuerySet[Notice]:
    """Open notices that the user has not opened yet."""
    return with_read_mark(visible_notices(user), user).filter(closed_at__isnull=True, is_read=False)


def unread_count(user: User) -> int:
    """Number for the navigation; counting stops at MOST_COUNTED."""
    return len(unread(user).order_by()[:MOST_COUNTED].values_list("pk"))


def mark_read(notice: Notice, *, by: User) -> None:
    NoticeRead.objects.get_or_create(notice=notice, user=by)
