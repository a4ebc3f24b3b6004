"""Contract facts in the words that people read."""

from collections.abc import Sequence

from centers.enums import Qualification
from centers.models import OpeningRule, PlanCap, PostRequirement

_WEEKDAYS = "月火水木金土日"
MONTHS_A_YEAR = 12


def weekdays_words(days: Sequence[int]) -> str:
    """[1, 2, 3, 4, 5] → 月〜金; [6, 7] → 土・日. 1 = Monday."""
    names = [_WEEKDAYS[day - 1] for day in sorted(days)]
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


def cap_words(cap: PlanCap | None) -> str:
    """事業所あたり 50件(計画相談・地域相談)"""
    if cap is None:
        return "制限なし"
    counted = "・".join(dict(PlanCap._meta.get_field("counts").base_field.choices)[kind] for kind in cap.counts)
    return f"{cap.get_basis_display()} {cap.limit}件({counted})"


def opening_words(rule: OpeningRule | None) -> str:
    """月〜金と、土・日のいずれか。週5日以上、1日8時間以上。時間外も緊急時に連絡が取れること"""
    if rule is None:
        return "定めなし"
    days = weekdays_words(rule.required_weekdays)
    if rule.one_of_weekdays:
        days += f"と、{weekdays_words(rule.one_of_weekdays)}のいずれか"
    words = f"{days}。週{rule.min_days}日以上、1日{rule.min_minutes / 60:g}時間以上"
    return f"{words}。時間外も緊急時に連絡が取れること" if rule.emergency_contact else words
