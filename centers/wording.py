"""Contract facts, and moments, in the words that people read."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from centers.enums import GapEffect, PlanKind, Qualification
from centers.models import OpeningRule, PlanCap, PostRequirement
from centers.periods import JST, WEEKDAYS, wareki

MONTHS_A_YEAR = 12


def weekdays_words(days: Sequence[int]) -> str:
    """[1, 2, 3, 4, 5] → 月〜金; [6, 7] → 土・日. 1 = Monday."""
    names = [WEEKDAYS[day - 1] for day in sorted(days)]
    unbroken = len(days) > 2 and max(days) - min(days) == len(days) - 1
    return f"{names[0]}〜{names[-1]}" if unbroken else "・".join(names)


def qualification_words(post: PostRequirement) -> str:
    """相談支援専門員、かつ 社会福祉士・… のいずれか、実務経験3年以上"""
    parts = ["・".join(Qualification(code).label for code in post.all_of)] if post.all_of else []
    if post.any_of:
        parts.append("・".join(Qualification(code).label for code in post.any_of) + " のいずれか")
    words = "、かつ ".join(parts) or "定めなし"
    if post.experience_months:
        words += f"、実務経験{post.experience_months // MONTHS_A_YEAR}年以上"
    return words if post.qualification_settled else f"{words}(要検討とされた案)"


def gap_words(post: PostRequirement) -> str:
    """欠けたとき: 減算"""
    if post.on_gap == GapEffect.INFO:
        return "欠けたときの扱いは資料にない"
    return f"欠けたとき: {post.get_on_gap_display()}"


def duty_words(post: PostRequirement, parts: Mapping[str, str]) -> str:
    """必須: 地域支援業務、支障がない範囲: 相談支援業務; parts: the names of the catalogue's parts."""
    words = "必須: " + "・".join(parts.get(part, part) for part in post.main_parts)
    if post.optional_parts:
        words += "、支障がない範囲: " + "・".join(parts.get(part, part) for part in post.optional_parts)
    return words


def post_words(post: PostRequirement, parts: Mapping[str, str]) -> str:
    """All that a term says about a post, in sentences."""
    time = "常勤" if post.full_time else "非常勤も可"
    work = f"{time}・専従" if post.exclusive else time
    beside = "自事業所の計画相談との兼務可" if post.may_hold_plans else "計画相談との兼務は不可"
    return "。".join([work, qualification_words(post), duty_words(post, parts), gap_words(post), beside])


def cap_words(cap: PlanCap | None) -> str:
    """事業所あたり 50件(計画相談・地域相談)"""
    if cap is None:
        return "制限なし"
    return (
        f"{cap.get_basis_display()} {cap.limit}件({'・'.join(PlanKind(kind).label for kind in cap.counts)})"
    )


def deadline_words(cap: PlanCap) -> str:
    """達成期限 令和5年3月31日"""
    return f"達成期限 {wareki(cap.deadline)}" if cap.deadline else "達成期限の定めなし"


def opening_words(rule: OpeningRule | None) -> str:
    """月〜金と、土・日のいずれか。週5日以上、1日8時間以上。時間外も…"""
    if rule is None:
        return "定めなし"
    days = weekdays_words(rule.required_weekdays)
    if rule.one_of_weekdays:
        days += f"と、{weekdays_words(rule.one_of_weekdays)}のいずれか"
    words = [days, f"週{rule.min_days}日以上、1日{rule.min_minutes / 60:g}時間以上"]
    if rule.emergency_contact:
        words.append("時間外も緊急時に連絡が取れること")
    words.append("24時間の受付をすること" if rule.all_day_desk else "24時間の受付は求めない")
    return "。".join(words)


def moment_words(moment: datetime) -> str:
    """令和8年11月24日 2:03, in Japan"""
    local = moment.astimezone(JST)
    return f"{wareki(local.date())} {local:%-H:%M}"


def megabytes(size: int) -> str:
    """12,345,678 bytes → 12.3MB"""
    return f"{size / 1_000_000:,.1f}MB"
