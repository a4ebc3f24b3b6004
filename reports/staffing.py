"""Who stands in which post of which center, against what the contract term asks: facts for checks and dashboards."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from centers.enums import FactStatus, GapEffect, Post, Qualification
from centers.models import Center, PostRequirement, StaffAssignment
from reports.rules import Placement, PostStatus, Requirement, staffing_status

SHORT_NAMES = {Post.SOUDAN: "相談員", Post.KINOU: "機能強化員", Post.CHIIKI: "地域支援員"}


@dataclass(frozen=True)
class StaffedPost:
    """One post that a center's term asks for, and how it is filled on the day."""

    center: Center
    post: Post
    generation: str
    on_gap: GapEffect
    settled: bool
    status: PostStatus

    @property
    def short(self) -> str:
        return SHORT_NAMES[self.post]

    @property
    def words(self) -> str:
        """1/2 減算"""
        figure = f"{self.status.filled}/{self.status.required}"
        return f"{figure} {self.gap_words}" if self.status.vacant else figure

    @property
    def gap_words(self) -> str:
        """What a gap in this post means: 減算, 必置の欠員, or 欠員 where the sources tell no consequence."""
        return {GapEffect.DEDUCTION: "減算", GapEffect.BREACH: "必置の欠員"}.get(self.on_gap, "欠員")


def staffed_posts(centers: Iterable[Center], *, on: date) -> dict:
    """Center id → the posts asked for on the day, 相談員 first; two statements however many centers."""
    by_id = {center.pk: center for center in centers}
    placed = _placements(on)
    posts = defaultdict(list)
    asked = PostRequirement.objects.in_force(on).filter(term__center__in=by_id).select_related("term")
    for row in sorted(asked, key=lambda row: Post(row.post).rank):
        center = by_id[row.term.center_id]
        requirement = _requirement(row)
        status = staffing_status(requirement, placed[center.pk, row.post], on=on)
        posts[center.pk].append(
            StaffedPost(
                center,
                Post(row.post),
                row.term.generation_id,
                requirement.on_gap,
                requirement.settled,
                status,
            )
        )
    return posts


@dataclass(frozen=True)
class Placed:
    """Somebody in a post, as the city may see it."""

    assignment: StaffAssignment

    @property
    def qualifications(self) -> str:
        return "・".join(Qualification(code).label for code in self.assignment.qualifications)


def placed_on(center: Center, *, on: date) -> list[Placed]:
    """Who stands in which post of the center on the day, 相談員 first."""
    found = StaffAssignment.objects.in_force(on).filter(center=center).select_related("staff")
    in_order = sorted(found, key=lambda one: (Post(one.post).rank, one.starts_on, one.staff.kana))
    return [Placed(one) for one in in_order]


def _requirement(row: PostRequirement) -> Requirement:
    return Requirement(
        post=row.post,
        required=row.required,
        on_gap=GapEffect(row.on_gap),
        starts_on=row.starts_on,
        full_time=row.full_time,
        exclusive=row.exclusive,
        all_of=frozenset(row.all_of),
        any_of=frozenset(row.any_of),
        experience_months=row.experience_months,
        qualification_settled=row.qualification_settled,
        settled=row.status == row.term.status == FactStatus.CARRIED_OUT,
    )


def _placements(on: date) -> dict:
    """(center id, post) → placements that began up to the day, each with the person's other posts anywhere."""
    assignments = list(StaffAssignment.objects.filter(starts_on__lte=on))
    periods = defaultdict(list)
    for one in assignments:
        periods[one.staff_id].append((one.pk, (one.starts_on, one.ends_on)))
    placed = defaultdict(list)
    for one in assignments:
        elsewhere = tuple(period for pk, period in periods[one.staff_id] if pk != one.pk)
        placed[one.center_id, one.post].append(
            Placement(
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                full_time=one.full_time,
                exclusive=one.exclusive,
                qualifications=frozenset(one.qualifications),
                experience_months=one.experience_months,
                elsewhere=elsewhere,
            )
        )
    return placed
