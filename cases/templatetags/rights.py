"""Words and chips of the pages of 権利擁護. `labels` is what centers.contracts.code_labels gives."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from cases.abuse import Standing
from cases.clocks import ClockState
from cases.enums import AbuseStepKind, GuardianshipStage
from cases.forms.abuse_steps import SHAPES
from centers.enums import CodeList
from centers.templatetags.soudan import chip

register = template.Library()

_CLOCK_CHIPS = {
    ClockState.RUNNING: ("", "clock"),
    ClockState.OVER: ("ng", "alert"),
    ClockState.MET: ("ok", "check"),
    ClockState.LATE: ("warn", "flag"),
}


@register.simple_tag
def code(labels, kind: str, value: str) -> str:
    """The name of a code: {% code labels "abuse_by" report.accused_kind %}; "" where nothing is chosen."""
    entry = labels[CodeList(kind)].get(value)
    return entry.label if entry else value


@register.simple_tag
def codes(labels, kind: str, values: Iterable[str]) -> str:
    """身体的・心理的: the short names, in the order of the codes."""
    entries = labels[CodeList(kind)]
    return "・".join(entries[one].short_label if one in entries else one for one in sorted(values))


@register.simple_tag
def notice_chip(standing: Standing) -> SafeString:
    """市への連絡まで あと 25分"""
    return _clock_chip(
        "市への連絡", standing.notice_state, standing.notice_words, standing.notice.reminder(standing.now)
    )


@register.simple_tag
def safety_chip(standing: Standing) -> SafeString:
    """安全確認まで あと 17時間"""
    return _clock_chip(
        "安全確認", standing.safety_state, standing.safety_words, standing.safety.reminder(standing.now)
    )


def _clock_chip(what: str, state: str, words: str, reminded: int | None) -> SafeString:
    kind, icon = _CLOCK_CHIPS[ClockState(state)]
    if state == ClockState.RUNNING:
        return chip("warn" if reminded else kind, icon, f"{what}まで {words}")
    return chip(kind, icon, f"{what}: {words}")


@register.simple_tag
def step_detail(labels, step) -> str:
    """What was chosen in a step, by the list of its kind."""
    shape = SHAPES[AbuseStepKind(step.kind)]
    return code(labels, shape.detail, step.detail) if shape.detail and step.detail else ""


@register.simple_tag
def step_partner(step) -> str:
    """The label of the other side of a step."""
    return SHAPES[AbuseStepKind(step.kind)].partner


@register.filter
def stage_chip(stage: str) -> SafeString:
    kinds = {GuardianshipStage.ENDED: ("mute", "check"), GuardianshipStage.IN_USE: ("ok", "check")}
    kind, icon = kinds.get(GuardianshipStage(stage), ("key", ""))
    return chip(kind, icon, GuardianshipStage(stage).label)
