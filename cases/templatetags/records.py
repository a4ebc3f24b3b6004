"""Words and icons of the codes in a record. `labels` is what centers.contracts.code_labels gives."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from cases.enums import CaseState
from cases.people import birth_text
from centers.enums import CodeList
from centers.periods import JST, wareki_month, wareki_short, weekday_name
from centers.templatetags.soudan import chip, icon

register = template.Library()

# 支援方法 by its national code; the icons are of static/img/icons.svg.
_METHOD_ICONS = {
    "1": "walk",
    "2": "person",
    "3": "people",
    "4": "phone",
    "5": "mail",
    "6": "calendar",
    "7": "link",
}


_MEETING = "6"
_ANY = UUID(int=0)


@register.filter
def method_icon(code: str) -> str:
    return _METHOD_ICONS.get(code, "chat")


def _short(labels, kind: CodeList, code: str) -> str:
    entry = labels[kind].get(code)
    return entry.short_label if entry else code


@register.filter
def method(labels, code: str) -> str:
    """電話: {{ labels|method:record.method }}"""
    return _short(labels, CodeList.METHOD, code)


@register.filter
def code_label(labels, kind: str):
    """The entries of a list: {{ labels|code_label:"risk"|entry:code }}"""
    return labels[CodeList(kind)]


@register.filter
def entry(entries, code: str) -> str:
    """The short label of a code; the code itself where the list has it no more."""
    return entries[code].short_label if code in entries else code


@register.filter
def counterpart(labels, code: str) -> str:
    return _short(labels, CodeList.COUNTERPART, code)


@register.filter
def contents(labels, codes: Iterable[str]) -> list[str]:
    """Short labels in the order of the codes."""
    return [_short(labels, CodeList.CONTENT, code) for code in codes]


@register.filter
def support_method(labels, code: str) -> str:
    return _short(labels, CodeList.SUPPORT_METHOD, code)


@register.filter
def support_contents(labels, codes: Iterable[str]) -> list[str]:
    return [_short(labels, CodeList.SUPPORT_CONTENT, code) for code in codes]


@register.filter
def disability(labels, code: str) -> str:
    return _short(labels, CodeList.DISABILITY, code)


@register.filter
def disabilities(labels, codes: Iterable[str]) -> str:
    """知的・発達"""
    return "・".join(_short(labels, CodeList.DISABILITY, code) for code in codes)


@register.filter
def paper(labels, code: str) -> str:
    """手帳の写し: {{ labels|paper:file.kind }}"""
    return _short(labels, CodeList.PAPER, code)


# ---- rows ----


@register.simple_tag
def record_marks(record) -> SafeString:
    """What is special about a record, as chips."""
    marks = []
    if record.voided_at:
        marks.append(chip("mute", "close", "取り消し済"))
    if record.version > 1:
        marks.append(chip("mute", "history", "訂正あり"))
    if not record.counted and not record.voided_at:
        marks.append(chip("dash", "draft", "計上しない"))
    if record.rights_concern:
        marks.append(chip("warn", "shield", "虐待・差別の疑い"))
    return SafeString("".join(marks))


@register.simple_tag
def timeline_rows(entries, labels, client, appended: bool = False) -> SafeString:
    """The rows of 経過, from (day where a month begins, record). In Python, since fifty rows of a template are the page's cost.

    `appended`: they are put below what is shown, so that the focus goes to the first. Every text is escaped.
    """
    address = reverse("cases:consultation", args=[_ANY])
    rows = []
    for number, (month, record) in enumerate(entries):
        if month:
            rows.append(f'<li class="month">{month_heading(month)}</li>')
        link = address.replace(str(_ANY), str(record.pk))
        focus = " autofocus" if appended and number == 0 else ""
        rows.append(_timeline_row(record, labels, client, link, focus))
    return SafeString("\n".join(rows))


def _timeline_row(record, labels, client, link: str, focus: str) -> str:
    name, day = escape(method(labels, record.method)), day_of_month(record.date)
    begun = f" {time}" if (time := clock(record)) else ""
    place = f"({record.center})" if record.center_id != client.center_id else ""
    gist = (
        f"取り消し: {record.get_void_reason_display()}" if record.voided_at else record.gist or "(要点なし)"
    )
    chips = "".join(
        f'<span class="ks-chip">{escape(text)}</span>' for text in contents(labels, record.contents)
    )
    weight = ' class="major"' if record.method == _MEETING else ""
    return (
        f'<li{weight}><span class="dot">{icon(method_icon(record.method))}</span>'
        f'<div class="h"><b>{name}{escape(_spoken_with(record, labels))}</b>'
        f'<time datetime="{record.date:%Y-%m-%d}">{day}{begun}</time>'
        f'<span class="t-2 small">{escape(record.written_by.family_name + place)}</span>'
        f'<a class="ms-auto small" href="{link}" data-row{focus}>開く<span class="visually-hidden">: {day} {name}</span></a></div>\n'
        f'<p class="ks-clamp">{escape(gist)}</p>\n<div class="tags">{chips}{record_marks(record)}</div></li>'
    )


def _spoken_with(record, labels) -> str:
    note = f"({record.counterpart_note})" if record.counterpart_note else ""
    if record.unanswered:
        return f"・不在{note}"
    return (f"・{counterpart(labels, record.counterpart)}" if record.counterpart else "") + note


# ---- states and days ----

_STATE_CHIPS = {
    CaseState.RECEIVED: ("dash", "draft"),
    CaseState.ACTIVE: ("key", ""),
    CaseState.HANDOVER: ("warn", "swap"),
    CaseState.WATCH: ("mute", ""),
    CaseState.CLOSED: ("mute", "check"),
}


@register.filter
@cache
def state_chip(state: str) -> SafeString:
    """支援中 as a chip: {{ case.state|state_chip }}"""
    kind, icon_name = _STATE_CHIPS[CaseState(state)]
    return chip(kind, icon_name, CaseState(state).label)


@register.filter
def due_day(day: date, on: date) -> str:
    """今日, 明日, 11/25 this year, R9.1.18 in another one."""
    near = {0: "今日", 1: "明日", -1: "昨日"}.get((day - on).days)
    return near or (f"{day.month}/{day.day}" if day.year == on.year else wareki_short(day))


@register.simple_tag
def next_due(due: date | None, step, on: date) -> str:
    """What is next and how late it is; `step` is the FollowUp, where it may be read."""
    if not due:
        return format_html('<span class="t-2">{}</span>', "予定なし")
    kind = step.get_kind_display() if step else ""
    if due < on:
        alert, day, late = icon("alert", "s"), due_day(due, on), days_late(due, on)
        return format_html('<span class="t-ng">{} {} {}({}日超過)</span>', alert, day, kind, late)
    at = f"{step.due_at:%H:%M}" if step and step.due_at else ""
    return escape(" ".join(part for part in (due_day(due, on), at, kind) if part))


@register.filter
def day_of_month(day: date) -> str:
    """11月11日(金): below a heading that names month and year."""
    return f"{day.month}月{day.day}日({weekday_name(day)})"


@register.filter
def month_heading(day: date) -> str:
    """令和8年11月"""
    return wareki_month(day)


@register.filter
def stamp(at: datetime) -> str:
    """R8.11.25 10:41: when something was written, by the real clock."""
    local = at.astimezone(JST)
    return f"{wareki_short(local.date())} {local:%H:%M}"


@register.filter
def days_late(day: date, on: date) -> int:
    """Days past a due day; 0 while it is not past."""
    return max((on - day).days, 0)


@register.filter
def clock(record) -> str:
    """16:05・20分, as far as it is known."""
    start = f"{record.start_time:%H:%M}" if record.start_time else ""
    length = f"{record.minutes}分" if record.minutes is not None else ""
    return "・".join(part for part in (start, length) if part)


# ---- sheets between centers ----


@register.filter
def label_in(entries, code: str) -> str:
    """生命・身体の危険: {{ kinds|label_in:row.kind }}"""
    return entries[code].label if code in entries else code


@register.filter
def birth_words(client, on: date) -> str:
    """昭和60年5月10日(41歳)"""
    return birth_text(client, on)


@register.filter
def running_disabilities(labels, client) -> str:
    """知的・発達, of rows that are already loaded or loaded once."""
    return disabilities(labels, [row.code for row in client.disabilities.all() if row.ends_on is None])


@register.filter
def iso_day(text: str) -> str:
    """R8.11.18, of a day kept as text"""
    return wareki_short(date.fromisoformat(text))
