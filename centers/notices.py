"""お知らせ: made and closed together with the findings they tell of, read by each user for themselves.

No personal data stands in a notice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from centers.access import Right, Rights, rights_of
from centers.enums import Role, Scope, Severity
from centers.models import Finding, Notice, NoticeRead, User

MOST_COUNTED = 99
# Kinds about the running of the system: who runs it sees them too.
OPERATION_KINDS = ("check_late",)
# A center's own daily work: its staff are told, the city finds the numbers on the pages.
INNER_KINDS = ("case_inactive", "followup_overdue", "expiry_due", "consent_missing")
# How the kinds of notices about abuse begin: their hours run on holidays too, so their mails do not wait.
ABUSE_KINDS = "abuse_"


@dataclass(frozen=True)
class To:
    """Whom a notice is for, where it is not for everybody whom the finding concerns: one user, or a role.

    A role without a center is one of the city. `path` is the page it leads to, and holds the finding's target key.
    """

    path: str
    user_id: UUID | None = None
    role: Role | str = ""
    center_id: UUID | None = None


@dataclass(frozen=True)
class News:
    """A finding as stored, the words of its notice, and whether those who read it before are to see it anew."""

    finding: Finding
    title: str
    icon: str
    fresh: bool
    to: Collection[To] = ()


def tell(news: Collection[News]) -> None:
    """Open, or bring up to date, the one notice of each finding. To be called in the findings' transaction.

    A finding that names its people gets one for each of them instead, anew whenever it is fresh.
    """
    for one in news:
        if one.to and one.fresh:
            _tell_each(one)
    news = [one for one in news if not one.to]
    Notice.objects.bulk_create(
        [_notice(one) for one in news],
        update_conflicts=True,
        unique_fields=["finding"],
        update_fields=["title", "body", "severity", "closed_at"],
    )
    fresh = Notice.objects.filter(finding__in=[one.finding.pk for one in news if one.fresh])
    NoticeRead.objects.filter(notice__in=fresh).delete()
    fresh.update(created_at=timezone.now())


def tell_role(
    role: Role,
    *,
    center_id: UUID | None = None,
    severity: Severity = Severity.WARN,
    icon: str = "alert",
    **told,
) -> Notice:
    """A notice to everybody with the role, in the one center or the whole city. Nothing closes it by itself.

    `told`: kind, title, body, and path where it leads somewhere.
    """
    scope = Scope.CENTER if center_id else Scope.CITY
    return Notice.objects.create(
        role=role, scope=scope, center_id=center_id, severity=severity, icon=icon, **told
    )


def tell_user(user: User, *, severity: Severity = Severity.WARN, icon: str = "alert", **told) -> Notice:
    """Like tell_role, to one user."""
    return Notice.objects.create(user=user, severity=severity, icon=icon, **told)


def close_told(kinds: Collection[str], key: UUID | str) -> None:
    """Close the notices of these kinds whose page is about the object with the key."""
    told = Notice.objects.filter(kind__in=kinds, path__contains=str(key), closed_at__isnull=True)
    told.update(closed_at=timezone.now())


def _tell_each(one: News) -> None:
    close_told([one.finding.kind], one.finding.target_key)
    Notice.objects.bulk_create(_notice_to(one, to) for to in one.to)


def _notice_to(one: News, to: To) -> Notice:
    scope = "" if to.user_id else Scope.CENTER if to.center_id else Scope.CITY
    return Notice(
        scope=scope,
        user_id=to.user_id,
        role=to.role,
        center_id=to.center_id,
        kind=one.finding.kind,
        icon=one.icon,
        severity=one.finding.severity,
        title=one.title,
        body=one.finding.message,
        path=to.path,
    )


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
    """The notices to the user, and those to the centers, wards or city whose findings the user may read.

    A notice that names a role is for those who hold it. One to a ward also reaches the staff of its centers, one
    about the running of the system those who run it.
    """
    rights = rights_of(user)
    centers = rights.center_ids(Right.FINDING_READ)
    wards = rights.ward_ids(Right.WARD_FINDING_READ) | {
        grant.center_ward_id for grant in rights.grants if grant.center_id in centers
    }
    to_all = Q(scope=Scope.CITY, role__in=rights.roles)
    if rights.city_wide(Right.FINDING_READ):
        outside = Q(scope__in=(Scope.CENTER, Scope.WARD)) & ~Q(kind__in=INNER_KINDS)
        to_all |= outside | Q(scope=Scope.CITY, role="")
    else:
        to_all |= Q(scope=Scope.CENTER, center__in=centers) | Q(scope=Scope.WARD, ward__in=wards)
    if rights.city_wide(Right.OPERATION_READ):
        to_all |= Q(scope=Scope.CITY, kind__in=OPERATION_KINDS)
    reached = Q(user=user.pk) | (Q(user__isnull=True) & to_all)
    return Notice.objects.filter(reached, Q(role="") | _named(rights))


def _named(rights: Rights) -> Q:
    """Notices to a role that the user holds; those to a center's role, only where it is held in that center."""
    named = Q(role__in=rights.roles) & ~Q(scope=Scope.CENTER)
    for grant in rights.grants:
        named |= Q(role=grant.role, center=grant.center_id) if grant.center_id else Q()
    return named


def with_read_mark(notices: QuerySet[Notice], user: User) -> QuerySet[Notice]:
    """Each notice with `is_read` for the user."""
    return notices.annotate(is_read=Exists(NoticeRead.objects.filter(notice=OuterRef("pk"), user=user.pk)))


def unread(user: User) -> QuerySet[Notice]:
    """Open notices that the user has not opened yet."""
    return with_read_mark(visible_notices(user), user).filter(closed_at__isnull=True, is_read=False)


def unread_count(user: User) -> int:
    """Number for the navigation; counting stops at MOST_COUNTED."""
    opened = NoticeRead.objects.filter(notice=OuterRef("pk"), user=user.pk)
    notices = visible_notices(user).filter(~Exists(opened), closed_at__isnull=True)
    return len(notices.order_by()[:MOST_COUNTED].values_list("pk"))


def mark_read(notice: Notice, *, by: User) -> None:
    NoticeRead.objects.get_or_create(notice=notice, user=by)
