"""人員配置: missing posts, wanting qualifications and 兼務 that the term does not allow."""

from collections.abc import Iterator
from datetime import date

from centers.enums import GapEffect, Scope, Severity
from centers.models import Center
from centers.periods import wareki_short
from reports.checks.facts import Fact
from reports.rules import PostStatus
from reports.staffing import StaffedPost, staffed_posts

KINDS = ("post_mandatory_missing", "post_deduction", "post_qualification", "post_concurrent")


def find(on: date) -> list[Fact]:
    centers = Center.objects.open_on(on).select_related("zone")
    return [
        fact for posts in staffed_posts(centers, on=on).values() for post in posts for fact in _facts(post)
    ]


def _facts(post: StaffedPost) -> Iterator[Fact]:
    status = post.status
    if status.severity and status.since:
        mandatory = post.on_gap == GapEffect.BREACH
        kind = "post_mandatory_missing" if mandatory else "post_deduction"
        yield _fact(post, kind, status.severity, status.since, _gap(post, status.since), post.words)
    if want := status.unqualified:
        message = (
            f"{post.post.label}{want.count}名の資格か実務経験が、契約の条件に足りません。"
            "配置の登録を確かめてください。"
        )
        yield _fact(post, "post_qualification", want.severity, want.since, message, "資格・経験の確認")
    if want := status.concurrent:
        message = f"{post.post.label}{want.count}名が、契約で認められていない兼務になっています。"
        yield _fact(post, "post_concurrent", want.severity, want.since, message, "兼務")


def _fact(post: StaffedPost, kind: str, severity: Severity, since: date, message: str, words: str) -> Fact:
    zone = post.center.zone.name
    return Fact(
        kind=kind,
        scope=Scope.CENTER,
        target=zone,
        target_key=f"{post.center.pk}:{post.post}",
        period=post.generation,
        since=since,
        severity=severity,
        figures=_figures(post.post.label, post.status),
        message=message if post.settled else f"{message}契約条件は要確認です。",
        title=f"{zone} {post.post.label} {words}",
        icon="people",
        center_id=post.center.pk,
    )


def _figures(post: str, status: PostStatus) -> dict:
    """vacant_days: days with a gap in the post, from the term's first day to the day judged."""
    return {
        "post": post,
        "required": status.required,
        "filled": status.filled,
        "vacant_days": status.vacant_days,
    }


def _gap(post: StaffedPost, since: date) -> str:
    status = post.status
    means = {GapEffect.BREACH: "必置です", GapEffect.DEDUCTION: "減算の対象です"}[post.on_gap]
    text = (
        f"{post.post.label}が{status.required}名のうち{status.filled}名です。"
        f"欠員{status.vacant}名は{wareki_short(since)}からで、{means}。"
    )
    return f"{text}非常勤{status.part_timers}名は数えていません。" if status.part_timers else text
